"""A population as plain values that JSON holds, to be learned at night and used all day."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from typing import Any

import numpy as np

from telemachy.core.growth.evidence import Floats, Ints
from telemachy.core.growth.population import Population, Practice
from telemachy.core.growth.priors import N_EFFECTS, Spread, Upheaval, Volatility, prior_of


def stored(population: Population) -> dict[str, Any]:
    """Return the population as values for JSON, without the effects of items and names of competencies."""
    kept = N_EFFECTS + 2 * len(population.competencies)
    covariance = population.covariance[:kept, :kept]
    return {
        "mean": _text(population.mean[:kept]),
        "precision": _text(np.linalg.inv(covariance)[np.triu_indices(kept)]),
        "spread": list(astuple(population.spread)),
        "volatility": list(population.volatility),
        "n_learners": population.n_learners,
        "until": population.until,
        "upheaval": population.upheaval and list(population.upheaval),
        "struck": population.struck and stored(population.struck),
        "teaches": population.teaches,
    }


def restored(values: Mapping[str, Any], competencies: Sequence[int]) -> Population:
    """Return what was stored, its competencies now under these numbers, in their old order."""
    order = np.argsort(competencies)
    effects = np.concatenate([np.arange(N_EFFECTS), N_EFFECTS + order, N_EFFECTS + len(order) + order])
    spread = Spread(*values["spread"])
    prior_mean, prior_precision = prior_of(len(order), 0, spread)
    numbers: Ints = np.asarray(competencies, dtype=np.int64)[order]
    # What was stored before lots were asked has none.
    struck, teaches = values["struck"], values.get("teaches")
    return Population(
        competencies=numbers,
        items=np.zeros(0, dtype=np.int64),
        mean=_numbers(values["mean"])[effects],
        precision=_symmetric(_numbers(values["precision"]), len(effects))[np.ix_(effects, effects)],
        prior_mean=prior_mean,
        prior_precision=prior_precision,
        spread=spread,
        volatility=Volatility(*values["volatility"]),
        n_learners=values["n_learners"],
        until=values["until"],
        upheaval=None if values["upheaval"] is None else Upheaval(*values["upheaval"]),
        struck=None if struck is None else restored(struck, competencies),
        teaches=None if teaches is None else Practice(teaches),
    )


def _text(values: Floats) -> str:
    return b64encode(values.astype("<f8").tobytes()).decode()


def _numbers(text: str) -> Floats:
    return np.frombuffer(b64decode(text), dtype="<f8")


def _symmetric(triangle: Floats, n: int) -> Floats:
    found = np.zeros((n, n))
    found[np.triu_indices(n)] = triangle
    return found + np.triu(found, 1).T
