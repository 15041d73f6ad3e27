"""What a trace is once it is read, what may be wrong with one, and how large anything may be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from telemachy.core.memory.lessons import LessonText
from telemachy.core.shared.errors import BadInput
from telemachy.core.shared.wording import Param, fill, gettext_noop

#: The file, its cases, one line of the own shape in characters, and how deep values may lie in each other.
MAX_BYTES, MAX_TRACES, MAX_LINE, MAX_DEPTH = 10 * 1024 * 1024, 5_000, 100_000, 32
#: Running text, one line of text, tags.
MAX_TEXT, MAX_REF, MAX_TAGS, MAX_TAG = 10_000, 200, 20, 60
#: Problems that are kept; more than that nobody mends by hand.
MAX_PROBLEMS = 500

#: code -> (what is wrong, how to mend it); `%(...)s` are the problem's params.
TEXTS: Mapping[str, tuple[str, str]] = {
    "too_large": (
        gettext_noop("The file is larger than %(limit)d MB."),
        gettext_noop("Part it into several files; cases that are here already are not taken in twice."),
    ),
    "empty": (gettext_noop("The file is empty."), gettext_noop("Choose a file with one case on each line.")),
    "not_text": (gettext_noop("The file is not UTF-8 text."), gettext_noop("Save it as UTF-8 JSON.")),
    "too_many": (
        gettext_noop("The file has more than %(limit)d cases."),
        gettext_noop("Part it into several files; cases that are here already are not taken in twice."),
    ),
    "no_spans": (
        gettext_noop("There is no run of an agent and no call of a model among the spans."),
        gettext_noop("Export spans with gen_ai.operation.name invoke_agent, chat or generate_content."),
    ),
    "too_long": (
        gettext_noop("The line has more than %(limit)d characters."),
        gettext_noop("Shorten the summary to what the decision hung on."),
    ),
    "not_json": (
        gettext_noop("This is no JSON: %(why)s."),
        gettext_noop("Write one JSON object on each line, with straight double quotes."),
    ),
    "too_deep": (
        gettext_noop("Values lie more than %(limit)d deep in each other."),
        gettext_noop("Write what matters as text into summary or decision."),
    ),
    "no_object": (
        gettext_noop("This is no JSON object."),
        gettext_noop("Begin the line with { and name the fields."),
    ),
    "unknown_field": (
        gettext_noop("There is no field “%(field)s”."),
        gettext_noop("Leave it out, or write it into summary; the names of the fields are on this page."),
    ),
    "missing": (
        gettext_noop("“%(field)s” is missing or blank."),
        gettext_noop("external_ref, summary and decision are needed in every line."),
    ),
    "no_text": (gettext_noop("“%(field)s” is no text."), gettext_noop("Write it between double quotes.")),
    "text_too_long": (
        gettext_noop("“%(field)s” has more than %(limit)d characters."),
        gettext_noop("Shorten it to what the decision hung on."),
    ),
    "control": (
        gettext_noop("“%(field)s” contains characters that cannot be stored."),
        gettext_noop("Remove control characters and halves of characters."),
    ),
    "no_share": (
        gettext_noop("“%(field)s” is no number from 0 to 1."),
        gettext_noop("Write 0.7 for 70 per cent, or leave it out."),
    ),
    "no_grade": (
        gettext_noop("“%(field)s” is no whole number from 1 to 5."),
        gettext_noop("Leave it out to have 3, the middle."),
    ),
    "no_truth": (
        gettext_noop("“%(field)s” is neither true nor false."),
        gettext_noop("Write true or false without quotes, or leave it out."),
    ),
    "no_moment": (
        gettext_noop("“%(field)s” is no moment with a time zone."),
        gettext_noop("Write 2026-03-01T09:00:00Z."),
    ),
    "future": (
        gettext_noop("“%(field)s” lies ahead."),
        gettext_noop("Only past cases can be taken in; check the zone of the clock."),
    ),
    "no_tags": (
        gettext_noop("“tags” is no list of at most 20 texts of at most 60 characters."),
        gettext_noop('Write ["refund", "no receipt"].'),
    ),
    "no_lesson": (
        gettext_noop("The lesson cannot be used: %(why)s"),
        gettext_noop("Write failure_mode, cue, action and because, or leave the lesson out."),
    ),
    "no_contrast": (
        gettext_noop("There is a lesson on this failure mode already."),
        gettext_noop("Say in its contrast what separates this case, or leave the lesson out."),
    ),
    "twice": (
        gettext_noop("“%(value)s” stands in line %(line)d already."),
        gettext_noop("Give each case an external_ref of its own."),
    ),
    "no_content": (
        gettext_noop("The span %(value)s does not hold what was asked and answered."),
        gettext_noop(
            "Have the instrumentation record the content of messages (gen_ai.input.messages, "
            "gen_ai.output.messages); it is off by default."
        ),
    ),
}


class Kind(StrEnum):
    """What kind of file it was."""

    JSONL = "jsonl"
    OTLP = "otlp"


class TraceFileError(BadInput):
    """A file that cannot be used as a whole; `code` and `params` fill TEXTS."""

    def __init__(self, code: str, **params: Param) -> None:
        message, mend = TEXTS[code]
        super().__init__(f"{fill(message, params)} {fill(mend, params)}", field="file")
        self.code, self.params = code, params


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a line (of spans: with the n-th one): code and params fill TEXTS."""

    line: int
    code: str
    params: Mapping[str, Param] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Trace:
    """A past case of an agent.

    `confidence` lies in [0, 1]; `success` is the file's own word, None where it says nothing; `lesson` came
    with it and is to be quarantined. `decided_at` has a time zone.
    """

    line: int
    external_ref: str
    summary: str
    decision: str
    intended_action: str = ""
    rationale: str = ""
    outcome: str = ""
    confidence: float | None = None
    success: bool | None = None
    difficulty: int = 3
    novelty: int = 3
    tags: tuple[str, ...] = ()
    decided_at: datetime | None = None
    lesson: LessonText | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds: cases that can be taken in, and problems of the others."""

    kind: Kind
    traces: tuple[Trace, ...]
    problems: tuple[Problem, ...]
