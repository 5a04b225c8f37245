"""What each column of a comment is called and means, in Russian and English.

A header in English is the column's own name, so that a program reads either file the same way; a header
in Russian is the label. Times in files for Excel are local, and their Russian header names the time zone.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ColumnWords:
    """The labels and one-line meanings of one column; `width` is in characters, `is_time` as in times."""

    name: str
    ru: str
    en: str
    about_ru: str
    about_en: str
    width: int = 12
    is_time: bool = False


COLUMN_WORDS: tuple[ColumnWords, ...] = (
    ColumnWords(
        "comment_key",
        "Ключ комментария",
        "Comment key",
        "Ключ источника и номер комментария в нём; единственный во всей базе.",
        "Key of the source and number of the comment in it; unique in the whole database.",
        width=24,
    ),
    ColumnWords(
        "source",
        "Источник",
        "Source",
        "Ключ поста, обсуждения или файла, под которым стоит комментарий.",
        "Key of the post, topic or file the comment stands under.",
        width=20,
    ),
    ColumnWords(
        "kind",
        "Вид источника",
        "Kind of source",
        "wall: пост на стене, topic: обсуждение, photo, video, market, import: файл.",
        "wall: a post, topic: a discussion, photo, video, market, import: a file.",
    ),
    ColumnWords(
        "owner_id",
        "Владелец",
        "Owner",
        "Номер владельца источника; у сообществ отрицательный.",
        "Id of the owner of the source; negative for communities.",
    ),
    ColumnWords(
        "item_id",
        "Номер источника",
        "Item",
        "Номер поста, обсуждения, фото, видео или товара у владельца.",
        "Number of the post, topic, photo, video or goods of that owner.",
    ),
    ColumnWords(
        "comment_id",
        "Номер комментария",
        "Comment number",
        "Номер комментария в источнике; у файла это номер строки.",
        "Number of the comment in its source; for a file the row number.",
    ),
    ColumnWords(
        "root_id",
        "Ветка",
        "Thread",
        "Номер комментария, с которого началась ветка; пусто, если это он сам.",
        "Number of the comment that opened the thread; empty when it is this one.",
    ),
    ColumnWords(
        "parent_id",
        "Ответ на",
        "Reply to",
        "Номер комментария, на который это ответ.",
        "Number of the comment this one answers.",
    ),
    ColumnWords(
        "author_id",
        "Номер автора",
        "Author id",
        "Номер автора; у сообществ отрицательный.",
        "Id of the author; negative for communities.",
    ),
    ColumnWords(
        "author_name",
        "Автор",
        "Author",
        "Имя автора, каким его видели в последний раз.",
        "Name of the author as last seen.",
        width=24,
    ),
    ColumnWords(
        "author_is_community",
        "Автор сообщество",
        "By a community",
        "Написано от имени сообщества.",
        "Written in the name of a community.",
    ),
    ColumnWords(
        "is_post_author",
        "Автор поста",
        "By the post's author",
        "Написано автором поста.",
        "Written by the author of the post.",
    ),
    ColumnWords(
        "published_at",
        "Дата публикации",
        "Published",
        "Когда комментарий опубликован.",
        "When the comment was published.",
        width=19,
        is_time=True,
    ),
    ColumnWords(
        "text",
        "Текст",
        "Text",
        "Текст комментария без изменений; пусто у удалённых до сбора.",
        "Text of the comment, unchanged; empty for those deleted before they were collected.",
        width=80,
    ),
    ColumnWords(
        "likes",
        "Лайки",
        "Likes",
        "Сколько лайков было при последнем сборе.",
        "Likes when last collected.",
        width=8,
    ),
    ColumnWords(
        "replies",
        "Ответы",
        "Replies",
        "Сколько ответов в ветке этого комментария.",
        "Replies in the thread of this comment.",
        width=8,
    ),
    ColumnWords(
        "attachments",
        "Вложения",
        "Attachments",
        "Виды вложений: photo, video, sticker и другие.",
        "Kinds of attachments: photo, video, sticker and others.",
        width=14,
    ),
    ColumnWords(
        "state",
        "Состояние",
        "State",
        "live: как увиден впервые, edited: изменён, deleted: удалён.",
        "live: as first seen, edited, deleted.",
        width=10,
    ),
    ColumnWords(
        "edited_at",
        "Изменён",
        "Edited",
        "Когда замечено изменение.",
        "When a change was noticed.",
        width=19,
        is_time=True,
    ),
    ColumnWords(
        "deleted_at",
        "Удалён",
        "Deleted",
        "Когда замечено удаление.",
        "When the deletion was noticed.",
        width=19,
        is_time=True,
    ),
    ColumnWords(
        "first_seen_at",
        "Впервые увиден",
        "First seen",
        "Когда комментарий собран впервые.",
        "When the comment was collected first.",
        width=19,
        is_time=True,
    ),
    ColumnWords(
        "last_seen_at",
        "Увиден в последний раз",
        "Last seen",
        "Когда комментарий собран в последний раз.",
        "When the comment was collected last.",
        width=19,
        is_time=True,
    ),
    ColumnWords(
        "url",
        "Ссылка",
        "Link",
        "Адрес комментария ВКонтакте; у файлов пусто.",
        "Address of the comment in VK; empty for files.",
        width=40,
    ),
    ColumnWords(
        "lang",
        "Язык",
        "Language",
        "Язык текста; unknown: текст слишком короткий. Пусто, пока текст не разобран.",
        "Language of the text; unknown: too short to tell. Empty until the text was read.",
        width=10,
    ),
    ColumnWords(
        "sentiment",
        "Тональность",
        "Sentiment",
        "Оценка модели: negative, neutral, positive; unsure: модель не уверена.",
        "The model's estimate: negative, neutral, positive; unsure where it abstains.",
    ),
    ColumnWords(
        "negative",
        "Вероятность негатива",
        "Negative",
        "Вероятность негативной тональности по модели, от 0 до 1.",
        "Probability of negative sentiment by the model, 0 to 1.",
    ),
    ColumnWords(
        "neutral",
        "Вероятность нейтральности",
        "Neutral",
        "Вероятность нейтральной тональности по модели, от 0 до 1.",
        "Probability of neutral sentiment by the model, 0 to 1.",
    ),
    ColumnWords(
        "positive",
        "Вероятность позитива",
        "Positive",
        "Вероятность позитивной тональности по модели, от 0 до 1.",
        "Probability of positive sentiment by the model, 0 to 1.",
    ),
    ColumnWords(
        "toxicity",
        "Токсичность",
        "Toxicity",
        "Вероятность грубого или оскорбительного текста по модели, от 0 до 1.",
        "Probability of rude or toxic language by the model, 0 to 1.",
    ),
    ColumnWords(
        "tags",
        "Пометки",
        "Tags",
        "Что найдено по правилам: obscenity брань, insult оскорбление, threat угроза.",
        "What rules found in the text: obscenity, insult, threat.",
        width=16,
    ),
    ColumnWords(
        "is_question",
        "Вопрос",
        "Question",
        "Похоже ли на вопрос, по правилу.",
        "Whether it looks like a question, by rule.",
    ),
)

_BY_NAME = {words.name: words for words in COLUMN_WORDS}


def words_of(name: str) -> ColumnWords:
    """Return the words of a column; one without words (a feature, a label) is called by its own name."""
    return _BY_NAME.get(name) or ColumnWords(name, name, name, "", "")


def label(name: str, lang: str) -> str:
    """Return what a person calls the column."""
    words = words_of(name)
    return words.ru if lang == "ru" else words.en


def about(name: str, lang: str) -> str:
    """Return the column's meaning in one sentence."""
    words = words_of(name)
    return words.about_ru if lang == "ru" else words.about_en


def header(name: str, lang: str, tz: str = "") -> str:
    """Return the column's header in a file; `tz` is given when the times in it are local."""
    if lang != "ru":
        return name
    words = words_of(name)
    return f"{words.ru} ({tz})" if words.is_time and tz else words.ru
