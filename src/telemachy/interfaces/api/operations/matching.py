"""Match runs: who is proposed with whom, and why."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal
from uuid import UUID

from ninja import Query, Router, Status
from pydantic import Field

from telemachy.apps.programmes.actions import match_runs as actions
from telemachy.apps.programmes.actions import pair_rules, proposals
from telemachy.apps.programmes.queries import match_runs as queries
from telemachy.interfaces.api.door import CallRequest
from telemachy.interfaces.api.operations.programmes import (
    Place,
    RulesGiven,
    WeightsGiven,
    find,
    place,
    rules_of,
    weights_of,
)
from telemachy.interfaces.api.operations.rows import enrolment_of
from telemachy.interfaces.api.paging import PageOf, Paging, page
from telemachy.interfaces.api.service import Bearer
from telemachy.interfaces.common.fields import Given, Share, Told
from telemachy.interfaces.common.lookups import one

if TYPE_CHECKING:
    from telemachy.apps.programmes.models import MatchRun, PairRule, Proposal

router = Router(tags=["Matching"])
SEEN, MANAGE = Bearer("read", "manage"), Bearer("manage")


class RunTold(Told):
    """A match run and its report."""

    id: UUID
    programme_id: UUID
    number: int
    state: str
    seed: int
    weights: dict[str, float]
    rules: dict[str, Any]
    options: dict[str, Any]
    progress: float
    report: dict[str, Any]
    problem: str
    is_trial: bool
    created_at: datetime
    finished_at: datetime | None
    published_at: datetime | None


class Options(Given):
    """What a run is asked for beside weights and rules; what is left out has its default."""

    fairness: Annotated[float, Field(ge=0, le=0.2, allow_inf_nan=False)] | None = None
    spread: bool | None = None
    waiting: bool | None = None
    group_min: Annotated[int, Field(ge=1, le=20)] | None = None
    group_max: Annotated[int, Field(ge=1, le=20)] | None = None
    circle: Annotated[int, Field(ge=2, le=8)] | None = None
    gain: Share | None = None
    groups: list[Literal["function", "location", "time_zone", "language", "seniority"]] | None = None


class AskForRun(Given):
    """How to match; weights and rules left out are the programme's."""

    weights: WeightsGiven | None = None
    rules: RulesGiven | None = None
    options: Options = Options()


class ProposalTold(Told):
    """One learner with one mentor, and why."""

    id: UUID
    learner: Place
    mentor: Place
    score: float
    parts: list[Any]
    reasons: list[Any]
    alternatives: list[Any]
    locked: bool
    by_hand: bool


class Unmatched(Told):
    """A learner left without a mentor, and the binding reason."""

    learner: Place
    reason: dict[str, Any]


class TryOut(Given):
    """Other weights and wishes for the pool of a run."""

    weights: WeightsGiven = WeightsGiven()
    options: Options = Options()


class RunStep(Given):
    """What becomes of a run."""

    verb: Literal["publish", "discard", "keep"]


class ProposalStep(Given):
    """What a hand does with a proposal."""

    verb: Literal["lock", "unlock", "forbid", "take_out"]


class Move(Given):
    """Another mentor for a learner of a run; `despite` says that soft rules are meant to be broken."""

    learner_enrolment_id: UUID
    mentor_enrolment_id: UUID
    despite: bool = False


class Rule(Given):
    """A decision made beforehand about two places."""

    learner_enrolment_id: UUID
    mentor_enrolment_id: UUID
    kind: Literal["lock", "forbid"]


class RuleTold(Told):
    """A locked or forbidden pair."""

    id: UUID
    learner: Place
    mentor: Place
    kind: str


@router.get(
    "/programmes/{uuid:pk}/match-runs", response=PageOf[RunTold], auth=SEEN, summary="List match runs"
)
def list_runs(request: CallRequest, pk: UUID, paging: Query[Paging]) -> Any:
    """List the runs of a programme, the latest first."""
    return page(queries.of_programme(find(request, pk)), paging, RunTold.model_validate)


@router.post(
    "/programmes/{uuid:pk}/match-runs", response={201: RunTold}, auth=MANAGE, summary="Run the matching"
)
def run(request: CallRequest, pk: UUID, given: AskForRun) -> Any:
    """Queue a run on the programme's pool; while one is under way, that one is returned."""
    programme = find(request, pk)
    made = actions.run(
        programme=programme,
        weights=programme.weights if given.weights is None else weights_of(given.weights),
        rules=programme.rules if given.rules is None else rules_of(given.rules),
        options=given.options.model_dump(exclude_none=True),
        by=request.caller.person,
        now=request.now,
    )
    return Status(201, RunTold.model_validate(made))


@router.get("/match-runs/{uuid:pk}", response=RunTold, auth=SEEN, summary="Read a match run")
def read_run(request: CallRequest, pk: UUID) -> Any:
    """Read how far it is, and its report."""
    return RunTold.model_validate(_find_run(request, pk))


@router.post("/match-runs/{uuid:pk}/steps", response=RunTold, auth=MANAGE, summary="Publish, discard or keep")
def step_run(request: CallRequest, pk: UUID, given: RunStep) -> Any:
    """Open the pairs of a run, put it away, or make a trial a run like any other."""
    verb = actions.keep_trial if given.verb == "keep" else getattr(actions, given.verb)
    verb(match_run=_find_run(request, pk), by=request.caller.person, now=request.now)
    return RunTold.model_validate(_find_run(request, pk))


