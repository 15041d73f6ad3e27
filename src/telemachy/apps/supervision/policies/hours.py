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


def remove(actor: Person, entry: HoursEntry) -> Verdict:
    """Take an entry out: its coach."""
    if actor.pk != entry.coach_id:
        return refused(_("Everybody keeps the own log of hours."))
    return ALLOWED
