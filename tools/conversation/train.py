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

#: Of the artefact; goes up whenever the same text may be coded otherwise.
VERSION = 2

MIN_TURNS, MIN_SOURCES = 3, 2
#: Quadratic penalty of each task; half and double, or one for each kind of feature, did no better.
PENALTY = {"behaviour": 15.0, "has_question": 7.5, "has_reflection": 7.5, "has_input": 7.5,
           "advice": 7.5, "closed": 25.0, "complex": 25.0, "manner": 30.0}  # fmt: skip
N_STEPS = 50
#: How far the rate of a yes may be from that of people, for the sake of choosing at even odds.
RATE_SLACK = 0.01
#: Weights below this share of the largest of their column do not matter and are left out.
SMALLEST = 1 / 127

#: What a turn does whatever the manner of the conversation: "You should" is advice in one that listens, too.
OWN_WORDS = ("has_question", "advice")

#: How often each of our own turns counts: few as they are, they stand for a whole field.
OWN_WEIGHT = 5

Rows = list[Features]


@dataclass(frozen=True, slots=True)
class Labels:
    """What is known of each turn, (turns,) but for `codes` (turns, 7).

    is_good: whether the conversation was published as a demonstration of good counselling.
    """

    codes: NDArray[np.int8]
    is_good: NDArray[np.bool_]
    session: NDArray[np.int64]
    source: NDArray[np.str_]

    @classmethod
    def of(cls, sessions: Sequence[Session]) -> Labels:
        """Return the labels of all coach turns, session after session."""
        n_turns = [len(one.codes) for one in sessions]
        return cls(
            np.concatenate([one.codes for one in sessions]),
            np.repeat([one.is_good for one in sessions], n_turns),
            np.repeat(np.arange(len(sessions)), n_turns),
            np.repeat([one.source for one in sessions], n_turns),
        )

    def at(self, turns: NDArray[np.int64]) -> Labels:
        """Return those of some turns."""
        return Labels(self.codes[turns], self.is_good[turns], self.session[turns], self.source[turns])


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
    told_apart: float


def coach_features(sessions: Iterable[Session], *, punctuated: bool) -> Rows:
    """Return the features of all coach turns, session after session."""
    return [
        found
        for session in sessions
        for found in session_features(session.utterances, punctuated=punctuated)
        if found is not None
    ]


def vocabulary(turns: Sequence[Features], sources: Iterable[str]) -> dict[str, int]:
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
    views: Sequence[sparse.csr_matrix], labels: Labels, own: Own, row_of: dict[str, int]
) -> tuple[NDArray, NDArray]:
    """Fit every task on all views of the same turns and on our own, the manner on the views alone."""
    weights = np.zeros((len(row_of), model.N_COLUMNS))
    bias = np.zeros(model.N_COLUMNS)
    codes = np.concatenate([*[labels.codes] * len(views), own.codes])
    x = sparse.vstack([*views, matrix(own.turns, row_of)]).tocsr()
    weight = np.ones(len(codes), dtype=np.float32)
    weight[-len(own.codes) :] = OWN_WEIGHT
    for at, task in enumerate(annomi.TASKS):
        known = codes[:, at] >= 0
        n_classes = len(model.BEHAVIOURS) if at == 0 else 2
        columns = columns_of(task)
        weights[:, columns], bias[columns] = fit(
            x[known], codes[known, at], n_classes, penalty_of(task, views), N_STEPS, weight[known]
        )
    weights[:, -1:], bias[-1:] = fit(
        x[: -len(own.codes)],
        np.tile(labels.is_good.astype(np.int8), len(views)),
        2,
        penalty_of("manner", views),
        N_STEPS,
        np.tile(manner_weight(labels), len(views)),
    )
    return weights, bias


def penalty_of(task: str, views: Sequence[object]) -> float:
    """Return the penalty of a task: views of the same turns are not turns of their own."""
    return PENALTY[task] * len(views) ** 0.5


def manner_weight(labels: Labels) -> NDArray[np.float32]:
    """Return how much each turn counts for the manner: good and poor alike, long sessions less a turn."""
    weight = np.bincount(labels.session)[labels.session] ** -0.5
    for kind in (labels.is_good, ~labels.is_good):
        weight[kind] /= weight[kind].sum()
    return (weight / weight.mean()).astype(np.float32)


def manners_of(of_turns: NDArray, session: NDArray[np.int64]) -> NDArray:
    """Return the manner of its conversation for every turn, by the very rule that coding uses."""
    found = np.zeros(len(of_turns))
    for one in np.unique(session):
        found[session == one] = model.manner(of_turns[session == one])
    return found


def folds_of(sources: Iterable[str], n_folds: int, seed: int) -> NDArray[np.int64]:
    """Return the fold of each turn; all turns of a source fall into one."""
    shuffled = sorted(set(sources))
    random.Random(seed).shuffle(shuffled)  # noqa: S311 - no secrets here
    return np.array([shuffled.index(source) % n_folds for source in sources])


