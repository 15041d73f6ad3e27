"""Who may change a person, administer an organisation, take along or erase data."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from telemachy.apps.people import queries
from telemachy.apps.people.queries import privacy
from telemachy.core.shared.verdict import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from telemachy.apps.people.models import DataExport, Person


def change(actor: Person, person: Person) -> Verdict:
    """Change a profile, its choices and consents: nobody but the person."""
    if actor.pk == person.pk and not person.is_gone:
        return ALLOWED
    return refused(_("Everybody keeps their own profile."))


def administer(actor: Person, organisation_id: UUID) -> Verdict:
    """See and change who is in the organisation: its administrators."""
    if actor.is_administrator and actor.organisation_id == organisation_id and not actor.is_gone:
        return ALLOWED
    return refused(_("Only an administrator of your organisation can do that."))


def make_administrator(actor: Person, person: Person) -> Verdict:
    """Let somebody administer: a human of the organisation who can sign in."""
    verdict = administer(actor, person.organisation_id)
    if verdict and (person.is_agent or person.is_gone or person.user_id is None):
        return refused(_("Only somebody who can sign in can be an administrator. Send an invitation first."))
    if verdict and person.is_administrator:
        return refused(_("%(name)s is an administrator already.") % {"name": person.name})
    return verdict


def end_administrator(actor: Person, person: Person) -> Verdict:
    """Take the rights of an administrator back; the last one keeps them."""
    verdict = administer(actor, person.organisation_id)
    if verdict and not person.is_administrator:
        return refused(_("%(name)s is no administrator.") % {"name": person.name})
    return verdict and spare(person)


def mark_left(actor: Person, person: Person) -> Verdict:
    """Note that somebody has left; not oneself, and never the last administrator."""
    verdict = administer(actor, person.organisation_id)
    if verdict and actor.pk == person.pk:
        return refused(_("Ask another administrator to note that you have left."))
    if verdict and person.is_gone:
        return refused(_("%(name)s has left already.") % {"name": person.name})
    return verdict and spare(person)


def bring_back(actor: Person, person: Person) -> Verdict:
    """Note that somebody who left is here again."""
    verdict = administer(actor, person.organisation_id)
    if verdict and (person.left_at is None or person.erased_at is not None):
        return refused(_("Only somebody who has left can come back."))
    return verdict


def look_after(actor: Person, agent: Person) -> Verdict:
    """Answer for an agent (details, programmes, tokens, suspending): its owner, and administrators."""
    if not agent.is_agent or agent.is_gone or agent.organisation_id != actor.organisation_id:
        return refused(_("There is no such agent."))
    if actor.is_agent or actor.is_gone:
        return refused(_("A person answers for an agent, never another agent."))
    if agent.owner_id == actor.pk or actor.is_administrator:
        return ALLOWED
    return refused(_("Only who answers for the agent, or an administrator, can do that."))


def suspend(actor: Person, agent: Person) -> Verdict:
    """Stop answering an agent's calls."""
    verdict = look_after(actor, agent)
    if verdict and agent.suspended_at is not None:
        return refused(_("%(name)s is suspended already.") % {"name": agent.name})
    return verdict


def resume(actor: Person, agent: Person) -> Verdict:
    """Answer an agent's calls again."""
    verdict = look_after(actor, agent)
    if verdict and agent.suspended_at is None:
        return refused(_("%(name)s is not suspended.") % {"name": agent.name})
    return verdict


def correct_address(actor: Person, person: Person) -> Verdict:
    """Correct the address of somebody who cannot sign in yet.

    Later it would let an administrator take over the sign-in, and with it read what the person's pairs write.
    """
    verdict = administer(actor, person.organisation_id)
    if verdict and (person.is_agent or person.is_gone):
        return refused(_("Only somebody who is here has an address."))
    if verdict and person.user_id is not None:
        return refused(_("%(name)s signs in with this address; it stays.") % {"name": person.name})
    return verdict


def invite(actor: Person, person: Person) -> Verdict:
    """Invite somebody of the same organisation who cannot sign in yet.

    Whose task it is (administrators', or those who run the person's programme) is the caller's question.
    """
    if actor.organisation_id != person.organisation_id or person.is_gone:
        return refused(_("Only somebody of your organisation can be invited."))
    if person.is_agent or not person.email:
        return refused(_("An invitation needs an e-mail address."))
    if person.user_id is not None:
        return refused(_("%(name)s can sign in already.") % {"name": person.name})
    return ALLOWED


def download(actor: Person, export: DataExport) -> Verdict:
    """Take one's own data along, as long as they are there."""
    if actor.pk != export.person_id:
        return refused(_("These data are somebody else's."))
    if export.state != "ready":
        return refused(_("This copy of your data is gone or not packed yet. Ask for a new one."))
    return ALLOWED


def request_export(actor: Person, person: Person, now: datetime) -> Verdict:
    """Ask for one's own data, one copy at a time."""
    verdict = change(actor, person)
    if verdict and privacy.is_packing(person, now):
        return refused(_("Your data are being packed already."))
    return verdict


def erase(actor: Person, person: Person) -> Verdict:
    """Erase oneself; the last administrator first hands the organisation over."""
    verdict = change(actor, person)
    return verdict and spare(person)


def spare(person: Person) -> Verdict:
    """Keep an organisation from losing its last administrator."""
    if person.is_administrator and not queries.other_administrators(person).exists():
        return refused(
            _("%(name)s is the last administrator. Name another one first.") % {"name": person.name}
        )
    return ALLOWED
