"""What the analyses of `core.analysis.copies` are called, and what they say beside their figures."""

PHRASES: dict[str, tuple[str, str]] = {
    "note.copies_chained": (
        (
            "In {loose} of {groups} groups some texts are less alike with the most used one than asked for: "
            "texts were joined in chains, each like the next. See the least likeness."
        ),
        (
            "В {loose} из {groups} групп есть тексты, похожие на самый частый слабее заданного: тексты "
            "соединены цепочкой, каждый похож на соседний. Смотрите наименьшее сходство."
        ),
    ),
    "analysis.copies.title": ("Texts written more than once", "Повторяющиеся тексты"),
    "note.copies_short": (
        "{comments} comments with repeated short texts are set aside: people come to write those alike.",
        "Отложено комментариев с короткими повторами: {comments}. Такое люди пишут и независимо.",
    ),
    "note.copies_cliches": (
        "{comments} comments with cliches are set aside: texts of many authors spread over many days.",
        "Отложено комментариев с расхожими текстами: {comments}. Их пишут многие авторы в разные дни.",
    ),
    "note.copies_few": (
        "Too few to say which share is copied: {comments} comments, {least} are needed.",
        "Слишком мало, чтобы назвать долю копий: комментариев {comments}, а нужно {least}.",
    ),
    "analysis.near_copies.title": ("Near-copies", "Почти-копии"),
    "analyze.copies_reading": ("reading the texts of the comments", "читаем тексты комментариев"),
    "analyze.copies_hashing": (
        "looking for texts that may be alike",
        "ищем тексты, которые могут быть похожи",
    ),
    "analyze.copies_comparing": ("comparing them word by word", "сравниваем их слово за словом"),
    "analyze.copies_telling": ("gathering who wrote them", "собираем, кто их написал"),
    "note.copies_sampled": (
        "{compared} of {texts} different texts, drawn by chance, were compared; others may be alike, too.",
        "Сравнили {compared} из {texts} разных текстов, взятых случайно; похожие есть и среди прочих.",
    ),
    "analysis.coordination.title": (
        "Accounts that move together",
        "Признаки согласованности",
    ),
    "analysis.coordination_evidence.title": (
        "Accounts that move together: evidence",
        "Согласованность: пары комментариев",
    ),
    "analyze.co_text": ("who writes the same texts", "кто пишет одинаковые тексты"),
    "analyze.co_similar": ("who writes almost the same texts", "кто пишет почти одинаковые тексты"),
    "analyze.co_link": ("who leaves the same links", "кто оставляет одинаковые ссылки"),
    "analyze.co_reply": ("who answers the same comments", "кто отвечает на одни и те же комментарии"),
    "analyze.co_timing": ("who comments within seconds", "кто комментирует с разницей в секунды"),
    "note.coordination_meaning": (
        (
            "These accounts shared more than shuffled authors do; where only chance is at work, at most "
            "{alpha} of such analyses name anybody. It does not prove a plan, one owner or automation: "
            "friends, fans, flash mobs, shops and templates look alike. Read the comments, weigh what speaks "
            "against it, ask the people, and publish no names on this alone."
        ),
        (
            "У этих аккаунтов общего больше, чем бывает при перемешивании авторов; если всё случайно, "
            "доля анализов, где назван хоть кто-то, не больше {alpha}. Это не доказывает ни замысла, ни "
            "одного владельца, ни автоматики: так же выглядят друзья, фанаты, флешмобы, магазины и шаблоны. "
            "Прочитайте комментарии, взвесьте доводы против, спросите людей и не называйте имён только по "
            "этим цифрам."
        ),
    ),
    "note.coordination_none": (
        "Nothing stands out from the background at level {alpha}. That does not prove that all act alone.",
        "На уровне {alpha} ничто не выделяется из фона. Это не доказывает, что все действуют порознь.",
    ),
    "note.coordination_few": (
        "Too few to say: {comments} comments, {least} are needed.",
        "Слишком мало, чтобы судить: комментариев {comments}, а нужно {least}.",
    ),
    "note.coordination_cut": (
        "Some objects were shared by very many at once; a comment was paired with its 50 nearest only.",
        "Некоторые объекты общие у очень многих; комментарий сопоставлен только с 50 ближайшими.",
    ),
}
