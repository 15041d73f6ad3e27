"""What mentor coaching and supervision keep of a person, for the person to take along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telemachy.apps.supervision.models import (
    Assessment,
    CaseNote,
    Consent,
    Correction,
    Evidence,
    HoursEntry,
    Letter,
    RoomMember,
    SupervisionRoom,
)
from telemachy.apps.supervision.queries import assessments, cases, recordings

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.supervision.models import Recording, SupervisionCase


def own_data(person: Person) -> dict[str, Any]:
    """Return recordings, consents, pins, ratings, letters and hours; rooms, cases and notes."""
    letters = Letter.objects.filter(review__coach=person, sent_at__isnull=False)
    return {
        "mentor_coaching": {
            "recordings": [
                _recording(one) for one in recordings.named_in(person) if recordings.is_party(person, one)
            ],
            "consents": list(
                Consent.objects.filter(person=person).values("wording", "given_at", "withdrawn_at")
            ),
            "pins": list(
                Evidence.objects.filter(author=person).values("competency", "marker", "note", "pinned_at")
            ),
            "corrections": list(Correction.objects.filter(author=person).values("was", "kind", "made_at")),
            "ratings_given": list(
                Assessment.objects.filter(assessor=person).values(
                    "note", "submitted_at", "ratings__competency", "ratings__level", "ratings__note"
                )
            ),
            "letters": list(letters.values("greeting", "strengths", "development", "closing", "sent_at")),
            "points": list(assessments.points_of(person).values("text", "competency", "state")),
            "hours": list(
                HoursEntry.objects.filter(coach=person).values(
                    "kind", "held_on", "minutes", "with_name", "note", "confirmed_at"
                )
            ),
        },
        "supervision": _supervision(person),
    }


def _supervision(person: Person) -> dict[str, Any]:
    rooms = RoomMember.objects.filter(person=person)
    return {
        "rooms": list(rooms.values("room__supervisor__name", "state", "asked_at", "joined_at", "left_at")),
        "rooms_supervised": list(
            SupervisionRoom.objects.filter(supervisor=person).values("state", "asked_at", "state_since")
        ),
        "cases": [_case(one) for one in cases.for_page(cases.of_owner(person))],
        "notes_on_cases_of_others": list(
            CaseNote.objects.filter(author=person)
            .exclude(case__owner=person)
            .values("lens", "text", "written_at")
        ),
    }


def _case(case: SupervisionCase) -> dict[str, Any]:
    fields = ("alias", "title", "happened", "question", "lens", "patterns", "state", "takeaway", "written_at")
    notes = [
        {"by": note.author.name, "lens": note.lens, "text": note.text, "written_at": note.written_at}
        for note in case.notes.all()
    ]
    return {name: getattr(case, name) for name in fields} | {"notes": notes}


def _recording(recording: Recording) -> dict[str, Any]:
    return {
        "title": recording.title,
        "held_on": recording.held_on,
        "state": recording.state,
        "turns": list(
            recordings.turns_of(recording).values("seat", "start", "end", "text", "code", "corrected")
        ),
        "measures": recording.measures,
    }
