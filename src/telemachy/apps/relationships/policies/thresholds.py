"""Who confirms a threshold, who lets it be rated, who appoints the rater, and who rates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.apps.programmes import policies as programmes
from telemachy.apps.relationships.queries import relationships
from telemachy.apps.relationships.queries import thresholds as queries
from telemachy.core.shared.lifecycles import THRESHOLD
from telemachy.core.shared.verdict import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import ThresholdClaim


def confirm(actor: Person, claim: ThresholdClaim) -> Verdict:
    """Say that the learner decides alone: the mentor."""
    return _of_mentor(actor, claim) and _possible(claim, "confirm")


def refuse(actor: Person, claim: ThresholdClaim) -> Verdict:
    """Say that it is not shown yet: the mentor, before anybody else has looked."""
    if claim.state != "claimed":
        return refused(_("This has been decided already."))
    return _of_mentor(actor, claim)


def share(actor: Person, claim: ThresholdClaim) -> Verdict:
    """Let an independent person read the case: the learner alone."""
    return _of_learner(actor, claim) and _possible(claim, "share")


def take_back(actor: Person, claim: ThresholdClaim) -> Verdict:
    """Take that permission back: the learner, until the rating is in."""
    return _of_learner(actor, claim) and _possible(claim, "take_back")


def appoint(actor: Person, claim: ThresholdClaim) -> Verdict:
    """Ask somebody outside the pair to rate: those who run the programme."""
    verdict = programmes.manage(actor, claim.relationship.programme)
    return verdict and _possible(claim, "appoint")


def be_appointed(person: Person, claim: ThresholdClaim) -> Verdict:
    """Rate at all: a person of the organisation who signs in and has no seat in the relationship."""
    if queries.possible_raters(claim).filter(pk=person.pk).exists():
        return ALLOWED
    return refused(_("Choose somebody of the organisation who is not part of this pair."))


def rate(actor: Person, claim: ThresholdClaim) -> Verdict:
    """Rate the case, or step back from it: whoever was asked."""
    if claim.rater_id != actor.pk or claim.state != "rating":
        return refused(_("Only whoever was asked to can rate this case."))
    return ALLOWED


def take_badge(actor: Person, claim: ThresholdClaim) -> Verdict:
    """Take the badge along: the learner, once it is passed."""
    verdict = _of_learner(actor, claim)
    if verdict and claim.passed_at is None:
        return refused(_("The badge comes when the threshold is passed."))
    return verdict


def _of_mentor(actor: Person, claim: ThresholdClaim) -> Verdict:
    party = relationships.party_of(claim.relationship, actor)
    if party is None or party.seat != "mentor":
        return refused(_("This step belongs to the mentor."))
    return ALLOWED


def _of_learner(actor: Person, claim: ThresholdClaim) -> Verdict:
    if claim.learner_id != actor.pk:
        return refused(_("This step belongs to the learner whose case it is."))
    return ALLOWED


def _possible(claim: ThresholdClaim, verb: str) -> Verdict:
    if THRESHOLD.allows(claim.state, verb):
        return ALLOWED
    return refused(_("That step is not possible now: things have moved on."))
