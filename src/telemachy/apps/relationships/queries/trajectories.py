"""The trajectory: the documented growth arc of a learner in one relationship, for its parties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING
from uuid import UUID

from telemachy.apps.relationships import snapshots
from telemachy.apps.relationships.models import Goal, Guidance, Party, Situation
from telemachy.apps.relationships.queries import (
    development,
    own_questions,
    relationships,
    thresholds,
    withholding,
)
from telemachy.apps.relationships.snapshots import populations
from telemachy.core import growth
from telemachy.core.shared.scales import PROFICIENT, GuidanceLevel

if TYPE_CHECKING:
    from telemachy.apps.knowledge.models import Competency
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Relationship, ThresholdClaim

#: The latest situations told at most; the curve and the mix use all.
MAX_SITUATIONS = 200
#: Obstacles told at most, and turns.
MAX_OBSTACLES = MAX_TURNS = 5


@dataclass(frozen=True, slots=True)
class Change:
    """The earliest and the latest decided situation of one competency, side by side."""

    competency: Competency
    first: Situation
    last: Situation


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A situation that did not go well yet, and the first later one of its competency that did, alone."""

    situation: Situation
    overcome: Situation | None


@dataclass(frozen=True, slots=True)
class Turn:
    """What the mentor said in one situation, after which the next one of its competency went better.

    "Better": rated higher with no more direct guidance, or proficient again with less direct guidance.
    """

    guidance: Guidance
    before: Situation
    after: Situation


@dataclass(frozen=True, slots=True)
class Proof:
    """The situation that comes nearest to proving independence in its competency."""

    situation: Situation
    independence: growth.Independence
    check: growth.ThresholdCheck


@dataclass(frozen=True, slots=True)
class Trajectory:
    """Where a learner started, what stood in the way, what moved, and where the learner stands now."""

    relationship: Relationship
    learner: Person
    mentors: tuple[Person, ...]
    goals: tuple[Goal, ...]
    situations: tuple[Situation, ...]
    n_situations: int
    #: What the curves and the mix are drawn from, however long ago.
    charted: Mapping[UUID, Situation]
    evidence: snapshots.LearnerEvidence
    fitted: populations.Fitted
    mix: tuple[growth.MonthMix, ...]
    changes: tuple[Change, ...]
    turns: tuple[Turn, ...]
    obstacles: tuple[Obstacle, ...]
    proofs: tuple[Proof, ...]
    claims: tuple[ThresholdClaim, ...]
    attribution: growth.Attribution
    own_questions: growth.OwnQuestions | None

    @property
    def proof(self) -> Proof | None:
        """The proof nearest to the threshold."""
        return min(self.proofs, key=lambda proof: len(proof.check.missing), default=None)


def learners_for(relationship: Relationship, reader: Person) -> list[Person]:
    """Return whose trajectories the reader may see: a mentor all of the circle, a learner only the own."""
    own = relationships.party_of(relationship, reader)
    if own is None:
        return []
    if own.seat == Party.Seat.LEARNER:
        return [reader]
    seats = relationships.seated(relationship)
    return [party.person for party in seats if party.seat == Party.Seat.LEARNER]


def trajectory(relationship: Relationship, learner: Person) -> Trajectory:
    """Return the growth arc of a learner in the relationship."""
    own = Situation.objects.filter(relationship=relationship, learner=learner)
    newest = own.select_related("competency").order_by("-logged_at", "pk")
    told = tuple(reversed(newest[:MAX_SITUATIONS]))
    for one in told:  # known already, so that it need not be joined to each
        one.relationship = relationship
    is_all = len(told) < MAX_SITUATIONS
    charted = told if is_all else tuple(development.decided_by(learner).filter(relationship=relationship))
    evidence = snapshots.evidence_in(charted)
    fitted = populations.model_of(evidence, relationship.programme_id)
    guidance = Guidance.objects.filter(situation__in=[one.pk for one in told]).select_related("author")
    given = tuple(guidance.order_by("given_at"))
    return Trajectory(
        relationship=relationship,
        learner=learner,
        mentors=tuple(
            party.person for party in relationships.seated(relationship) if party.seat == Party.Seat.MENTOR
        ),
        goals=tuple(development.goals_of(learner, relationship)),
        situations=told,
        n_situations=len(told) if is_all else own.count(),
        evidence=evidence,
        fitted=fitted,
        charted={one.pk: one for one in charted},
        mix=development.mix_of(charted),
        changes=tuple(_changes(told)),
        turns=tuple(_turns(told, given)),
        obstacles=tuple(_obstacles(told)),
        proofs=tuple(_proofs(told, fitted, relationship.programme.threshold_mark)),
        claims=tuple(thresholds.of_trajectory(relationship, learner)),
        attribution=withholding.attribution(learner, evidence, within=relationship),
        own_questions=own_questions.of_situations(told, given),
    )


