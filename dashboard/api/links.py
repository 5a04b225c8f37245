"""What pasted text and uploaded files mean."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Form, UploadFile

from core.importing.links import MAX_BYTES, links_in
from core.links import Recognised
from core.wording import Lang
from core.wording.faults import refused
from dashboard.api.languages import Reader
from dashboard.api.models import (
    LinkColumnAnswer,
    LinkText,
    RefusedAnswer,
    ResolvedLinks,
    TargetAnswer,
    UploadedLinks,
)
from dashboard.api.params import Given
from dashboard.api.problems import documented

routes = APIRouter(tags=["links"])


@routes.post("/links/resolve", responses=documented(422, 502))
def resolve(services: Given, reader: Reader, body: LinkText) -> ResolvedLinks:
    """Recognise every link in a text, and look names up in VK unless `network` is false."""
    return _resolved(services.resolve(body.text, network=body.network), reader)


@routes.post("/links/upload", responses=documented(422, 502))
def upload(
    services: Given,
    reader: Reader,
    file: Annotated[UploadFile, File(description="CSV, TSV, text, JSONL or xlsx with links in it.")],
    column: Annotated[
        str | None, Form(description="The column with the links; left out: the one with most of them.")
    ] = None,
    network: Annotated[bool, Form(description="False: names stay names, nothing is asked of VK.")] = True,
) -> UploadedLinks:
    """Recognise the links in a file: in one column of a table, anywhere in a text."""
    content = file.file.read(MAX_BYTES + 1)
    found = links_in(content, file.filename or "file", column=column or None)
    answer = _resolved(services.resolve(found.text, network=network), reader)
    return UploadedLinks(
        targets=answer.targets,
        refused=answer.refused,
        column=found.column or None,
        columns=[LinkColumnAnswer.model_validate(each, from_attributes=True) for each in found.columns],
        rows=found.rows,
    )


def _resolved(found: Recognised, lang: Lang) -> ResolvedLinks:
    return ResolvedLinks(
        targets=[TargetAnswer.model_validate(target, from_attributes=True) for target in found.targets],
        refused=[
            RefusedAnswer(input=each.input, reason=each.reason, hint=str(refused(each.reason, lang)))
            for each in found.refused
        ],
    )
