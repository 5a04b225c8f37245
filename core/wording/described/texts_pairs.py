"""What the analyses of key words, sequences and collocations say of themselves in Russian."""

from __future__ import annotations

RU: dict[str, str] = {
    (
        "Votes for a word against all votes of the set: G2 over four cells (Dunning 1993), p by "
        "Benjamini & Hochberg 1995 over all words tested, log ratio (Hardie 2014), weighted log-odds "
        "with a Dirichlet prior (Monroe, Colaresi & Quinn 2008, eq. 16, 20, 22). Where authors vote, an "
        "author's comments share one vote and G2 is cautious. Rates: Wilson intervals over clusters "
        "(Korn & Graubard 1998). Long copies count once a set."
    ): (
        "Голоса за слово против всех голосов выборки: G2 по четырём клеткам (Dunning 1993), p по "
        "Benjamini & Hochberg 1995 по всем проверенным словам, log ratio (Hardie 2014), взвешенный "
        "логарифм отношения шансов с априорным распределением Дирихле (Monroe, Colaresi & Quinn 2008, "
        "eq. 16, 20, 22). Если голосуют авторы, комментарии автора делят один голос, и G2 осторожен. "
        "Частоты: интервалы Уилсона по кластерам (Korn & Graubard 1998). Длинные копии считаются в "
        "выборке один раз."
    ),
    "Who votes: each author once, comments sharing the vote, or each comment.": (
        "Кто голосует: каждый автор один раз, деля голос между своими комментариями, или каждый комментарий."
    ),
    "Words in fewer comments of both sets are not tested.": (
        "Слова, которые есть в меньшем числе комментариев обеих выборок, не проверяются."
    ),
    "How many words of each set to name.": "Сколько слов каждой выборки показать.",
    "The set that uses it more: `a` or `b`.": "Выборка, где слово чаще: `a` или `b`.",
    "Whether the adjusted p is below 0.05.": "Меньше ли скорректированное p, чем 0,05.",
    "Adjusted p below 0.05, and no 0 in the interval of the log-odds.": (
        "Скорректированное p меньше 0,05, и 0 не входит в интервал логарифма отношения шансов."
    ),
    "Evidence: log-likelihood ratio over four cells.": (
        "Достоверность: логарифм отношения правдоподобия по четырём клеткам."
    ),
    "Of the G2, one degree of freedom.": "Значение p для G2 с одной степенью свободы.",
    "For all words tested, by Benjamini and Hochberg.": (
        "С поправкой Бенджамини–Хохберга на все проверенные слова."
    ),
    "Size: 1 is twice as often in A, -1 twice as often in B.": (
        "Размер эффекта: 1 означает вдвое чаще в A, −1 вдвое чаще в B."
    ),
    "Size: weighted log-odds, the words of both sets as prior.": (
        "Размер эффекта: взвешенный логарифм отношения шансов; априорное распределение по словам обеих "
        "выборок."
    ),
    "Lower end of their 95 % interval.": "Нижняя граница его 95 % интервала.",
    "Upper end of their 95 % interval.": "Верхняя граница его 95 % интервала.",
    "The log-odds over their standard error.": (
        "Логарифм отношения шансов, делённый на его стандартную ошибку."
    ),
    "In set A: comments that use the word.": "В выборке A: комментарии с этим словом.",
    "In set A: different authors of them.": "В выборке A: сколько среди них разных авторов.",
    "In set A: all votes, of authors or comments.": "В выборке A: все голоса, авторов или комментариев.",
    "In set A: votes for the word.": "В выборке A: голоса за это слово.",
    "In set A: lower end of the rate's 95 % interval.": (
        "В выборке A: нижняя граница 95 % интервала частоты."
    ),
    "In set A: upper end of the rate's 95 % interval.": (
        "В выборке A: верхняя граница 95 % интервала частоты."
    ),
    "In set B: comments that use the word.": "В выборке B: комментарии с этим словом.",
    "In set B: different authors of them.": "В выборке B: сколько среди них разных авторов.",
    "In set B: all votes, of authors or comments.": "В выборке B: все голоса, авторов или комментариев.",
    "In set B: votes for the word.": "В выборке B: голоса за это слово.",
    "In set B: lower end of the rate's 95 % interval.": (
        "В выборке B: нижняя граница 95 % интервала частоты."
    ),
    "In set B: upper end of the rate's 95 % interval.": (
        "В выборке B: верхняя граница 95 % интервала частоты."
    ),
    (
        "Neighbouring words inside a comment, punctuation passed over, once a comment; a sequence does "
        "not begin or end with a word that carries no meaning. Copies of a text of 40 letters or more "
        "count once. Intervals: Wilson 1927 over the effective number of comments clustered by author "
        "(Korn & Graubard 1998)."
    ): (
        "Соседние слова внутри комментария без знаков препинания, один раз на комментарий; сочетание не "
        "начинается и не кончается служебным словом. Копии текста от 40 букв считаются один раз. "
        "Интервалы: Wilson 1927 по эффективному числу комментариев, кластеры: авторы (Korn & Graubard "
        "1998)."
    ),
    "How many words a sequence has.": "Сколько слов в сочетании.",
    "Sequences in fewer comments are left out.": (
        "Сочетания, которые есть в меньшем числе комментариев, не показаны."
    ),
    "How many sequences to name.": "Сколько сочетаний показать.",
    "The words in their base form, in order.": "Слова по порядку, в начальной форме.",
    "Comments that hold the sequence, in any forms.": ("Комментарии, где есть это сочетание в любых формах."),
    "All comments that were read, long copies once.": (
        "Все прочитанные комментарии; длинные копии считаются один раз."
    ),
    "Share of comments that hold it.": "Доля комментариев с этим сочетанием.",
    (
        "Pairs of words that carry meaning inside a comment, once a comment, long copies once; the four "
        "cells count pairs (Evert 2008). G2: Dunning 1993, p by Benjamini & Hochberg 1995. logDice: "
        "Rychly 2008. NPMI: Bouma 2009. PMI: Church & Hanks 1990. t: Church et al. 1991. Intervals: "
        "Wilson 1927 over pairs, too narrow where one author repeats a pair: see the number of authors."
    ): (
        "Пары значимых слов внутри комментария, один раз на комментарий, длинные копии один раз; четыре "
        "клетки считают пары (Evert 2008). G2: Dunning 1993, p по Benjamini & Hochberg 1995. logDice: "
        "Rychly 2008. NPMI: Bouma 2009. PMI: Church & Hanks 1990. t: Church et al. 1991. Интервалы: "
        "Wilson 1927 по парам; они слишком узки, если пару повторяет один автор, это видно по числу "
        "авторов."
    ),
    "How many words the second may stand after the first.": (
        "На сколько слов второе может отстоять от первого."
    ),
    "Pairs in fewer comments are not tested.": (
        "Пары, которые есть в меньшем числе комментариев, не проверяются."
    ),
    "Which measure orders the pairs.": "По какой мере упорядочить пары.",
    "How many pairs to name.": "Сколько пар показать.",
    "The word that stands first, in its base form.": "Слово, которое стоит первым, в начальной форме.",
    "The word after it.": "Слово, которое стоит после него.",
    "Comments that hold the pair within the window.": "Комментарии, где пара встречается в пределах окна.",
    "Different authors of them; unknown ones are one each.": (
        "Сколько среди них разных авторов; неизвестные считаются каждый отдельно."
    ),
    "So many were expected by chance.": "Сколько их ожидалось бы случайно.",
    "Pairs that begin so: what the share is of.": "Пары с этим первым словом: от этого числа взята доля.",
    "Pairs that end with the second word.": "Пары с этим вторым словом.",
    "Share of the first word's pairs that are this one.": (
        "Доля этой пары среди пар с тем же первым словом."
    ),
    "Of the G2, for all pairs tested.": "Для G2, с поправкой на все проверенные пары.",
    "Size: logDice, whatever the number of comments.": (
        "Размер эффекта: logDice, не зависит от числа комментариев."
    ),
    "Size: normalised pointwise mutual information.": (
        "Размер эффекта: нормированная поточечная взаимная информация."
    ),
    "Size: pointwise mutual information; rare pairs stand high.": (
        "Размер эффекта: поточечная взаимная информация; редкие пары получают большие значения."
    ),
    "How far above chance the pair is.": "Насколько пара чаще случайного.",
    (
        "Comments that hold both words within the window against those that hold each at all: cautious "
        "for small windows. G2 over four cells: Dunning 1993, p by Benjamini & Hochberg 1995. logDice: "
        "Rychly 2008. NPMI: Bouma 2009. Shares are of authors, with Wilson intervals (1927)."
    ): (
        "Комментарии, где оба слова есть в пределах окна, против комментариев, где каждое есть вообще: "
        "для малых окон оценка осторожна. G2 по четырём клеткам: Dunning 1993, p по Benjamini & Hochberg "
        "1995. logDice: Rychly 2008. NPMI: Bouma 2009. Доли по авторам, с интервалами Wilson (1927)."
    ),
    "How many words away on either side.": "На сколько слов отходить в обе стороны.",
    "Words in fewer comments are not tested.": (
        "Слова, которые есть в меньшем числе комментариев, не проверяются."
    ),
    "Which measure orders the words.": "По какой мере упорядочить слова.",
    "The word near the one looked for, in its base form.": "Слово рядом с искомым, в начальной форме.",
    "Comments that hold both within the window.": "Комментарии, где оба слова есть в пределах окна.",
    "So many would hold both anywhere by chance.": (
        "Сколько комментариев содержали бы оба слова где угодно случайно."
    ),
    "Authors who use the word looked for: what the share is of.": (
        "Авторы, у которых есть искомое слово: от этого числа взята доля."
    ),
    "Share of these authors who put the two together.": "Доля этих авторов, у которых слова стоят рядом.",
    "Evidence: log-likelihood ratio over four cells of comments.": (
        "Достоверность: логарифм отношения правдоподобия по четырём клеткам комментариев."
    ),
    "Of the G2, for all words tested.": "Для G2, с поправкой на все проверенные слова.",
}