def _by_competency(situations: Iterable[Situation]) -> dict[UUID, list[Situation]]:
    found: dict[UUID, list[Situation]] = {}
    for one in situations:
        if one.competency_id is not None:
            found.setdefault(one.competency_id, []).append(one)
    return found


def _changes(situations: Sequence[Situation]) -> Iterable[Change]:
    decided = [one for one in situations if one.decided_at is not None]
    groups = sorted(_by_competency(decided).values(), key=len, reverse=True)
    for first, *rest in groups:
        if rest and first.competency is not None:
            yield Change(first.competency, first, rest[-1])


def _turns(situations: Sequence[Situation], given: Iterable[Guidance]) -> Iterable[Turn]:
    """Yield the turns with the largest steps, in order of time."""
    rated = [one for one in situations if one.rating is not None and one.decided_at is not None]
    steps = [
        (before, after)
        for group in _by_competency(rated).values()
        for before, after in pairwise(group)
        if _is_turn(before, after)
    ]
    largest = sorted(steps, key=lambda pair: _step_between(*pair), reverse=True)[:MAX_TURNS]
    # The most direct guidance of each situation, the last of several.
    telling = {one.situation_id: one for one in sorted(given, key=lambda one: one.level)}
    for before, after in sorted(largest, key=lambda pair: pair[0].logged_at):
        if before.pk in telling:
            yield Turn(telling[before.pk], before, after)


def _is_turn(before: Situation, after: Situation) -> bool:
    gain, less = _gains(before, after)
    guided = before.guided_level >= GuidanceLevel.QUESTION
    kept = gain == 0 and less > 0 and (after.rating or 0) >= PROFICIENT
    return guided and less >= 0 and (gain > 0 or kept)


def _step_between(before: Situation, after: Situation) -> int:
    return sum(_gains(before, after))


def _gains(before: Situation, after: Situation) -> tuple[int, int]:
    """Return by how much the rating rose, and by how many levels the guidance was less direct."""
    return (after.rating or 0) - (before.rating or 0), before.guided_level - after.guided_level


def _obstacles(situations: Sequence[Situation]) -> Iterable[Obstacle]:
    """Yield the hardest situations that were not handled, in order of time."""
    open_ones = [one for one in situations if one.rating is not None and one.rating < PROFICIENT]
    hardest = sorted(open_ones, key=lambda one: (one.rating, -one.difficulty))[:MAX_OBSTACLES]
    for one in sorted(hardest, key=lambda one: one.logged_at):
        later = (
            other
            for other in situations
            if other.logged_at > one.logged_at
            and other.competency_id is not None
            and other.competency_id == one.competency_id
            and (other.rating or 0) >= PROFICIENT
            and other.guided_level <= GuidanceLevel.DEBRIEF
        )
        yield Obstacle(one, next(later, None))


def _proofs(situations: Sequence[Situation], found: populations.Fitted, mark: float) -> Iterable[Proof]:
    for competency_id, group in _by_competency(situations).items():
        decided = [one for one in group if one.decided_at is not None]
        if not decided:
            continue
        independence = found.model.independence(found.learner, found.number_of(competency_id))
        candidates = [(one, thresholds.candidate(one)) for one in decided]
        checks = [(one, growth.threshold(case, independence, mark=mark)) for one, case in candidates]
        nearest, check = min(reversed(checks), key=lambda pair: len(pair[1].missing))
        yield Proof(nearest, independence, check)
