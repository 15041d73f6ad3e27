"""A file of past cases -> what can be taken in, and what is wrong with the rest."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, NoReturn

from telemachy.core.memory.traces import otlp, shape
from telemachy.core.memory.traces.lines import Line
from telemachy.core.memory.traces.shape import Kind, Problem, Reading, Trace, TraceFileError
from telemachy.core.shared.wording import Param


class _Unreadable(Exception):
    """A text that is no JSON that may be taken; arguments: code, params."""

    def __init__(self, code: str, **params: Param) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def read(data: bytes, *, now: datetime) -> Reading:
    """Return the cases of a file and its problems.

    Parameters
    ----------
    data : bytes
        UTF-8: lines in the own shape, or an export of spans as one document or one in each line.
    now : datetime
        With a time zone; nothing that lies ahead of it is a past case.

    Raises
    ------
    TraceFileError
        When nothing of the file can be used: too large, empty, no text, too many cases, no runs.
    """
    if len(data) > shape.MAX_BYTES:
        raise TraceFileError("too_large", limit=shape.MAX_BYTES // (1024 * 1024))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TraceFileError("not_text") from None
    # Not splitlines: a text within a line may hold other separators that are no end of it.
    lines = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    if not lines:
        raise TraceFileError("empty")
    exports = _exports(text, [line for _number, line in lines])
    if exports:
        traces, problems = otlp.cases(exports, now)
        kind = Kind.OTLP
    else:
        if len(lines) > shape.MAX_TRACES:
            raise TraceFileError("too_many", limit=shape.MAX_TRACES)
        traces, problems = _own_shape(lines, now)
        kind = Kind.JSONL
    if len(traces) > shape.MAX_TRACES:
        raise TraceFileError("too_many", limit=shape.MAX_TRACES)
    kept, twice = _once(traces)
    problems = sorted([*problems, *twice], key=lambda problem: problem.line)
    return Reading(kind, tuple(kept), tuple(problems[: shape.MAX_PROBLEMS]))


def _exports(text: str, lines: list[str]) -> list[Any]:
    """Return the exports of spans that the file consists of, [] where it has another shape.

    Only a file that names them is tried, so that a large one of the own shape is not read twice.
    """
    if '"resourceSpans"' not in text:
        return []
    for documents in ([text], lines):
        try:
            found = [_json(document) for document in documents]
        except _Unreadable as error:
            if error.code == "too_deep":
                raise TraceFileError(error.code, **error.params) from None
            continue
        if all(otlp.is_export(one) for one in found):
            return found
    return []


def _own_shape(lines: list[tuple[int, str]], now: datetime) -> tuple[list[Trace], list[Problem]]:
    traces, problems = [], []
    for number, text in lines:
        try:
            values = _object(text)
        except _Unreadable as error:
            problems.append(Problem(number, error.code, error.params))
            continue
        line = Line(number, values, now)
        trace = line.trace()
        problems += line.problems
        if trace is not None:
            traces.append(trace)
    return traces, problems


def _object(text: str) -> dict[str, Any]:
    if len(text) > shape.MAX_LINE:
        raise _Unreadable("too_long", limit=shape.MAX_LINE)
    value = _json(text)
    if not isinstance(value, dict):
        raise _Unreadable("no_object")
    return value


def _json(text: str) -> Any:
    try:
        value = json.loads(text, parse_constant=_no_number)
    except RecursionError:
        raise _Unreadable("too_deep", limit=shape.MAX_DEPTH) from None
    except json.JSONDecodeError as error:
        raise _Unreadable("not_json", why=f"{error.msg}, character {error.colno}") from None
    except ValueError as error:
        raise _Unreadable("not_json", why=str(error)[:80]) from None
    if _depth(value) > shape.MAX_DEPTH:
        raise _Unreadable("too_deep", limit=shape.MAX_DEPTH)
    return value


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _depth(value: Any) -> int:
    """Return how deep values lie in each other, level by level; deeper than allowed is not looked into."""
    level, depth = [value], 0
    while level and depth <= shape.MAX_DEPTH:
        level = [
            inner
            for one in level
            if isinstance(one, dict | list)
            for inner in (one.values() if isinstance(one, dict) else one)
        ]
        depth += 1
    return depth


def _once(traces: list[Trace]) -> tuple[list[Trace], list[Problem]]:
    """Keep the first of each reference."""
    first: dict[str, int] = {}
    kept, problems = [], []
    for trace in traces:
        line = first.setdefault(trace.external_ref, trace.line)
        if line == trace.line:
            kept.append(trace)
        else:
            problems.append(Problem(trace.line, "twice", {"value": trace.external_ref[:60], "line": line}))
    return kept, problems
