"""The figures by which coding is judged: macro-F1, rates of sessions, calibration."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from tools.conversation.annomi import TASKS

from telemachy.core.conversation.model import BEHAVIOURS, Answer

Codes = NDArray[np.int8]
N_BINS = 10
#: Coach turns of a long conversation, the only ones whose shares are worth following.
MIN_TURNS = 10


def macro_f1(y: NDArray[np.integer], found: NDArray[np.integer]) -> float:
    """Return the mean of the F1 of every class."""
    scores = []
    for one in range(int(max(y.max(), found.max())) + 1):
        both = ((y == one) & (found == one)).sum()
        scores.append(2 * both / max(1, (y == one).sum() + (found == one).sum()))
    return float(np.mean(scores))


def calibration_error(p: NDArray[np.floating], right: NDArray[np.bool_]) -> float:
    """Return the mean gap between confidence and share of right answers over ten equal bins."""
    bins = np.minimum((p * N_BINS).astype(int), N_BINS - 1)
    gaps = [
        abs(p[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean() for b in set(bins.tolist())
    ]
    return float(np.sum(gaps))


def figures(answer: Answer, codes: Codes, session_of: NDArray[np.integer]) -> dict[str, float]:
    """Return all figures of coach turns coded by the model and by people.

    bias: mean error of a behaviour's share of a conversation. r: correlation of a share with people's over
    all conversations, r10 over those of ten turns and more; of turns that have a question or a reflection,
    and of turns that mainly are one.
    """
    found: dict[str, float] = {"behaviour": macro_f1(codes[:, 0], answer.chosen)}
    for column, task in enumerate(TASKS[1:], start=1):
        known = codes[:, column] >= 0
        found[task] = macro_f1(codes[known, column], answer.yes[known, column - 1].astype(int))
    confident = answer.p[:, :4].max(axis=1)
    found["ece"] = calibration_error(confident, answer.p[:, :4].argmax(axis=1) == codes[:, 0])
    shares = [_shares(answer.chosen == b, session_of) for b in range(4)]
    truths = [_shares(codes[:, 0] == b, session_of) for b in range(4)]
    for b, name in enumerate(BEHAVIOURS):
        found[f"bias_{name}"] = float(np.mean(shares[b] - truths[b]))
    long = np.isin(session_of, np.flatnonzero(np.bincount(session_of) >= MIN_TURNS))
    everywhere = np.ones(len(session_of), dtype=bool)
    for b, name in enumerate(BEHAVIOURS[:2]):
        for label, where in (("r", everywhere), ("r10", long)):
            at = session_of[where]
            has = [_shares(yes[where] == 1, at) for yes in (answer.yes[:, b], codes[:, b + 1])]
            found[f"{label}_has_{name}"] = float(np.corrcoef(*has)[0, 1])
            main = [_shares(chosen[where] == b, at) for chosen in (answer.chosen, codes[:, 0])]
            found[f"{label}_{name}"] = float(np.corrcoef(*main)[0, 1])
    return found


def within_parts(
    answer: Answer, codes: Codes, session_of: NDArray[np.integer], part_of: NDArray[np.integer]
) -> dict[str, float]:
    """Return r10 of the shares after the mean of each part (turns,) of cross-validation was taken off both.

    Every part is judged by a model of its own. That one of them codes a little more reflections than the next
    moves shares of a whole part, and says nothing of how one model tells new conversations apart.
    """
    long = np.isin(session_of, np.flatnonzero(np.bincount(session_of) >= MIN_TURNS))
    at, part = session_of[long], part_of[long]
    parts = np.array([part[at == one][0] for one in np.unique(at)])
    found = {}
    for b, name in enumerate(BEHAVIOURS[:2]):
        for label, ours, people in (
            (f"has_{name}", answer.yes[:, b] == 1, codes[:, b + 1] == 1),
            (name, answer.chosen == b, codes[:, 0] == b),
        ):
            shares = np.array([_shares(yes[long], at) for yes in (ours, people)])
            for one in np.unique(parts):
                shares[:, parts == one] -= shares[:, parts == one].mean(axis=1, keepdims=True)
            found[f"r10_{label}"] = float(np.corrcoef(shares)[0, 1])
    return found


def _shares(yes: NDArray[np.bool_], session_of: NDArray[np.integer]) -> NDArray[np.float64]:
    return np.array([yes[session_of == one].mean() for one in np.unique(session_of)])


def table(rows: Sequence[tuple[str, dict[str, float]]]) -> str:
    """Return one line per row, one column per figure."""
    names = list(rows[0][1])
    width = max(len(label) for label, _found in rows) + 2
    lines = [" " * width + " ".join(f"{name[:11]:>11}" for name in names)]
    lines += [
        label.ljust(width) + " ".join(f"{found[name]:11.3f}" for name in names) for label, found in rows
    ]
    return "\n".join(lines)
