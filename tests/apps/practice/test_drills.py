"""Exercises of a person: which comes next, when it comes back, and taking a rating back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from telemachy.apps.audit.models import Event
from telemachy.apps.practice.actions import drills as actions
from telemachy.apps.practice.models import DrillCard, DrillReview
from telemachy.apps.practice.queries import drills as queries
from telemachy.core.practice import Grade, Outcome, Skill, items_of
from telemachy.core.shared.errors import BadInput, NotAllowed
from tests.cast import NOW, Cast


def rate(cast: Cast, item: str, grade: Grade = Grade.GOOD, *, now=NOW, answer: str = "What do you see?"):
    return actions.rate(item=item, answer=answer, grade=grade, language="en", by=cast.athena, now=now)


def test_an_answer_is_checked_and_the_exercise_comes_back_later(cast: Cast) -> None:
    review = rate(cast, "ask-01")
    card = DrillCard.objects.get()
    assert (review.outcome, card.skill) == (Outcome.MET, Skill.ASK)
    assert card.due_at > NOW + timedelta(days=1)
    assert queries.next_item(cast.athena, NOW, "en", Skill.ASK).id == "ask-02"
    assert queries.next_item(cast.athena, card.due_at, "en", Skill.ASK).id == "ask-01"


def test_new_exercises_come_from_the_skill_seen_least(cast: Cast) -> None:
    met = []
    for _number in range(len(Skill)):
        item = queries.next_item(cast.athena, NOW, "en")
        met.append(item.skill)
        rate(cast, item.id, answer="goal")
    assert met == list(Skill)


def test_when_all_is_seen_and_nothing_due_there_is_no_next_one(cast: Cast) -> None:
    for item in items_of(Skill.UNSTACK):
        rate(cast, item.id)
    assert queries.next_item(cast.athena, NOW, "en", Skill.UNSTACK) is None
    assert queries.next_due_at(cast.athena, Skill.UNSTACK) > NOW


def test_a_first_rating_taken_back_leaves_nothing(cast: Cast) -> None:
    rate(cast, "ask-01", Grade.EASY)
    actions.take_back(by=cast.athena, now=NOW + timedelta(minutes=1))
    assert not DrillCard.objects.exists()
    assert not DrillReview.objects.exists()


def test_a_later_rating_taken_back_puts_the_exercise_where_it_was(cast: Cast) -> None:
    rate(cast, "ask-01")
    before = DrillCard.objects.get()
    later = before.due_at + timedelta(hours=3)
    rate(cast, "ask-01", Grade.AGAIN, now=later)
    assert DrillCard.objects.get().pace != before.pace
    actions.take_back(by=cast.athena, now=later)
    assert DrillCard.objects.get().pace == before.pace
    assert DrillReview.objects.count() == 1


def test_only_the_last_half_hour_can_be_taken_back_and_only_by_oneself(cast: Cast) -> None:
    rate(cast, "ask-01")
    with pytest.raises(BadInput):
        actions.take_back(by=cast.telemachus, now=NOW)
    with pytest.raises(BadInput):
        actions.take_back(by=cast.athena, now=NOW + timedelta(hours=1))
    assert DrillCard.objects.count() == 1


@pytest.mark.parametrize(
    "wrong", [{"item": "nothing"}, {"grade": 9}, {"answer": "  "}], ids=["item", "grade", "answer"]
)
def test_what_makes_no_sense_is_refused_and_keeps_nothing(cast: Cast, wrong: dict) -> None:
    sent = {"item": "ask-01", "answer": "What now?", "grade": 3} | wrong
    with pytest.raises(BadInput):
        actions.rate(**sent, language="en", by=cast.athena, now=NOW)
    assert not DrillCard.objects.exists()


def test_an_answer_is_rated_once_and_the_exercise_again_when_it_comes_back(cast: Cast) -> None:
    def rate_checked(at):
        return actions.rate(
            item="ask-01", answer="What now?", grade=3, language="en", by=cast.athena, now=at, checked_at=at
        )

    rate_checked(NOW)
    with pytest.raises(BadInput, match="rated this answer already"):
        rate_checked(NOW)
    rate_checked(NOW + timedelta(days=3))
    assert DrillReview.objects.count() == 2


def test_agents_do_not_practise(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        actions.rate(item="ask-01", answer="What?", grade=3, language="en", by=cast.argus, now=NOW)


def test_practice_is_nothing_for_the_audit_trail(cast: Cast) -> None:
    rate(cast, "ask-01")
    actions.take_back(by=cast.athena, now=NOW)
    assert not Event.objects.exists()


def test_a_skill_stands_as_its_latest_answers_say(cast: Cast) -> None:
    rate(cast, "ask-01")
    rate(cast, "ask-02", answer="Have you asked?", grade=Grade.AGAIN)
    standing = next(
        one for one in queries.standings(cast.athena, NOW + timedelta(hours=1)) if one.skill == Skill.ASK
    )
    assert (standing.n_seen, standing.n_due, standing.n_latest, standing.n_met) == (2, 1, 2, 1)


def test_the_latest_answers_of_a_skill_stay_however_much_another_is_practised(cast: Cast) -> None:
    rate(cast, "reflect-01", answer="You are tired of it.", now=NOW - timedelta(days=40))
    first = rate(cast, "ask-01")
    DrillReview.objects.bulk_create(
        DrillReview(card=first.card, answer="What?", outcome=Outcome.MET, grade=Grade.GOOD, reviewed_at=NOW)
        for _time in range(250)
    )
    found = {one.skill: one for one in queries.standings(cast.athena, NOW)}
    assert found[Skill.ASK].n_latest == queries.LATEST
    assert found[Skill.REFLECT].n_latest == 1
