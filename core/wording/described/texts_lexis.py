"""What the analyses of words, of their contexts and of marks say of themselves in Russian."""

from __future__ import annotations

RU: dict[str, str] = {
    (
        "Document frequency: a word counts once in a comment, and once for an author where authors are "
        "counted; words that carry no meaning of their own are left out. Intervals: Wilson 1927, for "
        "comments over the effective number of comments clustered by author (Korn & Graubard 1998; Bell "
        "& McCaffrey 2002)."
    ): (
        "Частота по документам: слово считается один раз в комментарии, а если считаются авторы, один "
        "раз у автора; служебные слова не учтены. Интервалы: Wilson 1927, для комментариев по "
        "эффективному числу комментариев, кластеры: авторы (Korn & Graubard 1998; Bell & McCaffrey 2002)."
    ),
    "Whether comments or authors are counted.": "Что считать: комментарии или авторов.",
    "How many words to name.": "Сколько слов показать.",
    "The word in its base form.": "Слово в начальной форме.",
    "Its most frequent form, in up to a hundred thousand of the comments.": (
        "Самая частая форма слова, не больше чем по ста тысячам комментариев."
    ),
    "Comments of the query that use it, in any form.": (
        "Комментарии выборки, где есть это слово в любой форме."
    ),
    "All that were read: what the share is of.": "Всё, что прочитано: от этого числа взята доля.",
    "Share of comments or of authors, as `by` says.": "Доля комментариев или авторов, смотря по `by`.",
    (
        "Key word in context (H. P. Luhn 1960): every place where the word stands in any of its forms, "
        "each comment as often as it has it. Words are looked for as the text engine read them; what is "
        "shown is the original text."
    ): (
        "Конкорданс (H. P. Luhn 1960): каждое место, где слово стоит в любой форме; комментарий показан "
        "столько раз, сколько в нём есть слово. Слова ищутся по разбору текста, а показан исходный текст."
    ),
    "A word in any form, or a phrase in quotes; OR, -word and the rest as in the search by word.": (
        "Слово в любой форме или фраза в кавычках; OR, -слово и прочее, как в поиске по словам."
    ),
    "Order: by the three words after or before it, the newest first, or at random.": (
        "Порядок: по трём словам справа или слева, сначала новые или случайный."
    ),
    "Characters of text shown on each side.": "Сколько знаков текста показать с каждой стороны.",
    "How many lines to show.": "Сколько строк показать.",
    "How many lines to pass over before.": "Сколько строк сначала пропустить.",
    "Of the random order: the same seed gives the same lines.": (
        "Зерно случайного порядка: при том же зерне строки те же."
    ),
    "The thread it stands in, as the filter `root` takes it.": (
        "Ветка, в которой он стоит, в том виде, в каком её принимает фильтр `root`."
    ),
    "Its address at VK; empty for an imported one.": (
        "Адрес комментария ВКонтакте; у загруженных из файла пусто."
    ),
    "The original text before the word.": "Исходный текст перед словом.",
    "The word or phrase as it was written.": "Слово или фраза, как они написаны.",
    "The original text after the word.": "Исходный текст после слова.",
    "Where the word begins in the comment's text, from 0.": (
        "Где начинается слово в тексте комментария, считая с 0."
    ),
    "Where it ends: the first character after it.": "Где оно кончается: первый знак после него.",
    (
        "Word tree (Wattenberg & Viégas 2008) over base forms, punctuation passed over, inside a "
        "comment. Branches are ordered by authors; shares are of the parent's authors, with Wilson "
        "intervals (1927)."
    ): (
        "Дерево слов (Wattenberg & Viégas 2008) по начальным формам внутри комментария, без знаков "
        "препинания. Ветви упорядочены по числу авторов; доли от авторов предыдущего шага, с интервалами "
        "Wilson (1927)."
    ),
    "What comes after the word, or what stands before it.": "Что стоит после слова или перед ним.",
    "How many words away from it.": "На сколько слов отходить от него.",
    "Branches of fewer comments are left out.": "Ветви с меньшим числом комментариев не показаны.",
    "How many branches of each to keep, those of most authors.": (
        "Сколько ветвей оставить на каждом шаге, начиная с самых частых по авторам."
    ),
    "Words from the one sought outward, in their base form; ∎ ends the comment.": (
        "Слова от искомого наружу, в начальной форме; ∎ означает конец комментария."
    ),
    "How many; 0 is the word itself.": "Сколько их; 0 означает само слово.",
    "The path without its last word.": "Тот же путь без последнего слова.",
    "The last word.": "Последнее слово.",
    "Comments in which the path occurs.": "Комментарии, где встречается этот путь.",
    "Different authors of them; an unknown author is one each.": (
        "Сколько среди них разных авторов; неизвестные считаются каждый отдельно."
    ),
    "Authors of the parent: what the share is of.": "Авторы предыдущего шага: от этого числа взята доля.",
    "Share of the parent's authors who go on so.": ("Доля авторов предыдущего шага, которые продолжают так."),
    (
        "Counts over comments and authors. An emoji of several parts is one; forms for text and picture "
        "are the same. Stickers are attachments, counted whether or not texts were read. Intervals: "
        "Wilson 1927 over the effective number of comments clustered by author (Korn & Graubard 1998; "
        "Bell & McCaffrey 2002)."
    ): (
        "Подсчёт по комментариям и авторам. Эмодзи из нескольких частей считается за одно; текстовый и "
        "цветной вид одного знака не различаются. Стикеры относятся к вложениям и считаются независимо "
        "от того, разобраны ли тексты. Интервалы: Wilson 1927 по эффективному числу комментариев, "
        "кластеры: авторы (Korn & Graubard 1998; Bell & McCaffrey 2002)."
    ),
    "What is counted.": "Что считать.",
    "Whether an emoji's skin tones are kept apart or one.": (
        "Различать ли оттенки кожи у эмодзи или считать их одним знаком."
    ),
    "The emoji, hashtag, domain or link; the number of who is mentioned.": (
        "Эмодзи, хештег, домен или ссылка; для упоминания номер того, кого упомянули."
    ),
    "The name of who is mentioned, where it is known.": "Имя того, кого упомянули, если оно известно.",
    "How often it occurs in all.": "Сколько раз встречается всего.",
    "Comments that hold it.": "Комментарии, где это есть.",
    "All comments: what the share is of.": "Все комментарии: от этого числа взята доля.",
    "Share of the comments that hold it.": "Доля комментариев, где это есть.",
}
