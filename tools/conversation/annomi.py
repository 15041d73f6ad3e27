"""AnnoMI as published: its turns, its codes, and its text as speech-to-text programs would write it.

AnnoMI: 133 demonstrations of motivational interviewing, coded by experts (Wu et al., Future Internet 2023,
15, 110). The data is not part of this repository.
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from telemachy.core.conversation.model import BEHAVIOURS
from telemachy.core.conversation.turns import Utterance

#: Codes of one coach turn in the order of the model's columns; the behaviour is one column, -1 unknown.
TASKS = ("behaviour", "has_question", "has_reflection", "has_input", "advice", "closed", "complex")

_BEHAVIOUR = {"therapist_input": "input"}
_SUBTYPES = {"closed": ("question_subtype", ("open", "closed")),
             "complex": ("reflection_subtype", ("simple", "complex"))}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Session:
    """A coded conversation: `codes` (coach turns, 7) as small whole numbers."""

    name: str
    source: str
    is_good: bool
    utterances: list[Utterance]
    codes: NDArray[np.int8]


def read(path: Path) -> list[Session]:
    """Read the sessions of a CSV in AnnoMI's columns."""
    rows_of: dict[str, list[dict[str, str]]] = {}
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            rows_of.setdefault(row["transcript_id"], []).append(row)
    return [_session(name, rows) for name, rows in rows_of.items()]


def _session(name: str, rows: list[dict[str, str]]) -> Session:
    utterances = [
        Utterance(
            speaker="coach" if row["interlocutor"] == "therapist" else "client",
            text=row["utterance_text"],
            start=_seconds(row["timestamp"]),
        )
        for row in rows
    ]
    codes = [_codes(row) for row in rows if row["interlocutor"] == "therapist"]
    first = rows[0]
    return Session(
        name, first["source_id"], first["mi_quality"] == "high", utterances, np.array(codes, dtype=np.int8)
    )


def _seconds(text: str) -> float:
    hours, minutes, seconds = text.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def _codes(row: dict[str, str]) -> list[int]:
    behaviour = row["main_therapist_behaviour"]
    codes = [BEHAVIOURS.index(_BEHAVIOUR.get(behaviour, behaviour))]
    codes += [row[f"{what}_exists"] == "True" for what in ("question", "reflection", "therapist_input")]
    codes.append(row["therapist_input_subtype"] == "advice")
    for column, kinds in _SUBTYPES.values():
        codes.append(kinds.index(row[column]) if row[column] in kinds else -1)
    return [int(code) for code in codes]


def stripped(sessions: Sequence[Session], seed: int) -> list[Session]:
    """Return the sessions in small letters without marks, half of them with words glued at the hyphens."""
    rng = random.Random(seed)  # noqa: S311 - no secrets here
    found = []
    for session in sessions:
        glued = rng.random() < 0.5
        found.append(_with_texts(session, [bare(one["text"], glued=glued) for one in session.utterances]))
    return found


def bare(text: str, *, glued: bool = False) -> str:
    """Return a text in small letters without marks; glued: "and-and" becomes one word, not two."""
    marks, instead = (r"[^\w\s]", "") if glued else (r"[^\w\s']", " ")
    return " ".join(re.sub(marks, instead, text.lower()).split())


def misheard(sessions: Sequence[Session], seed: int, rate: float = 0.15) -> list[Session]:
    """Return the sessions with a share of words dropped, replaced or added, a third each; marks stay."""
    rng = random.Random(seed)  # noqa: S311
    vocabulary = [word for one in sessions for turn in one.utterances for word in turn["text"].split()]
    return [
        _with_texts(session, [_mishear(one["text"], vocabulary, rng, rate) for one in session.utterances])
        for session in sessions
    ]


def _mishear(text: str, vocabulary: list[str], rng: random.Random, rate: float) -> str:
    heard = []
    for word in text.split():
        drawn = rng.random() / rate * 3
        if drawn < 1:
            continue
        tail = re.search(r"[^\w']*$", word)
        other = rng.choice(vocabulary).strip(".,?!-…").lower() if drawn < 3 else ""
        if drawn < 2:
            heard.append(other + (tail.group() if tail else ""))
        else:
            heard += [word, other] if other else [word]
    return " ".join(heard)


def _with_texts(session: Session, texts: list[str]) -> Session:
    utterances = []
    for utterance, text in zip(session.utterances, texts, strict=True):
        changed = utterance.copy()
        changed["text"] = text
        utterances.append(changed)
    return replace(session, utterances=utterances)
