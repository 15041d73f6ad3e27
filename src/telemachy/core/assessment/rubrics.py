"""A rubric as data: levels, and competencies with markers and what each level sounds like."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from telemachy.core.shared.errors import BadInput

MIN_LEVELS, MAX_LEVELS = 2, 7
MAX_COMPETENCIES, MAX_MARKERS = 30, 20
MAX_NAME, MAX_TEXT = 120, 600
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.\-]{0,11}")


@dataclass(frozen=True, slots=True)
class Level:
    """A step of the scale, lowest first."""

    name: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Marker:
    """Something that can be heard in a recording when a competency is there."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Competency:
    """What is rated; `levels` says what each level sounds like here, or is empty."""

    code: str
    name: str
    text: str = ""
    markers: tuple[Marker, ...] = ()
    levels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rubric:
    """Levels 1..n (lowest first), the one that counts as proficient, and the competencies."""

    levels: tuple[Level, ...]
    proficient: int
    competencies: tuple[Competency, ...]

    @property
    def n_levels(self) -> int:
        """Number of levels."""
        return len(self.levels)

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the competencies, in order."""
        return tuple(one.code for one in self.competencies)

    def competency(self, code: str) -> Competency | None:
        """Return the competency of a code, or None."""
        return next((one for one in self.competencies if one.code == code), None)

    def as_data(self) -> dict[str, Any]:
        """Return plain lists and dicts, which `read_rubric` reads."""
        return asdict(self)


def read_rubric(data: Mapping[str, Any]) -> Rubric:
    """Return a rubric from plain data.

    Raises
    ------
    BadInput
        Naming the competency, marker or level and the mend, if something is missing, twice there, too long
        or not of the kind it should be.
    """
    levels = tuple(
        Level(
            _text(one, "name", f"level {place}", needed=True),
            _text(one, "text", f"level {place}", most=MAX_TEXT),
        )
        for place, one in enumerate(_list(data, "levels", "the rubric"), start=1)
    )
    if not MIN_LEVELS <= len(levels) <= MAX_LEVELS:
        raise BadInput(f"A rubric has {MIN_LEVELS} to {MAX_LEVELS} levels.", field="levels")
    _once([level.name for level in levels], "level", "levels")
    proficient = data.get("proficient")
    if not isinstance(proficient, int) or not 1 < proficient <= len(levels):
        raise BadInput("Say which level counts as proficient, above the lowest one.", field="proficient")
    found = _list(data, "competencies", "the rubric")
    competencies = tuple(_competency(one, place, len(levels)) for place, one in enumerate(found, start=1))
    if not 1 <= len(competencies) <= MAX_COMPETENCIES:
        raise BadInput(f"A rubric has 1 to {MAX_COMPETENCIES} competencies.", field="competencies")
    codes = [one.code for one in competencies]
    codes += [marker.code for one in competencies for marker in one.markers]
    _once(codes, "code", "competencies")
    return Rubric(levels, proficient, competencies)


def _competency(data: Any, place: int, n_levels: int) -> Competency:
    where = f"competency {place}"
    code = _code(data, where)
    words = tuple(_list(data, "levels", where))
    if words and len(words) != n_levels:
        raise BadInput(
            f"Competency {code} describes {len(words)} levels; the rubric has {n_levels}.",
            field="competencies",
        )
    markers = _list(data, "markers", where)
    if len(markers) > MAX_MARKERS:
        raise BadInput(f"Competency {code} has more than {MAX_MARKERS} markers.", field="competencies")
    return Competency(
        code=code,
        name=_text(data, "name", where, needed=True),
        text=_text(data, "text", where, most=MAX_TEXT),
        markers=tuple(
            Marker(_code(one, f"a marker of {code}"), _text(one, "text", where, needed=True, most=MAX_TEXT))
            for one in markers
        ),
        levels=tuple(_text({"text": one}, "text", where, most=MAX_TEXT) for one in words),
    )


def _list(data: Any, key: str, where: str) -> Sequence[Any]:
    found = data.get(key, ()) if isinstance(data, Mapping) else None
    if not isinstance(found, list | tuple):
        raise BadInput(f"The {key} of {where} are not a list.", field=key)
    return found


def _text(data: Any, key: str, where: str, *, needed: bool = False, most: int = MAX_NAME) -> str:
    found = data.get(key, "") if isinstance(data, Mapping) else None
    if not isinstance(found, str) or "\x00" in found:
        raise BadInput(f"The {key} of {where} is not a text.", field="competencies")
    text = found.strip()
    if needed and not text:
        raise BadInput(f"The {key} of {where} is missing.", field="competencies")
    if len(text) > most:
        raise BadInput(
            f"The {key} of {where} has {len(text)} characters; at most {most} fit.", field="competencies"
        )
    return text


def _code(data: Any, where: str) -> str:
    code = _text(data, "code", where, needed=True)
    if not _CODE.fullmatch(code):
        raise BadInput(
            f"“{code}” is no code: up to 12 letters, digits, points and dashes, such as 3.2.",
            field="competencies",
        )
    return code


def _once(names: Sequence[str], what: str, field: str) -> None:
    twice = next((name for place, name in enumerate(names) if name in names[:place]), None)
    if twice is not None:
        raise BadInput(f"The {what} “{twice}” is there twice.", field=field)
