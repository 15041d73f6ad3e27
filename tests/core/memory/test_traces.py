"""Past cases from files: what is read, what is refused and how each mend is named."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from telemachy.core.memory.traces import MAX_BYTES, MAX_TRACES, Kind, TraceFileError, read
from telemachy.core.memory.traces.shape import MAX_DEPTH, TEXTS

NOW = datetime(2026, 3, 3, 9, tzinfo=UTC)
LINE = {"external_ref": "run-1", "summary": "VIP wants a refund\nNo receipt.", "decision": "Refused"}
LESSON = {"failure_mode": "Refuses", "cue": "VIP", "action": "Ask for the card", "because": "It shows"}


def jsonl(*lines: object) -> bytes:
    return "\n".join(one if isinstance(one, str) else json.dumps(one) for one in lines).encode()


def codes(data: bytes) -> list[tuple[int, str]]:
    return [(problem.line, problem.code) for problem in read(data, now=NOW).problems]


# --- the own shape ---------------------------------------------------------------------------------


def test_a_line_becomes_a_case_with_what_it_says() -> None:
    line = LINE | {
        "confidence": 0.9,
        "success": False,
        "tags": ["refund"],
        "decided_at": "2026-03-01T10:00:00+01:00",
        "lesson": LESSON,
    }
    found = read(b"\xef\xbb\xbf" + jsonl(line, "", LINE | {"external_ref": "run-2"}), now=NOW)
    one, two = found.traces
    assert (found.kind, found.problems) == (Kind.JSONL, ())
    assert (one.external_ref, one.confidence, one.success, one.tags) == ("run-1", 0.9, False, ("refund",))
    assert one.decided_at == datetime(2026, 3, 1, 9, tzinfo=UTC)
    assert one.lesson is not None
    assert one.lesson.action == "Ask for the card"
    assert (two.line, two.difficulty, two.success, two.decided_at) == (3, 3, None, None)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"external_ref": ""}, "missing"),
        ({"summary": "  "}, "missing"),
        ({"decision": None}, "missing"),
        ({"summary": 7}, "no_text"),
        ({"summary": "x" * 10_001}, "text_too_long"),
        ({"external_ref": "x" * 201}, "text_too_long"),
        ({"decision": "nul \x00"}, "control"),
        ({"decision": "half \ud800"}, "control"),
        ({"confidence": 70}, "no_share"),
        ({"confidence": True}, "no_share"),
        ({"difficulty": 6}, "no_grade"),
        ({"novelty": 2.5}, "no_grade"),
        ({"success": "yes"}, "no_truth"),
        ({"tags": "refund"}, "no_tags"),
        ({"tags": ["x"] * 21}, "no_tags"),
        ({"tags": ["\x07"]}, "control"),
        ({"decided_at": "2026-03-01"}, "no_moment"),
        ({"decided_at": 5}, "no_moment"),
        ({"decided_at": (NOW + timedelta(hours=1)).isoformat()}, "future"),
        ({"lesson": "Ask"}, "no_lesson"),
        ({"lesson": {"cue": "VIP"}}, "no_lesson"),
        ({"lesson": LESSON | {"action": "x" * 600}}, "no_lesson"),
        ({"tier": "E3"}, "unknown_field"),
        ({"author": "Athena"}, "unknown_field"),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_the_others_stay(change: dict, code: str) -> None:
    data = jsonl(LINE, LINE | {"external_ref": "run-2"} | change)
    assert codes(data) == [(2, code)]
    assert [trace.external_ref for trace in read(data, now=NOW).traces] == ["run-1"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{broken", "not_json"),
        ('{"a": NaN}', "not_json"),
        ('{"a": ' + "9" * 5000 + "}", "not_json"),
        ("[]", "no_object"),
        ('"text"', "no_object"),
        ("[" * 40 + "]" * 40, "too_deep"),
        ("[" * 40_000, "too_deep"),
        ('{"summary": "' + "x" * 100_000 + '"}', "too_long"),
    ],
)
def test_a_line_that_is_no_object_is_refused_alone(text: str, code: str) -> None:
    assert codes(jsonl(text, LINE)) == [(1, code)]


def test_the_name_of_an_unknown_field_can_be_kept_with_its_problem() -> None:
    [problem] = read(jsonl(LINE | {"tier\x00\ud800": "E3"}), now=NOW).problems
    assert problem.params == {"field": "tier"}


def test_all_that_is_wrong_with_a_line_is_said_at_once() -> None:
    assert codes(jsonl({"external_ref": "a", "confidence": 2})) == [
        (1, "missing"),
        (1, "missing"),
        (1, "no_share"),
    ]


def test_a_reference_twice_is_one_case_and_says_where_it_stood_first() -> None:
    found = read(jsonl(LINE, LINE), now=NOW)
    assert len(found.traces) == 1
    assert (found.problems[0].code, found.problems[0].params["line"]) == ("twice", 1)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"\xff\xfe{}", "not_text"),
        (b"x" * (MAX_BYTES + 1), "too_large"),
        (b"{}\n" * (MAX_TRACES + 1), "too_many"),
    ],
)
def test_a_file_out_of_bounds_is_refused_as_a_whole_with_the_mend(data: bytes, code: str) -> None:
    with pytest.raises(TraceFileError) as refused:
        read(data, now=NOW)
    assert refused.value.code == code
    assert "%(" not in str(refused.value)


# --- spans of OpenTelemetry ------------------------------------------------------------------------


def text(value: str) -> dict:
    return {"stringValue": value}


def span(key: str, operation: str, parent: str = "", trace: str = "aa", **more) -> dict:
    attributes = {"gen_ai.operation.name": text(operation), **more.pop("attributes", {})}
    return {
        "traceId": trace,
        "spanId": key,
        "parentSpanId": parent,
        "startTimeUnixNano": more.pop("start", "1772442000000000000"),
        "endTimeUnixNano": "1772442001000000000",
        "attributes": [{"key": name, "value": value} for name, value in attributes.items()],
        **more,
    }


def message(role: str, words: str) -> dict:
    return {"role": role, "parts": [{"type": "text", "content": words}]}


def said(asked: str, answered: str) -> dict:
    return {
        "gen_ai.input.messages": text(json.dumps([message("system", "Be brief"), message("user", asked)])),
        "gen_ai.output.messages": text(json.dumps([message("assistant", answered)])),
    }


def export(*spans: dict) -> dict:
    return {"resourceSpans": [{"resource": {}, "scopeSpans": [{"spans": list(spans)}]}]}


def test_a_run_of_an_agent_is_one_case_with_its_tools_and_its_last_answer() -> None:
    run = span(
        "01",
        "invoke_agent",
        attributes={"gen_ai.agent.name": text("support")} | said("VIP wants a refund", "Refused"),
        status={"code": 2, "message": "timed out"},
    )
    chat = span("02", "chat", "01", attributes=said("inner", "inner"))
    tool = span("03", "execute_tool", "02", attributes={"gen_ai.tool.name": text("lookup_order")})
    inner = span("04", "invoke_agent", "01", attributes=said("sub", "sub"))
    found = read(json.dumps(export(run, chat, tool, inner), indent=2).encode(), now=NOW)
    [one] = found.traces
    assert (found.kind, found.problems) == (Kind.OTLP, ())
    assert (one.summary, one.decision, one.external_ref) == ("VIP wants a refund", "Refused", "otel:aa:01")
    assert one.tags == ("support", "tool:lookup_order")
    assert (one.success, one.outcome) == (False, "timed out")
    assert one.decided_at == datetime(2026, 3, 2, 9, 0, 1, tzinfo=UTC)


def test_a_run_without_contents_takes_them_from_its_first_and_last_call() -> None:
    spans = (
        span("01", "invoke_agent"),
        span("03", "chat", "01", start="1772442000000000009", attributes=said("again", "Refund paid")),
        span("02", "chat", "01", start="1772442000000000001", attributes=said("VIP wants a refund", "?")),
    )
    [one] = read(jsonl(export(*spans)), now=NOW).traces
    assert (one.summary, one.decision) == ("VIP wants a refund", "Refund paid")


def test_calls_without_a_run_are_cases_and_values_may_be_nested_or_in_an_event() -> None:
    part = {
        "kvlistValue": {
            "values": [{"key": "type", "value": text("text")}, {"key": "content", "value": text("Why?")}]
        }
    }
    nested = {
        "arrayValue": {
            "values": [
                {
                    "kvlistValue": {
                        "values": [
                            {"key": "role", "value": text("user")},
                            {"key": "parts", "value": {"arrayValue": {"values": [part]}}},
                        ]
                    }
                }
            ]
        }
    }
    call = {"type": "tool_call", "name": "pay", "arguments": {"eur": 5}}
    answered = text(json.dumps([{"role": "assistant", "parts": [call]}]))
    told = [
        {"key": "gen_ai.input.messages", "value": nested},
        {"key": "gen_ai.output.messages", "value": answered},
    ]
    label = [{"key": "gen_ai.evaluation.score.label", "value": text("pass")}]
    events = [
        {"name": "gen_ai.client.inference.operation.details", "attributes": told},
        {"name": "gen_ai.evaluation.result", "attributes": label},
    ]
    first = span("01", "chat", events=events)
    other = span("09", "chat", trace="bb", attributes=said("Hello", "Hi"))
    one, two = read(jsonl(export(first), export(other)), now=NOW).traces
    assert (one.summary, one.decision, one.success) == ("Why?", 'pay({"eur": 5})', True)
    assert (two.summary, two.success) == ("Hello", None)


def test_spans_without_contents_are_named_and_others_alone_are_refused() -> None:
    found = read(jsonl(export(span("01", "chat"), span("02", "chat", attributes=said("a", "b")))), now=NOW)
    assert [(problem.line, problem.code) for problem in found.problems] == [(1, "no_content")]
    assert len(found.traces) == 1
    with pytest.raises(TraceFileError) as refused:
        read(jsonl(export(span("01", "embeddings"))), now=NOW)
    assert refused.value.code == "no_spans"


@pytest.mark.parametrize(
    "spans",
    [
        [span("01", "chat", attributes={"gen_ai.input.messages": text("{not json")})],
        [span("01", "chat", "01", attributes={"gen_ai.input.messages": {"arrayValue": None}})],
        [span("01", "chat", attributes=said("\ud800", "\x00"), endTimeUnixNano="99999999999999999999")],
        ["x", {"spanId": 5}, {"traceId": "a b", "spanId": "1"}, span("01", "chat")],
    ],
)
def test_malformed_spans_make_no_case_and_are_named(spans: list) -> None:
    found = read(jsonl(export(*spans)), now=NOW)
    assert found.traces == ()
    assert [problem.code for problem in found.problems] == ["no_content"]


def test_spans_that_are_each_others_parents_are_no_run() -> None:
    with pytest.raises(TraceFileError) as refused:
        read(jsonl(export(span("01", "chat", "02"), span("02", "chat", "01"))), now=NOW)
    assert refused.value.code == "no_spans"


def test_an_export_too_deep_is_refused() -> None:
    value: dict = text("x")
    for _ in range(MAX_DEPTH):
        value = {"arrayValue": {"values": [value]}}
    with pytest.raises(TraceFileError) as refused:
        read(jsonl(export(span("01", "chat", attributes={"deep": value}))), now=NOW)
    assert refused.value.code == "too_deep"


def test_every_problem_has_a_mend() -> None:
    assert all(message and mend for message, mend in TEXTS.values())
