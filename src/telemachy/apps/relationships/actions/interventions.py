"""Act on a programme's signals: take up, put aside, finish; and note each day what became of them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.people.actions import notifications
from telemachy.apps.people.queries import clocks
from telemachy.apps.programmes import queries as programmes
from telemachy.apps.relationships.models import Intervention
from telemachy.apps.relationships.policies import interventions as policies
from telemachy.apps.relationships.queries import interventions as queries
from telemachy.core.shared.errors import BadInput
from telemachy.core.shared.lifecycles import INTERVENTION, RELATIONSHIP_OPEN

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.programmes.models import Programme
    from telemachy.apps.relationships.queries.health import Health
    from telemachy.core.insights import Signal

#: A signal is put aside for so many days at most; then it is worth another look.
LONGEST_SNOOZE = 90
MAX_NOTE = 500


@action
def accept(
    *, about: queries.About, signal: Signal, by: Person, now: datetime, note: str = ""
) -> Intervention:
    """Take a signal up, with a note of what to do if one likes. Raises NotAllowed, BadInput."""
    held = _begin(about, signal, "accept", by, now, note)
    held.taken_at, held.snoozed_until, held.done_at = now, None, None
    return _end(held, "intervention.accepted", by, now)


@action
def snooze(
    *, about: queries.About, signal: Signal, by: Person, now: datetime, until: date, note: str = ""
) -> Intervention:
    """Leave a signal out of the queue until a day to come. Raises NotAllowed, BadInput."""
    today = clocks.local_day(by, now)
    if not today < until <= today + timedelta(days=LONGEST_SNOOZE):
        message = _("Choose a day after today, within the next %(days)d days.") % {"days": LONGEST_SNOOZE}
        raise BadInput(message, field="until")
    held = _begin(about, signal, "snooze", by, now, note)
    held.snoozed_until = until
    return _end(held, "intervention.snoozed", by, now)


@action
def finish(
    *, about: queries.About, signal: Signal, by: Person, now: datetime, note: str = ""
) -> Intervention:
    """Say that what could be done is done; what became of the signal shows later.

    Raises NotAllowed, BadInput.
    """
    held = _begin(about, signal, "finish", by, now, note)
    held.taken_at, held.done_at, held.snoozed_until = held.taken_at or now, now, None
    return _end(held, "intervention.done", by, now)


def _begin(
    about: queries.About, signal: Signal, verb: str, by: Person, now: datetime, note: str
) -> Intervention:
    """Return the signal's row, locked and one step on; the first step on a signal creates it."""
    policies.act(by, about.programme).require()
    note = note.strip()
    if len(note) > MAX_NOTE:
        raise BadInput(_("Keep the note within %(n)d characters.") % {"n": MAX_NOTE}, field="note")
    held, _new = (
        Intervention.objects.select_for_update()
        .exclude(state="over")
        .get_or_create(
            programme=about.programme,
            relationship=about.relationship,
            person=about.person,
            code=signal.code,
            defaults={"evidence": dict(signal.params), "opened_at": now},
        )
    )
    policies.step(by, held, verb).require()
    held.state = INTERVENTION.target(held.state, verb)
    held.by, held.note = by, note or held.note
    return held


def _end(held: Intervention, event: str, by: Person, now: datetime) -> Intervention:
    held.save()
    events.record(event, by=by, now=now, on=held, code=held.code)
    return held


@action
def note(*, programme: Programme, health: Health, by: None, now: datetime) -> None:
    """Open what is new, wake what has slept long enough, return what is still there, close what is gone."""
    seen = queries.signals_of(health)
    rows = Intervention.objects.select_for_update(of=("self",)).filter(programme=programme)
    held_now = rows.exclude(state="over").select_related("relationship", "by")
    known = {queries.key_of(one): one for one in held_now}
    moved = []
    for key, held in known.items():
        if verb := _due(held, key in seen, now):
            held.state = INTERVENTION.target(held.state, verb)
            if verb == "close":
                over = _has_ended(held) or (key[0], "one_side_left") in seen
                held.closed_at, held.outcome = now, "ended" if over else "gone"
            moved.append(held)
    Intervention.objects.bulk_update(moved, ["state", "closed_at", "outcome"], batch_size=500)
    pairs = {pair.id for pair in health.pairs}
    new = [
        Intervention(
            programme=programme,
            relationship_id=about if about in pairs else None,
            person_id=about if about and about not in pairs else None,
            code=code,
            evidence=dict(signal.params),
            opened_at=now,
        )
        for (about, code), signal in seen.items()
        if (about, code) not in known
    ]
    Intervention.objects.bulk_create(new, batch_size=500, ignore_conflicts=True)
    if not (moved or new):
        events.unchanged()
        return
    events.record(
        "programme.signals_noted",
        by=None,
        now=now,
        on=programme,
        organisation_id=programme.organisation_id,
        n_new=len(new),
        n_over=sum(held.state == "over" for held in moved),
    )


def _due(held: Intervention, is_seen: bool, now: datetime) -> str:
    """Return the step that time brings about, or ""."""
    if not is_seen:
        return "close"
    today = clocks.local_day(held.by, now) if held.by is not None else now.date()
    if held.state == "snoozed" and (held.snoozed_until is None or held.snoozed_until <= today):
        return "wake"
    if held.state == "done" and (held.done_at is None or now - held.done_at >= queries.FOLLOW_UP):
        return "return"
    return ""


def _has_ended(held: Intervention) -> bool:
    return held.relationship is not None and held.relationship.state not in RELATIONSHIP_OPEN


@action
def tell_week(*, programme: Programme, by: None, now: datetime) -> None:
    """Tell those who run the programme how the week was, in numbers; once a week, by mail as each chose."""
    events.unchanged()
    week = queries.week(programme, now)
    if week.is_quiet or programme.state != "open":
        return
    year, number, _day = now.isocalendar()
    for person in programmes.told_of(programme):
        notifications.tell(
            person=person,
            kind="programme.week",
            path=reverse("programme-interventions", args=[programme.pk]),
            now=now,
            key=f"week:{programme.pk}:{year}-{number}",
            programme=programme.name,
            n_open=week.n_open,
            n_new=week.n_new,
            n_gone=week.n_gone,
            n_in_hand=week.n_in_hand,
        )
