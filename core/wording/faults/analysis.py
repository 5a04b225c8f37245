"""Faults of analyses and computing in Russian, by English template."""

from __future__ import annotations

RU: dict[str, str] = {
    "There is no analysis '{value}'.": "Анализа «{value}» нет.",
    "It is one of: {allowed}.": "Возможные значения: {allowed}.",
    "The parameter '{key}' cannot be '{value}'.": "Параметр «{key}» не может быть «{value}».",
    "A whole number from {low} to {high} is expected.": "Нужно целое число от {low} до {high}.",
    "A number from {low} to {high} is expected.": "Нужно число от {low} до {high}.",
    "A text of 1 to {most} characters is expected.": "Нужен текст длиной от 1 до {most} знаков.",
    "At least one word must be wanted, not excluded.": "Хотя бы одно слово нужно искать, а не исключать.",
    "The reading of texts was stopped.": "Разбор текстов остановлен.",
    "People, places and organisations cannot be found: the package natasha is not installed.": (
        "Люди, места и организации не находятся: не установлен пакет natasha."
    ),
    "Install the packages of requirements.txt.": "Установите пакеты из requirements.txt.",
    "The model {path} is of a kind that is not opened; only .onnx and .skops files are.": (
        "Модель {path} такого вида не открывается: открываются только файлы .onnx и .skops."
    ),
    "Pickle and joblib files can run code when opened; save it as ONNX or with skops.": (
        "Файлы pickle и joblib могут выполнить чужой код; сохраните модель как ONNX или через skops."
    ),
    "The model {path} takes or gives something else than texts and probabilities.": (
        "Модель {path} принимает не тексты или даёт не вероятности."
    ),
    "It gives probabilities of negative, neutral and positive, or of toxicity: docs/models.md.": (
        "Она должна давать вероятности негатива, нейтральности и позитива или токсичности: docs/models.md."
    ),
    "The model {path} cannot be opened.": "Модель {path} не открывается.",
    "Check that the file is there, whole, and of the kind its name says.": (
        "Проверьте, что файл на месте, цел и что его вид соответствует имени."
    ),
    "The model {path} has types that are not trusted: {types}.": (
        "В модели {path} есть типы, которым нельзя доверять: {types}."
    ),
    "Save a plain scikit-learn pipeline, without functions and classes of its own.": (
        "Сохраните обычный конвейер scikit-learn, без собственных функций и классов."
    ),
    "There is no such parameter; known: {known}.": "Такого параметра нет; известны: {known}.",
    "This analysis keeps what it found last: ask about one set at a time.": (
        "Этот анализ хранит последний результат: спрашивайте об одном наборе за раз."
    ),
    "Both sets of this analysis are of one dataset.": "Оба набора этого анализа берутся из одних данных.",
    "It is an object with the analysis's parameters.": "Это объект с параметрами анализа.",
    "The comments span {days} days: too long a time for this analysis.": (
        "Комментарии охватывают {days} дн.: для этого анализа срок слишком велик."
    ),
    "Narrow the dates, or choose longer periods.": "Сузьте даты или выберите периоды длиннее.",
    "The computation was stopped.": "Расчёт остановлен.",
    "The server is stopping; nothing more is computed.": "Сервер останавливается, новых расчётов не будет.",
    "The computation ended before it had an answer: its process was killed or ran out of memory.": (
        "Расчёт оборвался, не дав ответа: его процесс завершили извне или ему не хватило памяти."
    ),
    "Try again with narrower filters or fewer resamples; close other programs.": (
        "Повторите с более узкими фильтрами или меньшим числом повторных выборок; закройте другие программы."
    ),
    "There is nothing to code among these comments.": "Среди этих комментариев нечего размечать.",
    "Widen the filters, or wait until the texts are read.": (
        "Ослабьте фильтры или дождитесь, пока тексты будут разобраны."
    ),
    "What teaches most is known once {least} texts of a sample are coded; {coded} are.": (
        "Самые полезные тексты можно выбрать, когда размечено {least} текстов выборки; сейчас {coded}."
    ),
    "Code a stratified sample first.": "Сначала разметьте обычную выборку.",
    "There are too few labels to learn from: {coded} texts; {least} of two values are needed.": (
        "Слишком мало меток, чтобы учиться на них: {coded}; нужно {least} с двумя или более значениями."
    ),
    "Code more comments first.": "Разметьте больше комментариев.",
    "There is no sample {id} here.": "Выборки {id} здесь нет.",
    "Nothing says which labels to delete.": "Не сказано, какие метки удалить.",
    "Name a comment_key, a name or a coder.": "Укажите comment_key, name или coder.",
}
