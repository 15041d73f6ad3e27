"""A supervision room: Athena brings cases about Telemachus, Nestor supervises, Mentes may join."""

from __future__ import annotations

from datetime import timedelta

from telemachy.apps.programmes.models import Enrolment
from telemachy.apps.supervision.actions import cases, rooms
from telemachy.apps.supervision.actions.cases import Words
from telemachy.apps.supervision.models import SupervisionCase, SupervisionRoom
from tests.cast import NOW, Cast, person

LATER = NOW + timedelta(days=1)


def words(alias: str = "Birch", **changes: object) -> Words:
    """Return what a case says, without a name in it."""
    given: dict[str, object] = {
        "alias": alias,
        "title": "The silence after the question",
        "happened": "I asked, they looked at the table, and I answered for them.",
        "question": "Why can I not wait?",
        "patterns": ("rescuing", "hurrying"),
    }
    return Words(**(given | changes))  # type: ignore[arg-type]


def asked(cast: Cast) -> SupervisionRoom:
    """Let Athena ask Nestor."""
    return rooms.ask(supervisor=cast.nestor, by=cast.athena, now=NOW)


def opened(cast: Cast) -> SupervisionRoom:
    """Let Nestor accept."""
    room = asked(cast)
    rooms.accept(room=room, by=cast.nestor, now=NOW)
    room.refresh_from_db()
    return room


def written(cast: Cast, **changes: object) -> SupervisionCase:
    """Let Athena write a case."""
    return cases.write(words=words(**changes), relationship=cast.relationship, by=cast.athena, now=NOW)  # type: ignore[arg-type]


def shared(cast: Cast, room: SupervisionRoom, **changes: object) -> SupervisionCase:
    """Let Athena share a case."""
    case = written(cast, **changes)
    cases.share(case=case, room=room, by=cast.athena, now=NOW)
    case.refresh_from_db()
    return case


def mentes(cast: Cast) -> object:
    """Create a further mentor, without a learner yet."""
    found = person(cast.ithaca, "Mentes")
    Enrolment.objects.create(programme=cast.programme, person=found, role="mentor", created_at=NOW)
    return found
