"""Who runs a programme and who has a place in it, where things end or begin again."""

from __future__ import annotations

import pytest

from telemachy.apps.programmes.actions import enrolments, programmes
from telemachy.core.shared.errors import BadInput
from tests.cast import NOW

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
