"""The tokens VK is asked with: what each may do and what is spent of its day; never the token itself."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, SecretStr

from core.models import SourceKind
from core.vk.api import COMMENT_METHODS
from core.wording import Lang
from core.wording.faults import told
from dashboard.api.languages import Reader
from dashboard.api.models import Flag, ListOf, Utc
from dashboard.api.params import Given
from dashboard.api.problems import documented
from dashboard.api.task_models import PauseAnswer
from dashboard.vk import HeldToken

routes = APIRouter(tags=["tokens"])


class NewToken(BaseModel):
    """A token to collect with. It is kept in memory, or in a file that only its owner may read."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"token": "vk1.a..."}})

    token: Annotated[SecretStr, Field(min_length=1, max_length=2000)]
    remember: Flag = Field(False, description="Keep it in that file, for the next start.")


class TokenAnswer(BaseModel):
    """What is known of a token; null where it is not known yet."""

    id: str = Field(description="The first eight hex digits of the token's SHA-256.")
    number: int
    kind: Literal["user", "service", "community", "unknown"]
    may_execute: bool | None
    methods: dict[str, bool | None]
    reads: list[SourceKind] = Field(description="The kinds of source whose comments it may read.")
    checked_at: Utc | None = Field(description="When VK was asked; null while that is under way.")
    problem: str | None = Field(
        description="Why VK could not be asked, and what to do, in the language of Accept-Language."
    )
    calls_today: dict[str, int] = Field(description="As counted here, by method, since midnight UTC.")
    limits: dict[str, int] = Field(description="What VK is known to allow in a day.")
    remaining: dict[str, int]
    pause: PauseAnswer | None
    is_remembered: bool
    source: Literal["environment", "file", "memory"]

    @classmethod
    def of(cls, held: HeldToken, lang: Lang) -> TokenAnswer:
        """Return the token in the contract's form, in the reader's language."""
        state = held.state
        return cls(
            id=state.id,
            number=state.number,
            kind=state.kind,
            may_execute=state.may_execute,
            methods=state.methods,
            reads=[kind for kind, method in COMMENT_METHODS.items() if state.methods.get(method)],
            checked_at=state.checked_at,
            problem=None if state.problem is None else str(told(state.problem, lang)),
            calls_today=state.calls_today,
            limits=state.limits,
            remaining={
                method: max(0, limit - state.calls_today.get(method, 0))
                for method, limit in state.limits.items()
            },
            pause=PauseAnswer.of(state.pause, lang),
            is_remembered=held.is_remembered,
            source=held.source,
        )


@routes.get("/tokens", responses=documented())
def tokens(services: Given, reader: Reader) -> ListOf[TokenAnswer]:
    """List the tokens with what each may do and what is left of its day; nothing is asked of VK."""
    return ListOf(items=[TokenAnswer.of(held, reader) for held in services.token_vk.tokens()])


@routes.post("/tokens", status_code=201, responses=documented(422))
def add(services: Given, reader: Reader, body: NewToken) -> TokenAnswer:
    """Add a token once VK has said what it may do; 422 for one that VK does not take."""
    held = services.add_token(body.token.get_secret_value(), remember=body.remember)
    return TokenAnswer.of(held, reader)


@routes.delete("/tokens/{token_id}", status_code=204, responses=documented(404, 409))
def remove(services: Given, token_id: str) -> None:
    """Forget a token, also in the file; one from VK_TOKEN is a conflict."""
    services.remove_token(token_id)
