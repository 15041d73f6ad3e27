"""What a trainer could look at, the worthiest first: for the page, the API and MCP alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from telemachy.apps.relationships.models import Attempt, Lesson, OutcomeReport, Situation
from telemachy.apps.relationships.queries import memory as queries
from telemachy.apps.relationships.queries.relationships import mentored_by
from telemachy.core import memory
from telemachy.core.memory import reviews
from telemachy.core.shared.lifecycles import RELATIONSHIP_OPEN
from telemachy.core.shared.scales import PROFICIENT, GuidanceLevel, ceiling

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person

#: Cases that are weighed, those first for which somebody waits, then the latest.
MAX_WEIGHED = 300

Wanted = Literal["guidance", "debrief", "lesson"]


@dataclass(frozen=True, slots=True)
class Review:
    """A case with what is wanted of the trainer and why now, the weightiest reason first."""

    situation: Situation
    wanted: Wanted
    worth: float
    reasons: tuple[reviews.Reason, ...]

    def why(self) -> list[str]:
        """Return the reasons in the reader's language."""
        return [_(reviews.TEXTS[reason.why]) % reason.params for reason in self.reasons]


def to_review(mentor: Person) -> QuerySet[Situation]:
    """Return what the person could look at as mentor.

    Questions and accounts that wait for the mentor; past cases taken in from a file; and decided cases
    that a check found wrong, until somebody has said in a lesson what struck.
    """
    failed = OutcomeReport.objects.filter(situation=OuterRef("pk"), tier="E3", success=False)
    taught = Lesson.objects.filter(situation=OuterRef("pk"))
    found_wrong = Q(state__in=("decided", "acted")) & Exists(failed) & ~Exists(taught)
    imported = Q(state="accounted", imported_from__isnull=False)
    return Situation.objects.filter(
        Q(awaiting="mentor") | imported | found_wrong,
        relationship__in=mentored_by(mentor),
        relationship__state__in=RELATIONSHIP_OPEN,
        relationship__programme__organisation_id=mentor.organisation_id,
    ).select_related("learner", "competency", "relationship__programme")


def by_worth(situations: QuerySet[Situation], now: datetime) -> list[Review]:
    """Return the reviews of these situations, the worthiest first, in a fixed number of queries."""
    rows = {
        str(one.pk): one
        for one in situations.order_by("-awaiting", "awaiting_since", "-decided_at")[:MAX_WEIGHED]
    }
    at_stake = _at_stake(list(rows.values()))
    words = _last_words(list(rows.values()))
    cases = [_case(one, at_stake[one.pk], words.get(one.pk), now) for one in rows.values()]
    return [
        Review(rows[worth.key], wanted(rows[worth.key]), worth.total, worth.reasons)
        for worth in reviews.by_worth(cases)
    ]


def wanted(situation: Situation) -> Wanted:
    """Tell what a trainer can do about a case now."""
    if situation.decided_at is None:
        return "guidance"
    return "debrief" if situation.state == "accounted" else "lesson"


def _case(
    one: Situation,
    at_stake: Sequence[reviews.AtStake],
    word: tuple[memory.Tier, bool] | None,
    now: datetime,
) -> reviews.Case:
    since = one.awaiting_since if one.awaiting == "mentor" else None
    waited = (now - since).total_seconds() / 86_400 if since else 0.0
    tier, success = word or (None, None)
    return reviews.Case(
        key=str(one.pk),
        decided=one.decided_at is not None,
        asked=one.asked_at is not None,
        success=success,
        tier=tier,
        at_stake=tuple(at_stake),
        days_waiting=max(waited, 0.0),
    )


def _last_words(rows: Sequence[Situation]) -> dict[UUID, tuple[memory.Tier, bool]]:
    """Return the strongest word on how each case went, of equally strong ones the last."""
    found: dict[UUID, tuple[memory.Tier, bool]] = {}
    told = OutcomeReport.objects.filter(situation__in=rows).order_by("tier", "reported_at")
    for pk, tier, success in told.values_list("situation_id", "tier", "success"):
        found[pk] = (memory.Tier(tier), success)
    for one in rows:
        if one.rating is not None and (one.pk not in found or found[one.pk][0] != memory.Tier.VERIFIER):
            found[one.pk] = (memory.Tier.TRAINER, one.rating >= PROFICIENT)
    return found


def _at_stake(rows: Sequence[Situation]) -> dict[UUID, list[reviews.AtStake]]:
    found: dict[UUID, list[reviews.AtStake]] = defaultdict(list)
    attempts = list(Attempt.objects.filter(situation__in=rows).select_related("failure_mode__relationship"))
    modes = {attempt.failure_mode_id: attempt.failure_mode for attempt in attempts}
    standings = queries.standings(modes.values())
    struck = dict(
        Attempt.objects.filter(failure_mode__in=modes, success=False, tier__in=("E2", "E3"))
        .order_by()
        .values_list("failure_mode_id")
        .annotate(n=Count("pk"))
    )
    for attempt in attempts:
        mode = standings[str(attempt.failure_mode_id)]
        top = ceiling(attempt.failure_mode.relationship.kind)
        found[attempt.situation_id].append(
            reviews.AtStake(
                name=attempt.failure_mode.name,
                n_failed=struck.get(attempt.failure_mode_id, 0),
                risk=memory.recurrence_risk(mode.attempts),
                near_change=attempt.success is None
                and memory.near_a_level_change(mode, GuidanceLevel(attempt.level), top),
                audited=attempt.audited and attempt.success is None,
            )
        )
    return found
