"""One lot says how a learner begins: drawn once, kept for the first situations, left by either side alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from telemachy.apps.audit.models import Event
from telemachy.apps.people.models import Notification, Person
from telemachy.apps.relationships import snapshots
from telemachy.apps.relationships.actions import charters, guidance, situations
from telemachy.apps.relationships.models import Party, Relationship, Situation
from telemachy.apps.relationships.queries import charters as charter_queries
from telemachy.apps.relationships.queries import health, recommendations, studies
from telemachy.apps.relationships.queries import withholding as queries
from telemachy.core import growth
from telemachy.core.shared.errors import NotAllowed
from telemachy.core.shared.scales import GuidanceLevel
from tests import cast as cast_module
from tests.apps.relationships import story
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


def agreed(cast: Cast, monkeypatch, *, alone: bool, **also) -> None:
    """Let a charter with the lot hold, which falls as told."""
    monkeypatch.setattr(queries, "falls_on", lambda _pk, _chance: alone)
    story.charter(cast, begin_by_lot=True, **also)


def logged(cast: Cast, number: int = 0) -> Situation:
    return situations.log(
        relationship=cast.relationship,
        by=cast.telemachus,
        now=NOW + timedelta(hours=number),
        title=f"Axe {number}",
        competency=story.competency(cast),
    )


def asked(cast: Cast, number: int = 0) -> Situation:
    situation = logged(cast, number)
    situations.ask(situation=situation, by=cast.telemachus, now=NOW, question="Do I string the bow?")
    return Situation.objects.get(pk=situation.pk)


def proposed(cast: Cast, by: Person, **changed) -> None:
    latest = charter_queries.standing(cast.relationship).latest
    text = charter_queries.text_of(latest) | changed
    charters.propose(relationship=cast.relationship, by=by, now=NOW, based_on=latest.version, **text)


def test_alone_the_learner_decides_first_and_may_insist_as_ever(cast: Cast, monkeypatch) -> None:
    agreed(cast, monkeypatch, alone=True)
    situation = asked(cast)
    assert (situation.guided_by_lot, situation.withheld, situation.p_withheld) == (False, True, None)
    assert (situation.asked_at, situation.awaiting) == (None, "learner")
    assert not Notification.objects.filter(person=cast.athena).exists()
    with pytest.raises(NotAllowed):
        situations.ask(situation=situation, by=cast.telemachus, now=NOW, question="Please?")
    situations.insist(situation=situation, by=cast.telemachus, now=NOW)
    assert Situation.objects.get(pk=situation.pk).state == "consulted"


def test_guided_a_question_at_least_is_recommended_and_the_reason_says_why(cast: Cast, monkeypatch) -> None:
    for days in range(10, 40, 3):
        at = NOW - timedelta(days=days)
        story.situation(cast.relationship, cast.telemachus, at, rating=4, competency=story.competency(cast))
    agreed(cast, monkeypatch, alone=False)
    situation = asked(cast)
    assert (situation.guided_by_lot, situation.withheld, situation.state) == (True, False, "consulted")
    assert situation.recommended_level == GuidanceLevel.QUESTION
    assert "by lot the first situations are guided" in guidance_reason(situation)
    Situation.objects.filter(pk=situation.pk).update(guided_by_lot=None)
    usual = recommendations.for_situation(Situation.objects.get(pk=situation.pk))
    assert usual.level < GuidanceLevel.QUESTION


def guidance_reason(situation: Situation) -> str:
    return recommendations.for_situation(situation).text()


def test_more_help_than_a_question_is_recommended_as_ever(cast: Cast, monkeypatch) -> None:
    agreed(cast, monkeypatch, alone=False)
    situation = asked(cast)
    assert situation.recommendation["code"] == "start"
    assert situation.recommended_level == growth.start_level("mentoring")


def test_the_lot_is_drawn_once_for_fifteen_and_then_it_is_as_ever(cast: Cast, monkeypatch) -> None:
    agreed(cast, monkeypatch, alone=True, withheld_one_in=2)
    first = [logged(cast, number) for number in range(10)]
    monkeypatch.setattr(queries, "falls_on", lambda _pk, _chance: False)
    rest = [logged(cast, number) for number in range(10, 17)]
    assert [one.guided_by_lot for one in first + rest] == [False] * 15 + [None] * 2
    draws = Event.objects.filter(verb="situation.begun_by_lot")
    assert [(event.subject_id, event.data["guided"]) for event in draws] == [(str(first[0].pk), False)]
    for situation in (rest[0], rest[-1]):
        situations.ask(situation=situation, by=cast.telemachus, now=NOW, question="Do I string the bow?")
    within, after = Situation.objects.filter(asked="Do I string the bow?").order_by("logged_at")
    assert (within.withheld, within.p_withheld) == (True, None)
    assert (after.withheld, after.p_withheld) == (False, 0.5)


def test_only_the_first_situations_of_a_learner_here_count(cast: Cast, monkeypatch) -> None:
    for days in range(13):
        story.situation(cast.relationship, cast.telemachus, NOW - timedelta(days=days + 1))
    agreed(cast, monkeypatch, alone=False)
    assert [logged(cast, number).guided_by_lot for number in range(4)] == [True, True, None, None]


def test_each_learner_of_a_circle_has_a_lot_of_their_own(cast: Cast, monkeypatch) -> None:
    other = cast_module.person(cast.ithaca, "Peisistratus", sign_in=False)
    Party.objects.create(relationship=cast.relationship, person=other, seat="learner", accepted_at=NOW)
    agreed(cast, monkeypatch, alone=True)
    logged(cast)
    monkeypatch.setattr(queries, "falls_on", lambda _pk, _chance: False)
    mine = logged(cast, 1)
    theirs = situations.log(relationship=cast.relationship, by=other, now=NOW, title="The chariot")
    assert (mine.guided_by_lot, theirs.guided_by_lot) == (False, True)


def test_either_side_leaves_by_proposing_and_the_lot_is_never_drawn_again(cast: Cast, monkeypatch) -> None:
    agreed(cast, monkeypatch, alone=True)
    before = logged(cast)
    proposed(cast, cast.athena, begin_by_lot=False)
    assert logged(cast, 1).guided_by_lot is None
    proposed(cast, cast.telemachus, begin_by_lot=True)
    assert logged(cast, 2).guided_by_lot is None
    charters.agree(relationship=cast.relationship, by=cast.athena, now=NOW, version=3)
    monkeypatch.setattr(queries, "falls_on", lambda _pk, _chance: False)
    assert logged(cast, 3).guided_by_lot is False
    before.refresh_from_db()
    assert before.guided_by_lot is False


def test_a_proposal_binds_nobody_before_all_have_agreed(cast: Cast, monkeypatch) -> None:
    monkeypatch.setattr(queries, "falls_on", lambda _pk, _chance: True)
    story.charter(cast)
    proposed(cast, cast.athena, begin_by_lot=True)
    assert logged(cast).guided_by_lot is None
    charters.agree(relationship=cast.relationship, by=cast.telemachus, now=NOW, version=2)
    assert logged(cast, 1).guided_by_lot is False


def test_it_is_no_lot_of_the_randomised_comparison(cast: Cast) -> None:
    for days in range(5, 25):
        story.situation(
            cast.relationship,
            cast.telemachus,
            NOW - timedelta(days=days),
            competency=story.competency(cast),
            guided_by_lot=False,
            withheld=True,
        )
    answer = queries.attribution(cast.telemachus, snapshots.evidence_of(cast.telemachus))
    assert answer.design == "observational"
    assert studies.lots_of(cast.programme) is None
    assert studies.programmes_with_lots() == []


def signals(cast: Cast) -> set[str]:
    pair = Relationship.objects.get(pk=cast.relationship.pk)
    return {signal.code for signal in health.judge(health.record_of(pair, NOW)).signals}


@pytest.mark.parametrize("guided", [False, True])
def test_no_signal_takes_the_lot_for_a_habit(cast: Cast, guided: bool) -> None:
    """Whoever had to begin alone and then asks seems to ask ever more; whoever had to ask, to ask always."""
    Relationship.objects.filter(pk=cast.relationship.pk).update(
        state="active", active_at=NOW - timedelta(days=170)
    )
    usual = signals(cast)
    for number in range(15):
        at = NOW - timedelta(days=160 - 7 * number)
        lot = {"guided_by_lot": guided, "withheld": not guided, "level": 2 * guided}
        story.situation(cast.relationship, cast.telemachus, at, rating=3 if guided else 1, **lot)
    for number in range(8):
        story.situation(cast.relationship, cast.telemachus, NOW - timedelta(days=50 - 6 * number), level=2)
    assert signals(cast) <= usual
    Situation.objects.update(guided_by_lot=None)
    assert "dependency_consulting" in signals(cast)


def test_guidance_set_by_lot_is_no_habit_of_the_mentor(cast: Cast) -> None:
    story.situation(cast.relationship, cast.telemachus, NOW - timedelta(days=9), level=2, guided_by_lot=True)
    story.situation(cast.relationship, cast.telemachus, NOW - timedelta(days=5), level=3)
    record = health.record_of(cast.relationship, NOW)
    assert (record.mix, record.chosen_mix) == ((0, 0, 1, 1, 0), (0, 0, 0, 1, 0))


def test_the_pair_reads_how_the_lot_fell_and_nobody_else(cast: Cast, monkeypatch, sign_in) -> None:
    agreed(cast, monkeypatch, alone=True)
    situation = asked(cast)
    page = reverse("situation", args=[situation.pk])
    assert "a lot says how you begin" in sign_in(cast.telemachus).get(page).content.decode()
    assert "a lot says how the learner begins" in sign_in(cast.athena).get(page).content.decode()
    assert sign_in(cast.eurycleia).get(page).status_code == 404


def test_following_the_lot_is_no_help_beyond_what_is_recommended(cast: Cast, monkeypatch) -> None:
    agreed(cast, monkeypatch, alone=False)
    situation = asked(cast)
    guidance.guide(situation=situation, by=cast.athena, now=NOW, level=2, text="What would he do?")
    given = situation.guidance.get()
    assert given.level <= given.recommended_level