@router.post("/match-runs/{uuid:pk}/again", response={201: RunTold}, auth=MANAGE, summary="Match again")
def match_again(request: CallRequest, pk: UUID) -> Any:
    """Match again after people joined, left or were locked, keeping what was proposed."""
    made = actions.run_again(match_run=_find_run(request, pk), by=request.caller.person, now=request.now)
    return Status(201, RunTold.model_validate(made))


@router.post("/match-runs/{uuid:pk}/trials", response={201: RunTold}, auth=MANAGE, summary="Try weights out")
def try_out(request: CallRequest, pk: UUID, given: TryOut) -> Any:
    """Queue a trial with other weights and wishes; it is listed nowhere until it is kept."""
    made = actions.try_out(
        match_run=_find_run(request, pk),
        weights=weights_of(given.weights),
        options=given.options.model_dump(exclude_none=True),
        by=request.caller.person,
        now=request.now,
    )
    return Status(201, RunTold.model_validate(made))


@router.get(
    "/match-runs/{uuid:pk}/proposals", response=PageOf[ProposalTold], auth=SEEN, summary="List proposals"
)
def list_proposals(request: CallRequest, pk: UUID, paging: Query[Paging]) -> Any:
    """List who is proposed with whom, the weakest first."""
    found = queries.proposals(_find_run(request, pk), search="", show="", order="weakest")
    return page(found, paging, _proposal, by="score")


@router.get(
    "/match-runs/{uuid:pk}/unmatched", response=list[Unmatched], auth=SEEN, summary="List who is left"
)
def list_unmatched(request: CallRequest, pk: UUID) -> Any:
    """List the first 500 learners left without a mentor, with the binding reason."""
    rows = queries.unmatched(_find_run(request, pk))[:500]
    return [Unmatched(learner=place(row.learner), reason=row.reason) for row in rows]


@router.post("/match-runs/{uuid:pk}/moves", response=ProposalTold, auth=MANAGE, summary="Move a learner")
def move(request: CallRequest, pk: UUID, given: Move) -> Any:
    """Give a learner of a run another mentor."""
    by = request.caller.person
    made = proposals.move(
        match_run=_find_run(request, pk),
        learner=enrolment_of(given.learner_enrolment_id, by, "learner_enrolment_id"),
        mentor=enrolment_of(given.mentor_enrolment_id, by, "mentor_enrolment_id"),
        despite=given.despite,
        by=by,
        now=request.now,
    )
    return _proposal(made)


@router.post(
    "/proposals/{uuid:pk}/steps", response={204: None}, auth=MANAGE, summary="Lock, forbid, take out"
)
def step_proposal(request: CallRequest, pk: UUID, given: ProposalStep) -> Any:
    """Keep a pair in later runs, never propose it again, or take it out of this run."""
    by = request.caller.person
    proposal = one(queries.proposals_visible_to(by), pk)
    getattr(proposals, given.verb)(proposal=proposal, by=by, now=request.now)
    return Status(204, None)


@router.get(
    "/programmes/{uuid:pk}/pair-rules", response=list[RuleTold], auth=SEEN, summary="List decided pairs"
)
def list_rules(request: CallRequest, pk: UUID) -> Any:
    """List the pairs that are locked or forbidden in every run; a thousand at most."""
    return [_rule(row) for row in queries.rules_of(find(request, pk))[:1000]]


@router.post(
    "/programmes/{uuid:pk}/pair-rules", response={201: RuleTold}, auth=MANAGE, summary="Decide a pair"
)
def decide_pair(request: CallRequest, pk: UUID, given: Rule) -> Any:
    """Lock or forbid a pair in every later run."""
    by = request.caller.person
    made = pair_rules.decide(
        programme=find(request, pk),
        learner=enrolment_of(given.learner_enrolment_id, by, "learner_enrolment_id"),
        mentor=enrolment_of(given.mentor_enrolment_id, by, "mentor_enrolment_id"),
        kind=given.kind,
        by=by,
        now=request.now,
    )
    return Status(201, _rule(made))


@router.delete(
    "/pair-rules/{uuid:pk}", response={204: None}, auth=MANAGE, summary="Leave a pair to the matching"
)
def undo_pair(request: CallRequest, pk: UUID) -> Any:
    """Leave the pair to the matching again."""
    by = request.caller.person
    pair_rules.undo(rule=one(queries.rules_visible_to(by), pk), by=by, now=request.now)
    return Status(204, None)


def _find_run(request: CallRequest, pk: UUID) -> MatchRun:
    return one(queries.visible_to(request.caller.person), pk)


def _proposal(row: Proposal) -> ProposalTold:
    fields = {name: getattr(row, name) for name in ProposalTold.model_fields}
    return ProposalTold(**fields | {"learner": place(row.learner), "mentor": place(row.mentor)})


def _rule(row: PairRule) -> RuleTold:
    return RuleTold(id=row.pk, learner=place(row.learner), mentor=place(row.mentor), kind=row.kind)
