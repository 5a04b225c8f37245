"""Views saved by name: a page and the parameters of its address."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from core.errors import NotFound, QueryError
from core.query import Dataset, parse_query
from core.storage import reads_views, writes_views
from core.storage.reads_views import SavedView
from core.storage.writes_views import LONGEST_NAME
from dashboard.api.models import Flag, ListOf, Utc
from dashboard.api.params import DEFAULT_LIMIT, Cursor, DatasetKey, Given, Limit, after_cursor, datasets
from dashboard.api.problems import documented
from dashboard.api.refusals import Refusal

PAGES: Final = tuple(sorted(path.stem for path in (Path(__file__).parents[2] / "pages").glob("*.py")))
MOST_KEYS: Final = 200
MOST_VALUES: Final = 1000

routes = APIRouter(tags=["views"])

Value = Annotated[str, Field(max_length=2000)]
Values = Annotated[list[Value], Field(max_length=MOST_VALUES)]


class NameTaken(Refusal):
    """Another view has the name; it stays as it was."""

    code = "name_taken"
    status = 409


class TooManyViews(Refusal):
    """The dataset has as many views as it can have."""

    code = "too_many_views"
    status = 409


class NewView(BaseModel):
    """What to save under a name. `params` are those of the dashboard's address, without its language `ui`.

    A name is unique in its dataset, without regard to case and to spaces around it.
    """

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "name": "Negative replies in March",
                "page": "comments",
                "params": {"level": "reply", "sentiment": ["negative", "unsure"], "from": "2026-03-01"},
            }
        },
    )

    name: str = Field(min_length=1, max_length=200, description=f"At most {LONGEST_NAME} characters.")
    page: str = Field("overview", max_length=60, description="The page as its address names it.")
    params: dict[str, Value | Values] = Field(default_factory=dict, max_length=MOST_KEYS)
    replace: Flag = Field(False, description="True: take the place of a view with an equal name.")


class ViewAnswer(BaseModel):
    """A saved view; `path` opens it, below the dashboard's own address."""

    id: str
    name: str
    page: str
    params: dict[str, list[str]]
    dataset: Dataset
    path: str
    saved_at: Utc


@routes.post(
    "/views",
    status_code=201,
    responses={**documented(409, 422), 200: {"description": "OK: replaced, or saved so before."}},
)
def save(services: Given, response: Response, body: NewView) -> ViewAnswer:
    """Save a view: 201. An equal name is a 409, with `replace` a 200 and the view keeps its id.

    It is kept with the dataset that its parameters are about. To save the same once more is a 200.
    """
    params = {key: [value] if isinstance(value, str) else value for key, value in body.params.items()}
    query = parse_query(params)
    if body.page not in PAGES:
        raise QueryError(
            "The filter '{key}' cannot be '{value}'.",
            hint="It is one of: {allowed}.",
            key="page",
            value=body.page,
            allowed=", ".join(PAGES),
        )
    workspace = services.workspace(query)
    saved = writes_views.save_view(workspace.store, body.name, body.page, params, replace=body.replace)
    if saved.view is None:
        raise TooManyViews(
            "There are {most} saved views, which is as many as there can be.",
            hint="Delete some first.",
            most=writes_views.MOST,
        )
    if not saved.is_kept:
        raise NameTaken(
            "There is a view with the name '{name}' already.",
            hint="Give another name, or replace it by sending replace: true.",
            name=saved.view.name,
        )
    if saved.outcome != "made":
        response.status_code = 200
    return _answer(saved.view, workspace.dataset)


@routes.get("/views", responses=documented(422))
def views(
    services: Given, dataset: DatasetKey = None, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> ListOf[ViewAnswer]:
    """List the saved views, the last saved first, those of one dataset after those of the other."""
    found = [
        (view, name)
        for name in datasets(services, dataset)
        for view in reads_views.views(services.workspace(name).store)
    ]
    shown, following = after_cursor([view.id for view, _ in found], limit, cursor)
    return ListOf(items=[_answer(view, name) for view, name in found[shown]], next=following)


@routes.delete("/views/{view_id}", status_code=204, responses=documented(404))
def delete(services: Given, view_id: str) -> None:
    """Delete a saved view; links to what it showed go on working."""
    for workspace in services.workspaces:
        if writes_views.delete_view(workspace.store, view_id) is not None:
            return
    raise NotFound("There is no such view.")


def _answer(view: SavedView, dataset: Dataset) -> ViewAnswer:
    params = {key: list(values) for key, values in view.params.items()}
    pairs = urlencode(params, doseq=True)
    return ViewAnswer(
        id=view.id,
        name=view.name,
        page=view.page,
        params=params,
        dataset=dataset,
        path=f"/{view.page}?{pairs}" if pairs else f"/{view.page}",
        saved_at=view.saved_at,
    )
