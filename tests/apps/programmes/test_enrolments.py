"""Who runs a programme and who has a place in it, where things end or begin again."""

from __future__ import annotations

import pytest

from telemachy.apps.programmes.actions import enrolments, pair_rules, programmes
from telemachy.apps.programmes.models import Enrolment, PairRule
from telemachy.apps.relationships.actions import publishing
from telemachy.core.shared.errors import BadInput
from tests.cast import NOW, Cast, person

pytestmark = pytest.mark.django_db


def test_whoever_has_left_does_not_count_as_somebody_who_runs_it(cast) -> None:
    programmes.add_manager(programme=cast.programme, person=cast.nestor, by=cast.eurycleia, now=NOW)
    cast.nestor.left_at = NOW
    cast.nestor.save()
    with pytest.raises(BadInput, match="somebody who runs it"):
        programmes.remove_manager(programme=cast.programme, person=cast.eurycleia, by=cast.eurycleia, now=NOW)
    programmes.remove_manager(programme=cast.programme, person=cast.nestor, by=cast.eurycleia, now=NOW)
    assert cast.programme.managers.get().person == cast.eurycleia


def test_a_place_taken_up_again_by_hand_has_the_capacity_that_was_given(cast) -> None:
    place = cast.programme.enrolments.get(role="mentor")
    enrolments.set_state(enrolment=place, state="withdrawn", by=cast.eurycleia, now=NOW)
    again = {"programme": cast.programme, "person": cast.athena, "role": "mentor", "by": cast.eurycleia}
    enrolments.enrol(**again, capacity=5, now=NOW)
    place.refresh_from_db()
    assert (place.state, place.capacity) == ("active", 5)
    enrolments.set_state(enrolment=place, state="withdrawn", by=cast.eurycleia, now=NOW)
    enrolments.enrol(**again, now=NOW)
    place.refresh_from_db()
    assert place.capacity == 5


def places(cast: Cast) -> tuple[Enrolment, Enrolment]:
    """Return the places of a learner and a mentor who have no pair yet."""
    given = {"programme": cast.programme, "created_at": NOW}
    return (
        Enrolment.objects.create(person=person(cast.ithaca, "Mentes"), role="learner", **given),
        Enrolment.objects.create(person=cast.nestor, role="mentor", **given),
    )


@pytest.mark.parametrize("state", ["paused", "withdrawn"])
@pytest.mark.parametrize("whose", [0, 1])
def test_no_pair_is_opened_or_locked_with_a_place_that_is_not_active(cast, state: str, whose: int) -> None:
    two = places(cast)
    enrolments.set_state(enrolment=two[whose], state=state, by=cast.eurycleia, now=NOW)
    _refused(cast, two, "paused or withdrawn")


@pytest.mark.parametrize("whose", [0, 1])
def test_no_pair_is_opened_or_locked_with_whoever_has_left(cast, whose: int) -> None:
    two = places(cast)
    two[whose].person.left_at = NOW
    two[whose].person.save()
    _refused(cast, two, "has left the organisation")


def _refused(cast: Cast, two: tuple[Enrolment, Enrolment], why: str) -> None:
    asked = {
        "programme": cast.programme,
        "learner": two[0],
        "mentor": two[1],
        "by": cast.eurycleia,
        "now": NOW,
    }
    with pytest.raises(BadInput, match=why):
        publishing.propose(**asked)
    with pytest.raises(BadInput, match=why):
        pair_rules.decide(**asked, kind=PairRule.Kind.LOCK)


def test_a_forbidden_pair_is_opened_by_no_hand_until_that_is_undone(cast) -> None:
    learner, mentor = places(cast)
    asked = {
        "programme": cast.programme,
        "learner": learner,
        "mentor": mentor,
        "by": cast.eurycleia,
        "now": NOW,
    }
    rule = pair_rules.decide(**asked, kind=PairRule.Kind.FORBID)
    with pytest.raises(BadInput, match="is forbidden"):
        publishing.propose(**asked)
    theirs = enrolments.enrol(
        programme=cast.programme, person=cast.telemachus, role="learner", by=cast.eurycleia, now=NOW
    )
    pair_rules.decide(**asked | {"learner": theirs}, kind=PairRule.Kind.FORBID)
    with pytest.raises(BadInput, match="is forbidden"):
        publishing.transfer(relationship=cast.relationship, mentor=mentor, by=cast.eurycleia, now=NOW)
    pair_rules.undo(rule=rule, by=cast.eurycleia, now=NOW)
    assert publishing.propose(**asked).state == "proposed"
