"""Correct what a turn was coded as; the measures follow, and keep up with the engine."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, cast

from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.supervision import snapshots
from telemachy.apps.supervision.models import Correction, Recording, Utterance
from telemachy.apps.supervision.policies import recordings as policies
from telemachy.apps.supervision.queries import recordings as queries
from telemachy.core import conversation
from telemachy.core.conversation import kinds
from telemachy.core.shared.errors import BadInput

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person


@action
def correct(*, recording: Recording, number: int, kind: str, by: Person, now: datetime) -> None:
    """Say what a turn of the coach is; "" brings the engine's code back. Raises NotAllowed, BadInput."""
    recording = queries.locked(recording)
    policies.correct(by, recording).require()
    turns = list(recording.utterances.order_by("number"))
    turn = next((one for one in turns if one.number == number), None)
    if turn is None or turn.seat != Utterance.Seat.COACH:
        raise BadInput(_("Only what the coach says is coded."))
    if kind not in ("", *kinds.KINDS):
        raise BadInput(_("There is no such kind of turn."))
    new = kinds.corrected(turn.code, kind) if kind else None
    if new == turn.corrected:
        events.unchanged()
        return
    was, turn.corrected = kinds.kind_of(turn.holds), new
    turn.save(update_fields=["corrected"])
    Correction.objects.create(utterance=turn, author=by, was=was, kind=kind, made_at=now)
    recording.measures = snapshots.measures(turns)
    recording.save(update_fields=["measures"])
    events.record("recording.code_corrected", by=by, now=now, on=recording, turn=number)


@action
def recount(*, recording: Recording, by: None, now: datetime) -> None:
    """Count a coded recording as it is counted today: its ranges and what is unsure; no code is another.

    After an update these may be other ones. Where nothing differs, or words are gone, it is left alone.
    """
    recording = queries.locked(recording)
    turns = list(recording.utterances.order_by("number")) if recording.state == "ready" else []
    marked = [(turn, conversation.marked_today(cast(conversation.Code, turn.code))) for turn in turns]
    changed = [turn for turn, code in marked if code != turn.code]
    for turn, code in marked:
        turn.code = code
    measures = snapshots.measures(turns) if turns else recording.measures
    if not changed and measures == recording.measures:
        events.unchanged()
        return
    Utterance.objects.bulk_update(changed, ["code"], batch_size=200)
    recording.measures = measures
    recording.save(update_fields=["measures"])
    organisation_id = recording.relationship.programme.organisation_id
    events.record("recording.recounted", by=by, now=now, on=recording, organisation_id=organisation_id)
