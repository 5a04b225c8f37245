"""What the analyses of `core.analysis.themes` are called, and what they say beside their figures."""

PHRASES: dict[str, tuple[str, str]] = {
    "analysis.topics.title": ("Topics", "Темы"),
    "analysis.topics_over.title": ("Topics over time and by source", "Темы по времени и источникам"),
    "analysis.labels.title": ("Labels", "Метки"),
    "note.labels_chosen": (
        "Labels stand where people put them: what is not labelled is not estimated.",
        "Метки стоят там, где их поставили люди; для комментариев без меток ничего не оценивается.",
    ),
    "note.labels_none": (
        "No comment of this selection has a label yet: label some on the Comments page.",
        "В этой выборке ещё нет меток: поставьте их на странице «Комментарии».",
    ),
    "note.topics_none": (
        "No topics have been looked for yet: run the analysis of topics first.",
        "Темы ещё не искали: сначала запустите анализ тем.",
    ),
    "note.topics_unplaced": (
        (
            "{unplaced} comments of this selection are not among those whose topics were looked for; the "
            "shares leave them out."
        ),
        "Комментариев этой выборки, которые не вошли в поиск тем и не учтены в долях: {unplaced}.",
    ),
    "analysis.entities.title": ("People, places, organisations", "Люди, места, организации"),
    "analyze.entities_reading": (
        "looking for names in the sample",
        "ищем имена и названия в отобранных комментариях",
    ),
    "note.entities_sample": (
        (
            "Names were looked for in {looked} of {total} comments with text, drawn at random with seed "
            "{seed}. The filter by name means these comments alone."
        ),
        (
            "Имена и названия искали в {looked} из {total} комментариев с текстом, отобранных случайно "
            "(зерно {seed}). Фильтр по имени или названию относится только к ним."
        ),
    ),
    "note.entities_news": (
        (
            "The recogniser learned from news: names written in small letters and nicknames are missed, "
            "and some words are taken for names."
        ),
        (
            "Распознаватель обучен на новостях: имена со строчной буквы и прозвища он пропускает, а "
            "некоторые слова принимает за имена."
        ),
    ),
    "note.entities_filtered": (
        "The sample is drawn without the filter by name.",
        "Выборка составлена без фильтра по имени или названию.",
    ),
    "analysis.coword.title": ("Words that go together", "Слова, которые встречаются вместе"),
    "analyze.coword_drawing": ("finding groups of words and drawing them", "ищем группы слов и рисуем их"),
    "note.coword_few": (
        "Too few to say: no two words stand together in {least} texts or more.",
        "Слишком мало данных: нет двух слов, которые вместе встретились бы хотя бы в {least} текстах.",
    ),
    "note.coword_left_out": (
        "Ties that are left out so that the others can be seen: {left_out}.",
        "Чтобы рисунок читался, часть связей не показана: {left_out}.",
    ),
    "analyze.topics_fitting": ("looking for topics", "ищем темы"),
    "analyze.topics_again": (
        "looking again, to see how steady the topics are",
        "ищем ещё раз, чтобы проверить устойчивость тем",
    ),
    "analyze.topics_placing": (
        "placing the comments among the topics",
        "распределяем комментарии по темам",
    ),
    "note.topics_kept": (
        (
            "The topics were found on {day} and kept (fit {fit}): the same question has the same topics "
            "on every visit. The filter by topic means the topics that were asked for last."
        ),
        (
            "Темы найдены {day} и сохранены (подбор № {fit}): на тот же вопрос темы всегда одни и те же. "
            "Фильтр по теме относится к темам, которые запрашивали последними."
        ),
    ),
    "note.topics_sample": (
        (
            "The topics were looked for in {documents} of {texts} different texts, drawn at random with "
            "seed {seed}; all comments were then placed among them."
        ),
        (
            "Темы искали в {documents} из {texts} разных текстов, отобранных случайно (зерно {seed}); "
            "затем по темам распределили все комментарии."
        ),
    ),
    "note.topics_unsteady": (
        (
            "Topics that other fits did not find again: {unsteady} of {topics}. The table marks them; "
            "do not build on them."
        ),
        (
            "Темы, которые не повторились при других подборах: {unsteady} из {topics}. Они отмечены "
            "в таблице, опираться на них не стоит."
        ),
    ),
    "note.topics_grown": (
        (
            "The dataset has changed since the topics were found; comments that came later are placed "
            "among the same topics. Ask with refit to look for them anew."
        ),
        (
            "С тех пор как найдены темы, данные изменились; более поздние комментарии распределены по тем "
            "же темам. Чтобы найти темы заново, запросите новый подбор."
        ),
    ),
    "note.topics_filtered": (
        (
            "The topics are those of the selection without the filter by topic; only the counts follow "
            "the filter."
        ),
        "Темы найдены в выборке без фильтра по теме; фильтр действует только на числа.",
    ),
    "note.topics_few": (
        (
            "Too few to say: {topics} topics need {least} different texts of three words or more that "
            "carry meaning."
        ),
        (
            "Слишком мало данных: для тем ({topics}) нужно не меньше {least} разных текстов, в каждом "
            "хотя бы три значимых слова."
        ),
    ),
}
