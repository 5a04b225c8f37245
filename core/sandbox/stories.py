"""Who lives in the synthetic VK and which links show it; plain constants, so importing this is free."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal

Mood = Literal["city", "shop", "band", "university", "football", "crossroads"]
Access = Literal["open", "members", "banned", "no_wall"]

NOW: Final = int(datetime(2026, 10, 31, 21, tzinfo=UTC).timestamp())
"""The world's clock stands at midnight of 1 November 2026 in Moscow."""
YEAR_AGO: Final = NOW - 365 * 86_400
FIRST_USER: Final = 5_000_000_100
FIRST_CAMPAIGN_USER: Final = 5_900_000_001
FIRST_TOPIC: Final = 40_000_001
FIRST_PHOTO: Final = 457_239_001
FIRST_VIDEO: Final = 456_239_001
FIRST_MARKET_ITEM: Final = 7_000_001


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens the sandbox knows; anything else is an invalid token."""

    USER: str = "sandbox-user"
    """May read everything; `sandbox-user-2`, `sandbox-user-3` and so on are users of their own."""
    SERVICE: str = "sandbox-service"
    COMMUNITY: str = "sandbox-community"
    EXPIRED: str = "sandbox-expired"
    NARROW: str = "sandbox-narrow"
    """A user token without rights to photos, videos and market items."""


TOKENS: Final = Tokens()


@dataclass(frozen=True, slots=True)
class Community:
    """A community and the story its wall tells."""

    id: int
    screen_name: str
    name: str
    mood: Mood
    story: str
    share: float
    """Part of all comments that stands on this wall."""
    hero_post_id: int
    """The post the story turns around; its id is the same in a world of any size."""
    kind: Literal["group", "page", "event"] = "group"
    access: Access = "open"
    board_topics: int = 0

    @property
    def owner_id(self) -> int:
        """Return the id of the wall: negative, as VK writes communities."""
        return -self.id


@dataclass(frozen=True, slots=True)
class Person:
    """A person with a page of their own."""

    id: int
    screen_name: str
    first_name: str
    last_name: str
    share: float = 0.0
    hero_post_id: int = 0
    state: Literal["open", "deleted", "closed"] = "open"


@dataclass(frozen=True, slots=True)
class DemoLink:
    """A link the app proposes, with a title in both languages."""

    link: str
    title_ru: str
    title_en: str


COMMUNITIES: Final = (
    Community(
        900_000_001,
        "gorod_lipovsk",
        "Липовск. Новости города",
        "city",
        "A burst water main in September: one post draws most of the talk; a copy-paste campaign in spring.",
        0.33,
        5_210_417,
        board_topics=12,
    ),
    Community(
        900_000_002,
        "lavka_oblako",
        "Облако · интернет-магазин",
        "shop",
        "Service questions: some answered within the hour, some after days, many never since summer.",
        0.19,
        1_730_905,
        board_topics=16,
    ),
    Community(
        900_000_003,
        "severnyj_veter",
        "Северный ветер",
        "band",
        "Fans wait for an album and adore it; a few placeholders are for paying subscribers only.",
        0.15,
        2_904_118,
        kind="page",
        board_topics=5,
    ),
    Community(
        900_000_004,
        "univer_zarechny",
        "Заречный университет",
        "university",
        "Exams, dormitories and scholarships: the mood falls in January and in June.",
        0.11,
        1_316_224,
        board_topics=8,
    ),
    Community(
        900_000_005,
        "fk_meteor",
        "ФК «Метеор»",
        "football",
        "A lost derby: long quarrels about the referee, threads of hundreds of replies.",
        0.13,
        3_655_031,
        board_topics=4,
    ),
    Community(
        900_000_006,
        "perekrestok_yazykov",
        "Перекрёсток языков",
        "crossroads",
        "Neighbours who write in Russian, Ukrainian, Tatar, Kazakh and English.",
        0.03,
        1_104_550,
    ),
    Community(
        900_000_007,
        "klub_zvezda_zakryty",
        "Клуб «Звезда» (закрытый)",
        "city",
        "Members only.",
        0.0,
        1,
        access="members",
        board_topics=1,
    ),
    Community(
        900_000_008, "udalennye_skidki", "Скидки тут", "shop", "Banned by VK.", 0.0, 1, access="banned"
    ),
    Community(
        900_000_009,
        "tihij_arhiv",
        "Тихий архив",
        "university",
        "The wall is switched off.",
        0.0,
        1,
        access="no_wall",
    ),
)

PEOPLE: Final = (
    Person(5_000_000_001, "pavel_fonarev", "Павел", "Фонарёв", share=0.01, hero_post_id=1_048_210),
    Person(5_000_000_002, "id5000000002", "DELETED", "", state="deleted"),
    Person(5_000_000_003, "alla_dozhdeva", "Алла", "Дождева", state="closed"),
)

APPLICATIONS: Final = {"lipovsk_app": 51_000_001}

CITY, SHOP, BAND, UNIVERSITY, FOOTBALL, CROSSROADS, PRIVATE, BANNED, NO_WALL = COMMUNITIES
WALL_PERSON, DELETED_PERSON, CLOSED_PERSON = PEOPLE

EVENT: Final = int(datetime(2026, 9, 14, 6, 40, tzinfo=UTC).timestamp())
"""When the water main burst."""
CAMPAIGN: Final = int(datetime(2026, 4, 6, 7, tzinfo=UTC).timestamp())
"""When the copy-paste campaign began."""
SLOW_SERVICE: Final = int(datetime(2026, 7, 1, 7, tzinfo=UTC).timestamp())
"""Since when the shop answers seldom and late."""


def demo_links() -> tuple[DemoLink, ...]:
    """Return the links the app proposes; they hold in a world of any size."""
    return (
        DemoLink(
            f"https://vk.com/wall-{CITY.id}_{CITY.hero_post_id}",
            "Прорыв водопровода: один пост, вокруг которого весь разговор",
            "A burst water main: one post that draws most of the talk",
        ),
        DemoLink(
            f"https://vk.com/{SHOP.screen_name}",
            "Стена интернет-магазина: вопросы без ответа",
            "An online shop's wall: questions left unanswered",
        ),
        DemoLink(
            f"https://vk.com/wall-{FOOTBALL.id}_{FOOTBALL.hero_post_id}",
            "Проигранное дерби: ветки на сотни ответов",
            "A lost derby: threads of hundreds of replies",
        ),
        DemoLink(
            f"https://vk.com/{CITY.screen_name}",
            "Городские новости целиком: всплеск и копипаста",
            "A city news wall: a burst and a copy-paste campaign",
        ),
        DemoLink(
            f"https://vk.com/topic-{SHOP.id}_{FIRST_TOPIC}",
            "Обсуждение магазина: ответы видны только по обращению",
            "A shop's discussion: replies show only as mentions",
        ),
        DemoLink(
            f"https://vk.com/video-{BAND.id}_{FIRST_VIDEO}",
            "Клип группы: комментарии к видео",
            "A band's clip: comments under a video",
        ),
        DemoLink(
            f"https://vk.com/{PRIVATE.screen_name}",
            "Закрытое сообщество: как выглядит отказ",
            "A private community: what a refusal looks like",
        ),
    )
