"""What `assign` answers, and how it refuses arrays that cannot be worked with."""

from __future__ import annotations

import numpy as np
import pytest

from telemachy.core import matching
from telemachy.core.matching import errors
from telemachy.core.shared.errors import BadInput


def test_more_learners_matched_comes_before_a_higher_total():
    result = matching.assign([0, 2, 3], [0, 1, 0], [1.0, 0.1, 0.2], [1, 1])
    assert result.mentor.tolist() == [1, 0]
    assert (result.n_matched, result.total_score) == (2, 0.3)
    assert result.outcome == "complete"


def test_the_price_of_a_seat_can_be_negative_when_it_matches_somebody_else():
    result = matching.assign([0, 2, 3], [0, 1, 1], [0.0, 1.0, 0.0], [1, 1])
    assert result.n_matched == 2
    assert result.total_score == 0.0
    assert result.price.tolist() == [0.0, 1.0]
    assert result.extra_matched.tolist() == [0, 0]


def test_a_seat_that_would_match_one_more_learner_says_so():
    result = matching.assign([0, 1, 2], [0, 0], [0.9, 0.4], [1])
    assert result.mentor.tolist() == [0, -1]
    assert result.outcome == "partial"
    assert result.extra_matched.tolist() == [1]
    assert result.price.tolist() == [0.4]


def test_a_locked_pair_is_kept_and_counted():
    result = matching.assign([0, 1, 2], [0, 0], [0.9, 0.4], [1], locked=np.array([-1, 0], dtype=np.int32))
    assert result.mentor.tolist() == [-1, 0]
    assert result.total_score == 0.4


def test_scores_are_worked_in_steps_of_a_ten_thousandth():
    assert matching.assign([0, 1], [0], [0.123449], [1]).total_score == 0.1234


def test_ties_depend_on_the_seed_alone():
    pool = ([0, 1, 2, 3, 4], [0, 0, 0, 0], [0.5] * 4, [1])
    winners = {int(np.argmax(matching.assign(*pool, seed=seed).mentor)) for seed in range(20)}
    assert len(winners) > 1


@pytest.mark.parametrize(
    ("arrays", "outcome", "n_learners", "n_mentors"),
    [
        (([0], [], [], []), "no_learners", 0, 0),
        (([0], [], [], [1, 1]), "no_learners", 0, 2),
        (([0, 0, 0], [], [], []), "no_mentors", 2, 0),
        (([0, 0, 0], [], [], [3]), "no_candidates", 2, 1),
    ],
)
def test_an_empty_pool_is_a_named_outcome(arrays, outcome, n_learners, n_mentors):
    result = matching.assign(*arrays)
    assert result.outcome == outcome
    assert result.mentor.tolist() == [-1] * n_learners
    assert result.price.tolist() == [0.0] * n_mentors
    assert (result.n_matched, result.total_score, result.gap, result.is_optimal) == (0, 0.0, 0.0, True)


GOOD = {
    "indptr": [0, 2, 3],
    "mentor": [0, 1, 1],
    "score": [0.5, 0.6, 0.7],
    "capacity": [1, 2],
    "locked": None,
}


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"score": [0.5, float("nan"), 0.7]}, errors.ScoreOutOfRange, "learner 0 with mentor 1 is nan"),
        ({"score": [0.5, -0.1, 0.7]}, errors.ScoreOutOfRange, "-0.1"),
        ({"score": [0.5, 0.6, 1.0001]}, errors.ScoreOutOfRange, "learner 1 with mentor 1"),
        ({"score": [0.5, float("inf"), 0.7]}, errors.ScoreOutOfRange, "inf"),
        ({"score": [0.5]}, errors.PairsInconsistent, "equally long"),
        ({"score": ["high", "low", "no"]}, errors.PairsInconsistent, "numbers"),
        ({"capacity": [1, 0]}, errors.CapacityTooSmall, "Mentor 1 has a capacity of 0"),
        ({"capacity": [-1, 1]}, errors.CapacityTooSmall, "Mentor 0"),
        ({"capacity": [1.5, 1]}, errors.PairsInconsistent, "capacity"),
        ({"indptr": [0, 2, 4]}, errors.PairsInconsistent, "indptr"),
        ({"indptr": [1, 2, 3]}, errors.PairsInconsistent, "indptr"),
        ({"indptr": [0, 3, 2, 3]}, errors.PairsInconsistent, "never fall"),
        ({"indptr": []}, errors.PairsInconsistent, "indptr"),
        ({"mentor": [0, 1, 2]}, errors.UnknownMentor, "Learner 1 has candidate 2"),
        ({"mentor": [-1, 1, 1]}, errors.UnknownMentor, "numbered 0 to 1"),
        ({"mentor": [1, 1, 1]}, errors.DuplicatePair, "Learner 0 lists mentor 1 twice"),
        ({"mentor": [[0, 1, 1]]}, errors.PairsInconsistent, "flat"),
        ({"locked": [0]}, errors.LockNotPossible, "1 entries for 2 learners"),
        ({"locked": [5, -1]}, errors.LockNotPossible, "does not exist"),
        ({"locked": [-2, -1]}, errors.LockNotPossible, "does not exist"),
        ({"locked": [-1, 0]}, errors.LockNotPossible, "not among the candidates"),
        (
            {"locked": [1, 1], "capacity": [1, 1]},
            errors.LockOverCapacity,
            "2 learners are locked to mentor 1",
        ),
        ({"gap": -0.1}, errors.OptionOutOfRange, "gap"),
        ({"gap": "small"}, errors.OptionOutOfRange, "gap"),
        ({"seed": -1}, errors.OptionOutOfRange, "seed"),
        ({"seed": 1.5}, errors.OptionOutOfRange, "seed"),
        ({"mentor": [[0], [1, 1]]}, errors.PairsInconsistent, "flat"),
        ({"score": [0.5, 0.6j, 0.7]}, errors.PairsInconsistent, "numbers"),
        ({"score": ["0.5", "0.6", "0.7"]}, errors.PairsInconsistent, "numbers"),
    ],
)
def test_bad_arrays_are_refused_by_name(change, error, words):
    given = {**GOOD, **change}
    arrays = [given.pop(name) for name in ("indptr", "mentor", "score", "capacity")]
    with pytest.raises(error, match=words) as caught:
        matching.assign(*arrays, **given)
    assert isinstance(caught.value, BadInput)
