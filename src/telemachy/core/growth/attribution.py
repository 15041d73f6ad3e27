"""Did the guidance cause the growth? A claim with an interval, or a refusal that says what is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import erf, sqrt

import numpy as np

from telemachy.core.growth import designs
from telemachy.core.growth.designs import ALPHA, Z
from telemachy.core.growth.evidence import Bools, Evidence, Floats
from telemachy.core.growth.model import fit
from telemachy.core.growth.priors import GROWTH
from telemachy.core.growth.residuals import NullModel
from telemachy.core.shared.errors import BadInput
from telemachy.core.shared.wording import Param, fill, gettext_noop

#: A test that would miss the smallest effect of interest more often than not is not carried out.
MIN_POWER = 0.5
#: The smallest effect of interest: so much more chance of deciding well alone.
SMALLEST_EFFECT = 0.2
#: Draws of the lot, and how many numbers they may fill: fewer draws for more situations, 99 at least.
MAX_DRAWS, MIN_DRAWS, MAX_NUMBERS = 999, 99, 30_000_000
#: More situations than this do not fit.
MAX_SITUATIONS = 1_000_000
#: Help given by need: help and what went before correlate at least so much, and not by chance.
NEED_CORRELATION, NEED_P = 0.1, 0.01
#: Situations without which nothing is computed.
MIN_SITUATIONS, MIN_EACH = 12, 4


class Verdict(StrEnum):
    """What the data carry: a claim, no clear effect either way, an association, or nothing."""

    CLAIM = "claim"
    UNCLEAR = "unclear"
    ASSOCIATION = "association"
    REFUSAL = "refusal"


TEXTS: Mapping[str, str] = {
    "claim": gettext_noop(
        "The guidance changed the chance of deciding well alone by %(effect)+.0f points "
        "(96 %% interval %(low)+.0f to %(high)+.0f)."
    ),
    "unclear": gettext_noop(
        "No effect of the guidance can be told from chance: %(effect)+.0f points "
        "(96 %% interval %(low)+.0f to %(high)+.0f)."
    ),
    "association": gettext_noop(
        "Guided practice went along with a change of %(effect)+.0f points in the chance of deciding well "
        "alone "
        "(96 %% interval %(low)+.0f to %(high)+.0f), against as much practice without. "
        "Who was guided when was not left to chance, so this is no proof of cause."
    ),
    "too_few": gettext_noop("There are %(found)d rated situations; at least %(needed)d are needed."),
    "too_few_learners": gettext_noop("There is one learner only; at least %(needed)d are needed."),
    "too_few_guided": gettext_noop(
        "Only %(found)d situations were guided; at least %(needed)d are needed to compare."
    ),
    "too_few_alone": gettext_noop(
        "Only %(found)d situations were decided alone; at least %(needed)d are needed, "
        "because success with help says little about success without."
    ),
    "by_need": gettext_noop(
        "Help was given by need: it followed what went wrong or was hard. What came after cannot be told "
        "from what would have come anyway. Agree in the charter to leave some situations unguided by lot."
    ),
    "no_starts": gettext_noop(
        "Guidance must have started at different times in at least two competencies of a learner, "
        "each with situations before and after."
    ),
    "too_weak": gettext_noop(
        "An effect of %(smallest).0f points would be missed more often than not (power %(sees).0f %%). "
        "About %(more)d situations more would do."
    ),
}


@dataclass(frozen=True, slots=True)
class Attribution:
    """The answer of one design.

    `effect` with `low`..`high` (96 %) is the change of the chance of handling a situation of difficulty 4 and
    novelty 5 alone that the guidance so far made, averaged over learners, -1..1; None in a refusal.
    `p_value` is that of the randomisation test, `power` its power for the smallest effect of interest.
    """

    design: str
    verdict: Verdict
    code: str
    params: Mapping[str, Param]
    effect: float | None = None
    low: float | None = None
    high: float | None = None
    p_value: float | None = None
    power: float | None = None

    @property
    def is_claim(self) -> bool:
        """Whether an effect of the guidance is claimed."""
        return self.verdict == Verdict.CLAIM

    @property
    def template(self) -> str:
        """The English sentence with named placeholders, as marked for translation."""
        return TEXTS[self.code]

    def text(self) -> str:
        """Say the answer in English."""
        return fill(self.template, self.params)


def attribute(
    evidence: Evidence,
    design: str = "observational",
    *,
    p_withheld: float | Floats | None = None,
    smallest_effect: float = SMALLEST_EFFECT,
    seed: int = 0,
) -> Attribution:
    """Say what the guidance changed, as far as the design of the help lets that be known.

    Parameters
    ----------
    evidence : Evidence
        Rated situations; guided means level 2 to 4, or consulted.
    design : {"observational", "randomised", "staggered"}
        How it came about who was guided when. "randomised": by lot for each situation, with a chance that
        the parties agreed to; "staggered": guidance started at different times in different competencies;
        "observational": any other way, which never makes a claim.
    p_withheld : float or (n,) float, optional
        Chance of each situation to be left unguided in a randomised design. If not given, it is taken as
        the same for all situations of a learner, and guidance is permuted among them.
    smallest_effect : float
        The smallest change of the chance alone worth knowing, in (0, 0.5).
    seed : int
        Of the random draws.

    Raises
    ------
    BadInput
        If the design is none of these, a chance is not between 0 and 1, or there are more than a million
        rows.

    References
    ----------
    Randomisation tests and their inversion: Edgington & Onghena (2007), ch. 2 and 10; Rosenbaum (2002).
    Multiple baselines: Wampold & Worsham (1986); Kratochwill & Levin (2010).
    """
    tests: Mapping[str, Callable[[], Attribution]] = {
        "observational": lambda: _observational(evidence, seed),
        "randomised": lambda: _randomised(evidence, p_withheld, smallest_effect, seed),
        "staggered": lambda: _staggered(evidence, smallest_effect, seed),
    }
    if design not in tests:
        raise BadInput(f"The design is one of {', '.join(tests)}; not {design}.", field="design")
    if not 0 < smallest_effect < 0.5:
        raise BadInput("The smallest effect lies between 0 and 0.5.", field="smallest_effect")
    if len(evidence) > MAX_SITUATIONS:
        raise BadInput(
            f"Attribution takes at most {MAX_SITUATIONS} situations; give it a part of the learners.",
            field="learner",
        )
    return _too_few(evidence, design) or tests[design]()


def _n_draws(evidence: Evidence) -> int:
    return min(max(MAX_NUMBERS // len(evidence), MIN_DRAWS), MAX_DRAWS)


def _too_few(evidence: Evidence, design: str) -> Attribution | None:
    alone = int(evidence.unguided().sum())
    for code, found, needed in (
        ("too_few", len(evidence), MIN_SITUATIONS),
        ("too_few_guided", len(evidence) - alone, MIN_EACH),
        ("too_few_alone", alone, MIN_EACH),
    ):
        if found < needed:
            return _refusal(design, code, found=found, needed=needed)
    return None


def _refusal(design: str, code: str, power: float | None = None, **params: Param) -> Attribution:
    return Attribution(design, Verdict.REFUSAL, code, params, power=power)


def _randomised(
    evidence: Evidence, p_withheld: float | Floats | None, smallest: float, seed: int
) -> Attribution:
    course = designs.courses(evidence)
    chance = designs.checked_chance(p_withheld, len(evidence))
    rng = np.random.default_rng(seed)
    lot = None if chance is None else chance[course.order]
    draws = designs.withholding_draws(course, lot, _n_draws(evidence), rng)
    if designs.by_need(course, draws, NEED_CORRELATION, NEED_P):
        return _refusal("randomised", "by_need")
    practice = designs.guided_practice(course, draws)
    return _tested("randomised", course, practice, np.ones(len(evidence), dtype=bool), smallest)


def _staggered(evidence: Evidence, smallest: float, seed: int) -> Attribution:
    course = designs.courses(evidence)
    practice = designs.staggered_practice(course, _n_draws(evidence), np.random.default_rng(seed))
    if practice is None:
        return _refusal("staggered", "no_starts")
    return _tested("staggered", course, practice, ~course.guided, smallest)


def _tested(
    design: str, course: designs.Courses, practice: Floats, counted: Bools, smallest: float
) -> Attribution:
    """Test, and invert the test, on the rows that count; row 0 of `practice` is what really happened."""
    rows = np.flatnonzero(counted)
    practice = practice[:, rows]
    null = NullModel(course.features()[rows], designs.renumbered(course.cell[rows]), course.success[rows])
    real = practice[0]
    spread = practice - practice[1:].mean(axis=0)
    ends = course.ends(practice[0], rows)

    def score(tau: float) -> tuple[float, float]:
        """Return the two-sided p value of this slope, and the statistic."""
        residual, _ = null.residuals(tau * real)
        found = spread @ residual
        return float((1 + (abs(found[1:]) >= abs(found[0]) - 1e-9).sum()) / len(found)), float(found[0])

    residual, weight = null.residuals(np.zeros(len(rows)))
    information = float((weight * null.without(real, weight) ** 2).sum())
    noise = float((spread[1:] @ residual).std())
    slope = _slope_of(smallest, ends)
    power, more = _power(slope * information / max(noise, 1e-9), len(rows))
    if information < 1e-6 or power < MIN_POWER:
        return _refusal(
            design, "too_weak", power, smallest=100 * smallest, sees=100 * power, more=max(more, 1)
        )
    p_value, _ = score(0.0)
    tau, low, high = _inverted(score, noise / information)
    effect, below, above = (_change(t, ends) for t in (tau, low, high))
    verdict = Verdict.CLAIM if p_value <= ALPHA else Verdict.UNCLEAR
    params: dict[str, Param] = {"effect": 100 * effect, "low": 100 * below, "high": 100 * above}
    return Attribution(design, verdict, verdict.value, params, effect, below, above, p_value, power)


def _inverted(score: Callable[[float], tuple[float, float]], sd: float) -> tuple[float, float, float]:
    """Return the slope that leaves nothing to explain, and the least and largest slopes not rejected."""
    low, high = -8 * sd, 8 * sd
    while high - low > 0.02 * sd:
        middle = (low + high) / 2
        if score(middle)[1] > 0:
            low = middle
        else:
            high = middle
    estimate = (low + high) / 2
    return estimate, _edge(score, estimate, -sd), _edge(score, estimate, sd)


def _edge(score: Callable[[float], tuple[float, float]], inside: float, step: float) -> float:
    """Return where, going out from `inside`, the p value first falls to the level of the test."""
    outside = inside + step
    for _ in range(12):
        if score(outside)[0] <= ALPHA:
            break
        inside, outside = outside, outside + step
    for _ in range(6):
        middle = (inside + outside) / 2
        if score(middle)[0] <= ALPHA:
            outside = middle
        else:
            inside = middle
    return outside


def _power(ratio: float, n: int) -> tuple[float, int]:
    """Return the power of a normal test with this mean in sds, and how many rows are missing to 0.5."""
    power = 0.5 * (1 + erf((ratio - Z) / sqrt(2)))
    return power, int(np.ceil(n * (Z / max(ratio, 0.05)) ** 2)) - n


def _slope_of(change: float, ends: Floats) -> float:
    """Return the slope that changes an even chance alone by `change`, given the practice at the end."""
    typical = float(ends.mean())
    return float(2 * np.log((0.5 + change / 2) / (0.5 - change / 2)) / max(typical, 1e-6))


def _change(slope: float, ends: Floats) -> float:
    """Return the change of an even chance alone that this slope makes, averaged over the cells."""
    return float(np.mean(1 / (1 + np.exp(-slope * ends / 2)) - 1 / (1 + np.exp(slope * ends / 2))))


def _observational(evidence: Evidence, seed: int) -> Attribution:
    course = designs.courses(evidence)
    draws = designs.withholding_draws(course, None, 199, np.random.default_rng(seed))
    if designs.by_need(course, draws, NEED_CORRELATION, NEED_P):
        return _refusal("observational", "by_need")
    if len(np.unique(evidence.learner)) < 2:
        return _refusal("observational", "too_few_learners", found=1, needed=2)
    population = fit(evidence).population
    counts = np.bincount(course.level, minlength=5).astype(float)
    contrast = np.zeros(len(population.mean))
    contrast[GROWTH + 2 : GROWTH + 5] = counts[2:] / counts[2:].sum()
    contrast[GROWTH : GROWTH + 2] = -counts[:2] / counts[:2].sum()
    slope = float(contrast @ population.mean)
    sd = float(np.sqrt(contrast @ np.linalg.inv(population.precision) @ contrast))
    ends = course.ends(designs.guided_practice(course, course.guided[None, :])[0], np.arange(len(evidence)))
    effect, low, high = (_change(slope + z * sd, ends) for z in (0, -Z, Z))
    params: dict[str, Param] = {"effect": 100 * effect, "low": 100 * low, "high": 100 * high}
    return Attribution("observational", Verdict.ASSOCIATION, "association", params, effect, low, high)
