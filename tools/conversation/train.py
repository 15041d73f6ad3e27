"""Trains the artefact of `telemachy.core.conversation` and prints what grouped cross-validation says of it.

    python -m tools.conversation.train AnnoMI-full.csv [--out FILE] [--folds 5] [--final]

Nothing of a transcript is kept but words and short runs of words (with the place where they stand) that occur
in at least three turns of at least two sources. Without `--final` only the cross-validation runs.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from tools.conversation import annomi
from tools.conversation.annomi import Session
from tools.conversation.figures import figures, table
from tools.conversation.fitting import calibrate, fit, rate_offsets

from telemachy.core.conversation import features as features_module
from telemachy.core.conversation import model
from telemachy.core.conversation.features import Features, session_features

MIN_TURNS, MIN_SOURCES = 3, 2
#: Quadratic penalty of each task, chosen by grouped cross-validation.
PENALTY = {"behaviour": 10.0, "has_question": 10.0, "has_reflection": 10.0, "has_input": 10.0,
           "advice": 10.0, "closed": 10.0, "complex": 20.0}  # fmt: skip
N_STEPS = 50
#: Weights below this share of the largest of their column do not matter and are left out.
SMALLEST = 1 / 127

Rows = list[Features]


def coach_features(sessions: Iterable[Session], *, punctuated: bool) -> Rows:
    """Return the features of all coach turns, session after session."""
    return [
        found
        for session in sessions
        for found in session_features(session.utterances, punctuated=punctuated)
        if found is not None
    ]


def vocabulary(turns: Sequence[Features], sources: Sequence[str]) -> dict[str, int]:
    """Return the features seen in at least three turns of at least two sources, in alphabetical order."""
    n_turns: Counter[str] = Counter()
    seen_in: dict[str, set[str]] = {}
    for turn, source in zip(turns, sources, strict=True):
        for name in {*turn.names, *(name for name, _degree in turn.degrees)}:
            n_turns[name] += 1
            seen_in.setdefault(name, set()).add(source)
    kept = sorted(n for n, k in n_turns.items() if k >= MIN_TURNS and len(seen_in[n]) >= MIN_SOURCES)
    return {name: row for row, name in enumerate(kept)}


def matrix(turns: Sequence[Features], row_of: dict[str, int]) -> sparse.csr_matrix:
    """Return the sparse matrix (turns, features) by the very rule that coding uses."""
    where: list[int] = []
    value: list[float] = []
    ends = [0]
    for turn in turns:
        found, values = model.rows(turn, row_of)
        where += found
        value += values
        ends.append(len(where))
    return sparse.csr_matrix((value, where, ends), shape=(len(turns), len(row_of)))


def columns_of(task: str) -> slice:
    """Return the columns of the weights that belong to a task."""
    n = len(model.BEHAVIOURS)
    at = annomi.TASKS.index(task)
    return slice(0, n) if at == 0 else slice(n + at - 1, n + at)


def fit_all(
    views: Sequence[sparse.csr_matrix], codes: NDArray[np.int8], n_steps: int
) -> tuple[NDArray, NDArray]:
    """Fit every task on all views of the same turns; return weights (features, 10) and bias (10,)."""
    weights = np.zeros((views[0].shape[1], len(model.COLUMNS)))
    bias = np.zeros(len(model.COLUMNS))
    for at, task in enumerate(annomi.TASKS):
        known = codes[:, at] >= 0
        y = np.tile(codes[known, at], len(views))
        x = sparse.vstack([view[known] for view in views]).tocsr()
        n_classes = len(model.BEHAVIOURS) if at == 0 else 2
        columns = columns_of(task)
        weights[:, columns], bias[columns] = fit(x, y, n_classes, PENALTY[task] * len(views) ** 0.5, n_steps)
    return weights, bias


def folds_of(sources: Sequence[str], n_folds: int, seed: int) -> NDArray[np.int64]:
    """Return the fold of each turn; all turns of a source fall into one."""
    shuffled = sorted(set(sources))
    random.Random(seed).shuffle(shuffled)  # noqa: S311 - no secrets here
    return np.array([shuffled.index(source) % n_folds for source in sources])


def cross_validate(
    train: Sequence[Rows],
    tests: dict[str, Rows],
    codes: NDArray[np.int8],
    sources: Sequence[str],
    n_folds: int,
    seed: int,
) -> dict[str, NDArray]:
    """Return raw logits (turns, 10) of every test view, each from a model that saw none of its source."""
    fold = folds_of(sources, n_folds, seed)
    found = {name: np.zeros((len(codes), len(model.COLUMNS))) for name in tests}
    for one in range(n_folds):
        kept = np.flatnonzero(fold != one)
        row_of = vocabulary([train[0][i] for i in kept], [sources[i] for i in kept])
        weights, bias = fit_all(
            [matrix([view[i] for i in kept], row_of) for view in train], codes[kept], N_STEPS
        )
        for name, view in tests.items():
            back = np.flatnonzero(fold == one)
            found[name][back] = matrix([view[i] for i in back], row_of) @ weights + bias
    return found


def calibrated(raw: NDArray, codes: NDArray[np.int8]) -> dict[str, NDArray]:
    """Return sharpness, shift and offset (10,) from logits kept back."""
    found = {
        part: np.zeros(len(model.COLUMNS), dtype=np.float32) for part in ("sharpness", "shift", "offset")
    }
    for at, task in enumerate(annomi.TASKS):
        known = codes[:, at] >= 0
        columns = columns_of(task)
        logits, y = raw[known, columns], codes[known, at]
        factor, shifts = calibrate(logits, y)
        found["sharpness"][columns], found["shift"][columns] = factor, shifts
        found["offset"][columns] = rate_offsets(logits * factor + shifts, y)
    return found


def packed_head(
    row_of: dict[str, int], weights: NDArray, bias: NDArray, parts: dict[str, NDArray]
) -> model.Head:
    """Return the head in whole numbers of 8 bits, without features that weigh nothing."""
    scale = np.abs(weights).max(axis=0) / 127
    whole = np.rint(weights / scale).astype(np.int8)
    heavy = (np.abs(whole) >= SMALLEST * 127).any(axis=1)
    names = [name for name, row in row_of.items() if heavy[row]]
    return model.Head(
        {name: row for row, name in enumerate(names)},
        whole[heavy],
        scale.astype(np.float32),
        bias.astype(np.float32),
        **parts,
    )


def main() -> None:
    """Cross-validate both heads; with --final train on everything and write the artefact."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, help="CSV in the columns of AnnoMI")
    parser.add_argument("--out", type=Path, default=Path(features_module.__file__).with_name(model.ARTEFACT))
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--final", action="store_true", help="train on all and write the artefact")
    options = parser.parse_args()

    sessions = annomi.read(options.data)
    codes = np.concatenate([session.codes for session in sessions])
    sources = [session.source for session in sessions for _code in session.codes]
    session_of = np.concatenate([np.full(len(s.codes), i) for i, s in enumerate(sessions)])
    arrays: dict[str, NDArray] = {}
    kept_figures: dict[str, dict[str, float]] = {}
    for name, punctuated in (("punctuated", True), ("stripped", False)):
        bare = (lambda view, seed: view) if punctuated else annomi.stripped
        clean = coach_features(bare(sessions, 1), punctuated=punctuated)
        noisy = coach_features(bare(annomi.misheard(sessions, 2), 2), punctuated=punctuated)
        train_noisy = coach_features(bare(annomi.misheard(sessions, 3), 3), punctuated=punctuated)
        train = [clean, train_noisy]
        raw = cross_validate(
            train, {"clean": clean, "misheard": noisy}, codes, sources, options.folds, options.seed
        )
        parts = calibrated(raw["clean"], codes)
        one = np.ones(len(model.COLUMNS), dtype=np.float32)
        judge = model.Head({}, np.zeros((0, 10), np.int8), one, one, **parts)
        results = [
            (f"{name} {view}", figures(model.decide(logits.astype(np.float32), judge), codes, session_of))
            for view, logits in raw.items()
        ]
        print(table(results), flush=True)
        kept_figures |= dict(results)
        if options.final:
            row_of = vocabulary(clean, sources)
            weights, bias = fit_all([matrix(view, row_of) for view in train], codes, N_STEPS)
            arrays |= model.pack(name, packed_head(row_of, weights, bias, parts))
    if options.final:
        card = {
            "data": "AnnoMI (Wu et al., Future Internet 2023, 15, 110)",
            "n_sessions": len(sessions),
            "n_sources": len(set(sources)),
            "n_coach_turns": len(codes),
            "cross_validation": {k: {n: round(v, 3) for n, v in f.items()} for k, f in kept_figures.items()},
        }
        arrays["card"] = np.frombuffer(json.dumps(card, sort_keys=True).encode(), dtype=np.uint8)
        np.savez_compressed(options.out, **arrays)
        print(f"{options.out.name}: {options.out.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
