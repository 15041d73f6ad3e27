"""Sessions: times, agenda, notes, and who does what by when."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal
from uuid import UUID

from ninja import Query, Router, Status
from pydantic import AfterValidator, Field, HttpUrl

from telemachy.apps.relationships.actions import action_items, agendas, session_notes
from telemachy.apps.relationships.actions import sessions as actions
from telemachy.apps.relationships.queries import agendas as agenda_queries
from telemachy.apps.relationships.queries import relationships
from telemachy.apps.relationships.queries import session_notes as note_queries
from telemachy.apps.relationships.queries import sessions as queries
from telemachy.core.shared.errors import BadInput
from telemachy.interfaces.api.door import CallRequest
from telemachy.interfaces.api.operations.rows import goal_of, person_of
from telemachy.interfaces.api.paging import PageOf, Paging, page
from telemachy.interfaces.api.service import Bearer
from telemachy.interfaces.common.fields import Day, Given, Line, Moment, Text, Told, clean
from telemachy.interfaces.common.lookups import one

if TYPE_CHECKING:
    from telemachy.apps.relationships.models import ActionItem, AgendaItem, Session

router = Router(tags=["Sessions"])
EITHER = Bearer("learn", "guide")

Point = Annotated[str, Field(min_length=1, max_length=300), AfterValidator(clean)]
Video = Annotated[Literal[""] | Annotated[HttpUrl, Field(max_length=500)], AfterValidator(str)]


class Slot(Told):
    """A time that is offered."""

    id: UUID
    starts_at: datetime


class SessionTold(Told):
    """A session; `starts_at` is null until a time is agreed on."""

    id: UUID
    relationship_id: UUID
    state: str
    starts_at: datetime | None
    duration_minutes: int
    video_url: str
    place: str
    guide: str
    goal_id: UUID | None
    created_at: datetime
    slots: list[Slot]


class AgendaPoint(Told):
    """A point of the agenda."""

    id: UUID
    text: str
    position: int
    covered_at: datetime | None


class Item(Told):
    """Who does what by when."""

    id: UUID
    relationship_id: UUID
    session_id: UUID | None
    owner_id: UUID
    text: str
    due_on: date | None
    done_at: datetime | None


class Note(Told):
    """A note, the caller's own or one that was shared."""

    author_id: UUID
    shared: bool
    text: str
    updated_at: datetime


class Where(Given):
    """How long, and where."""

    duration_minutes: Annotated[int, Field(ge=5, le=600)] = 60
    video_url: Video = ""
    place: Line = ""


class Propose(Where):
    """One to five times, of which the other one confirms one."""

    starts: Annotated[list[Moment], Field(min_length=1, max_length=5)]


class Schedule(Where):
    """A time that is put into both calendars."""

    starts_at: Moment


class RecordHeld(Given):
    """A session that took place without having been scheduled here."""

    starts_at: Moment
    duration_minutes: Annotated[int, Field(ge=5, le=600)] = 60
    goal_id: UUID | None = None
    place: Line = ""


class Confirm(Given):
    """Which of the times offered."""

    slot_id: UUID


class ServedGoal(Given):
    """The goal that a session serves, null for none."""

    goal_id: UUID | None


class SessionStep(Given):
    """What became of it."""

    verb: Literal["hold", "miss", "cancel"]
    goal_id: UUID | None = None


class Guide(Given):
    """The conversation guide: grow, oscar, clear, or none."""

    guide: Literal["grow", "oscar", "clear", ""]


class AddPoint(Given):
    """A point in one's own words."""

    text: Point


class Cover(Given):
    """Whether it is covered."""

    covered: bool


class WriteNote(Given):
    """A note; an empty one removes it."""

    text: Text
    shared: bool


class AddItem(Given):
    """Who does what by when."""

    owner_id: UUID
    text: Point
    due_on: Day | None = None


class Tick(Given):
    """Whether it is done."""

    done: bool


@router.get("/sessions", response=PageOf[SessionTold], summary="List sessions")
def list_sessions(request: CallRequest, paging: Query[Paging], relationship_id: UUID | None = None) -> Any:
    """List the sessions of the caller's relationships."""
    found = queries.of_party(request.caller.person).prefetch_related("slots")
    if relationship_id:
        found = found.filter(relationship_id=relationship_id)
    return page(found, paging, told)


