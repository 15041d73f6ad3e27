"""The threshold: claimed by the product, confirmed by the mentor, rated blind where the programme asks."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.people.actions import notifications
from telemachy.apps.programmes import queries as programmes
from telemachy.apps.relationships.actions.situations import needed
from telemachy.apps.relationships.actions.steps import hold
from telemachy.apps.relationships.models import ThresholdClaim
from telemachy.apps.relationships.policies import thresholds as policies
from telemachy.apps.relationships.queries import situations
from telemachy.apps.relationships.queries import thresholds as queries
from telemachy.core import growth
from telemachy.core.shared.errors import BadInput
from telemachy.core.shared.lifecycles import THRESHOLD
from telemachy.core.shared.scales import PROFICIENT, RATING_MAX, RATING_MIN

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Situation


@action
def claim(*, situation: Situation, by: Person, now: datetime) -> ThresholdClaim | None:
    """Claim the threshold when a debriefed situation meets every condition; None when it does not.

    `by` is whoever debriefed it, and holds the pair. A competency whose threshold is claimed or passed is not
    claimed again.
    """
    events.unchanged()
    found = queries.check(situation)
    competency = situation.competency
    if found is None or competency is None or not found[1].passed:
        return None
    claims = queries.of_trajectory(situation.relationship, situation.learner)
    if queries.is_open(claims, competency.pk):
        return None
    independence, _check = found
    made = ThresholdClaim.objects.create(
        relationship=situation.relationship,
        learner=situation.learner,
        competency=competency,
        situation=situation,
        p_alone=independence.p,
        p_low=independence.low,
        p_high=independence.high,
        mark=situation.relationship.programme.threshold_mark,
        model_version=growth.MODEL_VERSION,
        claimed_at=now,
    )
    for person in (situation.learner, *situations.mentors_of(situation.relationship)):
        _tell(made, "threshold.claimed", person, now)
    events.record("threshold.claimed", by=by, now=now, on=made)
    return made


@action
def confirm(*, claim: ThresholdClaim, by: Person, now: datetime) -> None:
    """Say that the learner decides alone; it counts at once unless the programme asks for a rating.

    Raises NotAllowed.
    """
    claim = _locked(claim)
    policies.confirm(by, claim).require()
    claim.confirmed_by, claim.confirmed_at = by, now
    _move(claim, "confirm")
    if not claim.relationship.programme.independent_rating:
        claim.passed_at = now
        _move(claim, "pass")
    _tell(claim, f"threshold.{claim.state}", claim.learner, now)
    events.record("threshold.confirmed", by=by, now=now, on=claim)


@action
def refuse(*, claim: ThresholdClaim, by: Person, now: datetime, because: str) -> None:
    """Say what is still missing, for the learner to read. Raises NotAllowed, BadInput."""
    claim = _locked(claim)
    policies.refuse(by, claim).require()
    claim.not_yet_because = needed(because, "because", _("Write what you would still like to see."))
    _move(claim, "refuse")
    _tell(claim, "threshold.not_yet", claim.learner, now)
    events.record("threshold.refused", by=by, now=now, on=claim)


@action
def share(*, claim: ThresholdClaim, by: Person, now: datetime) -> None:
    """Let one independent person read the case, without the guidance. Raises NotAllowed."""
    claim = _locked(claim)
    policies.share(by, claim).require()
    claim.shared_at = now
    _move(claim, "share")
    for person in programmes.told_of(claim.relationship.programme):
        path = reverse("programme-ratings", args=[claim.relationship.programme_id])
        _tell(claim, "threshold.shared", person, now, path)
    events.record("threshold.shared", by=by, now=now, on=claim)


@action
def take_back(*, claim: ThresholdClaim, by: Person, now: datetime) -> None:
    """Close the case to the rater again, until the rating is in. Raises NotAllowed."""
    claim = _locked(claim)
    policies.take_back(by, claim).require()
    claim.shared_at = claim.rater = None
    _move(claim, "take_back")
    events.record("threshold.taken_back", by=by, now=now, on=claim)


@action
def appoint(*, claim: ThresholdClaim, rater: Person, by: Person, now: datetime) -> None:
    """Ask somebody outside the pair to rate the case; whoever was asked before is not any more.

    Raises NotAllowed, BadInput.
    """
    claim = _locked(claim)
    policies.appoint(by, claim).require()
    if claim.rater_id == rater.pk:
        events.unchanged()
        return
    suited = policies.be_appointed(rater, claim)
    if not suited:
        raise BadInput(suited.reason, field="rater")
    claim.rater = rater
    _move(claim, "appoint")
    _tell(claim, "threshold.to_rate", rater, now, reverse("threshold-rate", args=[claim.pk]))
    events.record("threshold.rater_appointed", by=by, now=now, on=claim)


@action
def step_back(*, claim: ThresholdClaim, by: Person, now: datetime) -> None:
    """Give the rating back, so that somebody else is asked. Raises NotAllowed."""
    claim = _locked(claim)
    policies.rate(by, claim).require()
    claim.rater = None
    _move(claim, "step_back")
    events.record("threshold.rater_stepped_back", by=by, now=now, on=claim)


@action
def rate(*, claim: ThresholdClaim, by: Person, now: datetime, score: int, because: str = "") -> None:
    """Rate the case blind; proficient passes, less needs a word why. Raises NotAllowed, BadInput."""
    claim = _locked(claim)
    policies.rate(by, claim).require()
    if not RATING_MIN <= score <= RATING_MAX:
        raise BadInput(_("A rating lies between 0 and 4."), field="score")
    if score < PROFICIENT:
        needed(because, "because", _("Write what you would still like to see."))
    claim.score, claim.rated_at, claim.not_yet_because = score, now, because
    claim.passed_at = now if score >= PROFICIENT else None
    _move(claim, "pass" if claim.passed_at else "refuse")
    for person in (claim.learner, *situations.mentors_of(claim.relationship)):
        _tell(claim, f"threshold.{claim.state}", person, now)
    events.record("threshold.rated", by=by, now=now, on=claim)


def _locked(claim: ThresholdClaim) -> ThresholdClaim:
    """Return the row as it is now, its pair held until the transaction ends: two clicks make one step."""
    hold(claim.relationship)
    return ThresholdClaim.objects.select_related(
        "relationship__programme", "learner__organisation", "competency", "situation"
    ).get(pk=claim.pk)


def _move(claim: ThresholdClaim, verb: str) -> None:
    claim.state = THRESHOLD.target(claim.state, verb)
    claim.save()


def _tell(claim: ThresholdClaim, kind: str, person: Person, now: datetime, path: str = "") -> None:
    if not path:
        path = reverse("trajectory", args=[claim.relationship_id])
        path = path if person.pk == claim.learner_id else f"{path}?learner={claim.learner_id}"
    notifications.tell(
        person=person,
        kind=kind,
        path=path,
        now=now,
        other=claim.learner.name,
        competency=claim.competency.name,
    )
