"""The linear model of utterances: loads its artefact once, turns features into calibrated probabilities.

Beside what a turn does, each turn hints at the manner of the whole conversation: how much it is like the
demonstrations published as good ones rather than as poor ones. People code the same words as a reflection
in one that listens and not in one that persuades; so the manner of all turns together moves the probabilities
of each. It is used for nothing else and never handed out.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from telemachy.core.conversation.coding import Behaviour
from telemachy.core.conversation.features import Features

ARTEFACT = "utterances.npz"

#: Columns of the weights, in their order: four behaviours that exclude each other, then yes or no each.
BEHAVIOURS: tuple[Behaviour, ...] = ("question", "reflection", "input", "other")
YES_NO = ("has_question", "has_reflection", "has_input", "advice", "closed", "complex")
COLUMNS: tuple[str, ...] = (*BEHAVIOURS, *YES_NO)
#: One more column of weights, the last: the manner of the conversation.
N_COLUMNS = len(COLUMNS) + 1

#: Above it conversations do not differ in how people code, and most are there.
USUAL_MANNER = 1.0
#: Fewer turns tell nothing of a conversation: it is taken for a usual one.
_MIN_TURNS = 10

#: A row of features is divided by the root of its length, so that long turns do not shout.
_ROW_SCALE = 2.0

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Head:
    """One linear model, for punctuated or for stripped text.

    Attributes
    ----------
    row_of : feature name -> row of `weights`
    weights : (features, 11) int8, to be multiplied by `scale`; the last column is the manner
    scale : (11,) float32
    bias : (11,) float32
    sharpness : (10,) factor that calibrates the logits; one and the same for the four behaviours
    shift : (10,) added to calibrated logits
    lean : (10,) times the manner of the conversation, added to calibrated logits
    offset : (10,) added to log p of a behaviour, or to the logit of a yes, before the choice, so that the
        rates of the choices are close to those of people
    """

    row_of: dict[str, int]
    weights: NDArray[np.int8]
    scale: Matrix
    bias: Matrix
    sharpness: Matrix
    shift: Matrix
    lean: Matrix
    offset: Matrix


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model says of n turns: `p` (n, 10) calibrated, `chosen` (n,) behaviour, `yes` (n, 6)."""

    p: Matrix
    chosen: NDArray[np.intp]
    yes: NDArray[np.bool_]


@cache
def head(*, punctuated: bool) -> Head:
    """Load a head of the packaged artefact."""
    data = resources.files("telemachy.core.conversation").joinpath(ARTEFACT).read_bytes()
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        return unpack(arrays, "punctuated" if punctuated else "stripped")


@cache
def card() -> dict[str, Any]:
    """Return what the artefact says of itself: its data, licence, figures and version."""
    data = resources.files("telemachy.core.conversation").joinpath(ARTEFACT).read_bytes()
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        found: dict[str, Any] = json.loads(arrays["card"].tobytes())
    return found


def unpack(arrays: Any, name: str) -> Head:
    """Read one head out of the arrays of the artefact."""
    vocabulary = arrays[f"{name}_vocabulary"].tobytes().decode().split("\n")
    parts = (
        arrays[f"{name}_{part}"]
        for part in ("weights", "scale", "bias", "sharpness", "shift", "lean", "offset")
    )
    return Head({feature: row for row, feature in enumerate(vocabulary)}, *parts)


def pack(name: str, head: Head) -> dict[str, NDArray[Any]]:
    """Return the arrays that `unpack` reads."""
    vocabulary = "\n".join(head.row_of).encode()
    return {
        f"{name}_vocabulary": np.frombuffer(vocabulary, dtype=np.uint8),
        f"{name}_weights": head.weights,
        f"{name}_scale": head.scale,
        f"{name}_bias": head.bias,
        f"{name}_sharpness": head.sharpness,
        f"{name}_shift": head.shift,
        f"{name}_lean": head.lean,
        f"{name}_offset": head.offset,
    }


def rows(features: Features, row_of: dict[str, int]) -> tuple[list[int], list[float]]:
    """Return rows and values of a turn's known features, scaled by the turn's length."""
    known = set(map(row_of.get, features.names))
    known.discard(None)
    found = cast(list[int], list(known))
    degrees = [(row_of[name], degree) for name, degree in features.degrees if name in row_of]
    square = len(found) + sum(degree * degree for _row, degree in degrees)
    factor = _ROW_SCALE / max(square, 1.0) ** 0.25
    values = [factor] * len(found) + [factor * degree for _row, degree in degrees]
    return found + [row for row, _degree in degrees], values


def logits(turns: Sequence[Features], head: Head) -> Matrix:
    """Return the uncalibrated logits, (turns, 11)."""
    where: list[int] = []
    value: list[float] = []
    begins: list[int] = []
    for features in turns:
        begins.append(len(where))
        found, values = rows(features, head.row_of)
        # Row 0 with weight 0 keeps a turn without known features in its place.
        where += found or [0]
        value += values or [0.0]
    weighted = head.weights[where] * np.asarray(value, dtype=np.float32)[:, None]
    summed: Matrix = np.add.reduceat(weighted, begins, axis=0) * head.scale + head.bias
    return summed


def answer(turns: Sequence[Features], head: Head) -> Answer:
    """Return calibrated probabilities and choices for the coach turns of a session, at least one."""
    raw = logits(turns, head)
    return decide(raw[:, :-1], np.full(len(raw), manner(raw[:, -1]), dtype=np.float32), head)


def manner(of_turns: NDArray[np.floating]) -> float:
    """Return the manner of a conversation from the logits (n,) of its turns, at most `USUAL_MANNER`."""
    if len(of_turns) < _MIN_TURNS:
        return USUAL_MANNER
    return min(float(of_turns.mean()), USUAL_MANNER)


def decide(raw: Matrix, manners: Matrix, head: Head) -> Answer:
    """Turn raw logits (n, 10) and the manners (n,) of their conversations into probabilities and choices."""
    n_behaviours = len(BEHAVIOURS)
    calibrated = raw * head.sharpness + head.shift + manners[:, None] * head.lean
    behaviour = calibrated[:, :n_behaviours]
    behaviour = behaviour - behaviour.max(axis=1, keepdims=True)
    share = np.exp(behaviour)
    share /= share.sum(axis=1, keepdims=True)
    yes = calibrated[:, n_behaviours:]
    p_yes = 1 / (1 + np.exp(-np.clip(yes, -30, 30)))
    chosen = (behaviour + head.offset[:n_behaviours]).argmax(axis=1)
    return Answer(np.hstack([share, p_yes]), chosen, yes + head.offset[n_behaviours:] > 0)
