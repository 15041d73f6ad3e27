"""The words of recordings: states, kinds of turns, what was left out, what was wrong, what measures say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from telemachy.core.conversation.measure_words import WORDINGS
from telemachy.core.conversation.transcript import ERRORS, NOTES, TranscriptError
from telemachy.core.shared.wording import fill


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind of turn is called, the letter that marks it, which is also its key, and what it means."""

    code: str
    letter: str
    name: str | Promise
    meaning: str | Promise


#: state -> word and tone of its badge
STATES: Mapping[str, tuple[Promise, str]] = {
    "asked": (_("Consent asked"), "caution"),
    "agreed": (_("Agreed, to be uploaded"), "accent"),
    "transcribing": (_("Being written down"), "accent"),
    "mapping": (_("Speakers to confirm"), "caution"),
    "coding": (_("Being coded"), "accent"),
    "ready": (_("Ready"), "positive"),
    "expired": (_("Words deleted"), "neutral"),
    "withdrawn": (_("Recording withdrawn"), "neutral"),
}

KINDS: Mapping[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind("open_question", "O", _("Open question"), _("invites to think and tell")),
        Kind("closed_question", "C", _("Closed question"), _("can be answered with yes, no or a fact")),
        Kind("reflection", "R", _("Reflection"), _("gives back what was said or meant")),
        Kind("input", "A", _("Advice or information"), _("tells what to do, or what is so")),
        Kind("other", "X", _("Something else"), _("listening, thanking, arranging")),
    )
}

SEATS: Mapping[str, Promise] = {"coach": _("Coach"), "client": _("Client")}

#: mark of a code -> how a page says it
MARKS: Mapping[str, Promise] = {
    "stacked": _("several questions at once"),
    "leading": _("carries its answer"),
    "advice": _("perhaps advice"),
    "permission": _("with permission"),
    "affirmation": _("affirms"),
}

PHASES: Mapping[str, Promise] = {
    "goal": _("Goal"),
    "reality": _("Reality"),
    "options": _("Options"),
    "will": _("Will"),
}

#: Why a transcription came to nothing; others are the codes of core's transcript errors.
PROBLEMS: Mapping[str, Promise] = {
    "failed": _("The program that writes recordings down did not manage this one."),
    "unreadable": _("What the program wrote down could not be used."),
}


def kind_list() -> list[Kind]:
    """Return the kinds in the order of a legend."""
    return list(KINDS.values())


def refusal(error: TranscriptError) -> str:
    """Say what is wrong with a transcript, in which line, and how to mend it."""
    wrong, mend = ERRORS[error.code]
    return f"{fill(_now(wrong), error.params)} {_now(mend)}"


def problem(code: str) -> str:
    """Say why a transcription came to nothing."""
    if code in ERRORS and "%" not in ERRORS[code][0]:
        return _now(ERRORS[code][0])
    return str(PROBLEMS.get(code, PROBLEMS["unreadable"]))


def notes(kept: Sequence[Sequence[Any]]) -> list[tuple[int, str]]:
    """Return line and sentence of what was left out or assumed."""
    return [(int(line), fill(_now(NOTES[code]), params)) for code, line, params in kept if code in NOTES]


def clock(seconds: float | None) -> str:
    """Write a moment of a recording as 3:05 or 1:03:05."""
    if seconds is None:
        return ""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


# --- measures -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shown:
    """A measure as a page says it."""

    name: str
    label: str
    value: str
    between: str
    threshold: str
    source: str
    caveats: list[str]
    evidence: list[int]
    n: int


def measures(kept: Mapping[str, Mapping[str, Any]]) -> list[Shown]:
    """Return the measures of a recording in words: numbers as kept, and what is known of them today."""
    return [_shown(name, one) for name, one in kept.items() if name in WORDINGS]


def _shown(name: str, one: Mapping[str, Any]) -> Shown:
    wording = WORDINGS[name]
    unit, low, high, threshold = one["unit"], one["low"], one["high"], one["threshold"]
    between = marks = ""
    if low is not None and high is not None:
        between = _now("between %(low)s and %(high)s") % {"low": _say(low, unit), "high": _say(high, unit)}
    if threshold:
        marks = _now("fair from %(fair)s, good from %(good)s") % {
            name: _say(value, unit) for name, value in threshold.items()
        }
    return Shown(
        name=name,
        label=_now(wording.label),
        value=_value(one["value"], unit),
        between=between,
        threshold=marks,
        source=_now(wording.source),
        caveats=[_now(caveat) for caveat in (*one["caveats"][:-1], wording.caveat)],
        evidence=list(one["evidence"]),
        n=one["n"],
    )


def _value(value: Any, unit: str) -> str:
    if value is None:
        return _now("not known")
    if isinstance(value, Mapping):
        return ", ".join(f"{PHASES[name]} {_say(share, 'share')}" for name, share in value.items())
    return _say(value, unit)


def _say(value: float, unit: str) -> str:
    if unit == "share":
        return _now("%(n)d per cent") % {"n": round(100 * value)}
    if unit == "ratio":
        return number_format(value, decimal_pos=1)
    if unit == "words":
        return _now("%(n)d words") % {"n": value}
    return number_format(value, decimal_pos=0)
