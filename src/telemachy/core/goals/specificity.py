"""The specificity check: what a goal still leaves open, with a hint how to write it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from telemachy.core.shared.wording import gettext_noop

#: Text and hint of each gap. The word lists are English; other languages draw too many gaps, not too few.
TEXTS: Mapping[str, tuple[str, str]] = {
    "empty": (
        gettext_noop("The goal has no words yet."),
        gettext_noop("Begin with “I will …” and say what you will do that you do not do today."),
    ),
    "whose": (
        gettext_noop("It does not say whose behaviour will change."),
        gettext_noop("Begin with “I …”, so that reaching it depends on you and not on others."),
    ),
    "observable": (
        gettext_noop("It names a state of mind or a quality that nobody can watch."),
        gettext_noop(
            "Swap it for something a colleague could see you do, such as decide, present, decline, delegate."
        ),
    ),
    "measured": (
        gettext_noop("It does not say how anyone will know."),
        gettext_noop("Add a number, a frequency, or who will judge by what: “in three of four reviews”."),
    ),
    "when": (
        gettext_noop("It has no date."),
        gettext_noop("Set a due date; two to six months ahead is usual."),
    ),
    "baseline": (
        gettext_noop("The baseline does not show where you start."),
        gettext_noop("Write what happens today, with an example, a count or who observed it."),
    ),
    "levels_missing": (
        gettext_noop("Not all five attainment levels are written."),
        gettext_noop("Write −2 to +2 in advance: −2 is where you are today, 0 what you expect, +2 far more."),
    ),
    "levels_alike": (
        gettext_noop("Two attainment levels read the same."),
        gettext_noop("Let each level differ in something one can count or see, or ratings will be guesses."),
    ),
}

OWNER = re.compile(
    r"\b(i|i'll|i’ll|my|me|we|our|she|he|they|the (learner|mentee|coachee|agent))\b"
    r"|^\s*[a-z]+ (will|can|leads?)\b",
    re.I,
)
VAGUE = re.compile(
    r"\b(be(come|ing)? (a )?(more |better |good |great |stronger )\w*|improve|understand|learn( about|"
    r" more)?|know|"
    r"feel|appreciate|be aware|awareness|confiden(t|ce)|grow|develop|work on|get better|try|think about|"
    r"explore|"
    r"communication skills|leadership skills|soft skills|mindset)\b",
    re.I,
)
OBSERVABLE = re.compile(
    r"\b(decid|present|declin|delegat|ask|say|tell|writ|lead|run|hold|chair|hand|negotiat|agree|sign|ship|"
    r"deliver|"
    r"review|draft|publish|propos|clos|complet|finish|answer|respond|reply|open|start|stop|give|gave|send|"
    r"sent|refus|"
    r"escalat|resolv|facilitat|interview|hir|coach|teach|explain|plan|prioriti[sz]|raise|speak|listen|"
    r"invite|call|"
    r"visit|make|bring|settl|own|approv|defend|state|summari[sz]|submit|handle)(e|es|ed|ing|s|d)?\b",
    re.I,
)
MEASURE = re.compile(
    r"\d|%|\b(one|two|three|four|five|six|seven|eight|nine|ten|dozen|half|third|quarter|every|each|all|"
    r"none|no|"
    r"never|always|without|at least|at most|fewer|more than|less than|twice|once|weekly|monthly|daily|"
    r"rated|score|judged|"
    r"measured|according to|percent|per (cent|week|month|quarter|sprint))\b",
    re.I,
)
DATE = re.compile(
    r"\b(\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4}|20\d\d|q[1-4]|quarter [1-4]|"
    r"(\d{1,2}(st|nd|rd|th)? )?(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|"
    r"sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?)( \d{1,2}(st|nd|rd|th)?)?)\b",
    re.I,
)
MIN_BASELINE_WORDS = 5


@dataclass(frozen=True, slots=True)
class Gap:
    """Something a goal leaves open; `text` says what, `hint` how to write it. Both are English sources."""

    code: str
    text: str
    hint: str


def check(
    statement: str,
    baseline: str = "",
    levels: Sequence[str] | Mapping[int, str] = (),
    due_on: date | None = None,
    *,
    baseline_evidence: str = "",
) -> list[Gap]:
    """Return what keeps a goal from being specific; an empty list means nothing was found.

    Parameters
    ----------
    statement : str
        The goal in the learner's words.
    baseline, baseline_evidence : str
        Where the learner starts, and what shows it.
    levels : sequence of str, or mapping of -2..+2 to str
        The five attainment levels written in advance.
    due_on : date, optional
        When it should be reached.

    Notes
    -----
    It warns and never blocks: word lists for English cannot judge a goal, only notice what is usually
    missing. Criteria after Locke & Latham 1990 (specific goals) and Kiresuk & Sherman 1968 (levels written
    in advance, mutually exclusive).
    """
    texts = list(levels.values()) if isinstance(levels, Mapping) else list(levels)
    return [
        Gap(code, *TEXTS[code])
        for found, code in (
            *_statement_gaps(statement),
            (due_on is None, "when"),
            (not _evidenced(baseline, baseline_evidence), "baseline"),
            *_level_gaps(texts),
        )
        if found
    ]


def _statement_gaps(statement: str) -> tuple[tuple[bool, str], ...]:
    if not statement.strip():
        return ((True, "empty"),)
    return (
        (not OWNER.search(statement), "whose"),
        (not OBSERVABLE.search(VAGUE.sub(" ", statement)), "observable"),
        (not MEASURE.search(DATE.sub(" ", statement)), "measured"),
    )


def _evidenced(baseline: str, evidence: str) -> bool:
    return bool(evidence.strip()) or len(baseline.split()) >= MIN_BASELINE_WORDS


def _level_gaps(texts: Sequence[str]) -> tuple[tuple[bool, str], ...]:
    written = [" ".join(text.casefold().split()).rstrip(".") for text in texts if text.strip()]
    return ((len(written) < 5, "levels_missing"), (len(set(written)) < len(written), "levels_alike"))
