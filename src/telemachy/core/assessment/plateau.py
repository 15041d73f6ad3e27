"""Whether reviews against a rubric have taught what they can: ratings level off at proficient."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One reviewed recording: its day, and competency code -> level (1 and up), unheard ones left out."""

    on: date
    levels: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class PlateauRule:
    """When ratings count as levelled off at proficient, in numbers."""

    #: The latest recordings that are looked at; fewer say nothing.
    n_recordings: int = 4
    #: Days that lie at least between the first and the last of them: one good week is no plateau.
    min_days: int = 60
    #: In how many of them a competency must have been heard to be judged.
    min_heard: int = 3
    #: In how many of them it may be below proficient: people who are level slip, and assessors err.
    most_below: int = 1
    #: The most that levels may rise or fall a recording, by least squares and on average of all competencies:
    #: one competency alone moves by chance nearly every time.
    max_slope: float = 0.1


PLATEAU = PlateauRule()


@dataclass(frozen=True, slots=True)
class Plateau:
    """Whether ratings have levelled off, and why not.

    slope : how much levels rise a recording on average of all competencies heard; None if none was
    is_moving : whether that is more than the rule allows
    below, unheard : codes of competencies below proficient too often or heard too seldom, as in the rubric
    """

    reached: bool
    n_recordings: int
    n_days: int
    slope: float | None = None
    is_moving: bool = False
    below: tuple[str, ...] = ()
    unheard: tuple[str, ...] = ()


def plateau(
    reviewed: Sequence[Reviewed], codes: Sequence[str], *, proficient: int, rule: PlateauRule = PLATEAU
) -> Plateau:
    """Return whether the latest recordings are proficient and no longer move.

    Parameters
    ----------
    reviewed : sequence of Reviewed
        Oldest first.
    codes : sequence of str
        The rubric's competencies.
    proficient : int
        The level from which a competency counts as mastered.
    rule : PlateauRule
        The numbers of the rule.

    Notes
    -----
    Reached when of the last `n_recordings`, at least `min_days` apart from first to last, every competency
    was heard in `min_heard` or more and below proficient in at most `most_below`, and the least-squares
    slopes of all competencies lie on average within +-`max_slope` levels a recording. How often that is
    right: `benchmarks/assessment.py`.
    """
    latest = reviewed[-rule.n_recordings :]
    n_days = (latest[-1].on - latest[0].on).days if latest else 0
    below, unheard, slopes = [], [], []
    for code in codes:
        heard = [(place, one.levels[code]) for place, one in enumerate(latest) if code in one.levels]
        if sum(level < proficient for _place, level in heard) > rule.most_below:
            below.append(code)
        if len(heard) < rule.min_heard:
            unheard.append(code)
        else:
            slopes.append(slope(heard))
    average = sum(slopes) / len(slopes) if slopes else None
    is_moving = average is not None and abs(average) > rule.max_slope
    enough = len(latest) == rule.n_recordings and n_days >= rule.min_days and bool(codes)
    return Plateau(
        reached=enough and not (below or is_moving or unheard),
        n_recordings=len(latest),
        n_days=n_days,
        slope=average,
        is_moving=is_moving,
        below=tuple(below),
        unheard=tuple(unheard),
    )


def slope(points: Sequence[tuple[int, int]]) -> float:
    """Return the least-squares slope of level over place; at least two different places."""
    places, levels = np.array(points, dtype=float).T
    centred = places - places.mean()
    return float(centred @ levels / (centred @ centred))
