"""Signals, waiting and rhythm in the reader's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.timezone import localtime
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from telemachy.core import insights

if TYPE_CHECKING:
    from telemachy.apps.relationships.models import Intervention
    from telemachy.apps.relationships.queries.health import Names
    from telemachy.apps.relationships.snapshots import Wait

TONES: Mapping[str, str] = {"good": "positive", "watch": "neutral", "act": "caution", "urgent": "danger"}
SEVERITIES: Mapping[str, Promise] = {
    "good": _("Good news"),
    "watch": _("Worth watching"),
    "act": _("Worth acting on"),
    "urgent": _("Urgent"),
}
CONFIDENCES: Mapping[str, Promise] = {
    "counted": _("Read off dates and counts"),
    "firm": _("A clear habit: chance alone hardly explains it"),
    "tentative": _("Few events so far: it may be chance"),
}
CADENCES: Mapping[str, tuple[Promise, str]] = {
    "on_track": (_("On track"), "positive"),
    "due": (_("Due"), "neutral"),
    "drifting": (_("Drifting"), "caution"),
    "easing": (_("Meeting less"), "positive"),
}
#: What waits, said without its content. `%(who)s` is the person or persons whose turn it is.
WAITS: Mapping[str, Promise] = {
    "invitation": _("invitation not answered"),
    "charter": _("charter not agreed"),
    "situation": _("situation"),
}
PULSES: Mapping[str, Promise] = {
    "safety": _("Can say openly what is difficult"),
    "clarity": _("Clear what they work towards"),
    "value": _("Worth the time"),
    "reliance": _("Settle hard situations without asking first"),
}


#: Waiting longer than this, in days, is too long.
LATE_DAYS = 3


@dataclass(frozen=True, slots=True)
class SignalWords:
    """One signal: its name, the evidence, how sure it is, the rule, the suggested move, and whose hand."""

    code: str
    name: str
    tone: str
    severity: str
    evidence: str
    confidence: str
    rule: str
    move: str
    #: What is being done about it, in a few words; "" when nothing is.
    hand: str
    note: str
    #: Whether it asks for something, and nobody has taken it up.
    is_open: bool


@dataclass(frozen=True, slots=True)
class WaitWords:
    """Who is waited for, for how long, and about what kind of thing."""

    text: str
    late: bool


def say(signal: insights.Signal, intervention: Intervention | None = None) -> SignalWords:
    """Put a signal into words, with what is being done about it."""
    texts = signal.templates
    untouched = intervention is None or intervention.state == "open"
    return SignalWords(
        code=signal.code,
        name=_now(texts.name),
        tone=TONES[signal.severity],
        severity=str(SEVERITIES[signal.severity]),
        evidence=_now(texts.evidence) % dict(signal.params),
        confidence=str(CONFIDENCES[signal.confidence]),
        rule=_now(texts.rule),
        move=_now(texts.move),
        hand=say_hand(intervention) if intervention is not None else "",
        note=intervention.note if intervention is not None else "",
        is_open=untouched and signal.severity != insights.Severity.GOOD,
    )


def say_hand(intervention: Intervention) -> str:
    """Say who does what about a signal, and until when it is put aside."""
    who = intervention.by.name if intervention.by is not None else _now("somebody")
    if intervention.state == "accepted":
        return _now("In the hands of %(who)s since %(day)s") % {
            "who": who,
            "day": _day(intervention.taken_at),
        }
    if intervention.state == "snoozed":
        return _now("Put aside until %(day)s by %(who)s") % {
            "who": who,
            "day": _day(intervention.snoozed_until),
        }
    if intervention.state == "done":
        return _now("Done on %(day)s by %(who)s") % {"who": who, "day": _day(intervention.done_at)}
    if intervention.done_at is not None:
        return _now("Still there, although something was done on %(day)s") % {
            "day": _day(intervention.done_at)
        }
    return ""


def _day(at: date | datetime | None) -> str:
    day = localtime(at).date() if isinstance(at, datetime) else at
    return date_format(day) if day is not None else "–"


def say_wait(wait: Wait, names: Names, today: date) -> WaitWords:
    """Name whose turn it is, since how many days, and for how many things of which kind."""
    of_seat = {"mentor": names.mentors, "learner": names.learners}
    who = of_seat.get(wait.seat, names.mentors + names.learners)
    days = (today - wait.since).days
    text = ngettext(
        "awaiting %(who)s for %(n)d day: %(what)s", "awaiting %(who)s for %(n)d days: %(what)s", days
    ) % {"who": ", ".join(who), "n": days, "what": WAITS[wait.about]}
    return WaitWords(f"{text} ({wait.n})" if wait.n > 1 else text, days > LATE_DAYS)


def title(names: Names | None) -> str:
    """Name a pair: "Athena and Telemachus"."""
    if names is None:
        return _now("a pair")
    mentors, learners = ", ".join(names.mentors) or "–", ", ".join(names.learners[:3]) or "–"
    if len(names.learners) > 3:
        learners = _now("a circle of %(n)d") % {"n": len(names.learners)}
    return _now("%(mentors)s and %(learners)s") % {"mentors": mentors, "learners": learners}


def families() -> dict[str, tuple[str, frozenset[str]]]:
    """Return the signals of pairs by a key for addresses: their name, and the codes that share it."""
    of_group = {"overload", "one_size", "low_pulse"}
    found: dict[str, tuple[str, set[str]]] = {}
    for code, texts in insights.TEXTS.items():
        if code not in of_group:
            found.setdefault(slugify(texts.name), (_now(texts.name), set()))[1].add(code)
    return {key: (name, frozenset(codes)) for key, (name, codes) in found.items()}


def families_of(signals: Iterable[insights.Signal]) -> list[tuple[str, str]]:
    """Return the names of the signals, each once, with the tone of the most urgent of that name."""
    found: dict[str, str] = {}
    for signal in signals:  # the most urgent come first
        found.setdefault(_now(signal.name), TONES[signal.severity])
    return list(found.items())
