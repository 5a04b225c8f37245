"""Labels that people give to comments: written many at once, listed, deleted."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter
from fastapi import Query as Parameter
from pydantic import BaseModel, ConfigDict, Field

from core.errors import NotFound, QueryError
from core.query import Dataset, Query, parse_query
from core.storage import reads, reads_labels, writes_coding, writes_labelling
from core.storage.reads_labels import Chosen, Label
from core.storage.store import Store
from core.storage.writes_labelling import Judgement
from core.tasks.params import written_query
from core.text.calibrating import CODES
from dashboard.api.models import ListOf, Utc
from dashboard.api.params import DEFAULT_LIMIT, Cursor, DatasetKey, Given, Limit
from dashboard.api.problems import documented
from dashboard.services import Services

MOST: int = 1000
NAME: str = r"^[^\s:][^:]*$"
VALUE: str = r"^\S.*$"

UNSURE = "unsure"
"""What a coder says who cannot say."""

routes = APIRouter(tags=["labels"])

Keys = Annotated[
    list[Annotated[str, Field(max_length=200)]] | None,
    Parameter(max_length=50, description="Only labels of these comments."),
]
Names = Annotated[
    list[Annotated[str, Field(max_length=60)]] | None,
    Parameter(max_length=20, description="Only labels with these names."),
]
Coders = Annotated[
    list[Annotated[str, Field(max_length=100)]] | None,
    Parameter(max_length=20, description="Only labels by these coders."),
]
By = Annotated[
    str | None,
    Parameter(
        max_length=100,
        description="Who deletes, whose page can take it back; left out: the one coder that is named.",
    ),
]


class NewLabel(BaseModel):
    """What a coder says of a comment under a name.

    `sentiment` (negative, neutral, positive, unsure) and `toxicity` (yes, no) are what the model is checked
    against; other names are the coders' own.
    """

    model_config = ConfigDict(extra="forbid")

    comment_key: str = Field(max_length=200, examples=["wall:-1_2:3"])
    name: str = Field(pattern=NAME, max_length=60, examples=["sentiment"])
    value: str = Field(pattern=VALUE, max_length=100, examples=["negative"])
    coder: str = Field("", max_length=100)
    note: str = Field("", max_length=1000)


class NewLabels(BaseModel):
    """Labels of comments of one dataset."""

    model_config = ConfigDict(extra="forbid")

    labels: list[NewLabel] = Field(min_length=1, max_length=MOST)
    dataset: Dataset | None = Field(None, description="Left out: the one that holds the first comment.")


class GivenLabel(BaseModel):
    """A label without its comment."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(pattern=NAME, max_length=60, examples=["topic"])
    value: str = Field(pattern=VALUE, max_length=100, examples=["roads"])
    coder: str = Field("", max_length=100)
    note: str = Field("", max_length=1000)


class MatchingLabel(BaseModel):
    """One label for every comment of a query, in one go."""

    model_config = ConfigDict(extra="forbid")

    query: dict[str, Any] = Field(description="The keys of the query, as in a URL; {} is every comment.")
    label: GivenLabel


class Written(BaseModel):
    """How many labels said anything new, and the dataset version after it."""

    written: int
    version: int


class Deleted(BaseModel):
    """How many labels were deleted, and the dataset version after it."""

    deleted: int
    version: int


class LabelAnswer(NewLabel):
    """A label, and when it was given."""

    labelled_at: Utc | None


@routes.post("/labels", responses=documented(404, 422))
def write(services: Given, body: NewLabels | MatchingLabel) -> Written:
    """Keep labels, of comments by key or one for all that match a query.

    A comment has one value per name and coder, the last one; repeating changes nothing.
    """
    if isinstance(body, MatchingLabel):
        return _write_matching(services, body)
    first = body.labels[0].comment_key.rpartition(":")[0]
    store = services.workspace(_about(first, body.dataset)).store
    written = writes_coding.write_labels(store, _known(store, body.labels))
    return Written(written=written, version=store.version())


@routes.get("/labels", responses=documented(422))
def labels(
    services: Given,
    *,
    comment_key: Keys = None,
    name: Names = None,
    coder: Coders = None,
    dataset: DatasetKey = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> ListOf[LabelAnswer]:
    """List labels in order of comment, name and coder."""
    store = _store(services, dataset)
    chosen = Chosen(comment_key or (), name or (), coder or ())
    found, following = reads_labels.labels(store, chosen, limit, cursor)
    return ListOf(items=[_answer(each) for each in found], next=following)


@routes.delete("/labels", responses=documented(422))
def delete(
    services: Given,
    *,
    comment_key: Keys = None,
    name: Names = None,
    coder: Coders = None,
    dataset: DatasetKey = None,
    by: By = None,
) -> Deleted:
    """Delete the labels of these comments, with these names, by these coders; one of them must be said.

    It is one step, which the page of whoever deleted them can take back, as with labels taken off there.
    """
    if not (comment_key or name or coder):
        raise QueryError(
            "Nothing says which labels to delete.",
            hint="Name a comment_key, a name or a coder.",
            key="comment_key",
            value="",
        )
    store = _store(services, dataset)
    chosen = Chosen(comment_key or (), name or (), coder or ())
    deleted = writes_labelling.take_off(store, chosen, _deleted_by(chosen) if by is None else by.strip())
    return Deleted(deleted=deleted, version=store.version())


def _deleted_by(chosen: Chosen) -> str:
    """Return the one coder whose labels are meant, nobody where they are of several."""
    return chosen.coders[0] if len(set(chosen.coders)) == 1 else ""


def _write_matching(services: Services, body: MatchingLabel) -> Written:
    _refuse_unlearnable(body.label)
    query = parse_query(written_query(body.query))
    store = services.workspace(query).store
    told = body.label
    given = Judgement(told.name.strip(), told.value.strip(), told.coder, told.note)
    written = writes_labelling.label_matching(store, query, given)
    return Written(written=written, version=store.version())


def _store(services: Services, dataset: Dataset | None) -> Store:
    return services.workspace(Query(dataset=dataset)).store


def _about(source: str, dataset: Dataset | None) -> Query:
    return Query(dataset=dataset, source=(source,))


def _known(store: Store, given: list[NewLabel]) -> list[Label]:
    """Return labels by what they are about; raises NotFound for a comment that is not here."""
    keys = [each.comment_key for each in given]
    here = set(reads.comments_by_keys(store, keys)["comment_key"].to_pylist())
    missing = next((key for key in keys if key not in here), None)
    if missing is not None:
        raise NotFound("There is no comment {key} here.", key=missing[:100])
    found = []
    for each in given:
        _refuse_unlearnable(each)
        source, _, number = each.comment_key.rpartition(":")
        found.append(Label(source, int(number), each.name.strip(), each.value.strip(), each.coder, each.note))
    return found


def _refuse_unlearnable(given: NewLabel | GivenLabel) -> None:
    """Raise QueryError for a judgement of the models' own questions that is none of their answers."""
    allowed = (*CODES.get(given.name.strip(), ()), UNSURE)
    if len(allowed) > 1 and given.value.strip() not in allowed:
        raise QueryError(
            "The filter '{key}' cannot be '{value}'.",
            hint="It is one of: {allowed}.",
            key="value",
            value=given.value[:100],
            allowed=", ".join(allowed),
        )


def _answer(label: Label) -> LabelAnswer:
    return LabelAnswer(
        comment_key=label.comment_key,
        name=label.name,
        value=label.value,
        coder=label.coder,
        note=label.note,
        labelled_at=label.labelled_at,
    )
