"""What the analyses of questions and answers say of themselves in Russian."""

from __future__ import annotations

from typing import Final

from core.wording.described.pieces import Piece, joined

_RULE: Final = Piece(
    (
        "A question has a question mark, asks for an answer or opens with a question word (a rule, by "
        "which questions that expect no answer count too). Answered: the owner of the source or the "
        "post's author replied later to the comment, to its author in the thread (or topic), by mention "
        "too, or else wrote the next comment in the thread that addresses nobody. Deleted comments and "
        "questions of who runs the page are left out; answers are looked for in the whole dataset. "
    ),
    (
        "Вопрос: есть вопросительный знак, просьба ответить или вопросительное слово в начале (это "
        "правило, по нему считаются и вопросы, на которые ответа не ждут). Отвечен: владелец источника "
        "или автор записи позже ответил на комментарий, его автору в ветке (или обсуждении), в том числе "
        "упоминанием, или написал следующий комментарий ветки, никому не адресованный. Удалённые "
        "комментарии и вопросы тех, кто ведёт страницу, не учтены; ответы ищутся во всём наборе данных. "
    ),
)
_SHARE: Final = Piece(
    (
        "Share answered: Wilson's interval over the effective number of questions, clustered by asker "
        "(Korn & Graubard 1998). "
    ),
    (
        "Доля с ответом: интервал Уилсона по эффективному числу вопросов, кластеры: авторы вопросов "
        "(Korn & Graubard 1998). "
    ),
)
_TIMES: Final = Piece(
    (
        "Times by the product-limit curve (Kaplan & Meier 1958), open questions waiting until their "
        "source was last collected; variance between askers (Williams 1995), shares within a time with "
        "Rothman's (1978) interval, median and P90 with Brookmeyer & Crowley's (1982)."
    ),
    (
        "Время ответа: оценка Каплана–Мейера (Kaplan & Meier 1958), вопросы без ответа ждут до "
        "последнего сбора их источника; дисперсия между авторами вопросов (Williams 1995), доли за время "
        "с интервалом Rothman (1978), медиана и 90-й перцентиль с интервалом Brookmeyer & Crowley (1982)."
    ),
)
_FEW: Final = Piece(
    " Too few to say, and null, below 30 questions or 5 askers.",
    " Если вопросов меньше 30 или их авторов меньше 5, данных слишком мало, и показатели пусты.",
)

RU: dict[str, str] = {
    "Which questions are listed.": "Какие вопросы показать.",
    "Which of them come first.": "Какие показать первыми.",
    "How many to list.": "Сколько показать.",
    "Key of the comment that asks.": "Ключ комментария с вопросом.",
    "Title of the source, often empty.": "Название источника; часто пустое.",
    "When it was asked.": "Когда задан вопрос.",
    "From then until the source was last collected, whatever the time is now.": (
        "Сколько прошло до последнего сбора источника, какое бы время ни было сейчас."
    ),
    "What was asked.": "Что спросили.",
    "Who asked; null for one who has only a name.": "Кто спросил; пусто, если известно только имя.",
    "Likes of the question.": "Лайки вопроса.",
    "Replies in its thread.": "Ответы в его ветке.",
    "Whether somebody else replied to it.": "Ответил ли на него кто-то другой.",
    "Key of the first answer of who runs the page; null while open.": (
        "Ключ первого ответа тех, кто ведёт страницу; пусто, пока ответа нет."
    ),
    "From the question to that answer; null while open.": (
        "От вопроса до этого ответа; пусто, пока ответа нет."
    ),
    "Whether it was addressed to the asker; else the next in the thread.": (
        "Адресован ли ответ тому, кто спросил; если нет, это следующий комментарий ветки."
    ),
    "The curve of all questions, or the clock of groups; local time of when it was asked.": (
        "Кривая по всем вопросам или показатели по группам; местное время, когда задан вопрос."
    ),
    "How many sources, those with most questions first.": (
        "Сколько источников показать, начиная с тех, где вопросов больше."
    ),
    "Of the curve: how long after the question; null for groups.": (
        "Для кривой: сколько времени прошло после вопроса; для групп пусто."
    ),
    "When the period begins; null for other groups.": "Начало периода; для других групп пусто.",
    "1 (Monday) to 7, of when it was asked; null for other groups.": (
        "От 1 (понедельник) до 7, когда задан вопрос; для других групп пусто."
    ),
    "0 to 23, of when it was asked; null for other groups.": (
        "От 0 до 23, когда задан вопрос; для других групп пусто."
    ),
    "Key of the source; null for other groups.": "Ключ источника; для других групп пусто.",
    "Its title, often empty; null for other groups.": (
        "Название; часто пустое, для других групп пусто всегда."
    ),
    "Questions that the figures are about.": "Вопросы, к которым относятся показатели.",
    "Those answered by who runs the page; null for the curve.": (
        "Вопросы, на которые ответили те, кто ведёт страницу; для кривой пусто."
    ),
    "Those open; of the curve: those still waiting then.": (
        "Вопросы без ответа; для кривой: ещё ждущие ответа к этому времени."
    ),
    "Share answered; of the curve: within `hours`.": (
        "Доля вопросов с ответом; для кривой: с ответом за `hours`."
    ),
    "Upper end of its 95 % interval; null: not known yet.": (
        "Верхняя граница его 95 % интервала; пусто, пока неизвестна."
    ),
    "Within how long half are answered; null: not known yet.": (
        "За какое время ответили на половину вопросов; пусто, пока неизвестно."
    ),
    "Share answered within an hour.": "Доля вопросов, на которые ответили в течение часа.",
    "Share answered within a day.": "Доля вопросов, на которые ответили в течение суток.",
    **joined(
        (
            _RULE,
            _SHARE,
            _TIMES,
        ),
        (
            _RULE,
            _TIMES,
            _FEW,
        ),
    ),
}
