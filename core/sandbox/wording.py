"""The kinds of comments and their Russian wordings: templates with slots that `texts` fills."""

from enum import IntEnum
from typing import Final


class Wording(IntEnum):
    """What a comment is about to say; stored as one byte per comment."""

    PRAISE = 0
    COMPLAINT = 1
    QUESTION = 2
    NEUTRAL = 3
    JOKE = 4
    INSULT = 5
    THANKS = 6
    AGREE = 7
    DISAGREE = 8
    ANSWER = 9
    CAMPAIGN = 10
    STICKER = 11
    EMOJI = 12
    LINK = 13
    ODD = 14
    ENGLISH = 15
    UKRAINIAN = 16
    TATAR = 17
    KAZAKH = 18


TEMPLATES: Final[dict[Wording, tuple[str, ...]]] = {
    Wording.PRAISE: (
        "{open}{nom} — {good}! {warm}{emo}",
        "{open}давно ждали {acc}, {good}. {warm}{emo}",
        "{warm} Особенно порадовал результат с {ins}, {good}{emo}",
        "Спасибо за {acc}, {good}! {warm}",
        "{open}за {acc} отдельный респект, {good}{emo}",
        "Вот это я понимаю, {nom} {degree} на уровне. {warm}{emo}",
        "{who} в восторге, {nom} просто {good2}! {warm}{emo}",
        "Лучшее, что было за {period}: {nom}. {warm}",
    ),
    Wording.COMPLAINT: (
        "{open}опять проблемы с {ins}, {bad}. {cold}{sad}",
        "{open}сколько можно ждать {gen}? {period2} {bad2}. {cold}",
        "{who} уже {period} без {gen}. {cold}{sad}",
        "С {ins} {degree} {bad}, {cold2}{sad}",
        "Писали про {acc} {times}, и всё без толку. {cold}",
        "{open}кто отвечает за {acc}? {cold}{sad}",
        "{place} с {ins} беда, {bad}. {cold}",
        "Ужасно, {nom} — это {bad3}. {cold}{sad}",
        "{nom}? Не смешите. {period2} {bad2}, {cold2}",
    ),
    Wording.QUESTION: (
        "{hello}подскажите, пожалуйста, {when} будет {nom}?",
        "{hello}а что с {ins}? {who4} {wait}",
        "{hello}куда обратиться по вопросу {gen}? {wait2}",
        "Вопрос про {acc}: {ask}? {wait2}",
        "{hello}можно узнать про {acc}? {place} {ask2}?",
        "{ask}? Жду ответа про {acc}. {wait2}",
        "{hello}у кого узнать про {acc}? {ask}?",
        "Почему уже {period} нет {gen}? {wait2}",
    ),
    Wording.NEUTRAL: (
        "{open}{place} {nom}, {fact}.",
        "{fact2}, а {nom} — {view}.",
        "Был {place} {time}, {nom} — {view}.",
        "{open}про {acc} {fact3}. {view2}",
        "Насчёт {gen}: {fact}, {view}.",
        "{time} проверил: {nom}, {fact}. {view2}",
        "{who4} говорят, что {fact}. {view2}{emo}",
        "Если коротко про {acc}: {view}, {fact}.",
    ),
    Wording.JOKE: (
        "{nom} уходит в отпуск, а все остаются 😂 {joke}",
        "{joke} А потом приходит {nom} 🤣",
        "Когда услышал про {acc}: {joke} 😅",
        "{open}с такими {ins} и цирк не нужен, {joke}",
        "Подарите {who3} {acc}, {joke} 😁",
        "Анекдот {gen}: {joke}",
    ),
    Wording.INSULT: (
        "{insult}, а не ответственные за {acc}. {cold}",
        "Кто придумал {acc}, тот {insult2}. {cold}",
        "{who} тут все {insult2}, включая {acc}? {cold}",
        "Хватит врать про {acc}, {insult}! {cold2}",
        "{insult}! {period2} {bad2}.",
    ),
    Wording.THANKS: (
        "Спасибо, {good}! {warm}",
        "Благодарю за ответ про {acc}, {warm2}{emo}",
        "Спасибо большое, вы {degree} выручили{emo}",
        "{warm} Спасибо за {acc}!",
        "О, спасибо, с {ins} разобрался. {warm2}{emo}",
    ),
    Wording.AGREE: (
        "Согласен, {nom} — {view}. {view2}",
        "Плюсую! {place} то же самое с {ins}{emo}",
        "Вот именно, {fact}. {view2}",
        "Поддерживаю, про {acc} {fact3}.",
        "+1, {who} того же мнения насчёт {gen}",
        "Да, {time} и у нас так было: {nom}, {fact}.",
    ),
    Wording.DISAGREE: (
        "Не соглашусь, {nom} — {view}. {view2}",
        "Неправда, {place} с {ins} {degree} нормально. {view2}",
        "Вы путаете, {fact}. А {nom} — {view}.",
        "С чего вы взяли? {time} проверял {acc}, {fact}.",
        "Спорно. {view2} {nom} тут ни при чём.",
        "Ну уж нет, {cold2}. Про {acc} {fact3}.",
    ),
    Wording.ANSWER: (
        "Здравствуйте! Проверили информацию про {acc}: {official}. {regards}",
        "Добрый день! По вопросу {gen} {official}. {regards}",
        "Здравствуйте, спасибо за обращение. {official2}. {regards}",
        "Добрый вечер! Напишите нам в сообщения сообщества: поможем с {ins}. {regards}",
        "Приносим извинения за ситуацию с {ins}, {official}. {regards}",
    ),
    Wording.CAMPAIGN: (
        "Новый торговый центр нужен городу, это рабочие места{tail} #ЛиповскЗаРазвитие",
        "Новый торговый центр городу нужен: это рабочие места{tail} #ЛиповскЗаРазвитие",
        "Новый торговый центр нужен нашему городу, это рабочие места{tail} #ЛиповскЗаРазвитие",
        "Торговый центр нужен городу, ведь это рабочие места{tail} #ЛиповскЗаРазвитие",
    ),
    Wording.LINK: (
        "Подробнее про {acc} тут: https://lipovsk.example/{slug}/{num}",
        "{open}вот источник: https://vk.com/wall-900000001_{num}",
        "Про {acc} писали: http://news.example/{slug}?id={num}&ref=vk #{tag}",
        "{tag2} {fact}. Ссылка: oblako.example/{slug}",
        "#{tag} #{slug} {view2}",
    ),
}
