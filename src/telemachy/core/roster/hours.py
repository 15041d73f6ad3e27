"""Weekly working hours from what people write, such as "9am-5pm" or "Mo-Do 8-16, Fr 8-14"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from telemachy.core.roster.problems import Finding
from telemachy.core.roster.values import NONE, Findings, one_line, quoted

MINUTES_A_DAY = 1440


class Interval(NamedTuple):
    """Working time on one weekday, local: 0 is Monday; minutes since midnight, 0 <= start < end <= 1440."""

    weekday: int
    start_minute: int
    end_minute: int


_WORK_DAYS = (0, 1, 2, 3, 4)
#: Monday to Friday, 9:00 to 17:00: what is assumed of those who say nothing.
USUAL_HOURS = tuple(Interval(day, 9 * 60, 17 * 60) for day in _WORK_DAYS)

_DAY_WORDS = (
    "mon monday mondays mo montag lun lundi lunes",
    "tue tues tuesday tuesdays di dienstag mar mardi martes",
    "wed weds wednesday wednesdays mi mittwoch mer mercredi mié mie miércoles miercoles",
    "thu thur thurs thursday thursdays do donnerstag jeu jeudi jue jueves",
    "fri friday fridays fr freitag ven vendredi vie viernes",
    "sat saturday saturdays sa samstag sonnabend sam samedi sáb sab sábado sabado",
    "sun sunday sundays so sonntag dim dimanche dom domingo",
)
_DAYS = {word: (day,) for day, words in enumerate(_DAY_WORDS) for word in words.split()} | {
    "weekdays": _WORK_DAYS, "workdays": _WORK_DAYS, "werktags": _WORK_DAYS, "wochentags": _WORK_DAYS,
    "daily": tuple(range(7)), "täglich": tuple(range(7)), "weekends": (5, 6), "weekend": (5, 6),
}  # fmt: skip
_TOKEN = re.compile(
    r"(?P<time>\d{1,2}(?:\s*[:.h]\s*[0-5]\d|[0-5]\d(?=\D"
    r"|$)(?<=\d{4}))?)(?!\d)\s*(?P<half>[ap]\.?m\.?(?!\w))?\s*(?:uhr|hrs?|h)?(?!\w)"
    r"|(?P<dash>-|–|—|\bto\b|\bbis\b|\btill?\b|\buntil\b|\bthrough\b|\bà\b|\ba\b|\bhasta\b|\bau\b|\bal\b)"
    r"|(?P<word>[^\W\d_]+)\.?"
    r"|(?P<gap>[\s,;/&:+|()]+)"
)
_FILLERS = frozenset(
    {
        "from",
        "von",
        "de",
        "des",
        "du",
        "le",
        "and",
        "und",
        "et",
        "y",
        "between",
        "local",
        "time",
        "hours",
        "h",
        "am",
        "um",
        "zwischen",
        "noon",
    }
)

Token = tuple[str, object]


@lru_cache(maxsize=5_000)
def parse_working_hours(text: str) -> tuple[tuple[Interval, ...], Findings]:
    """Return the weekly intervals in order, never overlapping.

    Hours without days hold Monday to Friday; days without hours are 9:00 to 17:00; an end before the start
    runs over midnight. What cannot be read becomes `USUAL_HOURS` with a warning.
    """
    try:
        spans = _read(_tokens(one_line(text).casefold()))
    except ValueError:
        spans = []
    if not spans:
        return USUAL_HOURS, (Finding("working_hours_unknown", quoted(one_line(text))),)
    return _merged(spans), NONE


def _tokens(text: str) -> list[Token]:
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if not match:
            raise ValueError(text)
        at = match.end()
        if match["time"]:
            tokens.append(("time", (match["time"], match["half"] or "")))
        elif match["dash"]:
            tokens.append(("dash", None))
        elif match["word"]:
            if match["word"] in _DAYS:
                tokens.append(("days", _DAYS[match["word"]]))
            elif match["word"] not in _FILLERS:
                raise ValueError(text)
    return tokens


def _read(tokens: list[Token]) -> list[Interval]:
    """Read groups of days followed by groups of hours; raise ValueError where the order makes no sense."""
    spans: list[Interval] = []
    days: list[int] = []
    has_hours = True
    while tokens:
        kind, value = tokens.pop(0)
        if kind == "days":
            if has_hours:
                days, has_hours = [], False
            days.extend(_day_range(value, tokens))
        elif kind == "time":
            start, end = _hour_range(value, tokens)
            has_hours = True
            for day in days or _WORK_DAYS:
                spans.extend(_over_midnight(day, start, end))
        else:
            raise ValueError(kind)
    if not has_hours:
        spans.extend(Interval(day, 9 * 60, 17 * 60) for day in days)
    return spans


def _day_range(first: object, tokens: list[Token]) -> list[int]:
    assert isinstance(first, tuple)
    if len(tokens) > 1 and tokens[0][0] == "dash" and tokens[1][0] == "days":
        tokens.pop(0)
        last = tokens.pop(0)[1]
        assert isinstance(last, tuple)
        n_days = (last[0] - first[0]) % 7 + 1
        return [(first[0] + i) % 7 for i in range(n_days)]
    if tokens and tokens[0][0] == "dash":
        tokens.pop(0)  # "Mon-Fri - 9-17" and "Mon: 9-17" alike
    return list(first)


def _hour_range(first: object, tokens: list[Token]) -> tuple[int, int]:
    if len(tokens) < 2 or tokens[0][0] != "dash" or tokens[1][0] != "time":
        raise ValueError("an hour without an end")
    tokens.pop(0)
    last = tokens.pop(0)[1]
    assert isinstance(first, tuple)
    assert isinstance(last, tuple)
    start, end = _minutes(*first), _minutes(*last)
    if not first[1] and last[1].startswith("p") and start < 720 and start + 720 < end:
        start += 720  # "1-5pm"
    elif not first[1] and not last[1] and 6 * 60 <= start < 720 and 60 <= end <= min(start, 7 * 60):
        end += 720  # "9-5"
    if start == end:
        raise ValueError("no time between start and end")
    return start, end


def _minutes(text: str, half: str) -> int:
    digits = re.split(r"\s*[:.h]\s*", text)
    if len(digits) == 1 and len(text) == 4:
        digits = [text[:2], text[2:]]
    hour, minute = int(digits[0]), int(digits[1]) if len(digits) > 1 else 0
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(text)
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    total = hour * 60 + minute
    if total > MINUTES_A_DAY:
        raise ValueError(text)
    return total


def _over_midnight(day: int, start: int, end: int) -> list[Interval]:
    if end > start:
        return [Interval(day, start, end)]
    parts = [Interval(day, start, MINUTES_A_DAY), Interval((day + 1) % 7, 0, end)]
    return [part for part in parts if part.start_minute < part.end_minute]


def _merged(spans: list[Interval]) -> tuple[Interval, ...]:
    merged: list[Interval] = []
    for span in sorted(spans):
        if merged and merged[-1].weekday == span.weekday and span.start_minute <= merged[-1].end_minute:
            merged[-1] = merged[-1]._replace(end_minute=max(merged[-1].end_minute, span.end_minute))
        else:
            merged.append(span)
    return tuple(merged)
