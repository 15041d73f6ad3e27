"""Whether a lesson says too little, by the earlier cases that it would be called to mind in as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telemachy.apps.relationships.models import Lesson, Situation
from telemachy.apps.relationships.queries import failure_modes
from telemachy.apps.relationships.queries import memory as queries
from telemachy.core import memory

if TYPE_CHECKING:
    from uuid import UUID

#: Earlier cases looked at, and told.
MAX_COMPARED, MAX_TOLD = 200, 3


def also_fits(lesson: Lesson) -> list[Situation]:
    """Return the cases that the lesson fits as well and where something else was right, the latest first.

    What was right is what was decided where it went well by a trainer's or verifier's word, and else what
    another active lesson says of the case. Cases of the same learner and relationship alone.
    """
    mode = lesson.failure_mode
    cases = Situation.objects.filter(
        relationship=mode.relationship_id, learner=mode.learner_id, decided_at__isnull=False
    )
    newest = cases.order_by("-decided_at", "pk")[:MAX_COMPARED]
    latest = {str(one.pk): one for one in newest if one.pk != lesson.situation_id}
    outcomes, taught = failure_modes.outcomes(cases), _taught(lesson)
    judged = []
    for one in latest.values():
        right = one.decision if outcomes.get(one.pk) else taught.get(one.pk, "")
        if right:
            judged.append(_judged(one, right))
    known = queries.as_core(lesson)
    return [latest[one.key] for one in memory.also_fits(known, judged)[:MAX_TOLD]]


def _judged(case: Situation, right: str) -> memory.Judged:
    return memory.Judged(str(case.pk), f"{case.title}\n{case.story}", frozenset(case.tags), right)


def _taught(lesson: Lesson) -> dict[UUID, str]:
    """Return what the learner's other active lessons say of the cases they were written on."""
    mode = lesson.failure_mode
    rows = (
        Lesson.objects.filter(
            failure_mode__relationship=mode.relationship_id,
            failure_mode__learner=mode.learner_id,
            state="active",
        )
        .exclude(pk=lesson.pk)
        .order_by("given_at")
    )
    return {pk: action for pk, action in rows.values_list("situation_id", "action") if pk is not None}
