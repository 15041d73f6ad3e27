"""When ratings have levelled off at proficient, and when they only seem so."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from telemachy.core.assessment import Reviewed, consensus, plateau

START = date(2026, 1, 1)


def reviews(*levels: int | None, days: int = 25, code: str = "listening") -> list[Reviewed]:
    return [
        Reviewed(START + timedelta(days=days * place), {} if level is None else {code: level})
        for place, level in enumerate(levels)
    ]


def check(reviewed: list[Reviewed], codes: tuple[str, ...] = ("listening",)):
    return plateau(reviewed, codes, proficient=3)


@pytest.mark.parametrize(
    "levels", [(3, 3, 3, 3), (3, 4, 4, 3), (4, 3, 3, 4), (1, 2, 3, 3, 3, 3), (3, None, 3, 3), (3, 2, 3, 3)]
)
def test_proficient_and_still_is_a_plateau(levels) -> None:
    assert check(reviews(*levels)).reached


def test_what_is_below_or_unheard_is_named_and_which_way_levels_move() -> None:
    assert check(reviews(3, 2, 2, 3)).below == ("listening",)
    assert check(reviews(3, None, None, 3)).unheard == ("listening",)
    rising, falling = check(reviews(3, 3, 4, 4)), check(reviews(4, 4, 3, 3))
    assert (rising.is_moving, rising.slope) == (True, pytest.approx(0.4))
    assert (falling.is_moving, falling.slope) == (True, pytest.approx(-0.4))
    for levels in ((3, 2, 2, 3), (3, None, None, 3), (3, 3, 4, 4), (4, 4, 3, 3)):
        assert not check(reviews(*levels)).reached


def test_one_competency_that_moves_among_level_ones_is_chance() -> None:
    codes = ("a", "b", "c", "d", "e")
    rows = [
        Reviewed(one.on, dict.fromkeys(codes, 3) | {"a": level})
        for one, level in zip(reviews(3, 3, 3, 3), (3, 3, 4, 4), strict=True)
    ]
    assert check(rows, codes).reached
    assert not check([Reviewed(one.on, dict.fromkeys(codes, one.levels["a"])) for one in rows], codes).reached


def test_too_few_recordings_or_too_short_a_time_is_no_plateau() -> None:
    assert not check(reviews(3, 3, 3)).reached
    assert not check(reviews(3, 3, 3, 3, days=19)).reached
    assert check(reviews(3, 3, 3, 3, days=20)).reached
    assert not check([]).reached


def test_every_competency_counts() -> None:
    both = [Reviewed(one.on, {**one.levels, "presence": 2}) for one in reviews(3, 3, 3, 3)]
    found = check(both, ("listening", "presence"))
    assert not found.reached
    assert found.below == ("presence",)


def test_the_consensus_is_the_lower_middle() -> None:
    assert consensus([2, 3]) == 2
    assert consensus([2, 3, 3]) == 3
    assert consensus([None, 4]) == 4
    assert consensus([None]) is None
