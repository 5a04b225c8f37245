"""The page of analyses: choice, parameters, the second set, and what stands around an answer."""

PHRASES: dict[str, tuple[str, str]] = {
    "menu.analyses": ("Analyses", "Анализ"),
    "analyses.title": ("Analyses", "Анализ"),
    "analyses.lead": (
        "Every figure is of the comments that the filters let through, with its n and a 95 % interval.",
        "Все показатели относятся к комментариям, отобранным фильтрами; даны n и 95 % интервал.",
    ),
    "analyses.group": ("What about", "О чём"),
    "analyses.name": ("Analysis", "Анализ"),
    "analyses.group.activity": ("Overview", "Обзор"),
    "analyses.group.attention": ("Attention", "Внимание"),
    "analyses.group.lexis": ("Words", "Слова"),
    "analyses.group.mood": ("Sentiment", "Тональность"),
    "analyses.group.themes": ("Topics", "Темы"),
    "analyses.group.replies": ("Who answers whom", "Кто кому отвечает"),
    "analyses.group.copies": ("Copies", "Копии"),
    "analyses.group.service": ("Questions", "Вопросы"),
    "analyses.group.contrast": ("Comparisons", "Сравнения"),
    "analyses.parameters": ("Parameters", "Параметры"),
    "analyses.second": ("Compared with", "С чем сравнить"),
    "analyses.second.placeholder": (
        "Paste the address of this page with other filters",
        "Вставьте адрес этой страницы с другими фильтрами",
    ),
    "analyses.second.help": (
        (
            "Filter the comments to compare with on any page, copy its address, set the filters of the first "
            "set, and paste the address here."
        ),
        (
            "На любой странице отберите фильтрами второй набор, скопируйте адрес, верните фильтры первого "
            "набора и вставьте адрес сюда."
        ),
    ),
    "analyses.second.rest": (
        "Now with all the other comments of these data.",
        "Сейчас: со всеми остальными комментариями этих данных.",
    ),
    "analyses.second.none": (
        "No filter is set, so nothing is left to compare with: set one on the left, or paste an address.",
        "Фильтров нет, и сравнивать не с чем: задайте фильтр слева или вставьте адрес.",
    ),
    "analyses.second.is": ("Now with: {query}", "Сейчас: {query}"),
    "analyses.second.clear": ("Compare with the rest", "Сравнить с остальными"),
    "analyses.unfiltered": (
        "The filters of sentiment and toxicity do not count here: these are the shares themselves.",
        "Фильтры тональности и токсичности здесь не действуют: показаны сами доли.",
    ),
    "analyses.too_few": ("Too few to say.", "Слишком мало данных для вывода."),
    "analyses.nothing": (
        "Nothing of the kind is in these comments. Widen the filters or change the parameters.",
        "В этих комментариях ничего такого нет. Расширьте фильтры или измените параметры.",
    ),
    "analyses.interval": ("{value} (95 %: {low} to {high})", "{value} (95 %: от {low} до {high})"),
    "analyses.more_figures": ("More figures: {n}", "Ещё показатели: {n}"),
    "analyses.ends": ("{low} – {high}", "{low} – {high}"),
    "analyses.caption": ("{comments}, {period}, {zone}", "{comments}, {period}, {zone}"),
    "analyses.lines": ("{shown} lines of {groups}", "линий: {shown} из {groups}"),
    "analyses.bars": ("{shown} bars of {rows}", "столбиков: {shown} из {rows}"),
    "analyses.bars.discussed": (
        "{shown} bars of {rows}, the most discussed",
        "столбиков: {shown} из {rows}, самые обсуждаемые",
    ),
    "analyses.heat.few": ("empty cells: too few to say", "пустые клетки: слишком мало данных"),
    "analyses.points": ("{value} points", "{value} п. п."),
    "analyses.of_set": ("{name}: {value}, n = {n}", "{name}: {value}, n = {n}"),
    "analyses.set": ("{name}: {query}, {comments}, {period}", "{name}: {query}, {comments}, {period}"),
    "analyses.set.rest": ("all the rest of the data", "все остальные комментарии этих данных"),
    "analyses.undated": ("no dates", "без дат"),
    "analyses.set.all": ("all comments", "все комментарии"),
    "scale.difference": ("A less B, percentage points", "A минус B, процентные пункты"),
    "scale.log_odds": (
        "How much more often than in the other set (log)",
        "Насколько чаще, чем в другом наборе (логарифм)",
    ),
    "scale.lorenz": (
        "Share of the comments, from 0 to 100%",
        "Доля комментариев, от 0 до 100 %",
    ),
    "scale.lorenz.at": (
        "Share of those compared, the least active first",
        "Доля сравниваемых, сначала наименее активные",
    ),
    "chart.lorenz.curve": ("Lorenz curve", "Кривая Лоренца"),
    "chart.lorenz.equal": (
        "Line of equality: the same for all",
        "Линия равенства: у всех поровну",
    ),
    "scale.negative_share": ("Share negative, from 0 to 100%", "Доля негативных, от 0 до 100 %"),
    "scale.mood_balance": (
        "Balance of sentiment, from −1 (all negative) to 1 (all positive)",
        "Баланс тональности, от −1 (всё негативно) до 1 (всё позитивно)",
    ),
    "scale.author_gini": (
        "Gini of authors, from 0 (all write equally) to 1 (one writes all)",
        "Джини по авторам, от 0 (все пишут поровну) до 1 (всё пишет один)",
    ),
    "scale.questions_answered_share": (
        "Share of questions answered, from 0 to 100%",
        "Доля вопросов с ответом, от 0 до 100 %",
    ),
    "analyses.blank.topic": ("(no topic)", "(без темы)"),
    "analyses.end": ("(end)", "(конец)"),
    "analyses.blank.word": ("(the word itself)", "(само слово)"),
    "analyses.model": ("Model: {model}", "Модель: {model}"),
    "analyses.model.mood": ("sentiment by the model", "тональность по модели"),
    "analyses.summary": ("In short", "Кратко"),
    "analyses.table": ("Table", "Таблица"),
    "analyses.rows": ("{rows}", "{rows}"),
    "analyses.method": (
        "How it is worked out, and what the columns mean",
        "Как это посчитано и что в столбцах",
    ),
    "analyses.csv": ("Table as CSV", "Таблица в CSV"),
    "analyses.api": ("The same over the API:", "То же через API:"),
    "analyses.heavy": (
        "This one takes longer. It runs as a task; you may go on meanwhile.",
        "Этот анализ дольше обычного. Он идёт отдельной задачей, страницу можно закрыть.",
    ),
    "analyses.start": ("Work it out", "Рассчитать"),
    "analyses.again": ("Try again", "Повторить"),
    "analyses.comment": ("Open", "Открыть"),
    "analyses.yes": ("yes", "да"),
    "analyses.no": ("no", "нет"),
    "analyses.alt": (
        "Chart of the answer; the table below has the same figures.",
        "График ответа; те же числа в таблице ниже.",
    ),
}
