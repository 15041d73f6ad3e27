"""Who keeps a log of hours, and who puts the suggestion of supervision aside: its coach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.core.shared.verdict import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.supervision.models import HoursEntry


def log(actor: Person, coach: Person) -> Verdict:
    """Write into the log: its coach, a human who is here."""
    if actor.pk != coach.pk or actor.is_gone or actor.is_agent:
        return refused(_("Everybody keeps the own log of hours."))
    return ALLOWED


def confirm(actor: Person, entry: HoursEntry) -> Verdict:
    """Say that the hour was: the human whom the entry names, once."""
    if entry.with_person_id is None or actor.pk != entry.with_person_id or actor.is_gone or actor.is_agent:
        return refused(_("An hour is confirmed by whom it was spent with."))
    if entry.confirmed_at is not None:
        return refused(_("You have confirmed this hour already."))
    return ALLOWED


def remove(actor: Person, entry: HoursEntry) -> Verdict:
    """Take an entry out: its coach."""
    if actor.pk != entry.coach_id:
        return refused(_("Everybody keeps the own log of hours."))
    return ALLOWED
