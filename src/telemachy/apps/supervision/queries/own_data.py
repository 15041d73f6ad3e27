"""What the mentor coaching room keeps of a person, for the person to take along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telemachy.apps.supervision.models import (
    Assessment,
    Consent,
    Correction,
    DevelopmentPoint,
    Evidence,
    HoursEntry,
    Letter,
)
from telemachy.apps.supervision.queries import recordings

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.supervision.models import Recording


def own_data(person: Person) -> dict[str, Any]:
    """Return recordings the person speaks in, consents, pins, corrections, ratings, letters and hours."""
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
            "points": list(
                DevelopmentPoint.objects.filter(coach=person).values("text", "competency", "state")
            ),
            "hours": list(
                HoursEntry.objects.filter(coach=person).values(
                    "kind", "held_on", "minutes", "with_name", "note", "confirmed_at"
                )
            ),
        }
    }


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
