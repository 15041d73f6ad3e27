"""Change by hand what a run proposes: keep, forbid, move, exchange, take out.

A hand may go against what the rules prefer (language, hours, seniority) when it says so. It never goes
over a mentor's capacity, and never within a reporting line: the first would promise time that is not
there, the second would put power where trust is needed.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db.models import Q
from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.programmes import policies, snapshots
from telemachy.apps.programmes.actions import match_runs, pair_rules
from telemachy.apps.programmes.models import Enrolment, MatchRun, PairRule, Proposal, Unmatched
from telemachy.core.matching import Choice, pair_choices
from telemachy.core.shared.errors import BadInput

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from telemachy.apps.people.models import Person
    from telemachy.apps.programmes.snapshots import Pool

#: What no hand overrides: power over one another.
NEVER = frozenset({"excluded_same_person", "excluded_reporting_line"})

TAKEN_OUT = {"code": "taken_out", "params": {}}


class NeedsConfirmation(BadInput):
    """A hand goes against rules that it may go against, but has not said that it means to."""

    def __init__(self, message: str, rules: list[str]) -> None:
        super().__init__(message, field="despite")
        self.rules = rules


@action
def lock(*, proposal: Proposal, by: Person, now: datetime) -> None:
    """Keep this pair in every later run; of a circle, that one is helped by the other.

    Raises NotAllowed, BadInput.
    """
    policies.arrange(by, proposal.run).require()
    pair_rules.decide(
        programme=proposal.run.programme,
        learner=proposal.learner,
        mentor=proposal.mentor,
        kind=PairRule.Kind.LOCK,
        by=by,
        now=now,
    )
    _same_two(proposal).update(locked=True)


@action
def lock_circle(*, match_run: MatchRun, circle: int, by: Person, now: datetime) -> None:
    """Keep a circle of peers as it is in every later run. Raises NotAllowed, BadInput."""
    policies.arrange(by, match_run).require()
    for proposal in match_run.proposals.filter(circle=circle).select_related(
        "run__programme", "learner__person", "mentor__person"
    ):
        lock(proposal=proposal, by=by, now=now)
    events.record("match_run.circle_locked", by=by, now=now, on=match_run, circle=circle)


@action
def unlock(*, proposal: Proposal, by: Person, now: datetime) -> None:
    """Leave the pair to later runs again; this run keeps it. Raises NotAllowed."""
    policies.arrange(by, proposal.run).require()
    _same_two(proposal).update(locked=False)
    rule = pair_rules.about(proposal.run.programme, proposal.learner, proposal.mentor)
    if rule is None or rule.kind != PairRule.Kind.LOCK:
        events.unchanged()
    else:
        pair_rules.undo(rule=rule, by=by, now=now)


@action
def forbid(*, proposal: Proposal, by: Person, now: datetime) -> None:
    """Never propose this pair again, and take it out of the run. Raises NotAllowed."""
    take_out(proposal=proposal, by=by, now=now)
    pair_rules.decide(
        programme=proposal.run.programme,
        learner=proposal.learner,
        mentor=proposal.mentor,
        kind=PairRule.Kind.FORBID,
        by=by,
        now=now,
    )


@action
def take_out(*, proposal: Proposal, by: Person, now: datetime) -> None:
    """Leave the learner of a proposal without a mentor in this run; of peers, the whole circle.

    Raises NotAllowed.
    """
    match_run = match_runs.hold(proposal.run)
    policies.arrange(by, match_run).require()
    together = match_run.proposals.filter(pk=proposal.pk)
    if proposal.circle is not None:
        together = match_run.proposals.filter(circle=proposal.circle)
    learners = list(together.values_list("learner_id", flat=True))
    n_deleted, _rows = together.delete()
    if not n_deleted:
        events.unchanged()
        return
    for learner in learners:
        Unmatched.objects.get_or_create(run=match_run, learner_id=learner, defaults={"reason": TAKEN_OUT})
    tell_anew(match_run)
    events.record("proposal.taken_out", by=by, now=now, on=match_run, learner=str(proposal.learner_id))


@action
def move(
    *,
    match_run: MatchRun,
    learner: Enrolment,
    mentor: Enrolment,
    by: Person,
    now: datetime,
    exchange: Proposal | None = None,
    despite: bool = False,
) -> Proposal:
    """Give a learner another mentor; with `exchange`, that pair's learner takes the old one instead.

    Raises NotAllowed, BadInput, and NeedsConfirmation where rules speak against it and `despite` is not said.
    """
    match_run = match_runs.hold(match_run)
    policies.move(by, match_run).require()
    pair_rules.check_places(match_run.programme, learner, mentor)
    pair_rules.check_there(learner, mentor)
    held = match_run.proposals.filter(learner=learner).select_related("mentor__person").first()
    if held is not None and held.mentor_id == mentor.pk:
        raise BadInput(_("That is the mentor already proposed."), field="mentor")
    moves = [(learner, mentor)]
    if exchange is not None:
        if exchange.run_id != match_run.pk or exchange.mentor_id != mentor.pk:
            raise BadInput(_("That pair has changed meanwhile. Choose again."), field="mentor")
        if held is not None:
            moves.append((exchange.learner, held.mentor))
    for who in [held, exchange]:
        if who is not None and who.locked:
            raise BadInput(_("That pair is locked. Unlock it first."), field="mentor")
    about = [place.person_id for pair in moves for place in pair]
    pool = snapshots.pool(
        match_run.programme,
        match_run.weights,
        match_run.rules,
        now.date(),
        about=about,
        mentors_about=True,
    )
    chosen = _chosen(pool, moves)
    _check_capacity(match_run, pool, mentor, exchange)
    check_rules(moves, chosen, despite)
    for row in [held, exchange]:
        if row is not None:
            row.delete()
    if exchange is not None and held is None:
        Unmatched.objects.get_or_create(
            run=match_run, learner_id=exchange.learner_id, defaults={"reason": TAKEN_OUT}
        )
    placed = [
        place(match_run, one, other, choice) for (one, other), choice in zip(moves, chosen, strict=True)
    ]
    tell_anew(match_run)
    events.record(
        "proposal.moved",
        by=by,
        now=now,
        on=match_run,
        learner=str(learner.pk),
        mentor=str(mentor.pk),
        exchanged=exchange is not None,
        despite=despite,
    )
    return placed[0]


def check_in_pool(pool: Pool, place: Enrolment) -> None:
    """Raise BadInput unless somebody still waits for a match."""
    if str(place.person_id) not in pool.learners:
        raise BadInput(
            _("%(learner)s is not in the pool any more: paused, gone, or matched already.")
            % {"learner": place.person.name}
        )


def _same_two(proposal: Proposal) -> QuerySet[Proposal]:
    """Return the proposals of the same two people: both of a pair of peers, each helping the other."""
    there = Q(pk=proposal.pk)
    back = Q(circle__isnull=False, learner=proposal.mentor_id, mentor=proposal.learner_id)
    return Proposal.objects.filter(there | back, run=proposal.run_id)


def _chosen(pool: Pool, moves: list[tuple[Enrolment, Enrolment]]) -> list[Choice]:
    for learner, mentor in moves:
        check_in_pool(pool, learner)
        if str(mentor.person_id) not in pool.mentors:
            raise BadInput(
                _("%(mentor)s takes nobody at present.") % {"mentor": mentor.person.name}, field="mentor"
            )
    keys = [(str(learner.person_id), str(mentor.person_id)) for learner, mentor in moves]
    found = pair_choices(pool.problem, keys)
    return [found[key] for key in keys]


def _check_capacity(match_run: MatchRun, pool: Pool, mentor: Enrolment, exchange: Proposal | None) -> None:
    if exchange is not None:
        return
    profile = next(one for one in pool.problem.mentors if one.key == str(mentor.person_id))
    if match_run.proposals.filter(mentor=mentor).count() >= profile.capacity:
        raise BadInput(
            _("All seats of %(mentor)s are taken. Exchange with a learner of theirs, or raise the capacity.")
            % {"mentor": mentor.person.name},
            field="mentor",
        )


def check_rules(moves: list[tuple[Enrolment, Enrolment]], chosen: list[Choice], despite: bool) -> None:
    """Raise BadInput where pairs are never made, NeedsConfirmation where rules want to be overruled."""
    codes = []
    for (learner, mentor), choice in zip(moves, chosen, strict=True):
        names = {"learner": learner.person.name, "mentor": mentor.person.name}
        for reason in choice.against:
            if reason.code in NEVER:
                raise BadInput(
                    _(
                        "%(learner)s and %(mentor)s are in one reporting line. Such a pair is never made, "
                        "not even by hand."
                    )
                    % names,
                    field="mentor",
                )
            if reason.code == "excluded_forbidden":
                raise BadInput(
                    _("%(learner)s with %(mentor)s is forbidden, or has ended before. Undo that first.")
                    % names,
                    field="mentor",
                )
            if reason.code == "excluded_no_seats":
                raise BadInput(
                    _("%(mentor)s has no free seat: their pairs that are under way take them all.") % names,
                    field="mentor",
                )
            codes.append(reason.code.removeprefix("excluded_"))
    if codes and not despite:
        raise NeedsConfirmation(
            _("Hard rules speak against this. Tick that you want it all the same, or choose somebody else."),
            list(dict.fromkeys(codes)),
        )


def place(
    match_run: MatchRun, learner: Enrolment, mentor: Enrolment, choice: Choice, circle: int | None = None
) -> Proposal:
    """Write a proposal made by hand."""
    against = [reason.code.removeprefix("excluded_") for reason in choice.against]
    reason: dict[str, Any] = {"code": "by_hand", "params": {}}
    if against:
        reason = {"code": "by_hand_despite", "params": {"rules": against}}
    Unmatched.objects.filter(run=match_run, learner=learner).delete()
    return Proposal.objects.create(
        run=match_run,
        learner=learner,
        mentor=mentor,
        score=choice.score,
        parts=[asdict(part) for part in choice.parts],
        reasons=[reason],
        by_hand=True,
        circle=circle,
    )


def tell_anew(match_run: MatchRun) -> None:
    """Bring the report's headline in step with the proposals; bound and ranks stay those of the engine."""
    scores = np.array(list(match_run.proposals.values_list("score", flat=True)))
    n_learners = len(scores) + match_run.unmatched.count()
    match_run.report = match_run.report | {
        "n_matched": len(scores),
        "n_learners": n_learners,
        "matched_share": len(scores) / n_learners if n_learners else 0.0,
        "total_score": float(scores.sum()),
        "mean_score": float(scores.mean()) if len(scores) else None,
        "p10_score": float(np.percentile(scores, 10)) if len(scores) else None,
        "min_score": float(scores.min()) if len(scores) else None,
        "mentor_load": _load(match_run),
        "changed_by_hand": True,
    }
    match_run.save(update_fields=["report"])


def _load(match_run: MatchRun) -> list[tuple[int, int]]:
    """Return how many mentors have how many learners now, those with none included."""
    n_mentors = sum(n for _learners, n in match_run.report["mentor_load"])
    held = Counter(match_run.proposals.values_list("mentor", flat=True))
    load = Counter(held.values())
    load[0] = max(n_mentors - len(held), 0)
    return sorted((n_learners, n) for n_learners, n in load.items() if n)