@router.get("/sessions/{uuid:pk}", response=SessionTold, summary="Read a session")
def read_session(request: CallRequest, pk: UUID) -> Any:
    """Read when and where, and the times that are offered."""
    return told(_find(request, pk))


@router.post(
    "/relationships/{uuid:pk}/sessions", response={201: SessionTold}, auth=EITHER, summary="Schedule"
)
def schedule(request: CallRequest, pk: UUID, given: Schedule) -> Any:
    """Put a session into both calendars without asking first."""
    return _made(request, pk, actions.schedule, given.model_dump())


@router.post(
    "/relationships/{uuid:pk}/sessions/offer", response={201: SessionTold}, auth=EITHER, summary="Offer times"
)
def propose(request: CallRequest, pk: UUID, given: Propose) -> Any:
    """Offer times, of which the other one confirms one."""
    return _made(request, pk, actions.propose, given.model_dump())


@router.post(
    "/relationships/{uuid:pk}/sessions/held",
    response={201: SessionTold},
    auth=EITHER,
    summary="Note one held",
)
def record_held(request: CallRequest, pk: UUID, given: RecordHeld) -> Any:
    """Note a session that took place without having been scheduled here."""
    values = given.model_dump(exclude={"goal_id"}) | {"goal": goal_of(given.goal_id, request.caller.person)}
    return _made(request, pk, actions.record_held, values)


@router.put("/sessions/{uuid:pk}", response=SessionTold, auth=EITHER, summary="Move a session")
def reschedule(request: CallRequest, pk: UUID, given: Schedule) -> Any:
    """Move a session, or change where it is; calendars get an update."""
    return _step(request, pk, actions.reschedule, **given.model_dump())


@router.post("/sessions/{uuid:pk}/confirm", response=SessionTold, auth=EITHER, summary="Confirm a time")
def confirm(request: CallRequest, pk: UUID, given: Confirm) -> Any:
    """Take one of the times; everybody gets an invitation."""
    slot = _find(request, pk).slots.filter(pk=given.slot_id).first()
    if slot is None:
        raise BadInput("This time is not offered.", field="slot_id")
    return _step(request, pk, actions.confirm, slot=slot)


@router.post("/sessions/{uuid:pk}/offer", response=SessionTold, auth=EITHER, summary="Offer other times")
def propose_again(request: CallRequest, pk: UUID, given: Propose) -> Any:
    """Offer other times instead, which hands the choice to the other one."""
    return _step(request, pk, actions.propose_again, **given.model_dump())


@router.post("/sessions/{uuid:pk}/steps", response=SessionTold, auth=EITHER, summary="Say what became of it")
def step_session(request: CallRequest, pk: UUID, given: SessionStep) -> Any:
    """Note that it took place, that it did not, or call it off."""
    goal = {"goal": goal_of(given.goal_id, request.caller.person)} if given.verb == "hold" else {}
    return _step(request, pk, getattr(actions, given.verb), **goal)


@router.put("/sessions/{uuid:pk}/goal", response=SessionTold, auth=EITHER, summary="Say which goal it serves")
def serve(request: CallRequest, pk: UUID, given: ServedGoal) -> Any:
    """Change which goal a session serves."""
    _find(request, pk)
    return _step(request, pk, actions.serve, goal=goal_of(given.goal_id, request.caller.person))


@router.put("/sessions/{uuid:pk}/guide", response=SessionTold, auth=EITHER, summary="Choose a guide")
def use_guide(request: CallRequest, pk: UUID, given: Guide) -> Any:
    """Choose the conversation guide of a session."""
    return _step(request, pk, actions.use_guide, guide=given.guide)


# --- agenda, notes, action items ----------------------------------------------------------------


@router.get("/sessions/{uuid:pk}/agenda", response=list[AgendaPoint], summary="Read the agenda")
def read_agenda(request: CallRequest, pk: UUID) -> Any:
    """Read the points in their order."""
    return list(agenda_queries.agenda_of(_find(request, pk)))


@router.post("/sessions/{uuid:pk}/agenda", response={201: AgendaPoint}, auth=EITHER, summary="Add a point")
def add_point(request: CallRequest, pk: UUID, given: AddPoint) -> Any:
    """Add a point in one's own words."""
    made = agendas.add(session=_find(request, pk), text=given.text, by=request.caller.person, now=request.now)
    return Status(201, AgendaPoint.model_validate(made))


