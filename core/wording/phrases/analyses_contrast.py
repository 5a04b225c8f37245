"""What the analyses of `core.analysis.contrast` are called, and what they say beside their figures."""

PHRASES: dict[str, tuple[str, str]] = {
    "analysis.compare.title": ("Compare two sets", "Сравнение двух выборок"),
    "analyze.compare_reading": ("reading both sets", "читаем обе выборки"),
    "analyze.compare_measuring": ("comparing measures", "сравниваем показатели"),
    "analysis.robustness.title": ("Which findings survive", "Какие выводы устойчивы"),
    "analyze.robustness_reading": ("working out the findings", "считаем выводы"),
    "analyze.robustness_again": ("working them out again", "пересчитываем выводы"),
    "note.robustness_rules": (
        (
            "Each finding is judged by a stated rule; overlapping intervals do not prove that two values are "
            "equal. Hours are by the clock of {zone} in the variant of another time zone."
        ),
        (
            "Каждый вывод проверен по указанному правилу; пересечение интервалов не доказывает равенства. "
            "В варианте с другим часовым поясом часы даны в поясе «{zone}»."
        ),
    ),
    "note.compare_rest": (
        "The second set is all the rest of the dataset.",
        "Вторая выборка: все остальные комментарии набора данных.",
    ),
    "note.compare_overlap": (
        "{comments} comments are in both sets, which makes differences smaller.",
        "Комментариев, которые есть в обеих выборках: {comments}; из-за них различия меньше.",
    ),
    "note.compare_these_posts": (
        "A set has fewer than {least} posts: what differs is about these posts, not about others like them.",
        "В одной из выборок записей меньше {least}: различия относятся только к этим записям.",
    ),
    "note.compare_few": (
        "Too few to say for {measures} measures: {least} comments and {clusters} authors or days are needed.",
        "Данных мало для показателей: {measures}; нужно {least} комментариев и {clusters} авторов или дней.",
    ),
}
