"""Does practice alone teach more here, or practice with help? Told from lots, and from nothing else."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from telemachy.core.growth import designs
from telemachy.core.growth.evidence import Bools, Evidence, Floats, Ints
from telemachy.core.growth.population import Practice
from telemachy.core.growth.residuals import NullModel
from telemachy.core.shared.errors import BadInput

#: Fewer draws than this tell nothing.
MIN_DRAWS = 20
#: Help that follows the outcome just before so surely was no lot, whatever is said of it.
Z_NEED = 2.575829


class Lots(NamedTuple):
    """What lots decided, each (n,) as the evidence; all draws have the same chance.

    `draw` numbers the draws: situations share a number where one draw stood for a stretch of them, as in
    "the first fifteen"; -1 where no lot was drawn. `guided` is how it fell, whatever was given then.
    """

    draw: Ints
    guided: Bools


def what_teaches(evidence: Evidence, lots: Lots) -> Practice | None:
    """Return which practice teaches more by these lots; None where that cannot be told from chance.

    Parameters
    ----------
    evidence : Evidence
        Of all learners, their situations without a lot too: these show what the lots have changed.
    lots : Lots
        Of the rows of the evidence.

    Raises
    ------
    BadInput
        If the lots are not as many as the situations, or one draw fell both ways.

    Notes
    -----
    A randomisation test: guided log practice by lot against what the later residuals of a model without any
    history of guidance say of the same learner and competency, under all ways in which the draws could have
    been dealt out. Mean and variance over these are exact, the distribution is taken as normal (Edgington &
    Onghena 2007, ch. 2). It names one of the two in at most `designs.ALPHA` of programmes in which they teach
    the same.
    """
    if len(lots.draw) != len(evidence) or len(lots.guided) != len(evidence):
        raise BadInput(f"There are {len(evidence)} situations; lots need as many rows.", field="lots")
    course = designs.courses(evidence)
    draw = np.asarray(lots.draw)[course.order]
    rows = np.flatnonzero(draw >= 0)
    _, first, number = np.unique(draw[rows], return_index=True, return_inverse=True)
    fell = np.asarray(lots.guided)[course.order][rows].astype(np.float64)
    guided = fell[first]
    if (fell != guided[number]).any():
        raise BadInput("A draw is either guided or alone in all its situations.", field="lots")
    if len(guided) < MIN_DRAWS:
        return None
    null = NullModel(course.features(), course.cell, course.success)
    residual, _ = null.residuals(np.zeros(len(course.cell)))
    just_before = np.where(course.place > 0, np.roll(residual, 1), 0.0)[rows[first]]
    if abs(_deviate(guided, just_before)) >= Z_NEED:
        return None
    told = np.bincount(number, (course.gain * _later(residual, course.cell))[rows])
    z = _deviate(guided, told.astype(np.float64))
    if abs(z) < designs.Z:
        return None
    return Practice.GUIDED if z > 0 else Practice.ALONE


def _later(residual: Floats, cell: Ints) -> Floats:
    """Return (n,) the sum of the residuals after each row, within its cell; cells are numbered in order."""
    total = np.cumsum(residual)
    last = np.searchsorted(cell, cell, side="right") - 1
    found: Floats = total[last] - total
    return found


def _deviate(guided: Floats, told: Floats) -> float:
    """Return how many standard deviations the sum of `told` over guided draws is off under permutation."""
    guided, told = guided - guided.mean(), told - told.mean()
    spread = np.sqrt((guided @ guided) * (told @ told) / (len(guided) - 1))
    return float(guided @ told / spread) if spread > 0 else 0.0
