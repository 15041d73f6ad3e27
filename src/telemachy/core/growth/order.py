"""Whether all learners take the same tasks in the same order, which nobody may have said.

In a fixed course the third task in a competency is the same for everybody, and harder or easier than its
neighbours. Growth, fatigue, harder work over time are smooth in the place; tasks are not. So the roughness of
what a model of lived situations leaves unexplained tells a course from a life.
"""

from __future__ import annotations

import numpy as np

from telemachy.core.growth.evidence import PLACES, Bools, Evidence, Floats

#: A place counts that at least so many learners reached.
OFTEN = 20
#: A course is one where places differ so clearly (standard errors of chi-squared) and so much (logits).
CLEARLY, ROUGHLY = 6.0, 0.3
#: A competency with fewer places is not looked at: as many as three curves bend through any three.
FEWEST_PLACES = 5


def is_course(evidence: Evidence, chance: Floats) -> bool:
    """Tell whether success depends on the place in the course as it does where tasks have a fixed order.

    Parameters
    ----------
    evidence : Evidence
        Of many learners; with few, or with few situations of each, the answer is no.
    chance : (n,) float
        The chance of success of each row, predicted from earlier rows without regard to the place.

    Notes
    -----
    Predictions from earlier rows leave uncorrelated residuals. Summed over the learners at each place, they
    are freed of a smooth curve (1, place, log(place + 1)) in each competency; what is left is compared with
    its own variance, chi-squared, and turned into the standard deviation of the places' effects.
    """
    tasks = evidence.tasks_in_order()
    tasks, first, cell = np.unique(tasks, return_index=True, return_inverse=True)
    competency = evidence.competency[first]
    place = tasks - competency * PLACES
    left = np.bincount(cell, evidence.handled() - chance)
    weight = np.bincount(cell, chance * (1 - chance))
    counts: Bools = (np.bincount(cell) >= OFTEN) & (place < PLACES - 1)
    squares, freedom, information = 0.0, 0, 0.0
    for one in np.unique(competency[counts]):
        here = counts & (competency == one)
        if here.sum() >= FEWEST_PLACES:
            root = np.sqrt(weight[here])
            at = place[here]
            smooth = np.linalg.qr(np.stack([np.ones(len(at)), at, np.log1p(at)], axis=1) * root[:, None])[0]
            rough = left[here] / root
            rough -= smooth @ (smooth.T @ rough)
            squares += float(rough @ rough)
            freedom += len(at) - smooth.shape[1]
            information += float(weight[here] @ (1 - (smooth**2).sum(axis=1)))
    if not freedom:
        return False
    excess = squares - freedom
    return excess > CLEARLY * (2 * freedom) ** 0.5 and excess > ROUGHLY**2 * information
