"""What the API takes and gives."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel

StateName = Literal["open", "acknowledged", "in_progress", "suppressed", "resolved"]
SeverityName = Literal["low", "medium", "high"]


class Strict(BaseModel):
    """Unknown names are refused."""

    model_config = ConfigDict(extra="forbid")


class Paged(Strict):
    """A page of a list."""

    limit: int = Field(50, ge=1, le=200, description="How many items, at most 200.")
    cursor: str | None = Field(None, max_length=2000, description="The `next` of the page before.")


class FindingQuery(Paged):
    """Which findings."""

    rule: list[str] = Field(default_factory=list, description="Codes or prefixes: SEA, CON201.")
    severity: list[SeverityName] = Field(default_factory=list)
    state: list[StateName] = Field(default_factory=list, description="Default: what is open.")
    owner: list[str] = Field(default_factory=list)
    source: list[str] = Field(default_factory=list)
    q: str = Field("", max_length=200, description="Words of the message or a title.")
    since: datetime | None = Field(None, description="Only what changed at or after this time.")
    sort: Literal["impact", "severity", "newest", "score"] = "impact"


class FindingPath(BaseModel):
    """A finding's id."""

    fingerprint: str = Field(pattern=r"^[0-9a-f]{24}$", description="24 hexadecimal digits.")


class ActionPath(FindingPath):
    """What to do with a finding."""

    action: Literal["acknowledge", "start", "assign", "comment", "suppress", "release", "verify"]


class Action(Strict):
    """How to do it."""

    why: str = Field("", max_length=4000, description="The reason, or the comment. Needed to comment and to suppress.")
    assignee: str | None = Field(None, max_length=200, description="For assign; null is nobody.")
    until: date | None = Field(None, description="For suppress: the last day; null has no end.")


class GapQuery(Paged):
    """Which gaps."""

    since: datetime | None = Field(None, description="Only gaps that were asked at or after this time.")
    status: list[StateName] = Field(default_factory=list, description="Default: what is open.")
    topic: str = Field("", max_length=200, description="Words of the gap, or the helpdesk's own topic.")
    locale: str | None = Field(None, max_length=35, description="Only gaps with questions in this locale.")


class GapPath(BaseModel):
    """A gap's id."""

    id: str = Field(min_length=1, max_length=100)


class ProbeQuery(Strict):
    """Which probes."""

    state: Literal["proposed", "accepted", "dismissed"] = "accepted"


class ProbePath(BaseModel):
    """A probe and what becomes of it."""

    id: str = Field(pattern=r"^[0-9a-f]{16}$", description="16 hexadecimal digits.")
    decision: Literal["accept", "dismiss"]


class ProbeDecision(Strict):
    """How to decide."""

    expected: list[str] = Field(
        default_factory=list, max_length=20, description="Ids or addresses; empty leaves what was proposed."
    )
    why: str = Field("", max_length=4000)


class EventQuery(Strict):
    """Which events."""

    start: date | None = Field(None, description="Default: 60 days ago.")
    end: date | None = Field(None, description="Default: in 120 days.")
    region: str | None = Field(None, max_length=10)


class ArticleQuery(Paged):
    """Which articles."""

    source: str | None = Field(None, max_length=200)
    q: str = Field("", max_length=200, description="Words of the title or the id.")
    removed: bool = Field(False, description="Those that their source removed.")


class ArticlePath(BaseModel):
    """An article by source and id."""

    source: str
    id: str


class RunQuery(Paged):
    """Which runs."""

    job: Literal["sync", "reindex", "audit", "verify", "probes", "prune"] | None = None


class RunPath(BaseModel):
    """A run's number."""

    run: int = Field(ge=1, le=2**31 - 1)


class SourcePath(BaseModel):
    """A source and what to do with it."""

    source: str = Field(min_length=1, max_length=200)
    action: Literal["pause", "resume"]


class Pause(Strict):
    """Why a source is paused."""

    why: str = Field("", max_length=4000, description="Needed to pause.")


class RunRequest(Strict):
    """A job to run soon."""

    job: Literal["sync", "audit", "probes", "reindex"]
    scope: str = Field("", max_length=200, description="For sync: the source; empty is all of them.")


class IngestHeader(BaseModel):
    """What makes a repeated request safe."""

    idempotency_key: str | None = Field(
        None,
        alias="Idempotency-Key",
        max_length=255,
        description="Any text. Sent again within 24 hours with the same body, the first answer is given again.",
    )


class Conversation(BaseModel):
    """A conversation in the export format; unknown fields are kept."""

    model_config = ConfigDict(extra="allow")
    id: Any = Field(None, description="Required: text, unique in your helpdesk.")
    started_at: Any = Field(None, description="Required: ISO 8601 with an offset.")
    messages: Any = Field(None, description="Required: a list of {role, text, at, sources, confidence}.")


