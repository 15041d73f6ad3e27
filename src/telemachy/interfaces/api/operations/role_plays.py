"""Role-plays with a scripted client; whoever plays is the only one who reads them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from ninja import Query, Router, Status
from pydantic import AfterValidator, Field

from telemachy.apps.practice.actions import role_plays as actions
from telemachy.apps.practice.queries import role_plays as queries
from telemachy.core.practice import Exchange, scenarios
from telemachy.interfaces.api.door import CallRequest
from telemachy.interfaces.api.operations.practice import language
from telemachy.interfaces.api.paging import PageOf, Paging, page
from telemachy.interfaces.api.service import Bearer
from telemachy.interfaces.common.fields import Given, Line, Text, Told, said
from telemachy.interfaces.common.lookups import one

if TYPE_CHECKING:
    from telemachy.apps.practice.models import RolePlay

router = Router(tags=["Practice"])
EITHER = Bearer("learn", "guide")
#: How many exchanges the caller has read: what answers another line than the last is refused.
After = Annotated[int, Field(ge=0, le=30_000)]


class ScenarioTold(Told):
    """A role-play to choose, and the endings that the caller reached in it."""

    id: str
    language: str
    title: str
    theme: str
    client: str
    setting: str
    task: str
    minutes: int
    endings: list[str]


class RolePlayRow(Told):
    """A role-play in a list."""

    id: UUID
    scenario: str
    language: str
    ending: str
    started_at: datetime
    ended_at: datetime | None


class ExchangeTold(Told):
    """What the client said, what one answered, how it was read, and how far the client opened or closed."""

    heard: str
    text: str
    kind: str
    reason: str
    quote: str
    moved: int


class DebriefTold(Told):
    """What the conversation looked like: counts, no score."""

    counts: dict[str, int]
    n_stacked: int
    phases: list[str]
    lesson: str


class RolePlayTold(RolePlayRow):
    """A conversation: what was said, and the client's line that waits for an answer.

    `line` is null, and `exchanges` empty, where the script has changed since; `debrief` comes with the end.
    """

    line: str | None
    exchanges: list[ExchangeTold]
    debrief: DebriefTold | None


class Begin(Given):
    """Which role-play."""

    scenario: Annotated[Line, Field(min_length=1, max_length=60, examples=["silence"])]


class Say(Given):
    """What one says to the client; `after` is how many exchanges were read before."""

    text: Annotated[Text, Field(min_length=1, max_length=1_000), AfterValidator(said)]
    after: After


class TakenBack(Told):
    """What the turn was, to say it differently."""

    text: str


@router.get("/practice/scenarios", response=list[ScenarioTold], summary="List scenarios")
def list_scenarios(request: CallRequest) -> Any:
    """List the role-plays to choose from, in the caller's language where there is a script in it."""
    reached = queries.finished(request.caller.person)
    plain = set(ScenarioTold.model_fields) - {"endings"}
    return [
        ScenarioTold(
            endings=sorted(set(reached.get(row.id, ()))), **{name: getattr(row, name) for name in plain}
        )
        for row in scenarios(language()).values()
    ]


@router.get("/practice/role-plays", response=PageOf[RolePlayRow], summary="List own role-plays")
def list_role_plays(request: CallRequest, paging: Query[Paging]) -> Any:
    """List the caller's own role-plays, the latest first."""
    found = queries.of_person(request.caller.person)
    return page(found, paging, RolePlayRow.model_validate, by="-started_at")


@router.post("/practice/role-plays", response={201: RolePlayTold}, auth=EITHER, summary="Begin a role-play")
def begin(request: CallRequest, given: Begin) -> Any:
    """Begin at the client's first line."""
    by = request.caller.person
    made = actions.begin(scenario=given.scenario, language=language(), by=by, now=request.now)
    return Status(201, _told(made))


@router.get("/practice/role-plays/{uuid:pk}", response=RolePlayTold, summary="Read a role-play")
def read_role_play(request: CallRequest, pk: UUID) -> Any:
    """Read the conversation so far; once it has ended, what it looked like."""
    return _told(_find(request, pk))


@router.post(
    "/practice/role-plays/{uuid:pk}/turns", response={201: RolePlayTold}, auth=EITHER, summary="Say something"
)
def speak(request: CallRequest, pk: UUID, given: Say) -> Any:
    """Say something to the client, who answers; refused when the conversation has gone on meanwhile."""
    by = request.caller.person
    actions.speak(role_play=_find(request, pk), text=given.text, after=given.after, by=by, now=request.now)
    return Status(201, _told(_find(request, pk)))


@router.delete(
    "/practice/role-plays/{uuid:pk}/turns/last", response=TakenBack, auth=EITHER, summary="Take a turn back"
)
def take_back(request: CallRequest, pk: UUID, after: Query[After]) -> Any:
    """Take the last turn back, to say it differently, if it is the last of the `after` that were read."""
    by = request.caller.person
    text = actions.take_back(role_play=_find(request, pk), after=after, by=by, now=request.now)
    return TakenBack(text=text)


@router.delete(
    "/practice/role-plays/{uuid:pk}", response={204: None}, auth=EITHER, summary="Delete a role-play"
)
def remove_role_play(request: CallRequest, pk: UUID) -> Any:
    """Delete it for good, with everything said in it."""
    actions.remove(role_play=_find(request, pk), by=request.caller.person, now=request.now)
    return Status(204, None)


def _find(request: CallRequest, pk: UUID) -> RolePlay:
    return one(queries.of_person(request.caller.person), pk)


def _told(row: RolePlay) -> RolePlayTold:
    fields = {name: getattr(row, name) for name in RolePlayRow.model_fields}
    script = queries.script_of(row)
    if script is None:
        return RolePlayTold(line=None, exchanges=[], debrief=None, **fields)
    looked = queries.debrief_of(row, script)
    told = DebriefTold(
        counts={kind.value: n for kind, n in looked.counts.items() if n},
        n_stacked=looked.n_stacked,
        phases=list(looked.phases),
        lesson=script.lesson,
    )
    return RolePlayTold(
        line=script.lines[row.line].says,
        exchanges=[_exchange(each) for each in looked.exchanges],
        debrief=told if row.ended_at else None,
        **fields,
    )


def _exchange(each: Exchange) -> ExchangeTold:
    return ExchangeTold(
        heard=each.heard,
        text=each.text,
        kind=each.reading.kind,
        reason=each.reading.reason,
        quote=each.reading.quote,
        moved=each.moved,
    )
