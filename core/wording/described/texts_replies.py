"""What the analyses of who answers whom say of themselves in Russian."""

from __future__ import annotations

from typing import Final

from core.wording.described.pieces import Piece, joined

_WHOM: Final = Piece(
    (
        "Whom a reply answers is told by the comment it answers; else by the user VK names; else by the "
        "first mention in its text; else by the root of its thread. Replies to oneself, and those of or "
        "to somebody unknown, are left out and counted. "
    ),
    (
        "Кому адресован ответ, определяется по комментарию, на который отвечают; иначе по пользователю, "
        "которого называет ВК; иначе по первому упоминанию в тексте; иначе по началу ветки. Ответы "
        "самому себе и ответы, где автор или адресат неизвестен, не учтены, но подсчитаны. "
    ),
)
_BACKBONE: Final = Piece(
    (
        "Backbone: disparity filter, alpha below 0.05 (Serrano, Boguna & Vespignani 2009, eq. 2). Drawn: "
        "authors that links bring in, the backbone first, then the strongest. "
    ),
    (
        "Каркас сети: дисперсионный фильтр, alpha меньше 0,05 (Serrano, Boguna & Vespignani 2009, eq. "
        "2). Нарисованы авторы, которых приводят связи: сначала каркас, затем самые сильные. "
    ),
)
_COMMUNITIES: Final = Piece(
    (
        "Communities: Louvain without directions, the best of several runs (Blondel et al. 2008); "
        "`stability`: mean adjusted Rand index of the runs (Hubert & Arabie 1985); "
        "`modularity_by_chance`: that of the same replies dealt out at random (Guimera et al. 2004). "
    ),
    (
        "Круги общения: лувенский алгоритм без учёта направлений, лучший из нескольких расчётов (Blondel "
        "et al. 2008); `stability`: средний скорректированный индекс Рэнда между расчётами (Hubert & "
        "Arabie 1985); `modularity_by_chance`: модулярность тех же ответов, розданных случайно (Guimera "
        "et al. 2004). "
    ),
)
_PLACES: Final = Piece(
    "Places: Fruchterman & Reingold 1991. PageRank: Brin & Page 1998, damping 0.85, weighted. ",
    ("Расположение: Fruchterman & Reingold 1991. PageRank: Brin & Page 1998, затухание 0,85, с весами. "),
)
_RECIPROCITY: Final = Piece(
    (
        "Reciprocity: Newman 2010, 7.10, from the share of pairs who answer both ways; pairs with an "
        "author in common are alike (Aronow, Samii & Assenova 2015, eq. 4). Shares of single authors "
        "with Wilson's interval, null below 30. "
    ),
    (
        "Взаимность: Newman 2010, 7.10, по доле пар, где отвечают оба; пары с общим автором зависимы "
        "(Aronow, Samii & Assenova 2015, eq. 4). Доли отдельных авторов с интервалом Уилсона; пусто, "
        "если меньше 30. "
    ),
)
_COUNTS: Final = Piece(
    "Counts, most replies first; equal ones by number. ",
    "Подсчёт, сначала пары с наибольшим числом ответов; при равенстве по номеру. ",
)
_MOOD_OF_AUTHORS: Final = Piece(
    (
        "Mood: the mean of positive minus negative probability over the replies that the model judged, "
        "null below 30 of them or 5 answering authors; its 95 % interval takes answering authors as "
        "clusters (Bell & McCaffrey 2002)."
    ),
    (
        "Тональность: среднее разности вероятностей позитивной и негативной по ответам, которые оценила "
        "модель; пусто, если их меньше 30 или отвечающих авторов меньше 5; 95 % интервал, кластеры: "
        "отвечающие авторы (Bell & McCaffrey 2002)."
    ),
)
_MOOD_OF_THREADS: Final = Piece(
    (
        "Mood: the mean of positive minus negative probability over the replies that the model judged, "
        "null below 30 of them or 5 threads; its 95 % interval takes threads as clusters (Bell & "
        "McCaffrey 2002)."
    ),
    (
        "Тональность: среднее разности вероятностей позитивной и негативной по ответам, которые оценила "
        "модель; пусто, если их меньше 30 или веток меньше 5; 95 % интервал, кластеры: ветки (Bell & "
        "McCaffrey 2002)."
    ),
)

