"""From decisions about pairs to invitations: open a published run, propose by hand, pass on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.people.actions import notifications
from telemachy.apps.programmes import snapshots
from telemachy.apps.programmes.actions import match_runs, pair_rules
from telemachy.apps.relationships.actions import relationships, steps
from telemachy.apps.relationships.models import Relationship
from telemachy.apps.relationships.policies import relationships as policies
from telemachy.apps.relationships.queries import publishing as queries
from telemachy.core.shared.errors import BadInput

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.programmes.models import Enrolment, MatchRun, Programme, Proposal
    from telemachy.apps.relationships.queries.publishing import Group


@action
def open_batch(*, match_run: MatchRun, groups: Sequence[Group], by: None, now: datetime) -> bool:
    """Open these relationships of a run that is being published; tell whether it still is.

    Whoever has a pair by now, is paused, has left or does not agree any more is left out, so that publishing
    two runs never gives a learner two pairs.
    """
    match_run = match_runs.hold(match_run)
    if match_run.state != "publishing":
        events.unchanged()
        return False
    programme, manager = match_run.programme, match_run.published_by
    possible = queries.still_possible(match_run, groups, now)
    if not possible:
        events.unchanged()
    for group in possible:
        # Among peers everybody learns from the next of the circle: as many relationships as people.
        for together in [[one] for one in group] if programme.shape == "peer" else [group]:
            _open(
                programme=programme,
                learners=[proposal.learner.person for proposal in together],
                mentor=together[0].mentor.person,
                by=manager,
                now=now,
                proposal=together[0],
            )
    return True


@action
def conclude(*, match_run: MatchRun, by: None, now: datetime) -> None:
    """Say that all that could be opened of a run is open; nothing where somebody has said so."""
    match_run = match_runs.hold(match_run)
    if match_run.state == "publishing":
        match_runs.conclude(match_run=match_run, by=None, now=now)
    else:
        events.unchanged()


@action
def propose(
    *, programme: Programme, learner: Enrolment, mentor: Enrolment, by: Person, now: datetime
) -> Relationship:
    """Open one pair by hand and invite both. Raises NotAllowed, BadInput."""
    policies.open_pair(by, programme).require()
    pair_rules.hold(programme)
    pair_rules.check_places(programme, learner, mentor)
    pair_rules.check_there(learner, mentor)
    past = snapshots.history(programme, [learner.person_id, mentor.person_id])
    if str(learner.person_id) in past.paired:
        raise BadInput(
            _("%(name)s has a mentor in this programme already.") % {"name": learner.person.name},
            field="learner",
        )
    _check_seat(mentor, past, 1)
    _check_two(programme, learner, mentor, now)
    return _open(programme=programme, learners=[learner.person], mentor=mentor.person, by=by, now=now)


@action
def transfer(*, relationship: Relationship, mentor: Enrolment, by: Person, now: datetime) -> Relationship:
    """Close a relationship as passed on and propose its learners to another mentor.

    What the pair wrote stays with the pair. Raises NotAllowed, BadInput.
    """
    programme = relationship.programme
    pair_rules.hold(programme)
    relationship = steps.hold(relationship)
    policies.transfer(by, relationship).require()
    seats = list(relationship.parties.filter(left_at__isnull=True).select_related("person"))
    learners = [party.person for party in seats if party.seat == "learner" and not party.person.is_gone]
    if mentor.programme_id != programme.pk or mentor.role != "mentor":
        raise BadInput(_("Choose a mentor of this programme."), field="mentor")
    pair_rules.check_there(mentor)
    if mentor.person_id in {party.person_id for party in seats}:
        raise BadInput(_("Choose somebody outside this relationship."), field="mentor")
    _check_seat(mentor, snapshots.history(programme, [mentor.person_id]), len(learners))
    for place in programme.enrolments.filter(role="learner", person__in=learners).select_related("person"):
        _check_two(programme, place, mentor, now)
    steps.move(relationship, "transfer", now)
    for party in seats:
        notifications.tell(
            person=party.person,
            kind="pair.transferred",
            path=f"/relationships/{relationship.pk}/",
            now=now,
            programme=programme.name,
        )
    events.record("relationship.transferred", by=by, now=now, on=relationship)
    return _open(programme=programme, learners=learners, mentor=mentor.person, by=by, now=now)


def _check_seat(mentor: Enrolment, past: snapshots.History, n_learners: int) -> None:
    if past.held.get(str(mentor.person_id), 0) + n_learners > mentor.capacity:
        raise BadInput(
            _("%(name)s has no free seat. Raise the capacity among the people, or choose somebody else.")
            % {"name": mentor.person.name},
            field="mentor",
        )


def _check_two(programme: Programme, learner: Enrolment, mentor: Enrolment, now: datetime) -> None:
    pair_rules.check_not_forbidden(programme, learner, mentor)
    if pair_rules.in_reporting_line(programme, learner, mentor, now):
        raise BadInput(
            _("One of the two is above the other in the reporting line; such a pair is never made."),
            field="mentor",
        )


def _open(
    *,
    programme: Programme,
    learners: list[Person],
    mentor: Person,
    by: Person | None,
    now: datetime,
    proposal: Proposal | None = None,
) -> Relationship:
    """Open the pair; agents accept at once, for whoever enrolled them has answered for them."""
    relationship = relationships.open_pair(
        programme=programme, learners=learners, mentor=mentor, by=by, now=now, proposal=proposal
    )
    for person in [mentor, *learners]:
        if person.is_agent:
            relationships.accept(relationship=relationship, by=person, now=now)
    return relationship
