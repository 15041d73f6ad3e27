"""Who may see and run programmes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.apps.programmes import queries
from telemachy.core.shared.lifecycles import PROGRAMME
from telemachy.core.shared.verdict import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.programmes.models import Programme


def create(actor: Person) -> Verdict:
    """Start a programme: administrators, and whoever runs one already."""
    if actor.is_administrator or queries.managed_by(actor).exists():
        return ALLOWED
    return refused(_("Ask an administrator of your organisation to start a programme with you."))


def manage(actor: Person, programme: Programme) -> Verdict:
    """Run the programme (participants, matching, design): its managers, and administrators."""
    if actor.organisation_id != programme.organisation_id:
        return refused(_("This programme is not yours."))
    if actor.is_administrator or programme.managers.filter(person=actor).exists():
        return ALLOWED
    return refused(_("Only those who run this programme can do that."))


def change(actor: Person, programme: Programme) -> Verdict:
    """Change the design or take people in: while the programme is not archived."""
    verdict = manage(actor, programme)
    if verdict and programme.state == "archived":
        return refused(_("This programme is archived. Restore it first."))
    return verdict


def step(actor: Person, programme: Programme, verb: str) -> Verdict:
    """Open, archive or restore it."""
    verdict = manage(actor, programme)
    if verdict and not PROGRAMME.allows(programme.state, verb):
        return refused(_("That step is not possible from the programme's present state."))
    return verdict
