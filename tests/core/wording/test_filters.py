"""Filters as sentences."""

from datetime import UTC, date, datetime

from core.models import CommentState
from core.query import Query, read_query
from core.wording.filters import label_named, label_text, problem, sentence, shortened


def test_a_period_is_one_sentence() -> None:
    """Two ends of a period read as a period."""
    query = Query(since=date(2026, 9, 8), until=date(2026, 9, 16))
    assert sentence(query, "since", "en") == "8–16\u00a0September\u00a02026"


def test_hours_of_one_day_are_told_as_clock_times() -> None:
    """An instant is shown in the query's zone."""
    query = Query(
        since=datetime(2026, 9, 8, 9, tzinfo=UTC), until=datetime(2026, 9, 8, 10, 59, 59, tzinfo=UTC)
    )
    assert sentence(query, "since", "ru") == "8\u00a0сентября\u00a02026, 12:00–13:59"


def test_sources_and_authors_are_called_by_name() -> None:
    """A key stands only where no title is known."""
    query = Query(source=("wall:-1_2",), author=(7, 8, 9))
    names = {"wall:-1_2": "Пост о погоде", "7": "Анна"}
    assert sentence(query, "source", "ru", names) == "Где: Пост о погоде"
    assert sentence(query, "author", "ru", names) == "Автор: Анна и ещё 2"


def test_values_of_a_filter_are_words() -> None:
    """No internal value is shown."""
    assert sentence(Query(state=(CommentState.DELETED,)), "state", "ru") == "Состояние: удалён"
    assert sentence(Query(weekday=(1,)), "weekday", "en") == "Weekday: Monday"
    assert sentence(Query(has_attachments=False), "has_attachments", "en") == "Without attachments"


def test_words_that_stand_near_are_told_in_words() -> None:
    """The sign for nearness is for the search box; all that is more than one phrase stays as it was typed."""
    told = {
        '"третий трек"~1': (
            "Words in any form, side by side: третий трек",
            "Слова в любой форме, рядом: третий трек",
        ),
        '"горячая вода"~5': (
            "Words in any form, within 5\u00a0words of each other: горячая вода",
            "Слова в любой форме, не дальше 5\u00a0слов друг от друга: горячая вода",
        ),
        '"a b c"~1': (
            "Words in any form, within 1\u00a0word of each other: a b c",
            "Слова в любой форме, не дальше 1\u00a0слова друг от друга: a b c",
        ),
        "горячая вода": ("Word in any form: горячая вода", "Слово в любой форме: горячая вода"),
        '"a b"~5 -c': ('Word in any form: "a b"~5 -c', 'Слово в любой форме: "a b"~5 -c'),
    }
    for typed, both in told.items():
        query = Query(lemma=typed)
        assert (sentence(query, "lemma", "en"), sentence(query, "lemma", "ru")) == both


def test_no_topic_is_called_so() -> None:
    """The number that stands for comments of no topic is nobody's word."""
    names = {"topic:1": "дорога, яма"}
    assert sentence(Query(topic=(0, 1)), "topic", "en", names) == "Topic: No topic, дорога, яма"


def test_a_label_is_written_alike_everywhere() -> None:
    """Name and value apart or as a filter give one text, whatever colons the value has."""
    assert label_text("тема", "быт") == label_named("тема:быт") == "тема: быт"
    assert label_named("когда:12:30") == "когда: 12:30"
    assert sentence(Query(label=("тема:быт",)), "label", "en") == "Label: тема: быт"


def test_a_bad_value_is_named() -> None:
    """The reader of a broken link learns which part of it was broken."""
    _, problems = read_query({"from": ["rubbish"], "foo": ["1"]})
    assert [problem(each, "en") for each in problems] == [
        "from = “rubbish” (a day is written 2026-03-01, an instant 2026-03-01T12:00:00Z)",
        "foo = “1” (there is no such filter)",
    ]


def test_a_long_title_is_cut_at_a_word() -> None:
    """A chip fits a line."""
    assert shortened("Прорыв водопровода на улице Садовой", 24) == "Прорыв водопровода на…"
    assert shortened("two\nlines") == "two lines"


def test_one_end_or_two_instants_of_different_days_are_told_as_they_are() -> None:
    """A day and an instant stand side by side; one end alone says which end it is."""
    instant = datetime(2026, 9, 8, 9, tzinfo=UTC)
    assert sentence(Query(since=date(2026, 9, 8)), "since", "en") == "From 8\u00a0September\u00a02026"
    assert sentence(Query(until=instant, tz="UTC"), "until", "en") == "Until 8\u00a0Sep\u00a02026, 09:00"
    days = Query(since=instant, until=datetime(2026, 9, 9, 9, tzinfo=UTC), tz="UTC")
    assert sentence(days, "since", "en") == "8\u00a0Sep\u00a02026, 09:00 – 9\u00a0Sep\u00a02026, 09:00"
    mixed = Query(since=date(2026, 9, 8), until=instant, tz="UTC")
    assert sentence(mixed, "since", "en") == "8\u00a0September\u00a02026 – 8\u00a0Sep\u00a02026, 09:00"
