"""What all lots of a programme together tell, and who is told."""

from __future__ import annotations

import pkgutil
from datetime import timedelta

import pytest
from django.urls import reverse

from telemachy.apps.people.models import Person
from telemachy.apps.relationships import jobs, snapshots
from telemachy.apps.relationships.actions import studies as actions
from telemachy.apps.relationships.jobs import studies as study_jobs
from telemachy.apps.relationships.models import GrowthPopulation, GrowthStudy, Situation
from telemachy.apps.relationships.queries import studies as queries
from telemachy.apps.relationships.snapshots import populations
from telemachy.core import growth
from tests import cast as cast_module
from tests.apps.relationships import story
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


def draw_lots(cast: Cast, n_pairs: int, each: int = 5) -> None:
    """Let pairs decide situations for which lots were drawn, every second of them unguided."""
    for number in range(n_pairs):
        learner = cast_module.person(cast.ithaca, f"Oarsman {number}", sign_in=False)
        pair = cast_module.pair(cast.programme, cast.athena, learner)
        for at in range(each):
            fell = (at + number) % 2 == 0
            story.situation(
                pair,
                learner,
                NOW - timedelta(days=100 - at),
                level=0 if fell else 2,
                rating=3 if at % 3 else 2,
                competency=story.competency(cast),
                p_withheld=0.5,
                withheld=fell,
            )


def page(cast: Cast, sign_in) -> str:
    cast.relationship.active_at = NOW
    cast.relationship.save()
    address = reverse("programme-outcomes", args=[cast.programme.pk])
    return sign_in(cast.eurycleia).get(address).content.decode()


def test_lots_of_all_pairs_are_weighed_together_and_the_refusal_is_told(cast: Cast, sign_in) -> None:
    draw_lots(cast, 6)
    study_jobs.study_growth_of.call(programme_id=str(cast.programme.pk))
    found = GrowthStudy.objects.get()
    assert (found.n_pairs, found.n_situations, found.verdict) == (6, 30, "refusal")
    text = page(cast, sign_in)
    assert "No claim is made" in text
    assert "of 6 pairs" in text
    assert "would be missed more often than not" in text


def test_a_second_night_replaces_the_first(cast: Cast) -> None:
    draw_lots(cast, 2)
    for _night in range(2):
        actions.study(programme=cast.programme, by=None, now=NOW)
    assert GrowthStudy.objects.get().n_situations == 10


def test_few_pairs_are_not_shown_and_none_says_what_is_needed(cast: Cast, sign_in) -> None:
    assert actions.study(programme=cast.programme, by=None, now=NOW) is None
    draw_lots(cast, 4)
    actions.study(programme=cast.programme, by=None, now=NOW)
    assert queries.of_programme(cast.programme) is None
    assert "From five such pairs on" in page(cast, sign_in)


def test_an_insisted_answer_counts_as_its_lot_fell(cast: Cast) -> None:
    draw_lots(cast, 3)
    lots = queries.lots_of(cast.programme)
    assert lots is not None
    before = queries.attribution(lots)
    for pair in cast.programme.relationships.all():
        pair.situations.filter(withheld=True).update(guided_level=3)
    again = queries.lots_of(cast.programme)
    assert again is not None
    assert queries.attribution(again) == before


def test_a_newcomer_starts_from_what_the_programme_has_learned(cast: Cast) -> None:
    draw_lots(cast, 6, each=8)
    newcomer = cast_module.person(cast.ithaca, "Newcomer", sign_in=False)
    pair = cast_module.pair(cast.programme, cast.athena, newcomer)

    def standing() -> growth.Independence:
        known = snapshots.evidence_of(newcomer)
        found = populations.model_of(known, pair.programme_id)
        return found.model.independence(found.learner, found.number_of(story.competency(cast).pk))

    nobody_known = standing()
    study_jobs.learn_growth_of.call(programme_id=str(cast.programme.pk))
    learned = GrowthPopulation.objects.get()
    assert (learned.n_learners, learned.n_situations) == (6, 48)
    assert standing().high - standing().low < 0.9 * (nobody_known.high - nobody_known.low)
    learned.model_version = "growth-0"
    learned.save()
    assert standing() == nobody_known


def test_a_learner_of_the_programme_stands_where_the_fit_of_all_puts_them(cast: Cast) -> None:
    draw_lots(cast, 6, each=8)
    actions.learn(programme=cast.programme, by=None, now=NOW)
    whole = snapshots.evidence_in_programme(cast.programme).evidence
    learner = Person.objects.get(name="Oarsman 3")
    found = populations.model_of(snapshots.evidence_of(learner), cast.programme.pk)
    number = sorted(Situation.objects.values_list("learner_id", flat=True).distinct(), key=str).index(
        learner.pk
    )
    told = growth.fit(whole).independence(number, 0)
    assert found.model.independence(found.learner, 0) == pytest.approx(told, abs=1e-6)


def test_few_learners_teach_their_programme_nothing(cast: Cast) -> None:
    draw_lots(cast, 6)
    actions.learn(programme=cast.programme, by=None, now=NOW)
    assert GrowthPopulation.objects.exists()
    Situation.objects.filter(learner__name__in=["Oarsman 0", "Oarsman 1"]).delete()
    assert actions.learn(programme=cast.programme, by=None, now=NOW) is None
    assert not GrowthPopulation.objects.exists()


def test_the_worker_finds_every_job() -> None:
    assert {module.name for module in pkgutil.iter_modules(jobs.__path__)} == set(jobs.__all__)
