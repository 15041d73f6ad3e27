"""Made-up lives are what they are said to be, and what the engine and the signals say of them is right."""

from __future__ import annotations

import numpy as np
import pytest

from telemachy.core.lab.growth import bound, naming
from telemachy.core.lab.growth.programmes import OF_ONE_MENTOR, Programme, evidence_of, live


@pytest.fixture(scope="module")
def answered():
    return live(Programme(trainer="answering"), OF_ONE_MENTOR, 24, 1)


def test_a_seed_makes_the_same_lives_again():
    lives = live(Programme(), 2, 8, 3)
    live.cache_clear()
    again = live(Programme(), 2, 8, 3)
    other = live(Programme(), 2, 8, 4)
    for one, same, different in zip(lives, again, other, strict=True):
        assert one.alone.tolist() == same.alone.tolist()
        assert one.success.tolist() + one.day.tolist() != different.success.tolist() + different.day.tolist()


def test_a_trainer_who_fits_does_what_is_recommended():
    for life in live(Programme(), 2, 8, 3):
        assert life.level.tolist() == life.recommended.tolist()


def test_a_trainer_who_answers_does_so_and_keeps_learners_small(answered):
    assert np.mean([life.level == 4 for life in answered]) > 0.7
    bred = live(Programme(world="dependency", trainer="answering"), 2, 12, 1)
    assert all(life.alone[-1] < life.alone[0] + 0.1 for life in bred)


def test_who_leaves_has_failed_last():
    lives = live(Programme(p_leaves=1.0), 3, 16, 2)
    assert any(life.left for life in lives)
    for life in lives:
        assert life.left == (len(life.day) < 16)
        assert not life.left or not life.success[-1]


def test_situations_get_harder_where_they_should():
    life = live(Programme(harder=3.0), 1, 24, 1)[0]
    assert life.difficulty[-8:].mean() > life.difficulty[:8].mean()


def test_pairs_that_live_on_answers_are_called_so_and_their_mentor_one_size(answered):
    found = naming.named(answered, 1)
    assert len(found.pairs) == OF_ONE_MENTOR
    assert all({"dependency_consulting", "over_helping"} & codes for codes in found.pairs)
    assert found.one_size == (True,)


def test_nobody_is_made_out_of_nobody():
    assert len(evidence_of([])) == 0


def test_who_knows_the_worlds_by_heart_still_pays_for_not_knowing_which():
    # Always alone takes 15.1 situations in the mean where direct help breeds dependency.
    found = bound.situations_to_independence("dependency", n_learners=80, n_situations=30)
    assert 15.2 < found < 20
