"""Supervision rooms: asking, answering, asking others in, leaving, and what repeats in what was shared."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from ninja import Query, Router, Status

from telemachy.apps.supervision.actions import rooms as actions
from telemachy.apps.supervision.queries import cases
from telemachy.apps.supervision.queries import rooms as queries
from telemachy.interfaces.api.door import CallRequest
from telemachy.interfaces.api.operations.rows import person_of
from telemachy.interfaces.api.paging import PageOf, Paging, page
from telemachy.interfaces.api.service import Bearer
from telemachy.interfaces.common.agent_rows import who
from telemachy.interfaces.common.agent_shapes import Who
from telemachy.interfaces.common.fields import Given, Told
from telemachy.interfaces.common.lookups import one

if TYPE_CHECKING:
    from telemachy.apps.supervision.models import SupervisionRoom
    from telemachy.core.supervision import Matrix

router = Router(tags=["Supervision"])
EITHER, GUIDE = Bearer("learn", "guide"), Bearer("guide")


class RoomPlaceTold(Told):
    """Somebody who brings cases, or is asked to."""

    person: Who
    state: str
    asked_at: datetime
    joined_at: datetime | None


class SupervisionRoomTold(Told):
    """A supervisor and those who bring cases."""

    id: UUID
    supervisor: Who
    state: str
    asked_at: datetime
    members: list[RoomPlaceTold]
    awaits_me: bool


class AskForSupervision(Given):
    """Whom to ask."""

    supervisor_id: UUID


class InviteToRoom(Given):
    """A further practitioner."""

    person_id: UUID


class RoomStep(Given):
    """Say yes or no as whoever is asked, or leave; none asks for a reason."""

    step: Literal["accept", "decline", "leave"]


class PatternCount(Told):
    """With one client, how many cases show a pattern."""

    client: str
    pattern: str
    n_shared: int
    n_drafts: int


class PatternRepeat(Told):
    """A pattern that shows with at least two clients, and the day of the first case that shows it."""

    pattern: str
    n_clients: int
    since: date


class PatternsTold(Told):
    """Clients by patterns, and what repeats."""

    clients: list[str]
    counts: list[PatternCount]
    repeats: list[PatternRepeat]


class PatternsOf(PatternsTold):
    """The same of what one practitioner shared in a room."""

    practitioner: Who


@router.get("/supervision-rooms", response=PageOf[SupervisionRoomTold], summary="List supervision rooms")
def list_supervision_rooms(request: CallRequest, paging: Query[Paging]) -> Any:
    """List the rooms in which the caller is or is asked to be."""
    by = request.caller.person
    return page(queries.visible_to(by), paging, lambda row: _told(request, row), by="-asked_at")


@router.post(
    "/supervision-rooms", response={201: SupervisionRoomTold}, auth=GUIDE, summary="Ask for supervision"
)
def ask_for_supervision(request: CallRequest, given: AskForSupervision) -> Any:
    """Ask somebody of the organisation, who has no stake in the own practice, to be one's supervisor."""
    by = request.caller.person
    supervisor = person_of(given.supervisor_id, by, "supervisor_id")
    made = actions.ask(supervisor=supervisor, by=by, now=request.now)
    return Status(201, _told(request, _find(request, made.pk)))


@router.get("/supervision-rooms/{uuid:pk}", response=SupervisionRoomTold, summary="See a supervision room")
def read_supervision_room(request: CallRequest, pk: UUID) -> Any:
    """Read who is in it."""
    return _told(request, _find(request, pk))


@router.post(
    "/supervision-rooms/{uuid:pk}/members",
    response=SupervisionRoomTold,
    auth=EITHER,
    summary="Ask a practitioner in",
)
def invite_to_supervision(request: CallRequest, pk: UUID, given: InviteToRoom) -> Any:
    """Ask a further practitioner in, as its supervisor."""
    by, room = request.caller.person, _find(request, pk)
    person = person_of(given.person_id, by, "person_id")
    actions.invite(room=room, person=person, by=by, now=request.now)
    return _told(request, _find(request, pk))


@router.post(
    "/supervision-rooms/{uuid:pk}/steps",
    response={204: None},
    auth=EITHER,
    summary="Answer, or leave a room",
)
def step_supervision_room(request: CallRequest, pk: UUID, given: RoomStep) -> Any:
    """Say yes or no, or leave; own cases go along."""
    verb = {"accept": actions.accept, "decline": actions.decline, "leave": actions.leave}[given.step]
    verb(room=_find(request, pk), by=request.caller.person, now=request.now)
    return Status(204, None)


@router.get(
    "/supervision-rooms/{uuid:pk}/patterns", response=list[PatternsOf], summary="See what repeats in a room"
)
def read_room_patterns(request: CallRequest, pk: UUID) -> Any:
    """Read what repeats in what each practitioner shared: the supervisor; nothing for the others."""
    by, room = request.caller.person, _find(request, pk)
    if room.supervisor_id != by.pk:
        return []
    found = [(member.person, cases.shared_matrix(member.person, room, by)) for member in queries.joined(room)]
    return [PatternsOf(practitioner=who(person), **_patterns(matrix)) for person, matrix in found]


@router.get("/me/supervision-patterns", response=PatternsTold, summary="See what repeats in the own cases")
def read_own_patterns(request: CallRequest) -> Any:
    """Read clients by patterns over all own cases, drafts counted apart."""
    return PatternsTold(**_patterns(cases.own_matrix(request.caller.person)))


def _find(request: CallRequest, pk: UUID) -> SupervisionRoom:
    return one(queries.visible_to(request.caller.person), pk)


def _told(request: CallRequest, row: SupervisionRoom) -> SupervisionRoomTold:
    return SupervisionRoomTold(
        id=row.pk,
        supervisor=who(row.supervisor),
        state=row.state,
        asked_at=row.asked_at,
        members=[
            RoomPlaceTold(
                person=who(member.person),
                state=member.state,
                asked_at=member.asked_at,
                joined_at=member.joined_at,
            )
            for member in row.members.all()
        ],
        awaits_me=queries.waits_for(row, request.caller.person),
    )


def _patterns(found: Matrix) -> dict[str, Any]:
    return {
        "clients": list(found.clients),
        "counts": [
            PatternCount(client=client, pattern=pattern, n_shared=cell.n_shared, n_drafts=cell.n_drafts)
            for (client, pattern), cell in sorted(found.cells.items())
        ],
        "repeats": [PatternRepeat.model_validate(each) for each in found.repeats],
    }
