"""Pin evidence to a moment of a recording, and take it off."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.supervision.models import Evidence, Recording
from telemachy.apps.supervision.policies import evidence as policies
from telemachy.apps.supervision.queries import recordings
from telemachy.core.shared.errors import BadInput

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person

#: Pins of one person in one recording: more is no longer a selection.
MAX_PINS = 200
#: Characters kept of the turn that is quoted.
QUOTE_CHARS = 2_000


@action
def pin(
    *,
    recording: Recording,
    number: int,
    by: Person,
    now: datetime,
    competency: str = "",
    marker: str = "",
    note: str = "",
) -> Evidence:
    """Pin a turn to a competency, with a note, or both. Raises NotAllowed, BadInput."""
    recording = recordings.locked(recording)
    policies.pin(by, recording).require()
    turn = recording.utterances.filter(number=number).first()
    if turn is None:
        raise BadInput(_("There is no such turn."))
    if not competency and not note.strip():
        raise BadInput(_("Choose a competency, or write what you noticed."), field="note")
    if recording.evidence.filter(author=by).count() >= MAX_PINS:
        raise BadInput(_("You have pinned %(n)d moments already; take one off first.") % {"n": MAX_PINS})
    evidence = Evidence.objects.create(
        recording=recording,
        utterance=turn,
        author=by,
        quote=turn.text[:QUOTE_CHARS],
        start=turn.start,
        competency=competency,
        marker=marker,
        note=note.strip(),
        pinned_at=now,
    )
    events.record("evidence.pinned", by=by, now=now, on=evidence, turn=number)
    return evidence


@action
def unpin(*, evidence: Evidence, by: Person, now: datetime) -> None:
    """Take a pin off; a letter that quotes it just then is waited for. Raises NotAllowed."""
    evidence.recording = recordings.locked(evidence.recording)
    policies.unpin(by, evidence).require()
    events.record("evidence.unpinned", by=by, now=now, on=evidence)
    evidence.delete()
