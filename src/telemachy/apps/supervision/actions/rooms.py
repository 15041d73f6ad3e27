"""Ask for supervision, answer, ask others in, and leave.

Every event here begins with "supervision.": audit.queries keeps those from administrators, so that nobody who
runs anything learns who is in supervision.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Max
from django.urls import reverse

from telemachy.apps.audit.actions import action, events
from telemachy.apps.people import queries as people
from telemachy.apps.people.actions import notifications
from telemachy.apps.supervision.actions import cases
from telemachy.apps.supervision.models import RoomMember, SupervisionCase, SupervisionRoom
from telemachy.apps.supervision.policies import rooms as policies
from telemachy.apps.supervision.queries import rooms as queries
from telemachy.core.shared.lifecycles import SUPERVISION_ROOM

if TYPE_CHECKING:
    from collections.abc import Iterable

    from telemachy.apps.people.models import Person


@action
def ask(*, supervisor: Person, by: Person, now: datetime) -> SupervisionRoom:
    """Ask somebody to be one's supervisor. Raises NotAllowed, WrongState."""
    people.hold(by)
    policies.ask(by, supervisor).require()
    room = SupervisionRoom.objects.create(
        organisation_id=by.organisation_id, supervisor=supervisor, state_since=now, asked_at=now
    )
    RoomMember.objects.create(
        room=room, person=by, state=RoomMember.State.JOINED, asked_by=by, asked_at=now, joined_at=now
    )
    events.record("supervision.asked", by=by, now=now, on=room)
    _tell([supervisor], "supervision.asked", room, by, now)
    return room


@action
def invite(*, room: SupervisionRoom, person: Person, by: Person, now: datetime) -> None:
    """Ask a further practitioner in, also one who has left. Raises NotAllowed, WrongState."""
    room = queries.locked(room)
    policies.invite(by, room, person).require()
    asked = {
        "state": RoomMember.State.ASKED,
        "asked_by": by,
        "asked_at": now,
        "joined_at": None,
        "left_at": None,
    }
    RoomMember.objects.update_or_create(room=room, person=person, defaults=asked)
    events.record("supervision.invited", by=by, now=now, on=room)
    _tell([person], "supervision.invited", room, by, now)
    _tell([one.person for one in queries.joined(room)], "supervision.growing", room, person, now)


@action
def accept(*, room: SupervisionRoom, by: Person, now: datetime) -> None:
    """Say yes, as supervisor or as somebody asked in. Raises WrongState."""
    room = queries.locked(room)
    policies.answer(by, room).require()
    others = [one for one in queries.readers(room) if one.pk != by.pk]
    if by.pk == room.supervisor_id:
        _move(room, "accept", by, now)
    else:
        place = room.members.get(person=by)
        place.state, place.joined_at = RoomMember.State.JOINED, now
        # What was shared while this waited for its turn was shared without the newcomer.
        if (latest := room.cases.aggregate(at=Max("shared_at"))["at"]) and latest >= now:
            place.joined_at = latest + timedelta(microseconds=1)
        place.save(update_fields=["state", "joined_at"])
    events.record("supervision.accepted", by=by, now=now, on=room)
    _tell(others, "supervision.accepted", room, by, now)


@action
def decline(*, room: SupervisionRoom, by: Person, now: datetime) -> None:
    """Say no, without a reason. Raises WrongState."""
    room = queries.locked(room)
    policies.answer(by, room).require()
    others = [one for one in queries.readers(room) if one.pk != by.pk]
    if by.pk == room.supervisor_id:
        _move(room, "decline", by, now)
    else:
        _give_up(room, by, now)
    events.record("supervision.declined", by=by, now=now, on=room)
    _tell(others, "supervision.declined", room, by, now)


@action
def leave(*, room: SupervisionRoom, by: Person, now: datetime) -> None:
    """Leave without a reason; own cases go along. It closes without its supervisor or the last member.

    Raises NotAllowed, WrongState.
    """
    room = queries.locked(room)
    policies.leave(by, room).require()
    others = [one for one in queries.readers(room) if one.pk != by.pk]
    if by.pk != room.supervisor_id:
        _give_up(room, by, now)
        cases.take_all_back(room=room, owner=by, by=by, now=now)
    if by.pk == room.supervisor_id or not room.members.filter(state__in=queries.PRESENT).exists():
        _move(room, "end", by, now)
    events.record("supervision.left", by=by, now=now, on=room)
    _tell(others, "supervision.left", room, by, now)


@action
def forget_person(*, person: Person, by: None, now: datetime) -> None:
    """Leave every room and delete own cases; notes on the cases of others stay with them."""
    events.unchanged()
    for room in queries.visible_to(person):
        leave(room=room, by=person, now=now)
    SupervisionCase.objects.filter(owner=person).delete()
    RoomMember.objects.filter(person=person).delete()


def _move(room: SupervisionRoom, verb: str, by: Person, now: datetime) -> None:
    room.state, room.state_since = SUPERVISION_ROOM.target(room.state, verb), now
    room.save(update_fields=["state", "state_since"])
    if room.state == "closed":
        for member in queries.joined(room):
            cases.take_all_back(room=room, owner=member.person, by=by, now=now)


def _give_up(room: SupervisionRoom, person: Person, now: datetime) -> None:
    room.members.filter(person=person).update(state=RoomMember.State.LEFT, left_at=now)


def _tell(people: Iterable[Person], kind: str, room: SupervisionRoom, other: Person, now: datetime) -> None:
    gone = kind in ("supervision.declined", "supervision.left") and room.state == "closed"
    path = reverse("supervision") if gone else reverse("supervision-room", args=[room.pk])
    for person in people:
        notifications.tell(person=person, kind=kind, path=path, now=now, other=other.name)
