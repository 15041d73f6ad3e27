"""Spans of OpenTelemetry's conventions for generative AI, in the JSON of its protocol -> past cases.

One case is one run of an agent: the topmost span with operation `invoke_agent` or `invoke_workflow` in its
trace, or else each topmost call of a model. Its situation is what was said to it last, its decision what it
answered last; calls of tools below it become tags. The conventions (attributes `gen_ai.*`, status
"development") are those of version 1.41; contents may stand in attributes or in the span's event
`gen_ai.client.inference.operation.details`, as text in JSON or as nested values.
Sources: opentelemetry.io/docs/specs/semconv/gen-ai and opentelemetry.io/docs/specs/otlp (JSON encoding).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from telemachy.core.memory.traces import shape
from telemachy.core.memory.traces.lines import is_unstorable
from telemachy.core.memory.traces.shape import Problem, Trace, TraceFileError

RUNS = frozenset({"invoke_agent", "invoke_workflow"})
CALLS = frozenset({"chat", "generate_content", "text_completion"})
DETAILS, EVALUATION = "gen_ai.client.inference.operation.details", "gen_ai.evaluation.result"
ERROR_STATUS = (2, "STATUS_CODE_ERROR")
#: What an evaluation's label says of success; other labels say nothing that can be relied on.
LABELS = {"pass": True, "correct": True, "fail": False, "incorrect": False}


@dataclass(frozen=True, slots=True)
class Span:
    """A span with its attributes as plain values, those of its events with contents among them."""

    number: int
    key: str
    parent: str
    trace: str
    values: Mapping[str, Any]
    started: int
    ended: int
    failed: bool
    message: str
    evaluated: bool | None

    @property
    def operation(self) -> str:
        """What the span did."""
        return str(self.values.get("gen_ai.operation.name", ""))

    @property
    def ref(self) -> str:
        """What the case is called, the same in every export of the same span."""
        return f"otel:{self.trace}:{self.key}"


def is_export(value: Any) -> bool:
    """Tell whether a JSON value is an export of spans."""
    return isinstance(value, dict) and isinstance(value.get("resourceSpans"), list)


def cases(exports: Sequence[Any], now: datetime) -> tuple[list[Trace], list[Problem]]:
    """Return the cases among the spans, and which runs hold no content.

    Raises
    ------
    TraceFileError
        When no span is a run of an agent or a call of a model.
    """
    spans = [span for export in exports for span in _spans(export)]
    numbered = [_read(number, span) for number, span in enumerate(spans, start=1)]
    by_trace: dict[str, list[Span]] = defaultdict(list)
    for span in numbered:
        if span is not None:
            by_trace[span.trace].append(span)
    found = [(run, below) for members in by_trace.values() for run, below in _runs(members)]
    if not found:
        raise TraceFileError("no_spans")
    read, problems = [], []
    for run, below in sorted(found, key=lambda one: one[0].number):
        case = _case(run, below, now)
        if case is None:
            problems.append(Problem(run.number, "no_content", {"value": run.key[:40]}))
        else:
            read.append(case)
    return read, problems


def _spans(export: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for resource in _dicts(export.get("resourceSpans")):
        for scope in _dicts(resource.get("scopeSpans")):
            yield from _dicts(scope.get("spans"))


def _read(number: int, raw: Mapping[str, Any]) -> Span | None:
    """Return the span, None where it does not say which one it is."""
    trace, key = raw.get("traceId"), raw.get("spanId")
    if not all(isinstance(one, str) and one.isalnum() and len(one) <= 64 for one in (trace, key)):
        return None
    values, evaluated = _values(raw.get("attributes")), None
    for event in _dicts(raw.get("events")):
        told = _values(event.get("attributes"))
        if event.get("name") == DETAILS:
            values = told | values
        elif event.get("name") == EVALUATION:
            evaluated = LABELS.get(str(told.get("gen_ai.evaluation.score.label", "")).lower(), evaluated)
    status = raw.get("status")
    status = status if isinstance(status, dict) else {}
    failed = status.get("code") in ERROR_STATUS
    message = status.get("message") or values.get("error.type") or ""
    return Span(
        number=number,
        key=str(key),
        parent=str(raw.get("parentSpanId") or ""),
        trace=str(trace),
        values=values,
        started=_nanos(raw.get("startTimeUnixNano")),
        ended=_nanos(raw.get("endTimeUnixNano")),
        failed=failed,
        message=_clean(message) if failed else "",
        evaluated=evaluated,
    )


def _runs(members: Sequence[Span]) -> Iterator[tuple[Span, list[Span]]]:
    """Yield the topmost runs of a trace, each with the spans below it; without runs, the calls of models."""
    parents = {span.key: span.parent for span in members}
    kind = RUNS if any(span.operation in RUNS for span in members) else CALLS
    wanted = {span.key for span in members if span.operation in kind}
    tops = {span.key: _top(span.key, parents, wanted) for span in members}
    below: dict[str, list[Span]] = defaultdict(list)
    for span in members:
        below[tops[span.key]].append(span)
    for span in members:
        if span.key in wanted and tops[span.key] == span.key:
            yield span, [other for other in below[span.key] if other.key != span.key]


def _top(key: str, parents: Mapping[str, str], wanted: frozenset[str] | set[str]) -> str:
    """Return the topmost wanted span above or at this one, "" where there is none; circles end."""
    seen: set[str] = set()
    top = ""
    while key in parents and key not in seen:
        seen.add(key)
        top = key if key in wanted else top
        key = parents[key]
    return top


def _case(run: Span, below: Sequence[Span], now: datetime) -> Trace | None:
    calls = sorted((span for span in below if span.operation in CALLS), key=lambda span: span.started)
    story = _first(_last_said(span, "gen_ai.input.messages", {"user"}) for span in (run, *calls))
    answers = (_last_said(span, "gen_ai.output.messages", {"assistant", ""}) for span in (run, *calls[::-1]))
    decision = _first(answers)
    if not story or not decision:
        return None
    tools = sorted({str(span.values.get("gen_ai.tool.name", "")) for span in below} - {""})
    agent = run.values.get("gen_ai.agent.name")
    marks = [_clean(agent), *(f"tool:{_clean(tool)}" for tool in tools)] if agent else map(_clean, tools)
    decided_at = _moment(run.ended)
    return Trace(
        line=run.number,
        external_ref=run.ref,
        summary=story,
        decision=decision,
        outcome=run.message,
        success=False if run.failed else run.evaluated,
        tags=tuple(mark[: shape.MAX_TAG] for mark in marks if mark)[: shape.MAX_TAGS],
        decided_at=decided_at if decided_at is None or decided_at <= now else None,
    )


def _last_said(span: Span, name: str, roles: set[str]) -> str:
    """Return what was said last by one of the roles, in words or as calls of tools."""
    said = ""
    for message in _dicts(_unpacked(span.values.get(name))):
        if str(message.get("role", "")) in roles:
            parts = [_part(part) for part in _dicts(message.get("parts"))]
            said = "\n".join(filter(None, parts)) or said
    return said


def _part(part: Mapping[str, Any]) -> str:
    if part.get("type") == "text":
        return _clean(part.get("content"))
    if part.get("type") == "tool_call":
        return _clean(f"{part.get('name')}({_arguments(part.get('arguments'))})")
    return ""


def _arguments(value: Any) -> str:
    try:
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    except RecursionError:
        return "…"


def _values(attributes: Any) -> dict[str, Any]:
    return {str(one.get("key")): _value(one.get("value")) for one in _dicts(attributes)}


def _value(value: Any) -> Any:
    """Return the plain value of one of the protocol's; their depth was checked when the file was read."""
    if not isinstance(value, dict):
        return None
    if "arrayValue" in value:
        return [_value(one) for one in _dicts((value["arrayValue"] or {}).get("values"))]
    if "kvlistValue" in value:
        return _values((value["kvlistValue"] or {}).get("values"))
    return next(
        (value[name] for name in ("stringValue", "boolValue", "intValue", "doubleValue") if name in value),
        None,
    )


def _unpacked(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return None


def _dicts(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _first(texts: Iterator[str]) -> str:
    return next(filter(None, texts), "")


def _clean(value: Any) -> str:
    """Return a text that can be kept: an exporter cannot be asked to mend its spans, so they are cut here."""
    text = value if isinstance(value, str) else ""
    if is_unstorable(text):
        text = "".join(char for char in text if char in "\n\t" or not is_unstorable(char))
    return text.strip()[: shape.MAX_TEXT]


def _nanos(value: Any) -> int:
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 20 else 0


def _moment(nanos: int) -> datetime | None:
    if not nanos:
        return None
    try:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=nanos // 1000)
    except OverflowError:
        return None
