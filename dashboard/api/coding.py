"""Coding over HTTP: samples to judge, blind; the card of the model; calibrating it on what was judged."""

from __future__ import annotations

import json
import time
from typing import Annotated, Any, Literal

from fastapi import APIRouter
from fastapi import Query as Parameter
from pydantic import BaseModel, ConfigDict, Field

from core.analysis.mood.card import Card, Gain, Quality, card
from core.analysis.mood.judged import CLASSES
from core.analysis.mood.learning import calibrate
from core.analysis.stats.intervals import Estimate
from core.errors import NotFound
from core.query import Query, parse_query
from core.storage import reads_coding, reads_labels
from core.storage.reads_coding import Sample
from core.storage.store import Store
from core.tasks.params import written_query
from core.text import coding
from core.text.calibrating import standing
from dashboard.api.models import ListOf, Utc, Whole
from dashboard.api.params import DEFAULT_LIMIT, Cursor, DatasetKey, Given, Limit, after_cursor
from dashboard.api.problems import documented

routes = APIRouter(tags=["coding"])

Judged = Literal["sentiment", "toxicity"]
SampleId = Annotated[str, Parameter(max_length=40)]


class NewSample(BaseModel):
    """What to draw a sample from, and how: `stratified` stands for all, `instructive` teaches most."""

    model_config = ConfigDict(extra="forbid")

    query: dict[str, Any] = Field(default_factory=dict, description="The keys of the query, as in a URL.")
    kind: Literal["stratified", "instructive"] = "stratified"
    size: Whole = Field(coding.USUAL, ge=coding.SMALLEST, le=coding.LARGEST, description="Texts to judge.")
    seed: Whole = Field(1, ge=0, le=2**31 - 1)


class SampleAnswer(BaseModel):
    """A sample; `items` texts of it are here, `coded` says how many each coder judged, by name."""

    id: str
    kind: str
    query: dict[str, Any]
    size: int
    seed: int
    engine: str
    made_at: Utc
    items: int
    coded: dict[str, dict[str, int]]


class ItemAnswer(BaseModel):
    """A comment to judge, without the model's answer."""

    place: int
    comment_key: str
    text: str


class EstimateAnswer(BaseModel):
    """A value with its 95 % interval, and on how many coded texts it stands."""

    value: float
    low: float
    high: float
    n: int

    @classmethod
    def of(cls, estimate: Estimate | None) -> EstimateAnswer | None:
        """Return an estimate in the contract's form."""
        if estimate is None:
            return None
        return cls(value=estimate.value, low=estimate.low, high=estimate.high, n=estimate.n)


class ClassAnswer(BaseModel):
    """How the model does on one class; null where too few coded texts are of it."""

    name: str
    precision: EstimateAnswer | None
    recall: EstimateAnswer | None
    f1: EstimateAnswer | None


class QualityAnswer(BaseModel):
    """How good probabilities are; `accuracy` by coverage, the surest shares of comments."""

    accuracy: dict[str, float]
    macro_f1: float
    ece: float
    log_loss: float

    @classmethod
    def of(cls, quality: Quality) -> QualityAnswer:
        """Return a quality in the contract's form."""
        accuracy = {f"{coverage:g}": value for coverage, value in quality.accuracy.items()}
        return cls(accuracy=accuracy, macro_f1=quality.macro_f1, ece=quality.ece, log_loss=quality.log_loss)


class GainAnswer(BaseModel):
    """The model's own map before, maps fitted to the other labels after; `difference` of the log loss."""

    before: QualityAnswer
    after: QualityAnswer
    difference: EstimateAnswer | None

    @classmethod
    def of(cls, gain: Gain | None) -> GainAnswer | None:
        """Return a gain in the contract's form."""
        if gain is None:
            return None
        return cls(
            before=QualityAnswer.of(gain.before),
            after=QualityAnswer.of(gain.after),
            difference=EstimateAnswer.of(gain.difference),
        )


class CardAnswer(BaseModel):
    """How right the model is on comments that people coded; figures are null where too few are."""

    name: str
    sample: str
    coded: int
    least: int = Field(description="So many coded texts are needed for figures.")
    classes: list[ClassAnswer]
    confusion: list[list[float]] = Field(
        description="By true class and by class the model says, in comments the coded texts stand for."
    )
    macro_f1: EstimateAnswer | None
    alpha: EstimateAnswer | None = Field(description="Agreement of coders; null with one coder.")
    coders: int
    gain: GainAnswer | None
    verdict: Literal["helps", "harms", "unclear", "too_few"] = Field(
        description="Whether recalibrating on these labels helps."
    )
    calibrated_on: int = Field(description="Texts that the standing calibration was learned from.")


