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
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from tools.conversation import annomi, examples
from tools.conversation.annomi import Session
from tools.conversation.figures import figures, table
from tools.conversation.fitting import calibrate, even_offset, fit, rate_offsets

from telemachy.core.conversation import features as features_module
from telemachy.core.conversation import model
from telemachy.core.conversation.features import Features, session_features

MIN_TURNS, MIN_SOURCES = 3, 2
#: Quadratic penalty of each task; half and double, or one for each kind of feature, did no better.
PENALTY = {"behaviour": 15.0, "has_question": 7.5, "has_reflection": 7.5, "has_input": 7.5,
           "advice": 7.5, "closed": 25.0, "complex": 25.0}  # fmt: skip
N_STEPS = 50
#: How far the rate of a yes may be from that of people, for the sake of choosing at even odds.
RATE_SLACK = 0.01
#: Weights below this share of the largest of their column do not matter and are left out.
SMALLEST = 1 / 127

#: How often each of our own turns counts: few as they are, they stand for a whole field.
OWN_WEIGHT = 5

Rows = list[Features]


@dataclass(frozen=True, slots=True)
class Own:
    """The turns written for this project, always trained on and never judged by."""

    turns: Rows
    codes: NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class JudgedHead:
    """A head's training views, its calibration, and the answers that cross-validation gave for test views."""

    name: str
    train: list[Rows]
    own: Own
    parts: dict[str, NDArray]
    answers: dict[str, model.Answer]


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
    views: Sequence[sparse.csr_matrix], codes: NDArray[np.int8], own: Own, row_of: dict[str, int]
) -> tuple[NDArray, NDArray]:
    """Fit every task on all views of the same turns and on our own; return weights and bias."""
    weights = np.zeros((len(row_of), len(model.COLUMNS)))
    bias = np.zeros(len(model.COLUMNS))
    written = matrix(own.turns, row_of)
    all_codes = np.concatenate([*[codes] * len(views), own.codes])
    x = sparse.vstack([*views, written]).tocsr()
    weight = np.ones(len(all_codes), dtype=np.float32)
    weight[-len(own.codes) :] = OWN_WEIGHT
    for at, task in enumerate(annomi.TASKS):
        known = all_codes[:, at] >= 0
        n_classes = len(model.BEHAVIOURS) if at == 0 else 2
        columns = columns_of(task)
        penalty = PENALTY[task] * len(views) ** 0.5
        weights[:, columns], bias[columns] = fit(
            x[known], all_codes[known, at], n_classes, penalty, N_STEPS, weight[known]
        )
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
    own: Own,
    fold: NDArray[np.int64],
    sources: Sequence[str],
) -> dict[str, NDArray]:
    """Return raw logits (turns, 10) of every test view, each from a model that saw none of its source."""
    found = {name: np.zeros((len(codes), len(model.COLUMNS))) for name in tests}
    for one in range(int(fold.max()) + 1):
        kept, back = np.flatnonzero(fold != one), np.flatnonzero(fold == one)
        row_of = vocabulary([train[0][i] for i in kept], [sources[i] for i in kept])
        views = [matrix([view[i] for i in kept], row_of) for view in train]
        weights, bias = fit_all(views, codes[kept], own, row_of)
        for name, view in tests.items():
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
        honest = logits * factor + shifts
        # Of so few turns that advise, even odds would miss a fifth more.
        slack = 0.0 if task == "advice" else RATE_SLACK
        found["offset"][columns] = rate_offsets(honest, y) if at == 0 else even_offset(honest[:, 0], y, slack)
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


def judged_heads(sessions: Sequence[Session], n_folds: int, seed: int) -> Iterator[JudgedHead]:
    """Yield both heads with what cross-validation, grouped by source, says of clean and of misheard text."""
    codes = np.concatenate([session.codes for session in sessions])
    sources = [session.source for session in sessions for _code in session.codes]
    fold = folds_of(sources, n_folds, seed)
    own_texts, own_codes = examples.read()
    heard, misheard = (annomi.misheard(sessions, seed) for seed in (2, 3))
    for name in ("punctuated", "stripped"):
        punctuated = name == "punctuated"
        views = [sessions, heard, misheard]
        if not punctuated:
            views = [annomi.stripped(view, seed) for seed, view in enumerate(views, start=1)]
            own_texts = [annomi.bare(text) for text in own_texts]
        clean, tested, trained = (coach_features(view, punctuated=punctuated) for view in views)
        own = Own(examples.features_of(own_texts, punctuated=punctuated), own_codes)
        train, tests = [clean, trained], {"clean": clean, "misheard": tested}
        raw = cross_validate(train, tests, codes, own, fold, sources)
        parts = calibrated(raw["clean"], codes)
        one = np.ones(len(model.COLUMNS), dtype=np.float32)
        judge = model.Head({}, np.zeros((0, len(one)), np.int8), one, one, **parts)
        answers = {
            f"{name} {view}": model.decide(logits.astype(np.float32), judge) for view, logits in raw.items()
        }
        yield JudgedHead(name, train, own, parts, answers)


def final_head(judged: JudgedHead, codes: NDArray[np.int8], sources: Sequence[str]) -> model.Head:
    """Train a head on everything."""
    row_of = vocabulary(judged.train[0], sources)
    weights, bias = fit_all([matrix(view, row_of) for view in judged.train], codes, judged.own, row_of)
    return packed_head(row_of, weights, bias, judged.parts)


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
    found: dict[str, dict[str, float]] = {}
    for judged in judged_heads(sessions, options.folds, options.seed):
        rows = {label: figures(answer, codes, session_of) for label, answer in judged.answers.items()}
        print(table(list(rows.items())), flush=True)
        found |= rows
        if options.final:
            arrays |= model.pack(judged.name, final_head(judged, codes, sources))
    if options.final:
        arrays["card"] = np.frombuffer(_card(sessions, found).encode(), dtype=np.uint8)
        np.savez_compressed(options.out, **arrays)
        print(f"{options.out.name}: {options.out.stat().st_size / 1000:.0f} kB")


def _card(sessions: Sequence[Session], found: dict[str, dict[str, float]]) -> str:
    card = {
        "data": "AnnoMI (Wu et al., Future Internet 2023, 15, 110)",
        "n_sessions": len(sessions),
        "n_sources": len({session.source for session in sessions}),
        "n_coach_turns": sum(len(session.codes) for session in sessions),
        "grouped_cross_validation": {
            label: {name: round(value, 3) for name, value in rows.items()} for label, rows in found.items()
        },
    }
    return json.dumps(card, sort_keys=True)


if __name__ == "__main__":
    main()
