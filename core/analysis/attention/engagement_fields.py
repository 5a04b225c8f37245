"""The columns of the analysis of engagement, and how its figures are defined."""

from __future__ import annotations

from typing import Final

from core.analysis.described import ResultField

METHOD: Final = (
    "Over comments: intervals clustered by author and post at once (Cameron, Gelbach & Miller 2011): "
    "Student's t for means, Wilson's over the effective size for shares (Korn & Graubard 1998), Woodruff's "
    "(1952) for median and P90, t of the linearised figure (Deville 1999) for Gini. By views, as Popsters "
    "defines them, means over posts with a comment in the query: er_view = 100 (likes + reposts + "
    "comments) / views, like_rate_view = 100 likes / views, talk_rate_view = 100 comments / views, all of "
    "the post itself; views stand for the followers of LR and TR, whose number is not collected. "
    "comments_per_1000_views is 1000 times all comments of the query over all views of their posts. "
    "Replies are those that VK declares for a root comment. Comments whose likes are unknown are left out. "
    "Below 30 comments or posts, or 5 authors, figures are null."
)

_UNIT: Final = "as `measure` says"

FIELDS: Final = (
    ResultField(
        "measure",
        "text",
        "",
        "`likes_` per comment or `replies_` per root comment: `mean`, `median`, `p90`, `gini`, `none` (share "
        "without any); `comments_per_post`, `comments_per_1000_views`; `er_view`, `like_rate_view` and "
        "`talk_rate_view` in percent.",
    ),
    ResultField("value", "number", _UNIT, "The estimate; null where there is too little to say."),
    ResultField("n", "integer", "comments or posts", "Comments, root comments or posts that were counted."),
    ResultField("low", "number", _UNIT, "Lower end of the 95 % interval."),
    ResultField("high", "number", _UNIT, "Upper end of the 95 % interval."),
)