class NewCalibration(BaseModel):
    """What to learn from labels of a name: `none` goes back to the model's own calibration."""

    model_config = ConfigDict(extra="forbid")

    name: Judged
    method: Literal["recalibrate", "retrain", "none"] = "recalibrate"
    sample: str | None = Field(None, max_length=40, description="Left out: the largest, else all labels.")
    dataset: Literal["own", "demo"] | None = None


class CalibrationAnswer(BaseModel):
    """What counts now, the dataset version after it, and how many seconds it took."""

    number: int
    labels: dict[str, int]
    methods: dict[str, str]
    engine: str
    version: int
    seconds: float


@routes.post("/coding/samples", status_code=201, responses=documented(422))
def draw(services: Given, body: NewSample) -> SampleAnswer:
    """Draw a sample of a query's comments: seeded, in random order, exact copies once; it is kept."""
    query = parse_query(written_query(body.query))
    store = services.workspace(query).store
    name = standing(store).engine
    sample = coding.draw(store, query, body.kind, size=body.size, seed=body.seed, engine=name)
    return _sample(store, sample)


@routes.get("/coding/samples", responses=documented(422))
def samples(
    services: Given, dataset: DatasetKey = None, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> ListOf[SampleAnswer]:
    """List the samples, the last drawn first."""
    store = services.workspace(Query(dataset=dataset)).store
    found = reads_coding.samples(store)
    shown, following = after_cursor([each.sample_id for each in found], limit, cursor)
    return ListOf(items=[_sample(store, each) for each in found[shown]], next=following)


@routes.get("/coding/samples/{sample_id}/items", responses=documented(404, 422))
def items(
    services: Given,
    sample_id: str,
    dataset: DatasetKey = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> ListOf[ItemAnswer]:
    """List the comments of a sample in the order to judge them, without the model's answer."""
    store = services.workspace(Query(dataset=dataset)).store
    _known(store, sample_id)
    rows = reads_coding.items(store, sample_id)
    shown, following = after_cursor([str(place) for place in rows["place"]], limit, cursor)
    listed = [
        ItemAnswer(place=int(row["place"]), comment_key=str(row["comment_key"]), text=str(row["text"]))
        for row in rows[shown].to_dict("records")
    ]
    return ListOf(items=listed, next=following)


@routes.get("/coding/card", responses=documented(404, 422))
def model_card(
    services: Given, name: Judged = "sentiment", sample: SampleId | None = None, dataset: DatasetKey = None
) -> CardAnswer:
    """Tell how right the model is on coded comments, how sure coders are, and whether recalibrating helps."""
    store = services.workspace(Query(dataset=dataset)).store
    if sample is not None:
        _known(store, sample)
    return _card(card(store, name, sample))


@routes.post("/coding/calibrate", responses=documented(404, 422))
def learn(services: Given, body: NewCalibration) -> CalibrationAnswer:
    """Learn from labels; every probability and label of the dataset follows in one transaction."""
    store = services.workspace(Query(dataset=body.dataset)).store
    if body.sample is not None:
        _known(store, body.sample)
    began = time.monotonic()
    now = calibrate(store, body.name, body.method, body.sample)
    return CalibrationAnswer(
        number=now.number,
        labels=dict(now.labels),
        methods=dict(now.methods),
        engine=now.engine,
        version=store.version(),
        seconds=round(time.monotonic() - began, 3),
    )


def _known(store: Store, sample_id: str) -> None:
    if sample_id not in {each.sample_id for each in reads_coding.samples(store)}:
        raise NotFound("There is no sample {id} here.", id=sample_id[:40])


def _sample(store: Store, sample: Sample) -> SampleAnswer:
    return SampleAnswer(
        id=sample.sample_id,
        kind=sample.kind,
        query=json.loads(sample.query),
        size=sample.size,
        seed=sample.seed,
        engine=sample.engine,
        made_at=sample.made_at,
        items=sample.items,
        coded=reads_labels.coders(store, sample.sample_id),
    )


def _card(found: Card) -> CardAnswer:
    classes = [
        ClassAnswer(
            name=name,
            precision=EstimateAnswer.of(score.precision),
            recall=EstimateAnswer.of(score.recall),
            f1=EstimateAnswer.of(score.f1),
        )
        for name, score in zip(CLASSES[found.name], found.scores, strict=False)
    ]
    return CardAnswer(
        name=found.name,
        sample=found.sample_id,
        coded=found.coded,
        least=found.least,
        classes=classes,
        confusion=found.confusion.tolist(),
        macro_f1=EstimateAnswer.of(found.macro_f1),
        alpha=EstimateAnswer.of(found.alpha),
        coders=found.coders,
        gain=GainAnswer.of(found.gain),
        verdict=found.verdict,
        calibrated_on=found.labels,
    )
