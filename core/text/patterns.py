r"""How a text is cleaned and cut into units: RE2 patterns over small letters with е for ё.

They run in the database, over all comments at once. `\w` and `\b` of RE2 know ASCII only, so letters are
`\p{L}` here.
"""

from __future__ import annotations

from typing import Final

from core.morphology.swearing import THREAT
from core.text.spaced import SPACED

WORD: Final = r"[*@]?[\p{L}\p{N}_]+(?:[*@$'’\-]+[\p{L}\p{N}]+)*[*@]?"
MARK: Final = r"[)(]{2,}|[:;=]-?[)(dp/|]+|[!?]+|\.{3,}|…|[)(]"
EMOJI: Final = (
    r"[\x{1F1E6}-\x{1F1FF}]{2}"
    r"|[\x{1F000}-\x{1FAFF}\x{2190}-\x{21FF}\x{2300}-\x{27BF}\x{2B00}-\x{2BFF}\x{3030}\x{303D}\x{3297}\x{3299}]"
    r"[\x{FE0F}\x{1F3FB}-\x{1F3FF}]*"
    r"(?:\x{200D}[\x{1F000}-\x{1FAFF}\x{2600}-\x{27BF}][\x{FE0F}\x{1F3FB}-\x{1F3FF}]*)*"
)
UNIT: Final = f"{WORD}|{MARK}|{EMOJI}"

# What cannot be seen: soft hyphens, zero-width spaces and marks of direction; not the joiner inside emoji.
HIDDEN: Final = r"[\x{00AD}\x{200B}\x{200C}\x{200E}\x{200F}\x{202A}-\x{202E}\x{2060}\x{FEFF}]"
# VK's own markup: [id1|Имя], [club1|Имя], and with the comment that is answered: [id1:bp-2_3|Имя].
MENTION: Final = r"\[@?(?:id|club|public|event)[0-9]+(?::[^|\]]*)?\|[^\]]*\]"
_ZONES: Final = "ru|com|su|org|net|info|io|me|tv|by|kz|ua|uz|be|cc|ly|pro|online|site|shop|store|top|xyz"
_REST: Final = r"[^\s\]|<>\"»]*[^\s\]|<>\"».,;:!?)(]"
LINK: Final = (
    rf"(?:https?://|www\.){_REST}"
    rf"|(?:[a-z0-9](?:[a-z0-9\-]*[a-z0-9])?\.)+[a-z]{{2,12}}/(?:{_REST})?"
    rf"|(?:[a-zа-я0-9](?:[a-zа-я0-9\-]*[a-zа-я0-9])?\.)+(?:(?:{_ZONES})\b|рф|москва)(?:/(?:{_REST})?)?"
)
DOMAIN: Final = r"^(?:https?://)?(?:www\.|m\.)?([^/:?#\s]+)"
HASHTAG: Final = r"#[\p{L}_][\p{L}\p{N}_]*"

_ASKS: Final = (
    "подскажите|подскажи|подскажет|скажите,? пожалуйста|скажи,? пожалуйста|скажите,? а|не скажете|"
    "не подскажете|кто-нибудь знает|кто нибудь знает|кто-то знает|кто знает|кто в курсе|у кого есть|"
    "есть у кого|не знаете|есть ли|можно ли|нужно ли|надо ли|будет ли|будут ли|работает ли|"
    "работаете ли|как быть|как узнать|"
    "можно узнать|хотел бы узнать|хотела бы узнать|хотелось бы узнать|хочу узнать|где найти|где купить|"
    "сколько стоит|какая цена|интересует|посоветуйте|объясните|уточните|(?:does|do) (?:anyone|anybody) know|"
    "anyone knows?"
)
# Words that open hardly anything but questions, and what must follow those that open cries as well ("какая
# красота", "как хорошо") or subordinate clauses ("когда приеду, напишу").
_OPENS: Final = (
    "чей|чья|чье|чьи|сколько|откуда|почему|зачем|отчего|во сколько|до скольки|со скольки|на сколько|в каком|"
    "по какой|с какого|до какого|какого числа|каков|какова|каковы"
)
_TO_DO: Final = r"[\p{L}]+(?:ть|ться|ти|тись|чь)"
_TOLD: Final = (
    "цен|стоимост|адрес|график|режим|размер|номер|телефон|срок|услови|документ|дат|врем|расписани|час|день|дни|"
    "автобус|маршрут|курс|балл|состав|возраст|вариант|гаранти|процент|зарплат|улиц|дом|сумм|счет|материал|цвет|"
    "есть|нужн|будет|будут"
)
_FOR_WHOM: Final = "мне|нам|вам|тебе|вас|к вам|с вами|до вас|туда|это|его|ее|их|правильно|лучше|теперь|можно"
_AS_ASKED: Final = (
    rf"как (?:(?:{_FOR_WHOM}) )*{_TO_DO}(?:[^\p{{L}}]|$)"
    r"|как (?:долго|часто|давно|скоро|можно|называется|зовут|работаете|проходит|вы |у вас)"
    rf"|как(?:ой|ая|ое|ие|ую|их) (?:у вас |сейчас |теперь |там )?(?:{_TOLD})"
    r"|что (?:делать|нужно|надо|входит|случил|произош|значит|означает|взять|брать|будет|там |там$)"
    r"|что (?:по |с |это за )"
    r"|(?:когда|где|куда|кто) [^.!,]{3,60}$"
)
# A question without its mark: a request for an answer anywhere, or a question word that opens a short text.
QUESTION: Final = (
    rf"(?:^|[^\p{{L}}])(?:{_ASKS})(?:[^\p{{L}}]|$)"
    rf"|^[^\p{{L}}]*(?:а |и |ну |ребята,? |здравствуйте,? )*(?:(?:{_OPENS}) [^.!]{{3,60}}$|{_AS_ASKED})"
)

PATTERNS: Final[dict[str, str]] = {
    "hidden": HIDDEN,
    "mention": MENTION,
    "link": LINK,
    "link_as_written": f"(?i){LINK}",
    "domain": DOMAIN,
    "hashtag": HASHTAG,
    "unit": UNIT,
    "spaced": SPACED,
    "question": QUESTION,
    "threat": THREAT,
}
