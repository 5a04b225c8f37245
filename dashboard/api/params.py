"""URL parameters that many routes share: the query's keys, the dataset, paging."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from fastapi import Depends, Request
from fastapi import Query as Parameter

from core.errors import QueryError
from core.models import CommentState, SourceKind
from core.query import (
    ALIASES,
    DEFAULT_SORT,
    DEFAULT_TZ,
    FIELDS,
    SENTIMENTS,
    SORTS,
    TONGUES,
    Dataset,
    Query,
    parse_query,
)
from dashboard.services import Services

MAX_LIMIT = 1000
DEFAULT_LIMIT = 50
QUERY_KEYS = frozenset({*(spec.key for spec in FIELDS), *ALIASES})


async def _given(request: Request) -> Services:
    given: Services = request.app.state.services()
    return given


Given = Annotated[Services, Depends(_given)]
Limit = Annotated[int, Parameter(ge=1, le=MAX_LIMIT, description="How many items at most.")]
Cursor = Annotated[str | None, Parameter(description="`next` of the answer before.", max_length=2000)]
DatasetKey = Annotated[
    Dataset | None, Parameter(description="`own` or `demo`; left out: both, each item flagged.")
]
Dialect = Annotated[
    Literal["data", "excel"],
    Parameter(
        description="CSV: `data` is exact; `excel` opens right in Excel, with a `'` before what could be a "
        "formula or begins with `'` itself: drop one leading `'` to get the text back."
    ),
]
Headers = Annotated[Literal["en", "ru"], Parameter(description="Language of the column names.")]

MEANINGS: dict[str, tuple[str, dict[str, Any]]] = {
    "dataset": (
        "`own` or `demo`. Left out: the one that holds a named source, else your own once it has any.",
        {"enum": ["own", "demo"]},
    ),
    "source": ("Source key, such as `wall:-1_2` or `import:0123456789ab`.", {}),
    "post": ("A post as `-1_2`: short for `source=wall:-1_2`.", {}),
    "kind": ("Kind of source.", {"enum": [str(kind) for kind in SourceKind]}),
    "root": ("Key of a thread's first comment, such as `wall:-1_2:3`.", {}),
    "from": ("First day (inclusive, in `tz`) or instant.", {}),
    "to": ("Last day (inclusive, in `tz`) or instant.", {}),
    "hour": ("Hour of the day in `tz`.", {"type": "integer", "minimum": 0, "maximum": 23}),
    "weekday": ("Day of the week in `tz`, 1 = Monday.", {"type": "integer", "minimum": 1, "maximum": 7}),
    "author": ("Author's id; communities negative.", {"type": "integer"}),
    "level": ("Roots or replies only.", {"enum": ["root", "reply"]}),
    "text": (
        'Words (all of them), `"a phrase"`, `-not`, `OR`; `*` for any letters of a whole word: `скидк*`.',
        {"maxLength": 1000},
    ),
    "regex": ("Regular expression (RE2).", {"maxLength": 1000}),
    "lemma": (
        (
            'Words in any form: all of them, `"a phrase"`, `"two words"~5` (within five words), '
            "`-not`, `OR`, `нача*`."
        ),
        {"maxLength": 1000},
    ),
    "likes_min": ("At least so many likes.", {"type": "integer", "minimum": 0}),
    "has_attachments": ("With or without attachments.", {"type": "boolean"}),
    "state": ("What became of the comment.", {"enum": [str(state) for state in CommentState]}),
    "sentiment": ("Mood by the model, `unsure` where it abstains.", {"enum": list(SENTIMENTS)}),
    "toxicity_min": ("Probability of toxicity, at least.", {"type": "number", "minimum": 0, "maximum": 1}),
    "lang": ("Language; `unknown` for texts too short to tell.", {"enum": list(TONGUES)}),
    "topic": (
        "Number of a topic of the stored fit; 0 = none.",
        {"type": "integer", "minimum": 0, "maximum": 1000},
    ),
    "entity": ("A person, place or organisation, as the analysis `entities` names it.", {"maxLength": 1000}),
    "has": (
        (
            "What stands beside words, as the analysis `marks` counts it: `emoji:🔥`, `any_tone:👍` (in any "
            "skin tone), `sticker:sticker`, `hashtag:#news`, `domain:vk.com`, `link:https://vk.com/a`, "
            "`mention:-1`."
        ),
        {"maxLength": 1010},
    ),
    "label": ("A label that people gave, as `name:value`.", {"maxLength": 200}),
    "tz": (f"Time zone; default `{DEFAULT_TZ}`.", {}),
    "sort": (f"Order of rows; default `{DEFAULT_SORT}`.", {"enum": list(SORTS)}),
}


def datasets(services: Services, asked: Dataset | None) -> tuple[Dataset, ...]:
    """Return the dataset that was asked for, or all there are."""
    return (asked,) if asked else tuple(workspace.dataset for workspace in services.workspaces)


def query_of(request: Request) -> Query:
    """Read the query's keys of the URL strictly; raises QueryError that names the first wrong one.

    Keys that are no part of the query are the route's own: `addresses.only_known_keys` has looked at them.
    """
    params = request.query_params
    return parse_query({key: params.getlist(key) for key in params if key in QUERY_KEYS})


def _parameter(key: str, many: bool) -> dict[str, Any]:
    meaning, schema = MEANINGS[key]
    one = {"type": "string", **schema}
    return {
        "name": key,
        "in": "query",
        "description": meaning,
        "schema": {"type": "array", "items": one} if many else one,
    }


QUERY_PARAMETERS: dict[str, Any] = {
    "parameters": [
        *(_parameter(spec.key, spec.many) for spec in FIELDS),
        *(_parameter(alias, many=True) for alias in ALIASES),
    ]
}


def after_cursor(ids: Sequence[str], limit: int, cursor: str | None) -> tuple[slice, str | None]:
    """Return which of a short list to show, and the cursor of what follows; a cursor is the last id shown.

    Raises QueryError for a cursor that is not in the list.
    """
    if cursor is not None and cursor not in ids:
        raise QueryError(
            "The filter '{key}' cannot be '{value}'.",
            hint="What it names is gone; start again without it.",
            key="cursor",
            value=cursor[:100],
        )
    start = 0 if cursor is None else ids.index(cursor) + 1
    end = start + limit
    return slice(start, end), ids[end - 1] if end < len(ids) else None