def cross_validate(
    train: Sequence[Rows],
    tests: dict[str, Rows],
    labels: Labels,
    own: Own,
    fold: NDArray[np.int64],
) -> dict[str, NDArray]:
    """Return raw logits (turns, 11) of every test view, each from a model that saw none of its source."""
    found = {name: np.zeros((len(labels.codes), model.N_COLUMNS)) for name in tests}
    for one in range(int(fold.max()) + 1):
        kept, back = np.flatnonzero(fold != one), np.flatnonzero(fold == one)
        row_of = vocabulary([train[0][i] for i in kept], labels.source[kept].tolist())
        views = [matrix([view[i] for i in kept], row_of) for view in train]
        weights, bias = fit_all(views, labels.at(kept), own, row_of)
        for name, view in tests.items():
            found[name][back] = matrix([view[i] for i in back], row_of) @ weights + bias
    return found


def calibrated(raw: NDArray, labels: Labels) -> dict[str, NDArray]:
    """Return sharpness, shift, lean and offset (10,) from logits kept back (turns, 11)."""
    parts = ("sharpness", "shift", "lean", "offset")
    found = {part: np.zeros(len(model.COLUMNS), dtype=np.float32) for part in parts}
    manners = manners_of(raw[:, -1], labels.session)
    for at, task in enumerate(annomi.TASKS):
        known = labels.codes[:, at] >= 0
        columns = columns_of(task)
        logits, y = raw[known, columns], labels.codes[known, at]
        leaning = manners[known] * (task not in OWN_WORDS)
        factor, shifts, leans = calibrate(logits, y, leaning)
        found["sharpness"][columns], found["shift"][columns], found["lean"][columns] = factor, shifts, leans
        honest = logits * factor + shifts + leaning[:, None] * leans
        # Of so few turns that advise, even odds would miss a fifth more.
        slack = 0.0 if task == "advice" else RATE_SLACK
        found["offset"][columns] = rate_offsets(honest, y) if at == 0 else even_offset(honest[:, 0], y, slack)
    return found


def answered(raw: NDArray, labels: Labels, parts: dict[str, NDArray]) -> model.Answer:
    """Return the answer to raw logits (turns, 11) of whole conversations."""
    unused = np.ones(model.N_COLUMNS, dtype=np.float32)
    judge = model.Head({}, np.zeros((0, model.N_COLUMNS), np.int8), unused, unused, **parts)
    manners = manners_of(raw[:, -1], labels.session).astype(np.float32)
    return model.decide(raw[:, :-1].astype(np.float32), manners, judge)


def told_apart(raw: NDArray, labels: Labels) -> float:
    """Return in which share of pairs the good conversation has the better manner than the poor one."""
    n_turns = np.bincount(labels.session)
    mean = np.bincount(labels.session, weights=raw[:, -1]) / n_turns
    is_good = np.bincount(labels.session, weights=labels.is_good) > 0
    return float((mean[is_good][:, None] > mean[~is_good]).mean())


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
    labels = Labels.of(sessions)
    fold = folds_of(labels.source.tolist(), n_folds, seed)
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
        raw = cross_validate(train, tests, labels, own, fold)
        parts = calibrated(raw["clean"], labels)
        answers = {f"{name} {view}": answered(logits, labels, parts) for view, logits in raw.items()}
        yield JudgedHead(name, train, own, parts, answers, told_apart(raw["clean"], labels))


def final_head(judged: JudgedHead, labels: Labels) -> model.Head:
    """Train a head on everything."""
    row_of = vocabulary(judged.train[0], labels.source.tolist())
    weights, bias = fit_all([matrix(view, row_of) for view in judged.train], labels, judged.own, row_of)
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
    labels = Labels.of(sessions)
    arrays: dict[str, NDArray] = {}
    found: dict[str, dict[str, float]] = {}
    for judged in judged_heads(sessions, options.folds, options.seed):
        rows = {
            label: figures(answer, labels.codes, labels.session) for label, answer in judged.answers.items()
        }
        print(table(list(rows.items())))
        print(f"{judged.name}: manner tells {judged.told_apart:.3f} of pairs of a good and a poor one apart")
        found |= rows
        if options.final:
            arrays |= model.pack(judged.name, final_head(judged, labels))
    if options.final:
        arrays["card"] = np.frombuffer(_card(sessions, found).encode(), dtype=np.uint8)
        np.savez_compressed(options.out, **arrays)
        print(f"{options.out.name}: {options.out.stat().st_size / 1000:.0f} kB")


def _card(sessions: Sequence[Session], found: dict[str, dict[str, float]]) -> str:
    card = {
        "version": VERSION,
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