class Conversations(RootModel[Conversation | list[Conversation]]):
    """One conversation or a list of them."""


class AnswerToCheck(Strict):
    """An answer, before the customer sees it."""

    question: str = Field("", max_length=4000)
    answer: str = Field(min_length=1, max_length=20_000)
    sources: list[str] = Field(default_factory=list, max_length=50, description="Ids of the articles that it cites.")
    locale: str | None = Field(None, max_length=35)


class Listing(BaseModel):
    """A page of a list."""

    items: list[dict[str, Any]]
    next: str | None = Field(description="The cursor of the next page, or null.")
    total: int | None = Field(None, description="How many there are in all, where that is known.")


class Thing(RootModel[dict[str, Any]]):
    """One object."""


class ArticleRef(BaseModel):
    """An article by name."""

    source: str
    id: str
    title: str = ""
    url: str | None = None


class Probe(BaseModel):
    """A golden question. `rank` counts from 1; null is "not among the first twenty", or not measured yet."""

    id: str
    state: Literal["proposed", "accepted", "dismissed"]
    origin: Literal["config", "gap", "conversation", "person"]
    question: str
    locale: str | None
    expected: list[str] = Field(description="Ids, addresses or source/id: any one of them is right.")
    why: str
    finding: str | None = Field(description="Fingerprint of the gap that it comes from.")
    measured: bool
    rank: int | None
    before: int | None
    moved: Literal["better", "worse", "same", "new"] | None
    above: list[ArticleRef] = Field(description="What stands above the right article.")
    missing: list[str] = Field(description="Expected names that no live article has.")


class ProbeMeasures(BaseModel):
    """What one audit measured: shares and means in [0, 1]."""

    run: int
    at: datetime
    questions: int
    recall_1: float
    recall_5: float
    recall_10: float
    mrr: float
    ndcg_10: float


class ProbeListing(BaseModel):
    """All probes of a state."""

    items: list[Probe]
    next: str | None = None
    total: int
    measures: list[ProbeMeasures]


class NearArticle(ArticleRef):
    """An article that comes near, and why it is not the answer."""

    why_not: str | None = None


class Week(BaseModel):
    """Questions of one week."""

    model_config = ConfigDict(populate_by_name=True)
    start: date = Field(alias="from")
    end: date = Field(alias="to")
    count: int


class Gap(BaseModel):
    """A cluster of questions that nobody answers. `id` stays from week to week."""

    id: str
    fingerprint: str = Field(description="Of its finding.")
    rule: str
    label: str
    status: StateName
    severity: SeverityName
    cause: str | None = Field(
        description="missing article, hidden article, wrong article, catalog data, process or bot."
    )
    count: int = Field(description="Questions.")
    per_week: float
    trend: str | None = Field(
        description=("new, growing, steady, shrinking, too early to say, or over: tied to an event that has passed.")
    )
    share: float | None = Field(description="Percent of all conversations.")
    handling_minutes: float | None = Field(description="People's minutes on its conversations, where known.")
    minutes_per_week: float | None
    channels: dict[str, int]
    products: list[str]
    weeks: list[Week]
    first_seen: datetime | None
    last_seen: datetime | None
    questions: list[str] = Field(description="Three, in the customers' words, redacted.")
    nearest: list[NearArticle]
    because: list[str] = Field(description="Fingerprints of findings that explain it.")
    suggestion: str
    merged_from: list[str] = Field(description="Ids of clusters that it took up.")
    split_from: str | None = Field(description="Id of the cluster that it left.")


class Asked(BaseModel):
    """One question of a gap, redacted."""

    text: str
    asked_at: datetime | None
    locale: str
    conversation: str


class GapDetail(Gap):
    """A gap with its newest fifty questions and its finding, evidence included."""

    asked: list[Asked]
    agent_replies: int | None = Field(description="How many agents' answers agree, for GAP402.")
    outline: Any = Field(description="Of the article to write, for GAP402.")
    finding: dict[str, Any] | None


class CoverageOfConversations(BaseModel):
    """Which conversations were analysed; `share` in percent, 100 is the target."""

    received: int
    read: int
    asking: int = Field(description="Hold a question that an article could answer.")
    silent: dict[str, int] = Field(description="Read and asking nothing, by reason.")
    left_out: dict[str, int] = Field(description="Not read, by reason.")
    share: float


class GapListing(BaseModel):
    """A page of gaps."""

    items: list[Gap]
    next: str | None = Field(description="The cursor of the next page, or null.")
    total: int
    coverage: CoverageOfConversations | None = Field(description="Null before the first audit.")