@router.put("/agenda/{uuid:pk}", response=AgendaPoint, auth=EITHER, summary="Tick a point off")
def cover(request: CallRequest, pk: UUID, given: Cover) -> Any:
    """Tick a point off, or open it again."""
    point = _point(request, pk)
    agendas.cover(item=point, covered=given.covered, by=request.caller.person, now=request.now)
    return _point(request, pk)


@router.delete("/agenda/{uuid:pk}", response={204: None}, auth=EITHER, summary="Take a point off the agenda")
def remove_point(request: CallRequest, pk: UUID) -> Any:
    """Take a point off the agenda."""
    agendas.remove(item=_point(request, pk), by=request.caller.person, now=request.now)
    return Status(204, None)


@router.get("/sessions/{uuid:pk}/notes", response=list[Note], summary="Read notes")
def read_notes(request: CallRequest, pk: UUID) -> Any:
    """Read the caller's own notes, and what the others shared."""
    return list(note_queries.readable(_find(request, pk), request.caller.person))


@router.put("/sessions/{uuid:pk}/notes", response={204: None}, auth=EITHER, summary="Write a note")
def write_note(request: CallRequest, pk: UUID, given: WriteNote) -> Any:
    """Keep the own note, private or shared with the pair."""
    values = given.model_dump()
    session_notes.write(session=_find(request, pk), by=request.caller.person, now=request.now, **values)
    return Status(204, None)


@router.get("/action-items", response=list[Item], summary="List what is to be done")
def list_items(request: CallRequest) -> Any:
    """List what the caller still has to do, in all relationships that are under way."""
    return list(agenda_queries.open_actions_of(request.caller.person)[:200])


@router.post(
    "/sessions/{uuid:pk}/action-items", response={201: Item}, auth=EITHER, summary="Note an action item"
)
def add_item(request: CallRequest, pk: UUID, given: AddItem) -> Any:
    """Note who does what by when."""
    by = request.caller.person
    made = action_items.add(
        session=_find(request, pk),
        owner=person_of(given.owner_id, by, "owner_id"),
        text=given.text,
        due_on=given.due_on,
        by=by,
        now=request.now,
    )
    return Status(201, Item.model_validate(made))


@router.put("/action-items/{uuid:pk}", response=Item, auth=EITHER, summary="Say that it is done")
def tick(request: CallRequest, pk: UUID, given: Tick) -> Any:
    """Say that it is done, or that it is not."""
    action_items.tick(item=_item(request, pk), done=given.done, by=request.caller.person, now=request.now)
    return _item(request, pk)


@router.delete("/action-items/{uuid:pk}", response={204: None}, auth=EITHER, summary="Drop an action item")
def drop(request: CallRequest, pk: UUID) -> Any:
    """Remove an action item that is not worth doing any more."""
    action_items.drop(item=_item(request, pk), by=request.caller.person, now=request.now)
    return Status(204, None)


def told(session: Session) -> SessionTold:
    """Return a session as it is told."""
    fields = {name: getattr(session, name) for name in SessionTold.model_fields if name != "slots"}
    return SessionTold(slots=[Slot.model_validate(slot) for slot in session.slots.all()], **fields)


def _find(request: CallRequest, pk: UUID) -> Session:
    return one(queries.for_page(request.caller.person), pk)


def _point(request: CallRequest, pk: UUID) -> AgendaItem:
    return one(agenda_queries.items_of(request.caller.person), pk)


def _item(request: CallRequest, pk: UUID) -> ActionItem:
    return one(agenda_queries.actions_of(request.caller.person), pk)


def _made(request: CallRequest, pk: UUID, verb: Any, values: dict[str, Any]) -> Any:
    by = request.caller.person
    made = verb(relationship=one(relationships.for_page(by), pk), by=by, now=request.now, **values)
    return Status(201, told(_find(request, made.pk)))


def _step(request: CallRequest, pk: UUID, verb: Any, **values: Any) -> SessionTold:
    verb(session=_find(request, pk), by=request.caller.person, now=request.now, **values)
    return told(_find(request, pk))
