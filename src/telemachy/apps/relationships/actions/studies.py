"""Keep what all lots of a programme together tell."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from telemachy.apps.audit.actions import action, events
from telemachy.apps.relationships import snapshots
from telemachy.apps.relationships.models import GrowthPopulation, GrowthStudy
from telemachy.apps.relationships.queries import studies as queries
from telemachy.core import growth
from telemachy.core.shared.estimates import SMALLEST_GROUP

if TYPE_CHECKING:
    from telemachy.apps.programmes.models import Programme


@action
def study(*, programme: Programme, by: None, now: datetime) -> GrowthStudy | None:
    """Weigh the lots of all pairs and keep the answer in place of the last; None without any lot."""
    lots = queries.lots_of(programme)
    if lots is None:
        events.unchanged()
        return None
    found = queries.attribution(lots)
    kept, _made = GrowthStudy.objects.update_or_create(
        programme=programme,
        defaults={
            "n_pairs": lots.n_pairs,
            "n_situations": len(lots.evidence),
            "verdict": found.verdict.value,
            "code": found.code,
            "params": dict(found.params),
            "model_version": growth.MODEL_VERSION,
            "computed_at": now,
        },
    )
    events.record(
        "programme.growth_studied",
        by=by,
        now=now,
        on=programme,
        organisation_id=programme.organisation_id,
        verdict=kept.verdict,
        n_situations=kept.n_situations,
    )
    return kept


@action
def learn(*, programme: Programme, by: None, now: datetime) -> GrowthPopulation | None:
    """Learn from all learners of a programme, in place of the last time; None, and nothing kept, from few.

    Where lots said how learners began, they tell whether practice alone or with help teaches more here.
    """
    known = snapshots.evidence_in_programme(programme)
    n_learners = len(set(known.evidence.learner.tolist()))
    if n_learners < SMALLEST_GROUP:
        GrowthPopulation.objects.filter(programme=programme).delete()
        events.unchanged()
        return None
    lots = queries.lots_of_beginnings(programme, known)
    kept, _made = GrowthPopulation.objects.update_or_create(
        programme=programme,
        defaults={
            "n_learners": n_learners,
            "n_situations": len(known.evidence),
            "competencies": [str(key) for key in known.competencies],
            "parameters": growth.stored(growth.fit(known.evidence, lots=lots).population),
            "model_version": growth.MODEL_VERSION,
            "computed_at": now,
        },
    )
    events.record(
        "programme.growth_learned",
        by=by,
        now=now,
        on=programme,
        organisation_id=programme.organisation_id,
        n_learners=n_learners,
        n_situations=kept.n_situations,
    )
    return kept
