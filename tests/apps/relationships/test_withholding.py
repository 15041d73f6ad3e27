"""Guidance left out by lot, as the charter provides: drawn once, escapable, and evidence of its own kind."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from telemachy.apps.audit.models import Event
from telemachy.apps.people.models import Notification
from telemachy.apps.relationships import snapshots
from telemachy.apps.relationships.actions import charters, guidance, situations
from telemachy.apps.relationships.models import Situation
from telemachy.apps.relationships.policies import situations as policies
from telemachy.apps.relationships.queries import charters as charter_queries
from telemachy.apps.relationships.queries import withholding as queries
from telemachy.core.shared.errors import BadInput, NotAllowed, WrongState
from tests.apps.relationships import story
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


def asked(cast: Cast, *, fell: bool, monkeypatch) -> Situation:
    """Ask under a charter that leaves every second question to the learner, with the lot as told."""
    monkeypatch.setattr(queries, "falls_on", lambda _pk, _chance: fell)
    story.charter(cast, withheld_one_in=2)
    situation = situations.log(relationship=cast.relationship, by=cast.telemachus, now=NOW, title="The axes")
    situations.ask(situation=situation, by=cast.telemachus, now=NOW, question="Do I string the bow?")
    return Situation.objects.get(pk=situation.pk)


def test_a_withheld_question_is_kept_and_told_to_nobody(cast: Cast, monkeypatch) -> None:
    situation = asked(cast, fell=True, monkeypatch=monkeypatch)
    assert (situation.withheld, situation.p_withheld, situation.asked_at) == (True, 0.5, None)
    assert (situation.asked, situation.awaiting) == ("Do I string the bow?", "learner")
    assert not Notification.objects.filter(person=cast.athena).exists()
    assert not policies.ask(cast.telemachus, situation)
    assert not guidance.policies.guide(cast.athena, situation)
    situations.decide(situation=situation, by=cast.telemachus, now=NOW, decision="Not yet.")
    situations.account(situation=situation, by=cast.telemachus, now=NOW, outcome="Father did.")
    guidance.debrief(situation=situation, by=cast.athena, now=NOW, text="Good.", score=3)
    assert Situation.objects.get(pk=situation.pk).guided_level == 0


def test_where_the_lot_does_not_fall_the_question_goes_out_and_the_chance_is_kept(cast, monkeypatch) -> None:
    situation = asked(cast, fell=False, monkeypatch=monkeypatch)
    assert (situation.withheld, situation.p_withheld, situation.state) == (False, 0.5, "consulted")


def test_what_cannot_wait_is_asked_at_once_and_noted(cast: Cast, monkeypatch) -> None:
    situation = asked(cast, fell=True, monkeypatch=monkeypatch)
    with pytest.raises(NotAllowed):
        situations.insist(situation=situation, by=cast.athena, now=NOW)
    situations.insist(situation=situation, by=cast.telemachus, now=NOW)
    situation = Situation.objects.get(pk=situation.pk)
    assert (situation.state, situation.asked_at, situation.not_waited_at) == ("consulted", NOW, NOW)
    assert Notification.objects.filter(person=cast.athena, kind="situation.asked").exists()
    assert Event.objects.filter(verb="situation.not_waited").count() == 1
    with pytest.raises(WrongState):
        situations.insist(situation=situation, by=cast.telemachus, now=NOW)


def test_without_an_agreement_nothing_is_drawn(cast: Cast) -> None:
    story.charter(cast)
    situation = situations.log(relationship=cast.relationship, by=cast.telemachus, now=NOW, title="The axes")
    situations.ask(situation=situation, by=cast.telemachus, now=NOW, question="Do I string the bow?")
    assert Situation.objects.get(pk=situation.pk).p_withheld is None


def test_the_lot_falls_as_often_as_agreed_and_always_the_same_way(cast: Cast) -> None:
    keys = [Situation().pk for _ in range(4000)]
    fell = [queries.falls_on(key, 1 / 4) for key in keys]
    assert 0.22 < sum(fell) / len(fell) < 0.28
    assert fell == [queries.falls_on(key, 1 / 4) for key in keys]


def test_only_a_share_that_is_offered_can_be_agreed(cast: Cast) -> None:
    story.charter(cast)
    text = charter_queries.text_of(charter_queries.standing(cast.relationship).latest)
    propose = {"relationship": cast.relationship, "by": cast.athena, "now": NOW, "based_on": 1}
    with pytest.raises(BadInput):
        charters.propose(**propose, **(text | {"withheld_one_in": 1}))
    charter = charters.propose(**propose, **(text | {"withheld_one_in": 6}))
    assert queries.agreed_chance(cast.relationship) is None
    charters.agree(relationship=cast.relationship, by=cast.telemachus, now=NOW, version=charter.version)
    assert queries.agreed_chance(cast.relationship) == pytest.approx(1 / 6)


def rated(cast: Cast, days: int, **fields) -> Situation:
    at = NOW - timedelta(days=days)
    return story.situation(
        cast.relationship, cast.telemachus, at, competency=story.competency(cast), **fields
    )


def test_situations_count_as_the_lot_fell_whatever_came_after(cast: Cast) -> None:
    rated(cast, 50, level=4)
    rated(cast, 40, level=0, p_withheld=0.5, withheld=True)
    rated(cast, 30, level=4, p_withheld=0.5, withheld=True, not_waited_at=NOW)
    rated(cast, 20, level=0, p_withheld=0.5)
    rated(cast, 10, level=3, p_withheld=0.5)
    known = snapshots.evidence_of(cast.telemachus)
    lots = queries.as_the_lot_fell(known.evidence, [1, 2, 3, 4], np.array([True, True, False, False]))
    assert lots.level.tolist() == [0, 0, 2, 3]
    assert lots.unguided().tolist() == [True, True, False, False]


def test_few_lots_are_refused_and_said_to_be_few(cast: Cast) -> None:
    for days in range(5, 25):
        rated(cast, days, p_withheld=0.25 if days < 10 else None)
    answer = queries.attribution(cast.telemachus, snapshots.evidence_of(cast.telemachus))
    assert (answer.design, answer.code, answer.params["found"]) == ("randomised", "too_few", 5)
