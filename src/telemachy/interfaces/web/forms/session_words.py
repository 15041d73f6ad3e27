"""The words of sessions: states, sources of an agenda, rhythm, and the conversation guides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: state -> word and tone of its badge
STATES: Mapping[str, tuple[Promise, str]] = {
    "proposed": (_("Time to be chosen"), "caution"),
    "scheduled": (_("Scheduled"), "accent"),
    "held": (_("Held"), "positive"),
    "missed": (_("Missed"), "caution"),
    "cancelled": (_("Cancelled"), "neutral"),
}

#: kind of a suggestion -> its word and icon
SOURCES: Mapping[str, tuple[Promise, str]] = {
    "situation": (_("Situation"), "situation"),
    "goal": (_("Goal"), "goal"),
    "action_item": (_("Action"), "check"),
}

CADENCE: Mapping[str, Promise] = {
    "on_track": _("You meet as agreed."),
    "due": _("The next session is due."),
    "drifting": _("You have drifted from the rhythm you agreed on."),
}


@dataclass(frozen=True, slots=True)
class Phase:
    """One step of a guide; `bank` is the phase under which the question bank keeps fitting questions."""

    name: Promise
    aim: Promise
    bank: str
    prompts: tuple[Promise, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """A way to lead a conversation."""

    name: str
    about: Promise
    phases: tuple[Phase, ...]


GUIDES: Mapping[str, Guide] = {
    "grow": Guide(
        "GROW",
        _("From what you want to what you will do. Good for most conversations."),
        (
            Phase(
                _("Goal"),
                _("What this hour is for"),
                "goal",
                (
                    _("What should be different for you when we part?"),
                    _("How would you notice that it was worth the hour?"),
                ),
            ),
            Phase(
                _("Reality"),
                _("What is the case"),
                "reality",
                (
                    _("What happens now, and what is your part in it?"),
                    _("What have you tried so far, and what came of it?"),
                ),
            ),
            Phase(
                _("Options"),
                _("What could be done"),
                "options",
                (
                    _("Which ways do you see, also the unlikely ones?"),
                    _("Which one have you not said aloud yet?"),
                ),
            ),
            Phase(
                _("Will"),
                _("What you will do"),
                "will",
                (
                    _("What exactly will you do, and by when?"),
                    _("What could stop you, and what will you do then?"),
                ),
            ),
        ),
    ),
    "oscar": Guide(
        "OSCAR",
        _("Weighs choices by what follows from them. Good when there is much to lose."),
        (
            Phase(
                _("Outcome"),
                _("Where to"),
                "goal",
                (
                    _("What would a good end look like, a year from now?"),
                    _("What makes it matter to you?"),
                ),
            ),
            Phase(
                _("Situation"),
                _("Where you stand"),
                "reality",
                (
                    _("What is going on, and who is touched by it?"),
                    _("What do you know, and what do you only believe?"),
                ),
            ),
            Phase(
                _("Choices and consequences"),
                _("What follows from what"),
                "options",
                (
                    _("Which choices are yours to make?"),
                    _("What follows from each, for you and for others?"),
                ),
            ),
            Phase(
                _("Actions"),
                _("The next steps"),
                "will",
                (
                    _("What do you do first, and when?"),
                    _("Who has to know, and who can help?"),
                ),
            ),
            Phase(
                _("Review"),
                _("How you will know"),
                "",
                (
                    _("When do you look whether it works?"),
                    _("By what will you judge it?"),
                ),
            ),
        ),
    ),
    "clear": Guide(
        "CLEAR",
        _("Listens before it explores. Good when feelings run high or the question is not clear yet."),
        (
            Phase(
                _("Contract"),
                _("What you agree on for today"),
                "goal",
                (
                    _("What do you need from me today, and what not?"),
                    _("What would make this a good conversation?"),
                ),
            ),
            Phase(
                _("Listen"),
                _("The whole story"),
                "reality",
                (
                    _("Tell it from the start: what happened?"),
                    _("What else belongs to it?"),
                ),
            ),
            Phase(
                _("Explore"),
                _("What it means"),
                "options",
                (
                    _("What does this touch in you?"),
                    _("How would the other one tell it?"),
                ),
            ),
            Phase(
                _("Act"),
                _("What changes now"),
                "will",
                (
                    _("Which way do you choose?"),
                    _("What is the smallest step that counts?"),
                ),
            ),
            Phase(
                _("Review"),
                _("What you take along"),
                "",
                (
                    _("What was most useful today?"),
                    _("What should we do differently next time?"),
                ),
            ),
        ),
    ),
}


def prompts_of(phase: Phase, bank: Sequence[str]) -> list[str | Promise]:
    """Return two or three prompts: the organisation's own questions first, then those of the guide."""
    own: list[str | Promise] = list(bank[:3])
    return own + list(phase.prompts)[: max(2 - len(own), 0)]