RU: dict[str, str] = {
    "How many authors to list beside those drawn, strongest first.": (
        "Сколько авторов показать в таблице, кроме нарисованных, начиная с самых активных."
    ),
    "How many authors to draw at most.": "Сколько авторов нарисовать самое большее.",
    "`node` an author, or `edge` a drawn link between two.": (
        "`node`: автор, `edge`: нарисованная связь двух авторов."
    ),
    "Id of the author, or `name:` and the name; of an edge: who answers.": (
        "Номер автора или `name:` и имя; у связи: кто отвечает."
    ),
    "Of an edge: who is answered.": "У связи: кому отвечают.",
    "As it was last seen; empty where nobody said it.": (
        "Имя, каким его видели в последний раз; пусто, если имя неизвестно."
    ),
    "Whether it is a community.": "Сообщество ли это.",
    "Replies it wrote and got; of an edge: replies.": (
        "Сколько ответов написал и получил; у связи: число ответов."
    ),
    "Replies it got from others.": "Сколько ответов получил от других.",
    "Replies it wrote to others.": "Сколько ответов написал другим.",
    "Different authors who answered it.": "Сколько разных авторов ему ответили.",
    "Different authors it answered.": "Скольким разным авторам он ответил.",
    "Of those it answered, who answered it; n = `out_degree`.": (
        "Доля тех, кому он ответил и кто ответил ему; n = `out_degree`."
    ),
    "How central it is among those who are answered; sums to 1.": (
        "Насколько он важен среди тех, кому отвечают; сумма равна 1."
    ),
    "Its group, by size from 0.": "Номер его круга общения по размеру, с 0.",
    "Mean mood of the replies it got; null: too few to say.": (
        "Средняя тональность полученных ответов; пусто, если данных слишком мало."
    ),
    "How many of them the model judged.": "Сколько из них оценила модель.",
    "Where it stands, -1 to 1; null: not drawn.": ("Место на рисунке, от −1 до 1; пусто, если не нарисован."),
    "How large it is, in the unit of x and y.": "Размер на рисунке, в единицах x и y.",
    "Of an edge: whether the other answers back.": "У связи: отвечает ли другой взаимно.",
    "Of an edge: whether it stands out at its ends.": ("У связи: выделяется ли она среди связей её авторов."),
    "Who answers: the id, or `name:` and the name.": "Кто отвечает: номер или `name:` и имя.",
    "The name as it was last seen, else the id.": (
        "Имя, каким его видели в последний раз; если его нет, номер."
    ),
    "Who is answered: the id, or `name:` and the name.": "Кому отвечают: номер или `name:` и имя.",
    "How often.": "Сколько раз.",
    "Whether the other answers back.": "Отвечает ли другой взаимно.",
    "Those known by the comment they answer.": (
        "Сколько ответов определено по комментарию, на который отвечают."
    ),
    "Those known by the user VK names.": (
        "Сколько ответов определено по пользователю, которого называет ВК."
    ),
    "Those known by a mention in the text.": "Сколько ответов определено по упоминанию в тексте.",
    "Those known by the root of the thread alone.": "Сколько ответов определено только по началу ветки.",
    "Mean mood of these replies; null: too few to say.": (
        "Средняя тональность этих ответов; пусто, если данных слишком мало."
    ),
    "How likely so many replies are, were they spread by chance.": (
        "Насколько вероятно столько ответов, если бы они распределились случайно."
    ),
    "Whether alpha is below 0.05.": "Меньше ли alpha, чем 0,05.",
    "How many pairs to name, most replies first.": "Сколько пар показать, начиная с самых разговорчивых.",
    "Who of the two answers more; null: has only a name.": (
        "Кто из двоих отвечает чаще; пусто, если известно только имя."
    ),
    "The other of the two; null: has only a name.": "Второй из двоих; пусто, если известно только имя.",
    "Replies of the two to each other.": "Ответы этих двоих друг другу.",
    "Those of the first to the second.": "Ответы первого второму.",
    "Those of the second to the first.": "Ответы второго первому.",
    "Mean mood of replies of the first; null: too few to say.": (
        "Средняя тональность ответов первого; пусто, если данных слишком мало."
    ),
    "Mean mood of replies of the second; null: too few to say.": (
        "Средняя тональность ответов второго; пусто, если данных слишком мало."
    ),
    "How many communities to show apart, largest first.": (
        "Сколько кругов общения показать отдельно, начиная с самых больших."
    ),
    "Community that answers, by size from 0; -1: all others.": (
        "Круг общения, который отвечает, по размеру с 0; −1: все остальные."
    ),
    "Its number and its author with most replies; `…`: all others.": (
        "Номер и автор с наибольшим числом ответов; `…`: все остальные."
    ),
    "How many authors it has.": "Сколько в нём авторов.",
    "Community that is answered, by size from 0; -1: all others.": (
        "Круг общения, которому отвечают, по размеру с 0; −1: все остальные."
    ),
    "Replies of the one to the other; none has no row.": (
        "Ответы одного другому; если их нет, нет и строки."
    ),
    **joined(
        (
            _WHOM,
            _BACKBONE,
            _COMMUNITIES,
            _PLACES,
            _RECIPROCITY,
            _MOOD_OF_AUTHORS,
        ),
        (
            _WHOM,
            _BACKBONE,
            _COMMUNITIES,
            _MOOD_OF_THREADS,
        ),
        (
            _WHOM,
            _COUNTS,
            _MOOD_OF_THREADS,
        ),
        (
            _WHOM,
            _COMMUNITIES,
            _MOOD_OF_AUTHORS,
        ),
    ),
}
