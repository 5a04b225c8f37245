"""What the analyses of `core.analysis.mood` are called, and what they say beside their figures."""

PHRASES: dict[str, tuple[str, str]] = {
    "analysis.mood.title": ("Sentiment and toxicity", "Тональность и токсичность"),
    "analysis.mood_examples.title": ("Examples by sentiment", "Примеры по тональности"),
    "note.judged_anew": (
        "Texts are being judged anew after a calibration: until that is done some shares are the old ones.",
        "После калибровки тексты оцениваются заново: пока это не закончено, часть долей прежние.",
    ),
    "note.uncalibrated_sentiment": (
        (
            "Sentiment is uncalibrated for this data: it was not checked against people's judgement here "
            "({coded} texts of one sample are coded, {least} are needed)."
        ),
        (
            "Тональность не откалибрована на этих данных: она не сверена с мнением людей (размечено "
            "текстов одной выборки: {coded}, нужно {least})."
        ),
    ),
    "note.uncalibrated_toxicity": (
        (
            "Toxicity is uncalibrated for this data: it was not checked against people's judgement here "
            "({coded} texts of one sample are coded, {least} are needed)."
        ),
        (
            "Токсичность не откалибрована на этих данных: она не сверена с мнением людей (размечено "
            "текстов одной выборки: {coded}, нужно {least})."
        ),
    ),
    "note.uncalibrated": (
        (
            "Uncalibrated for this data: sentiment and toxicity are what the model says, and were not "
            "checked against people's judgement here ({coded} texts of one sample are coded, {least} "
            "are needed)."
        ),
        (
            "Не откалибровано на этих данных: тональность и токсичность оценила модель, и здесь они не "
            "сверены с мнением людей (размечено текстов одной выборки: {coded}, нужно {least})."
        ),
    ),
    "note.corrected": (
        (
            "Shares of all comments together are corrected by {coded} coded texts drawn from among "
            "these comments; the raw shares stand beside them."
        ),
        (
            "Доли по всем комментариям вместе исправлены по размеченным текстам из этих же "
            "комментариев ({coded}); рядом даны исходные доли."
        ),
    ),
    "note.corrected_alike": (
        (
            "Some shares are corrected as if the model erred here just as among {coded} coded texts "
            "of a wider or another set."
        ),
        (
            "Часть долей исправлена в предположении, что модель ошибается здесь так же, как на "
            "размеченных текстах ({coded}) более широкой или другой выборки."
        ),
    ),
    "note.correction_unsure": (
        ("{coded} texts are coded, but the model told too few of them apart to correct shares of this set."),
        (
            "Размечено текстов: {coded}, но модель различает на них классы слишком плохо, чтобы "
            "исправить доли этой выборки."
        ),
    ),
    "note.mood_few": (
        "Rows with too few to say: {rows}, with fewer than {least} judged comments or {authors} authors.",
        ("Строк, где данных слишком мало: {rows}; нужно {least} оценённых комментариев и {authors} авторов."),
    ),
}
