"""Log hours, and put the suggestion of supervision aside."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.people.actions import notifications
from telemachy.apps.people.queries import clocks
from telemachy.apps.supervision.models import HoursEntry, SupervisionHint
from telemachy.apps.supervision.policies import hours as policies
from telemachy.apps.supervision.queries import hours as queries
from telemachy.core.shared.errors import BadInput

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.supervision.models import Recording, Rubric

MIN_MINUTES, MAX_MINUTES = 5, 720


@action
def log(
    *,
    kind: str,
    held_on: date,
    minutes: int,
    by: Person,
    now: datetime,
    with_person: Person | None = None,
    with_name: str = "",
    recording: Recording | None = None,
    note: str = "",
) -> HoursEntry:
    """Log an hour that was; whom it names is asked to confirm it. Raises NotAllowed, BadInput."""
    policies.log(by, by).require()
    if kind not in HoursEntry.Kind.values:
        raise BadInput(_("Choose what it was."), field="kind")
    if held_on > clocks.local_day(by, now):
        raise BadInput(_("Log an hour when it is over; this day is still to come."), field="held_on")
    if not MIN_MINUTES <= minutes <= MAX_MINUTES:
        raise BadInput(
            _("An entry takes %(least)d to %(most)d minutes.") % {"least": MIN_MINUTES, "most": MAX_MINUTES},
            field="minutes",
        )
    if with_person is not None and with_person.organisation_id != by.organisation_id:
        raise BadInput(_("Write the name of somebody who is not of your organisation."), field="with_name")
    if with_person is not None and with_person.pk == by.pk:
        raise BadInput(_("Name the other one, not yourself."), field="with_name")
    if recording is not None and recording.coach_id != by.pk:
        raise BadInput(_("Choose one of your own recordings."), field="recording")
    entry = HoursEntry.objects.create(
        coach=by,
        kind=kind,
        held_on=held_on,
        minutes=minutes,
        with_person=with_person,
        with_name="" if with_person is not None else with_name.strip(),
        recording=recording,
        note=note.strip(),
        logged_at=now,
    )
    events.record("hours.logged", by=by, now=now, on=entry, minutes=minutes)
    if with_person is not None and not with_person.is_agent:
        notifications.tell(
            person=with_person,
            kind="hours.to_confirm",
            path=reverse("readiness"),
            now=now,
            key=f"hours.to_confirm:{entry.pk}",
            other=by.name,
        )
    return entry


@action
def confirm(*, entry: HoursEntry, by: Person, now: datetime) -> None:
    """Say that an hour was as it is logged: whom it was spent with. Raises NotAllowed."""
    entry = _locked(entry)
    policies.confirm(by, entry).require()
    entry.confirmed_at = now
    entry.save(update_fields=["confirmed_at"])
    events.record("hours.confirmed", by=by, now=now, on=entry, minutes=entry.minutes)


@action
def remove(*, entry: HoursEntry, by: Person, now: datetime) -> None:
    """Take an entry out of the log. Raises NotAllowed."""
    entry = _locked(entry)
    policies.remove(by, entry).require()
    events.record("hours.removed", by=by, now=now, on=entry, minutes=entry.minutes)
    entry.delete()


@action
def put_supervision_aside(*, rubric: Rubric, by: Person, now: datetime) -> None:
    """Put the suggestion to move on to supervision aside until the next review. Raises BadInput."""
    course = queries.course_of(by, rubric.pk)
    if course is None:
        raise BadInput(_("There is no review of yours on this rubric."))
    hint, _is_new = SupervisionHint.objects.update_or_create(
        coach=by, rubric=rubric, defaults={"n_reviews": course.n_reviews, "dismissed_at": now}
    )
    events.record("supervision_hint.dismissed", by=by, now=now, on=hint)


def _locked(entry: HoursEntry) -> HoursEntry:
    """Return the row as it is now, held until the transaction ends."""
    return HoursEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
