"""Practice: exercises, weekly conversations and the mirror; nobody's business but the caller's."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from django.utils import translation
from ninja import Query, Router, Status
from pydantic import AfterValidator, Field

from telemachy.apps.practice import policies
from telemachy.apps.practice.actions import commitments, drills, mirror
from telemachy.apps.practice.queries import commitments as commitment_queries
from telemachy.apps.practice.queries import drills as drill_queries
from telemachy.apps.practice.queries import mirror as mirror_queries
from telemachy.apps.practice.queries import path
from telemachy.core.conversation import mark_sentences
from telemachy.core.practice import Item, Skill, check, items
from telemachy.core.shared.errors import BadInput
from telemachy.interfaces.api.door import CallRequest
from telemachy.interfaces.api.paging import PageOf, Paging, page
from telemachy.interfaces.api.service import Bearer
from telemachy.interfaces.common.fields import Day, Given, Line, Moment, Text, Told, said
from telemachy.interfaces.common.lookups import one

if TYPE_CHECKING:
    from telemachy.apps.practice.models import Commitment

router = Router(tags=["Practice"])
EITHER = Bearer("learn", "guide")


class SkillTold(Told):
    """How a skill stands: of the n_latest latest answers n_met did what was asked."""

    skill: str
    n_items: int
    n_seen: int
    n_due: int
    n_steady: int
    n_latest: int
    n_met: int
    n_unsure: int


class StepTold(Told):
    """A step of the path."""

    kind: str
    subject: str
    target: int
    n_done: int
    minutes_left: int


class PracticeTold(Told):
    """Where the caller stands: the skills, the path, and whether the mirror is on."""

    skills: list[SkillTold]
    path: list[StepTold]
    mirror_on: bool


class ExerciseTold(Told):
    """An exercise: what one has to know, and what the other says."""

    item: str
    skill: str
    situation: str
    said: str
    language: str


class Answer(Given):
    """An answer to an exercise."""

    item: Annotated[Line, Field(min_length=1, max_length=60, examples=["ask-01"])]
    answer: Annotated[Text, Field(min_length=1, max_length=1_000), AfterValidator(said)]


class RateAnswer(Answer):
    """The own judgement: 1 not at all, 2 with effort, 3 well, 4 easily; `checked_at` as the check gave it."""

    grade: Annotated[int, Field(ge=1, le=4)]
    checked_at: Moment


class RemarkTold(Told):
    """A code of what is worth saying, with the words or numbers that it speaks of."""

    note: str
    quote: str
    n: int
    of: int


class CheckTold(Told):
    """What was found in an answer, and answers to compare it with; it keeps nothing."""

    outcome: str
    kind: str | None
    reason: str | None
    remarks: list[RemarkTold]
    models: list[str]
    checked_at: datetime


class RatedTold(Told):
    """When the exercise comes back; `id` takes the rating back."""

    id: UUID
    item: str
    outcome: str
    due_at: datetime


class CommitmentTold(Told):
    """A conversation that one means to have, and what came of it."""

    id: UUID
    partner: str
    topic: str
    due_on: date
    made_at: datetime
    asked: str
    noticed: str
    differently: str
    reflected_at: datetime | None
    dropped_at: datetime | None


class Commit(Given):
    """With whom, what about, on which day of the next two weeks."""

    partner: Annotated[Line, Field(min_length=1, examples=["Medon"])]
    topic: Annotated[Text, Field(max_length=2_000)] = ""
    due_on: Day


class LookBack(Given):
    """Two minutes afterwards; one line is enough."""

    asked: Annotated[Text, Field(max_length=2_000, examples=["What would make it easier?"])] = ""
    noticed: Annotated[Text, Field(max_length=2_000)] = ""
    differently: Annotated[Text, Field(max_length=2_000)] = ""


class MonthTold(Told):
    """What the own guidance of a month did: asked, told, or both."""

    month: date
    n_asking: int
    n_mixed: int
    n_telling: int
    n_to_ask: int
    n_recommended: int


class MirrorTold(Told):
    """Whether the mirror is on, and the own mix of the last year; computed now and kept nowhere."""

    on: bool
    months: list[MonthTold]


class SwitchMirror(Given):
    """Whether one wants to see marks and the own mix."""

    on: bool


class Draft(Given):
    """What is being written."""

    text: Text


class MarkTold(Told):
    """A sentence: whether it asks, and the words by which it advises."""

    text: str
    asks: bool
    cue: str


@router.get("/practice", response=PracticeTold, summary="See where the own practice stands")
def read_practice(request: CallRequest) -> Any:
    """Read how the skills stand, the steps of the path, and whether the mirror is on."""
    person = request.caller.person
    return PracticeTold(
        skills=[SkillTold.model_validate(row) for row in drill_queries.standings(person, request.now)],
        path=[
            StepTold(
                kind=row.step.kind,
                subject=row.step.subject,
                target=row.step.target,
                n_done=row.n_done,
                minutes_left=row.minutes_left,
            )
            for row in path.progress(person)
        ],
        mirror_on=mirror_queries.is_on(person),
    )


# --- exercises ----------------------------------------------------------------------------------


@router.get("/practice/exercise", response=ExerciseTold | None, summary="Read the next exercise")
def next_exercise(request: CallRequest, skill: Skill | None = None) -> Any:
    """Read the exercise whose turn it is; null when it is enough for now."""
    policies.practise(request.caller.person).require()
    item = drill_queries.next_item(request.caller.person, request.now, language(), skill)
    return None if item is None else _exercise(item)


@router.post("/practice/checks", response=CheckTold, auth=EITHER, summary="Check an answer")
def check_answer(request: CallRequest, given: Answer) -> Any:
    """Find out what an answer is and why; nothing is kept."""
    policies.practise(request.caller.person).require()
    item = items(language()).get(given.item)
    if item is None:
        raise BadInput("There is no such exercise.", field="item")
    found = check(item, given.answer)
    reading = found.reading
    return CheckTold(
        outcome=found.outcome,
        kind=reading.kind if reading else None,
        reason=reading.reason if reading else None,
        remarks=[RemarkTold.model_validate(remark) for remark in found.remarks],
        models=list(item.models),
        checked_at=request.now,
    )


@router.post("/practice/answers", response={201: RatedTold}, auth=EITHER, summary="Rate the own answer")
def rate_answer(request: CallRequest, given: RateAnswer) -> Any:
    """Keep an answer with one's own rating, which sets when the exercise comes back; each check once."""
    by = request.caller.person
    made = drills.rate(language=language(), by=by, now=request.now, **given.model_dump())
    card = made.card
    return Status(201, RatedTold(id=made.pk, item=card.item, outcome=made.outcome, due_at=card.due_at))


