"""Who may have a language model asked, and whose words it may be given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.apps.assist.queries import agreements, budgets
from telemachy.apps.people import policies as people
from telemachy.apps.relationships.policies import goals, guidance, situations
from telemachy.apps.relationships.queries import situations as cases
from telemachy.core.shared.verdict import ALLOWED, Verdict, not_now, refused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from telemachy.apps.people.models import Organisation, Person
    from telemachy.apps.relationships.models import Goal, Situation


def set_rules(actor: Person, organisation: Organisation, on: bool) -> Verdict:
    """Switch it on or off and set the budget: administrators; on only where the installation has a model."""
    verdict = people.administer(actor, organisation.pk)
    if verdict and on and budgets.place() is None:
        return not_now(_("This installation has no language model. Whoever runs it can set one."))
    return verdict


def available(actor: Person) -> Verdict:
    """Have it at all: humans, where the installation has one and the organisation switched it on."""
    if actor.is_agent or actor.is_gone:
        return refused(_("A language model is asked by people alone."))
    if not budgets.is_on(actor.organisation_id):
        return refused(_("Your organisation uses no language model."))
    return ALLOWED


def agree(actor: Person) -> Verdict:
    """Let one's own words be sent: whoever could ask."""
    return available(actor)


def ask(actor: Person, whose: Iterable[Person], *, agreeing: bool = False) -> Verdict:
    """Send words: only if everybody whose words they are has agreed, and the asker too.

    With `agreeing` the asker's own agreement is taken for granted: the page asks for it with the button.
    """
    verdict = available(actor)
    if not verdict:
        return verdict
    missing = agreements.missing([actor, *whose])
    others = [one for one in missing if one != actor]
    if others:
        names = ", ".join(one.name for one in others)
        text = _("%(names)s has not agreed that words of theirs are sent to a language model.")
        return refused(text % {"names": names})
    if missing and not agreeing:
        return refused(_("Read first what is sent and where, and agree to it."))
    return ALLOWED


def questions(actor: Person, situation: Situation, *, agreeing: bool = False) -> Verdict:
    """Have questions suggested: the mentor while guidance is due, with the learner's agreement."""
    return guidance.guide(actor, situation) and ask(actor, [situation.learner], agreeing=agreeing)


def summary(
    actor: Person, situation: Situation, speakers: Iterable[Person], *, agreeing: bool = False
) -> Verdict:
    """Have the conversation summarised: both of the pair, with the agreement of all who spoke in it."""
    return situations.read(actor, situation) and ask(actor, speakers, agreeing=agreeing)


def goal(actor: Person, one: Goal, writers: Iterable[Person], *, agreeing: bool = False) -> Verdict:
    """Have a goal worded more specifically: who may change it, with the agreement of who wrote it."""
    return goals.revise(actor, one) and ask(actor, writers, agreeing=agreeing)


def draft(actor: Person, situation: Situation, agent: Person, *, agreeing: bool = False) -> Verdict:
    """Have an agent's guidance drafted: who decides on what the agent writes; the learner has agreed."""
    may_write = guidance.hold(agent, situation, "guide")
    if not may_write:
        return may_write
    deciders = {agent.owner_id, *(one.pk for one in cases.mentors_of(situation.relationship))}
    if actor.is_agent or actor.pk not in deciders:
        return refused(_("Who answers for the agent decides on this."))
    return ask(actor, [situation.learner], agreeing=agreeing)
