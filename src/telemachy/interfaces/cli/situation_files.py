"""A CSV of situations read into evidence, with the names that the numbers stand for."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from telemachy.core.growth import Evidence, Lots
from telemachy.core.shared.errors import BadInput

NEEDED = ("learner", "competency", "time", "difficulty", "novelty", "level", "success")
OPTIONAL = ("item", "consulted", "confidence", "tier")
#: Which lot set a situation to be guided or alone, and how it fell; both empty where none was drawn.
LOTS = ("draw", "fell")
_FELL = {"guided": True, "alone": False}
_TRUTH = {"true": 1.0, "yes": 1.0, "false": 0.0, "no": 0.0}


@dataclass(frozen=True, slots=True)
class Situations:
    """Evidence in which learner i is called `learners[i]`, and competency k `competencies[k]`.

    `lots` are of its rows; None where the file has no columns of lots.
    """

    evidence: Evidence
    learners: tuple[str, ...]
    competencies: tuple[str, ...]
    lots: Lots | None = None

    def pairs(self) -> list[tuple[int, int]]:
        """Return each learner with each competency the learner met."""
        met = np.unique(np.stack([self.evidence.learner, self.evidence.competency], axis=1), axis=0)
        return [(learner, competency) for learner, competency in met.tolist()]

    def chosen(self, learner: str | None, competency: str | None) -> list[tuple[int, int]]:
        """Return the pairs of the named learner and competency; raise BadInput for a name not in the file."""
        for column, name, names in (
            ("learner", learner, self.learners),
            ("competency", competency, self.competencies),
        ):
            if name is not None and name not in names:
                raise BadInput(f"No row has the {column} {name}.", field=column)
        if learner is not None and competency is not None:
            return [(self.learners.index(learner), self.competencies.index(competency))]
        return [
            (i, k)
            for i, k in self.pairs()
            if learner in (None, self.learners[i]) and competency in (None, self.competencies[k])
        ]


def read(path: Path) -> Situations:
    """Read a CSV file; raise BadInput naming the line and column that cannot be used."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = csv.reader(stream)
            header = [name.strip().lower() for name in next(rows, [])]
            table = [(rows.line_num, row) for row in rows if any(cell.strip() for cell in row)]
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror or error}.") from None
    except (UnicodeDecodeError, csv.Error):
        raise BadInput(f"{path} is no CSV in UTF-8; save it as one.") from None
    missing = [name for name in NEEDED if name not in header]
    if missing:
        raise BadInput(f"{path} has no column {', '.join(missing)}; its first line must name the columns.")
    for line, row in table:
        if len(row) < len(header):
            raise BadInput(f"{path}: line {line} has {len(row)} cells, the header {len(header)}.")
    _refuse_copies(path, table)
    lines = [line for line, _ in table]
    cells = {
        name: [row[header.index(name)].strip() for _, row in table]
        for name in (*NEEDED, *OPTIONAL, *LOTS)
        if name in header
    }
    lots = _lots(path, lines, cells.pop("draw", None), cells.pop("fell", None))
    learners, learner = _numbered(cells.pop("learner"))
    competencies, competency = _numbered(cells.pop("competency"))
    columns: dict[str, Sequence[float]] = {"learner": learner, "competency": competency}
    if "item" in cells:
        columns["item"] = _numbered(cells.pop("item"))[1]
    for name, texts in cells.items():
        columns[name] = [_value(path, line, name, text) for line, text in zip(lines, texts, strict=True)]
    try:
        evidence = Evidence(**columns)  # type: ignore[arg-type]  # makes arrays of sequences
    except BadInput as error:
        raise BadInput(f"{path}: {error} Row 0 is line {lines[0]}.", field=error.field) from None
    return Situations(evidence, learners, competencies, lots)


def _lots(path: Path, lines: list[int], draws: list[str] | None, fell: list[str] | None) -> Lots | None:
    if draws is None and fell is None:
        return None
    if draws is None or fell is None:
        raise BadInput(f"{path} needs both columns of a lot, draw and fell, or neither.")
    for line, name, way in zip(lines, draws, fell, strict=True):
        if way.lower() not in ({*_FELL} if name else {""}):
            raise BadInput(
                f"{path}: line {line} has {way!r} as fell; write guided or alone beside a draw, and nothing "
                "where none was drawn.",
                field="fell",
            )
    _, number = _numbered(draws)
    return Lots(
        np.array([at if name else -1 for at, name in zip(number, draws, strict=True)]),
        np.array([_FELL.get(way.lower(), False) for way in fell]),
    )


def _refuse_copies(path: Path, table: list[tuple[int, list[str]]]) -> None:
    seen: dict[tuple[str, ...], int] = {}
    for line, row in table:
        first = seen.setdefault(tuple(row), line)
        if first != line:
            raise BadInput(
                f"{path}: line {line} repeats line {first}. Leave copies out, or give times that tell them "
                "apart."
            )


def _numbered(texts: list[str]) -> tuple[tuple[str, ...], list[int]]:
    names = sorted(set(texts))
    places = {name: place for place, name in enumerate(names)}
    return tuple(names), [places[text] for text in texts]


def _value(path: Path, line: int, name: str, text: str) -> float:
    if name == "consulted" and text.lower() in _TRUTH:
        return _TRUTH[text.lower()]
    try:
        return float(text)
    except ValueError:
        pass
    if name == "time":
        try:
            return float(date.fromisoformat(text[:10]).toordinal())
        except ValueError:
            raise BadInput(
                f"{path}: line {line} has the time {text!r}; give days or YYYY-MM-DD.", field=name
            ) from None
    raise BadInput(f"{path}: line {line} has {text!r} as {name}; a number is needed.", field=name)