@router.delete("/practice/answers/last", response={204: None}, auth=EITHER, summary="Take a rating back")
def take_back(request: CallRequest, answer_id: UUID) -> Any:
    """Undo the last rating of the last half hour, as if it had not been given, if it is the one named."""
    drills.take_back(review_id=str(answer_id), by=request.caller.person, now=request.now)
    return Status(204, None)


# --- one conversation a week --------------------------------------------------------------------


@router.get("/practice/commitments", response=PageOf[CommitmentTold], summary="List planned conversations")
def list_commitments(request: CallRequest, paging: Query[Paging]) -> Any:
    """List the conversations that the caller means to have, and had."""
    found = commitment_queries.of_person(request.caller.person)
    return page(found, paging, CommitmentTold.model_validate, by="-due_on")


@router.post(
    "/practice/commitments", response={201: CommitmentTold}, auth=EITHER, summary="Plan a conversation"
)
def commit(request: CallRequest, given: Commit) -> Any:
    """Plan a conversation; one is reminded on its day."""
    made = commitments.commit(by=request.caller.person, now=request.now, **given.model_dump())
    return Status(201, CommitmentTold.model_validate(made))


@router.put(
    "/practice/commitments/{uuid:pk}", response=CommitmentTold, auth=EITHER, summary="Look back at one"
)
def look_back(request: CallRequest, pk: UUID, given: LookBack) -> Any:
    """Write down how it was; a second time mends it."""
    by = request.caller.person
    commitments.reflect(commitment=_commitment(request, pk), by=by, now=request.now, **given.model_dump())
    return CommitmentTold.model_validate(_commitment(request, pk))


@router.delete("/practice/commitments/{uuid:pk}", response={204: None}, auth=EITHER, summary="Let one go")
def drop_commitment(request: CallRequest, pk: UUID) -> Any:
    """Let a planned conversation go; nothing is held against anybody."""
    commitments.drop(commitment=_commitment(request, pk), by=request.caller.person, now=request.now)
    return Status(204, None)


# --- the mirror ---------------------------------------------------------------------------------


@router.get("/practice/mirror", response=MirrorTold, summary="Look into the mirror")
def read_mirror(request: CallRequest) -> Any:
    """Read what the own guidance asked and told, month by month."""
    return _mirror(request)


@router.put("/practice/mirror", response=MirrorTold, auth=EITHER, summary="Switch the mirror")
def switch_mirror(request: CallRequest, given: SwitchMirror) -> Any:
    """Switch marks and the own mix on or off."""
    mirror.choose(on=given.on, by=request.caller.person, now=request.now)
    return _mirror(request)


@router.post("/practice/mirror/marks", response=list[MarkTold], auth=EITHER, summary="Mark a draft")
def mark_draft(request: CallRequest, given: Draft) -> Any:
    """Tell of each sentence whether it asks and whether it advises; nothing is kept."""
    policies.practise(request.caller.person).require()
    marks = mark_sentences(given.text) if mirror_queries.is_on(request.caller.person) else ()
    return [MarkTold.model_validate(mark) for mark in marks]


def language() -> str:
    """Return the caller's language as exercises and scenarios know it: "de" of "de-at"."""
    return (translation.get_language() or "en").split("-")[0]


def _exercise(item: Item) -> ExerciseTold:
    names = ("situation", "said", "language")
    return ExerciseTold(item=item.id, skill=item.skill, **{name: getattr(item, name) for name in names})


def _commitment(request: CallRequest, pk: UUID) -> Commitment:
    return one(commitment_queries.of_person(request.caller.person), pk)


def _mirror(request: CallRequest) -> MirrorTold:
    person = request.caller.person
    return MirrorTold(
        on=mirror_queries.is_on(person),
        months=[MonthTold.model_validate(row) for row in mirror_queries.months(person, request.now)],
    )
