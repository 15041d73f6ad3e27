"""Who may do what with a situation, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.apps.relationships.policies import relationships
from telemachy.apps.relationships.queries import budgets, withholding
from telemachy.apps.relationships.queries import relationships as relationship_queries
from telemachy.apps.relationships.queries import situations as queries
from telemachy.core.shared.lifecycles import SITUATION
from telemachy.core.shared.verdict import ALLOWED, Verdict, not_now, refused, spent

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Relationship, Situation


def log(actor: Person, relationship: Relationship) -> Verdict:
    """Log a situation: a learner of a relationship that is under way."""
    party = relationship_queries.party_of(relationship, actor)
    if party is None or party.seat != party.Seat.LEARNER:
        return refused(_("Situations are logged by the learner whose case it is."))
    return relationships.write(actor, relationship)


def read(actor: Person, situation: Situation) -> Verdict:
    """Read it: its learner and the mentor; nobody else, whatever their role."""
    if queries.seat_of(situation, actor):
        return ALLOWED
    return refused(_("What a pair writes belongs to the pair."))


def revise(actor: Person, situation: Situation) -> Verdict:
    """Mend the story: its learner, until somebody has answered or it is decided."""
    verdict = _of_learner(actor, situation)
    if verdict and situation.state not in {"logged", "reasoned"}:
        return refused(_("The story stays as it was when help was asked for."))
    return verdict


def reason(actor: Person, situation: Situation) -> Verdict:
    """Write down the own reasoning: its learner, before help."""
    return _of_learner(actor, situation, "reason")


def ask(actor: Person, situation: Situation) -> Verdict:
    """Ask the mentor: its learner, before the decision; not where the lot left it to decide first."""
    verdict = _of_learner(actor, situation, "ask")
    if verdict and withholding.waits_for_decision(situation):
        return refused(_("By lot, as your charter says, this one is decided first."))
    return verdict and within_budget(situation)


def within_budget(situation: Situation) -> Verdict:
    """Take a human's time for one more question or line of an agent: as far as its mentor allows."""
    if budgets.is_spent(situation):
        return spent(
            _("The questions agreed are used up. Decide without asking; your mentor can allow more.")
        )
    return ALLOWED


def insist(actor: Person, situation: Situation) -> Verdict:
    """Ask all the same because it cannot wait: its learner, where the lot left it to decide first."""
    verdict = _of_learner(actor, situation, "ask")
    if verdict and not withholding.waits_for_decision(situation):
        return refused(_("You can ask as always."))
    return verdict and within_budget(situation)


def decide(actor: Person, situation: Situation) -> Verdict:
    """Decide: its learner, at any time, asked or not."""
    return _of_learner(actor, situation, "decide")


def act(actor: Person, situation: Situation) -> Verdict:
    """Say that the decision was carried out: its learner."""
    return _of_learner(actor, situation, "act")


def account(actor: Person, situation: Situation) -> Verdict:
    """Tell how it turned out: its learner."""
    return _of_learner(actor, situation, "account")


def _of_learner(actor: Person, situation: Situation, verb: str = "") -> Verdict:
    if situation.learner_id != actor.pk:
        return refused(_("This step belongs to the learner whose case it is."))
    return under_way(actor, situation) and possible(situation, verb)


def under_way(actor: Person, situation: Situation) -> Verdict:
    """Write about it at all: the relationship is under way, and actor and learner have a seat in it."""
    verdict = relationships.write(actor, situation.relationship)
    if verdict and not queries.is_learner_seated(situation):
        return refused(_("The learner has left this circle; what was written stays here to be read."))
    return verdict


def possible(situation: Situation, verb: str) -> Verdict:
    """Whether the situation's lifecycle has such a step now; no verb asks for no step."""
    if not verb or SITUATION.allows(situation.state, verb):
        return ALLOWED
    return not_now(_("That step is not possible now: the situation has moved on."))
