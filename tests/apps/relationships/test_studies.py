"""What all lots of a programme together tell, and who is told."""

from __future__ import annotations

import pkgutil
from datetime import timedelta

import numpy as np
import pytest
from django.urls import reverse

from telemachy.apps.people.models import Person
from telemachy.apps.relationships import jobs, snapshots
from telemachy.apps.relationships.actions import situations
from telemachy.apps.relationships.actions import studies as actions
from telemachy.apps.relationships.jobs import studies as study_jobs
from telemachy.apps.relationships.models import GrowthPopulation, GrowthStudy, Situation
from telemachy.apps.relationships.queries import recommendations, withholding
from telemachy.apps.relationships.queries import studies as queries
from telemachy.apps.relationships.snapshots import populations
from telemachy.core import growth
from telemachy.core.growth import worlds
from telemachy.core.shared.scales import GuidanceLevel
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


def begin(cast: Cast, n_learners: int, *, n_left: int, n: int = 40, seed: int = 3) -> None:
    """Let learners begin as lots say in a world where practice alone is all that teaches.

    The first `n_left` of them leave the lot after ten situations, as a new charter lets them.
    """
    rng = np.random.default_rng(seed)
    competency, made = story.competency(cast), []
    for number in range(n_learners):
        learner = cast_module.person(cast.ithaca, f"Oarsman {number}", sign_in=False)
        pair = cast_module.pair(cast.programme, cast.athena, learner)
        ability, guided = rng.normal(worlds.ABILITY, worlds.SPREAD), number % 2 == 0
        for at in range(n):
            in_stretch = at < withholding.FIRST
            level = 2 if guided and in_stretch else 0
            chance = worlds.chance(ability + worlds.ASSIST[level], 3, 3)
            when = NOW - timedelta(days=100 - at)
            left = number < n_left and at >= 10
            made.append(
                Situation(
                    relationship=pair,
                    learner=learner,
                    competency=competency,
                    title=f"Oar {at}",
                    state="debriefed",
                    logged_at=when,
                    asked_at=when if level else None,
                    decided_at=when,
                    guided_level=level,
                    rating=3 if rng.random() < chance else 1,
                    guided_by_lot=guided if in_stretch and not left else None,
                )
            )
            ability += 0.2 if level == 0 else 0.0
    Situation.objects.bulk_create(made)


def newcomer(cast: Cast) -> Situation:
    person = cast_module.person(cast.ithaca, "Newcomer", sign_in=False)
    pair = cast_module.pair(cast.programme, cast.athena, person)
    return situations.log(
        relationship=pair, by=person, now=NOW, title="The sail", competency=story.competency(cast)
    )


def test_at_night_the_lots_teach_the_programme_what_teaches(cast: Cast) -> None:
    begin(cast, 40, n_left=10)
    study_jobs.learn_growth_of.call(programme_id=str(cast.programme.pk))
    assert GrowthPopulation.objects.get().parameters["teaches"] == "alone"
    found = recommendations.for_situation(newcomer(cast))
    assert found.level == GuidanceLevel.DEBRIEF
    assert "practice alone taught more than help, as lots have shown" in found.text()

    Situation.objects.update(guided_by_lot=None)
    study_jobs.learn_growth_of.call(programme_id=str(cast.programme.pk))
    assert GrowthPopulation.objects.get().parameters["teaches"] is None


def test_a_draw_stands_for_the_first_situations_even_of_those_who_left_it(cast: Cast) -> None:
    begin(cast, 6, n_left=2, n=20)
    Situation.objects.filter(title="Oar 0").update(guided_by_lot=None)
    known = snapshots.evidence_in_programme(cast.programme)
    lots = queries.lots_of_beginnings(cast.programme, known)
    drawn = lots.draw >= 0
    assert sorted(np.bincount(lots.draw[drawn])) == [14] * 6
    rows = dict(Situation.objects.values_list("pk", "guided_level"))
    level = np.array([rows[pk] for pk in known.situations])
    assert (lots.guided[drawn] == (level[drawn] == 2)).all()


def test_the_worker_finds_every_job() -> None:
    assert {module.name for module in pkgutil.iter_modules(jobs.__path__)} == set(jobs.__all__)
