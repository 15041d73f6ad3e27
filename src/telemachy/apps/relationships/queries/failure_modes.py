"""How a learner's failure modes come and go, and whether it asks when it needs to: for its mentor."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from telemachy.apps.relationships.models import Attempt, FailureMode, Lesson, OutcomeReport, Situation
from telemachy.apps.relationships.queries import memory as queries
from telemachy.core import memory
from telemachy.core.memory import fading
from telemachy.core.shared.scales import PROFICIENT, GuidanceLevel

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Relationship

#: So many latest attempts are compared with all before them.
RECENT = 5


@dataclass(frozen=True, slots=True)
class ModeReport:
    """A failure mode in numbers: how often at stake, how often it struck, whether that falls or rises.

    `trend` is the share that failed among the last five attempts less the share before, None without
    both; `risk` the chance that it strikes again unprompted; `n_active` and `n_waiting` count its lessons.
    """

    mode: FailureMode
    level: GuidanceLevel
    level_because: str
    n: int
    n_failed: int
    #: Whether each attempt failed, oldest first.
    failed: tuple[bool, ...]
    trend: float | None
    risk: float
    effect: memory.Effect
    n_active: int
    n_waiting: int
    last_failed_at: datetime | None


def report(relationship: Relationship, learner: Person) -> list[ModeReport]:
    """Return the learner's failure modes in this relationship, the likeliest to strike again first."""
    modes = list(queries.modes_of(relationship, learner))
    standings = queries.standings(modes)
    lessons = list(Lesson.objects.filter(failure_mode__in=modes))
    counts = Counter((lesson.failure_mode_id, lesson.state) for lesson in lessons)
    settled: dict[Any, list[Attempt]] = defaultdict(list)
    for attempt in Attempt.objects.filter(
        failure_mode__in=modes, success__isnull=False, tier__in=("E2", "E3")
    ).order_by("settled_at", "pk"):
        settled[attempt.failure_mode_id].append(attempt)
    found = []
    for mode in modes:
        attempts = settled[mode.pk]
        failed = [not attempt.success for attempt in attempts]
        struck = [attempt.settled_at for attempt in attempts if not attempt.success]
        found.append(
            ModeReport(
                mode=mode,
                level=GuidanceLevel(mode.level),
                level_because=why(mode),
                n=len(attempts),
                n_failed=sum(failed),
                failed=tuple(failed),
                trend=_trend(failed),
                risk=fading.recurrence_risk(standings[str(mode.pk)].attempts),
                effect=_effect(attempts),
                n_active=counts[mode.pk, "active"],
                n_waiting=counts[mode.pk, "quarantined"],
                last_failed_at=struck[-1] if struck else None,
            )
        )
    return sorted(found, key=lambda one: (-one.risk, one.mode.name))


def why(mode: FailureMode) -> str:
    """Return in the reader's language why a failure mode has its level."""
    because = mode.level_because
    if "reason" in because:
        return str(because["reason"])
    template = fading.TEXTS.get(because.get("code", ""))
    return _(template) % because["params"] if template else _("The ladder starts here.")


def _trend(failed: Sequence[bool]) -> float | None:
    before, recent = failed[:-RECENT], failed[-RECENT:]
    return sum(recent) / len(recent) - sum(before) / len(before) if before else None


def _effect(attempts: Sequence[Attempt]) -> memory.Effect:
    drawn = [attempt for attempt in attempts if attempt.p_left_out is not None]
    return memory.withholding_effect(
        [bool(one.success) for one in drawn if one.level > GuidanceLevel.DEBRIEF],
        [bool(one.success) for one in drawn if one.level <= GuidanceLevel.DEBRIEF],
    )


def ask_quality(relationship: Relationship, learner: Person) -> memory.AskQuality:
    """Return how well the learner's asking follows its need, and how far its confidence can be trusted.

    The intention kept before any help was right if it was carried out and turned out well, and wrong if it
    was carried out and did not, or was given up for something that turned out well. Where it was given up
    and the case went badly all the same, nothing is known and the case is left out. Only evidence of E2 or
    better says how a case turned out. Past cases taken in from a file are left out: there was nobody to ask.
    """
    decided = Situation.objects.filter(
        relationship=relationship, learner=learner, decided_at__isnull=False, imported_from__isnull=True
    ).exclude(intended_decision="")
    turned_out = outcomes(decided)
    found = []
    for one in decided.order_by("decided_at"):
        success = turned_out.get(one.pk)
        kept = _same(one.intended_decision, one.decision)
        if success is None or not (kept or success):
            continue
        found.append(
            memory.Intention(
                was_right=kept and success,
                asked=one.asked_at is not None,
                confidence=None if one.confidence is None else one.confidence / 100,
            )
        )
    return memory.ask_quality(found)


def outcomes(situations: Any) -> dict[Any, bool]:
    """Return how each situation turned out by a verifier's word, or else its trainer's."""
    found = {
        pk: rating >= PROFICIENT
        for pk, rating in situations.filter(rating__isnull=False).values_list("pk", "rating")
    }
    checks = OutcomeReport.objects.filter(situation__in=situations, tier="E3").order_by("reported_at")
    return found | dict(checks.values_list("situation_id", "success"))


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
