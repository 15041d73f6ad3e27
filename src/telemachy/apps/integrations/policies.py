"""Who may make and end tokens and webhooks, and report checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.apps.integrations.queries.scopes import OF_KIND
from telemachy.apps.people import policies as people
from telemachy.apps.programmes import policies as programmes
from telemachy.core.shared.verdict import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from collections.abc import Collection

    from telemachy.apps.integrations.models import Token, Webhook
    from telemachy.apps.people.models import Person
    from telemachy.apps.programmes.models import Programme


def make_token(
    actor: Person,
    subject: Person,
    kind: str,
    scopes: Collection[str],
    programme: Programme | None,
) -> Verdict:
    """Make a token: people for themselves, an agent's owner for the agent, administrators for all agents.

    Nobody who is called by a program makes one: agents hold tokens, they do not hand them out.
    """
    if actor.is_agent:
        return refused(_("Tokens are made by people, not by agents."))
    verdict = _of_kind(actor, subject, kind, programme)
    if verdict and not set(scopes) <= OF_KIND.get(kind, frozenset()):
        return refused(_("A token of this kind cannot be allowed that."))
    return verdict


def _of_kind(actor: Person, subject: Person, kind: str, programme: Programme | None) -> Verdict:
    if kind == "agent":
        return people.look_after(actor, subject)
    if subject.pk != actor.pk:
        return refused(_("A token stands for whoever makes it."))
    if kind == "organisation":
        return people.administer(actor, actor.organisation_id)
    if kind == "verifier":
        if programme is None:
            return refused(_("A verifier's key belongs to one programme."))
        return programmes.manage(actor, programme)
    return ALLOWED


def revoke_token(actor: Person, token: Token) -> Verdict:
    """End a token: whom it stands for, who made it, who answers for the agent, administrators."""
    involved = {token.person_id, token.made_by_id, token.person.owner_id}
    if actor.pk in involved or people.administer(actor, token.person.organisation_id):
        return ALLOWED
    return refused(_("This token is somebody else's."))


def keep_webhooks(actor: Person) -> Verdict:
    """Make, change and end webhooks: administrators."""
    return people.administer(actor, actor.organisation_id)


def change_webhook(actor: Person, webhook: Webhook) -> Verdict:
    """Change one webhook: administrators of its organisation."""
    return people.administer(actor, webhook.organisation_id)
