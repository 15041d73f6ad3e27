"""Who may keep a draft."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.apps.relationships.models import Draft
from telemachy.apps.relationships.policies import guidance, situations
from telemachy.apps.relationships.queries import drafts as queries
from telemachy.core.shared.verdict import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Situation

#: The steps of a situation that are written, and who may take each.
WRITERS = {
    "reason": situations.reason,
    "ask": situations.ask,
    "decide": situations.decide,
    "account": situations.account,
    "guide": guidance.guide,
    "debrief": guidance.debrief,
    "message": guidance.converse,
}
#: More forms than anybody has half-written at once.
MAX_DRAFTS = 200


def keep(actor: Person, key: str) -> Verdict:
    """Keep a draft: everybody their own, up to a bound."""
    others = Draft.objects.filter(person=actor).exclude(key=key)
    if others.count() >= MAX_DRAFTS:
        return refused(_("You have very many drafts; send some of them first."))
    return ALLOWED


def keep_step(actor: Person, situation: Situation, step: str, fields: Mapping[str, str]) -> Verdict:
    """Keep a draft of a step: whoever may take it now, unless the same words were sent meanwhile."""
    if queries.is_sent(situation, actor, step, fields.get("text", "")):
        return refused(_("This is sent already."))
    return WRITERS[step](actor, situation)
