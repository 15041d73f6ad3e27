"""Who may act on a signal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.apps.programmes import policies as programmes
from telemachy.core.shared.lifecycles import INTERVENTION
from telemachy.core.shared.verdict import Verdict, refused

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.programmes.models import Programme
    from telemachy.apps.relationships.models import Intervention


def act(actor: Person, programme: Programme) -> Verdict:
    """Take up, snooze or finish what a signal of the programme asks for: those who run it."""
    return programmes.manage(actor, programme)


def step(actor: Person, intervention: Intervention, verb: str) -> Verdict:
    """Take this step with an intervention: those who run the programme, where its state allows it."""
    verdict = act(actor, intervention.programme)
    if verdict and not INTERVENTION.allows(intervention.state, verb):
        return refused(_("Somebody was quicker: this signal is dealt with already."))
    return verdict
