"""Pairs of authors who talk most, with the mood of both directions."""

from __future__ import annotations

from core.models import Comment
from core.query import Query
from tests.builders import author, comment
from tests.core.analysis.replies.talks import CROSS, KIND
from tests.core.enriched import answer, enriched


def quarrel() -> list[Comment]:
    """Return 40 threads in which Anna is kind to Boris, Boris cross to Anna, and twice cross to a shop."""
    comments = []
    for place in range(40):
        first, then = 10 * place + 1, 10 * place + 2
        comments += [
            comment(first, "Тема", author_id=1),
            comment(then, f"{CROSS} {place}", author_id=2, root_id=first, parent_id=first, reply_to_user=1),
            comment(then + 1, f"{KIND} {place}", author_id=1, root_id=first, parent_id=then, reply_to_user=2),
        ]
    own = comment(900, "И еще", author_id=1, root_id=1, parent_id=1, reply_to_user=1)
    shop = [comment(n, "[club5|Магазин], где заказ?", author_id=2) for n in (901, 902)]
    return [*comments, own, *shop]


def test_a_pair_has_both_directions_with_their_moods() -> None:
    """Counts, moods with n and intervals stand for the one and for the other."""
    people = (author(1, "Анна"), author(2, "Борис"))
    found = answer(enriched(quarrel(), authors=people), "reply_pairs")
    pair, shop = found.rows
    assert (pair["author_name"], pair["other_name"], pair["replies"]) == ("Анна", "Борис", 80)
    assert (pair["sent"], pair["received"], pair["sent_mood_n"], pair["received_mood_n"]) == (40, 40, 40, 40)
    assert pair["received_mood_high"] < pair["sent_mood_low"]
    assert (shop["author_id"], shop["other_id"], shop["other_name"]) == (2, -5, "-5")
    assert shop["other_is_community"] is True
    assert (shop["sent"], shop["received"], shop["sent_mood"], shop["received_mood_n"]) == (2, 0, None, 0)


def test_the_summary_and_the_notes_tell_what_it_rests_on() -> None:
    """Replies by evidence, those to oneself, and how many moods are too few to say."""
    found = answer(enriched(quarrel()), "reply_pairs", Query(), None, top=1)
    assert found.summary["replies"] == 82
    assert (found.summary["by_comment"], found.summary["by_mention"]) == (80, 2)
    assert (found.summary["self_replies"], found.summary["all_pairs"], found.summary["mutual_pairs"]) == (
        1,
        2,
        1,
    )
    codes = ["replies_evidence", "replies_left_out", "replies_at_top", "uncalibrated"]
    assert [each.code for each in found.notes] == codes
    assert found.notes[2].values == {"at_top": 2}
    every = answer(enriched(quarrel()), "reply_pairs")
    (few,) = [each for each in every.notes if each.code == "replies_mood_few"]
    assert few.values["cells"] == 2
