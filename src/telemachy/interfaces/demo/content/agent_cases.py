"""Short cases of the agent that reviews changes: how it fails, what it is taught, what came before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from telemachy.core.memory import LessonText


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortCase:
    """A case as a program tells it: what it would do, what it did, and what an automatic check found.

    `days` before today. `lesson` names one of LESSONS that its trainer gives after it. `until` is the last
    step: a question that waits, a decision that a check judged, an account that waits, or the debrief.
    """

    days: float
    title: str
    story: str
    tags: tuple[str, ...]
    intended: str
    confidence: int
    decision: str
    checked: bool | None = None
    asks: str = ""
    rating: int | None = None
    said: str = ""
    lesson: str = ""
    until: Literal["asked", "decided", "accounted", "debriefed"] = "debriefed"


CHECKS, AUTHOR, FLAKY = ("green", "removed lines"), ("senior author",), ("unstable test",)

LESSONS = {
    "checks": LessonText(
        "Trusts green checks",
        "All checks are green and the change removes lines",
        "Read the removed lines first and find out who relied on them",
        "A test says nothing about a path that no test takes",
    ),
    "checks-again": LessonText(
        "Trusts green checks",
        "All checks are green and a fallback is removed",
        "Look up in the incident list whether the fallback was ever taken",
        "A fallback runs rarely, so the tests rarely take it either",
        "Here the lines were covered by a test, but the test replaced the part that can fail",
    ),
    "author": LessonText(
        "Judges by the author",
        "The author has written the module and says it is mechanical",
        "Repeat the mechanical part by a tool and read what is left",
        "Experience makes mistakes rarer, not cheaper",
    ),
    "flaky": LessonText(
        "Says more than the log shows",
        "A test fails only now and then",
        "State how often it failed in how many runs, and nothing about the cause",
        "A guess in a review is read as a finding",
    ),
}

CASES = (
    ShortCase(
        days=70,
        title="Change 2260: all green, the retry of the telemetry upload is removed",
        story=(
            "41 lines, eleven tests, all pass. The upload retried three times before; now it gives up "
            "at once and logs a warning."
        ),
        tags=CHECKS,
        intended="Approve.",
        confidence=90,
        decision="Approved.",
        checked=False,
        rating=1,
        said="Three hours of telemetry were lost at one site. What did the green checks tell you?",
        lesson="checks",
    ),
    ShortCase(
        days=66,
        title="Change 2268: rename across 40 files by the author of the module",
        story=(
            "The author wrote the module four years ago. The summary says: rename, no behaviour. 40 "
            "files, two of them with more than a rename."
        ),
        tags=AUTHOR,
        intended="Approve, the author knows the module.",
        confidence=84,
        decision="Approved.",
        checked=False,
        rating=1,
        said="One of the 40 was no rename. How would you have found it in ten minutes?",
        lesson="author",
    ),
    ShortCase(
        days=62,
        title="Change 2271: all green, an unused branch of the parser is removed",
        story=(
            "The branch read a format that was given up in spring. All tests pass; no test mentions the "
            "format."
        ),
        tags=CHECKS,
        intended="Approve after reading the removed lines.",
        confidence=72,
        decision="Approved; nobody calls it, shown by the type.",
        checked=True,
        rating=3,
        said="You looked for who relied on it before you decided. That was the whole point.",
    ),
    ShortCase(
        days=57,
        title="Change 2280: the scheduler test fails on every ninth run",
        story=(
            "Nine runs, one failure, in the log a timeout on the port that the test opens. The change "
            "is in the calendar of the scheduler."
        ),
        tags=FLAKY,
        intended="Approve; the cause is the clock.",
        confidence=66,
        decision="Approved with a remark on the clock.",
        checked=False,
        rating=2,
        said="It was the port, not the clock. What did the log say, and what did you add?",
        lesson="flaky",
    ),
    ShortCase(
        days=52,
        title="Change 2284: all green, the fallback to the second server is removed",
        story=(
            "The second server is asked when the first does not answer. One test covers it with a "
            "network that is replaced by a list."
        ),
        tags=CHECKS,
        intended="Approve; the fallback is covered.",
        confidence=81,
        decision="Approved.",
        checked=False,
        rating=1,
        said="The test replaced the network. Which part of the fallback did it take?",
        lesson="checks-again",
    ),
    ShortCase(
        days=47,
        title="Change 2290: formatting only, says the author of the driver",
        story=(
            "1,900 lines in the driver of the meter. The author asks for a nod before lunch: the "
            "formatter did it all."
        ),
        tags=AUTHOR,
        intended="Repeat the formatting and look at what is left.",
        confidence=75,
        decision="Approved; nothing was left after repeating it.",
        checked=True,
        rating=3,
        said="Ten minutes, and nobody has to believe anybody. Well judged.",
    ),
    ShortCase(
        days=42,
        title="Change 2297: all green, two lines of the dry-run alarm are removed",
        story=(
            "The two lines raise the alarm at dry running without waiting. They were written in 2019 "
            "after an incident; no test takes them."
        ),
        tags=CHECKS,
        intended="Ask who relied on the two lines.",
        confidence=58,
        asks="The two lines are older than the tests. Is the incident list enough, or the pump team?",
        decision="Blocked until the pump team has answered.",
        checked=True,
        rating=3,
        said="You asked where you were not sure, and you were right not to be.",
    ),
    ShortCase(
        days=36,
        title="Change 2305: a timing test fails twice in thirty runs",
        story=(
            "The test compares two clocks with five milliseconds of play. Two of thirty runs on the "
            "slow machine fail."
        ),
        tags=FLAKY,
        intended="Report twice in thirty and hold it.",
        confidence=70,
        decision="Held, with the count and the two logs.",
        checked=True,
        rating=4,
        said="Count, logs, no guess. That can be taken as it stands.",
    ),
    ShortCase(
        days=31,
        title="Change 2311: all green, the second parameter of the alarm is removed",
        story=(
            "The parameter says how long an alarm may be silenced. Twelve callers, in three repositories."
        ),
        tags=CHECKS,
        intended="Read who passes the parameter.",
        confidence=68,
        decision="Approved; all callers pass the default.",
        checked=True,
        rating=3,
        said="You read the callers, not the tests. Keep doing that when the day is short.",
    ),
    ShortCase(
        days=20,
        title="Change 2323: all green, a deprecated entry point is removed",
        story=(
            "The entry point was marked as deprecated eight months ago. The tests no longer use it; the "
            "list of installations was not looked at."
        ),
        tags=CHECKS,
        intended="Look up who still calls it.",
        confidence=64,
        decision="Held; one site still calls it.",
        checked=True,
        rating=3,
        said="Found before it hurt. What made you look at that site first?",
    ),
    ShortCase(
        days=2.6,
        title="Change 2318: the founder of the project asks for a quick look",
        story=(
            "He has been away for a year and writes: you know me, it is the old pattern. The pattern "
            "was dropped in his absence, for a reason."
        ),
        tags=AUTHOR,
        intended="Approve after a look at the summary.",
        confidence=77,
        decision="Approved.",
        checked=False,
        until="accounted",
    ),
    ShortCase(
        days=2.2,
        title="Change 2331: all green, the check of the certificate date is removed",
        story=(
            "The date of the certificate was checked by hand after the library had been checked. The "
            "summary calls it a duplicate."
        ),
        tags=CHECKS,
        intended="Approve; the library checks it.",
        confidence=88,
        decision="Approved.",
        checked=False,
        until="decided",
    ),
    ShortCase(
        days=1.8,
        title="Change 2335: a network test failed once in four runs",
        story=(
            "Four runs on the pipeline, one with a lost connection. The change is in the very client "
            "that connects."
        ),
        tags=FLAKY,
        intended="Approve; once in four is noise.",
        confidence=55,
        decision="Held with the count.",
        until="accounted",
    ),
    ShortCase(
        days=1.2,
        title="Change 2342: all green, the lock around the valve state is removed",
        story=(
            "The author removes the lock and proves that one thread alone writes the state. The proof "
            "rests on the start order of two services."
        ),
        tags=CHECKS,
        intended="Hold it until somebody who knows the valve has looked.",
        confidence=45,
        asks="The author shows by a proof that the lock is not needed. Which part of a proof do I check?",
        decision="",
        until="asked",
    ),
)

OWN_LESSONS = """Before I read what was added, I read what was taken away.
Green means: what was asked was answered. I list what was not asked.
Of a test that fails sometimes I write down the count, then stop writing."""

#: What it decided before it came here, as its harness had written it down: external_ref, summary, decision.
PAST = (
    ("review-1904", "A pull request of 900 generated lines, all checks green.", "Approved.", True),
    (
        "review-1911",
        "A dependency is raised by a major version; the change log is empty.",
        "Approved.",
        False,
    ),
    ("review-1920", "A secret stands in a test file; the author says it is expired.", "Approved.", None),
    ("review-1933", "A migration deletes a column that a report may read.", "Asked for the report.", True),
    ("review-1938", "All checks green, the rate limit of the login is removed.", "Approved.", False),
)
PAST_LESSON = {
    "failure_mode": "Believes an empty change log",
    "cue": "A dependency is raised by a major version",
    "action": "Read the list of breaking changes at its source",
    "because": "A major version says that something breaks",
}
