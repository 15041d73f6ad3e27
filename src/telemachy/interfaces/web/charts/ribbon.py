"""The conversation ribbon: two voices over time, the coach's turns told apart by kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from telemachy.interfaces.web.charts.geometry import Frame, px

#: Seconds that one line of the ribbon may span.
SPANS = (60, 90, 120, 180, 240, 300, 420, 600, 900, 1200, 1800, 2700, 3600, 5400, 7200)
#: Seconds between two moments that are written below a line.
STEPS = (15, 30, 60, 120, 300, 600, 900, 1800)
#: Words a second, where a transcript gives no times.
WORDS_PER_SECOND = 2.5
SHORTEST_SECONDS = 1.0

#: One line, in whole pixels: room for pins, the coach's bars, the client's, the clock below.
LINE = 78
COACH_TOP, COACH_HEIGHT = 18, 26
CLIENT_TOP, CLIENT_HEIGHT = 47, 10
TICK_Y = 72
_GAP = 1.0
#: A bar so wide carries the letter of its kind.
_LETTER_ROOM = 13.0


@dataclass(frozen=True, slots=True)
class RibbonTurn:
    """A turn to draw; `kind` is "" for the client's, `title` is read out when it is pointed at."""

    number: int
    seat: str
    kind: str
    unsure: bool
    start: float | None
    end: float | None
    n_words: int
    n_pins: int
    title: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A drawn turn, or the part of it on one line."""

    number: int
    seat: str
    kind: str
    unsure: bool
    x: str
    y: int
    width: str
    height: int
    middle: str
    letter: bool
    n_pins: int
    title: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the ribbon: where it lies, its bars, and the moments written below."""

    y: int
    first: float
    last: float
    bars: list[Bar]
    ticks: list[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Ribbon:
    """The drawing."""

    frame: Frame
    span: int
    lines: list[Line]
    timed: bool


def spans_of(turns: Sequence[RibbonTurn]) -> list[tuple[float, float]]:
    """Return beginning and end of every turn in seconds, worked out from words where times lack."""
    found: list[tuple[float, float]] = []
    at = 0.0
    for i, turn in enumerate(turns):
        begin = at if turn.start is None else turn.start
        length = max(turn.n_words / WORDS_PER_SECOND, SHORTEST_SECONDS)
        following = turns[i + 1].start if i + 1 < len(turns) else None
        if turn.end is not None and turn.end > begin:
            end = turn.end
        elif turn.start is not None and following is not None and following > begin:
            end = following
        else:
            end = begin + length
        found.append((begin, end))
        at = max(at, end)
    return found


def draw_ribbon(turns: Sequence[RibbonTurn], width: int, margin: int, max_lines: int) -> Ribbon:
    """Draw the turns in lines of equal length, as few seconds a line as `max_lines` allows."""
    spans = spans_of(turns)
    begin = 60.0 * (min((start for start, _end in spans), default=0.0) // 60)
    length = max((end for _start, end in spans), default=0.0) - begin
    span = next((one for one in SPANS if length <= one * max_lines), int(length / max_lines) + 1)
    n_lines = max(1, int(-(-length // span)))
    frame = Frame(width, n_lines * LINE, margin, 0, margin, 0)
    lines = [
        Line(
            y=row * LINE,
            first=begin + row * span,
            last=begin + (row + 1) * span,
            bars=[],
            ticks=_ticks(frame, begin + row * span, span),
        )
        for row in range(n_lines)
    ]
    for turn, (start, end) in zip(turns, spans, strict=True):
        for row in range(int((start - begin) // span), int((end - begin) // span) + 1):
            line = lines[min(row, n_lines - 1)]
            left, right = max(start, line.first), min(end, line.last)
            if right > left:
                line.bars.append(_bar(frame, line, turn, (left, right), begins=left == start))
    return Ribbon(frame, span, lines, timed=any(turn.start is not None for turn in turns))


def _bar(frame: Frame, line: Line, turn: RibbonTurn, part: tuple[float, float], *, begins: bool) -> Bar:
    x0, x1 = (frame.x((at - line.first) / (line.last - line.first)) for at in part)
    width = max(x1 - x0 - _GAP, 1.5)
    is_coach = turn.seat == "coach"
    return Bar(
        number=turn.number,
        seat=turn.seat,
        kind=turn.kind,
        unsure=turn.unsure,
        x=px(x0),
        y=line.y + (COACH_TOP if is_coach else CLIENT_TOP),
        width=px(width),
        height=COACH_HEIGHT if is_coach else CLIENT_HEIGHT,
        middle=px(x0 + width / 2),
        letter=is_coach and width >= _LETTER_ROOM,
        # A turn that goes on in the next line is pinned where it begins.
        n_pins=turn.n_pins if begins else 0,
        title=turn.title,
    )


def _ticks(frame: Frame, first: float, span: int) -> list[tuple[str, float]]:
    """Return x and second of the round moments written below a line."""
    n_fitting = max(1, frame.width // 150)
    step = next((one for one in STEPS if span / one <= n_fitting), span)
    return [(px(frame.x(at / span)), first + at) for at in range(0, span, step)]
