"""The coding page: judging comments, the card of the model, letting it learn."""

PHRASES: dict[str, tuple[str, str]] = {
    "menu.coding": ("Coding", "Разметка"),
    "coding.title": ("Coding", "Разметка"),
    "coding.lead": (
        (
            "Judge a sample of comments without seeing the model's answer: then its errors are known "
            "here, and shares of sentiment and toxicity are corrected."
        ),
        (
            "Оцените выборку комментариев, не видя ответа модели: тогда её ошибки здесь известны, и "
            "доли тональности и токсичности исправляются."
        ),
    ),
    "coding.coder": ("Who codes", "Кто размечает"),
    "coding.coder.help": (
        "Any name; several people may judge the same sample, and their agreement is measured.",
        "Любое имя; одну выборку могут размечать несколько человек, их согласие измеряется.",
    ),
    "coding.sample": ("Sample", "Выборка"),
    "coding.sample.name": ("{when} · {kind} · {n} texts", "{when} · {kind} · текстов: {n}"),
    "coding.draw": ("New sample", "Новая выборка"),
    "coding.draw.about": (
        (
            "Drawn from the comments that the filters let through, at random within what the model "
            "says, equal texts once."
        ),
        (
            "Берётся из комментариев, прошедших фильтры, случайно внутри ответов модели, одинаковые "
            "тексты один раз."
        ),
    ),
    "coding.draw.now": ("Draw", "Составить"),
    "coding.size": ("Texts", "Текстов"),
    "coding.kind": ("Which ones", "Какие"),
    "coding.kind.stratified": ("stands for all", "представляет все"),
    "coding.kind.instructive": ("teaches most", "учит лучше всего"),
    "coding.kind.instructive.about": (
        (
            "Texts the model is least sure of, once 100 are coded. They teach the model and say nothing"
            " of shares."
        ),
        (
            "Тексты, в которых модель сомневается сильнее всего; доступны после 100 размеченных. Они "
            "учат модель и ничего не говорят о долях."
        ),
    ),
    "coding.none": (
        "There is no sample yet. Set the filters to what you study and draw one of 100 to 200 texts.",
        "Выборки ещё нет. Выберите фильтрами то, что изучаете, и составьте выборку из 100–200 текстов.",
    ),
    "coding.progress": ("{done} of {of}", "{done} из {of}"),
    "coding.done": ("Everything in this sample is judged.", "Вся выборка размечена."),
    "coding.context": ("Show the context", "Показать контекст"),
    "coding.post": ("Under: {title}", "Под записью: {title}"),
    "coding.answers": ("It answers:", "Это ответ на:"),
    "coding.sentiment": ("Sentiment", "Тональность"),
    "coding.sentiment.negative": ("Negative", "Негативная"),
    "coding.sentiment.neutral": ("Neutral", "Нейтральная"),
    "coding.sentiment.positive": ("Positive", "Позитивная"),
    "coding.sentiment.unsure": ("Cannot say", "Нельзя сказать"),
    "coding.toxicity": ("Toxicity", "Токсичность"),
    "coding.toxicity.no": ("Not toxic", "Не токсично"),
    "coding.toxicity.yes": ("Toxic", "Токсично"),
    "coding.note": ("Note", "Заметка"),
    "coding.undo": ("Take back", "Отменить"),
    "coding.back": ("Back", "Назад"),
    "coding.next": ("To the next open one", "К следующему"),
    "coding.card": ("How right the model is here", "Насколько модель здесь права"),
    "coding.card.about": (
        "Look at it after judging: who sees what the model thinks no longer judges blind.",
        "Смотрите после разметки: кто видел ответы модели, размечает уже не вслепую.",
    ),
    "coding.card.show": ("Show", "Показать"),
    "coding.card.name": ("Of what", "О чём"),
    "coding.card.few": (
        (
            "Too few to say: {n} texts of this sample are coded, {least} of one that stands for all are"
            " needed."
        ),
        (
            "Слишком мало: размечено текстов этой выборки: {n}, а нужно {least} из выборки, которая "
            "представляет все."
        ),
    ),
    "coding.card.coded": (
        "Coded texts: {n}. Macro-F1 of the likeliest class: {f1}.",
        "Размечено текстов: {n}. Средняя F1 самого вероятного класса: {f1}.",
    ),
    "coding.alpha": (
        "Agreement between coders (Krippendorff's alpha): {value}.",
        "Согласие кодировщиков (альфа Криппендорфа): {value}.",
    ),
    "coding.alpha.one": ("unknown, one person coded", "неизвестно, размечал один человек"),
    "coding.class": ("Class", "Класс"),
    "coding.precision": ("Precision, 95 %", "Точность, 95 %"),
    "coding.recall": ("Recall, 95 %", "Полнота, 95 %"),
    "coding.confusion": (
        (
            "Comments by what people say (rows) and what the model says (columns), as the coded texts "
            "stand for them."
        ),
        (
            "Комментарии по мнению людей (строки) и модели (столбцы): столько их представляют "
            "размеченные тексты."
        ),
    ),
    "coding.quality": (
        "Before and after recalibration, each text judged by a map that never saw it.",
        "До и после перекалибровки; о каждом тексте судит калибровка, которая его не видела.",
    ),
    "coding.figure": ("Figure", "Показатель"),
    "coding.before": ("Before", "До"),
    "coding.after": ("After", "После"),
    "coding.accuracy": ("Accuracy on the surest {share}", "Доля верных среди самых уверенных {share}"),
    "coding.f1": ("Macro-F1", "Средняя F1 по классам"),
    "coding.ece": ("Calibration error", "Ошибка калибровки"),
    "coding.verdict.helps": (
        "Recalibration helps: the truth surprises the model less by {by} nats per text.",
        "Перекалибровка помогает: правда удивляет модель меньше на {by} нат на текст.",
    ),
    "coding.verdict.harms": (
        "Recalibration would do harm: the truth would surprise the model more, by {by} nats per text.",
        "Перекалибровка повредит: правда удивит модель сильнее, на {by} нат на текст.",
    ),
    "coding.verdict.unclear": (
        "Whether recalibration helps cannot be told yet: {by} nats per text.",
        "Помогает ли перекалибровка, пока сказать нельзя: {by} нат на текст.",
    ),
    "coding.verdict.too_few": (
        "Whether recalibration helps cannot be told from {n} coded texts; {least} are needed.",
        "По {n} размеченным текстам нельзя сказать, помогает ли перекалибровка; нужно {least}.",
    ),
    "coding.verdict.worse": (
        "The likeliest class is right less often, though: macro-F1 falls.",
        "Но самый вероятный класс верен реже: средняя F1 падает.",
    ),
    "coding.says.unsure": ("Not sure", "Не уверена"),
    "coding.standing": (
        "Probabilities are calibrated on {n} texts coded here.",
        "Вероятности откалиброваны на текстах, размеченных здесь: {n}.",
    ),
    "coding.method.recalibrate": ("Recalibrate", "Перекалибровать"),
    "coding.method.retrain": ("Retrain", "Дообучить"),
    "coding.method.none": ("Back to the model's own", "Вернуть исходную"),
}
