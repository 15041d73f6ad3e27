"""Which lessons a learner may see: who wrote them, who let them through, what follows from a withdrawal.

What came from where is told by the credential it came with, never by what a record says of itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from telemachy.core.memory.lessons import Mark

#: So many checks by independent verifiers let a lesson for a low-risk goal through without a human.
VERIFIED_BY = 2


class Source(StrEnum):
    """Whose hand a lesson is from: a person's at a page, a person's program, an agent's, an import."""

    HUMAN = "human"
    PROGRAM = "program"
    AGENT = "agent"
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class LessonCheck:
    """What a verifier found when it tried the lesson: which verifier, in which situation, did it hold."""

    verifier: str
    situation: str
    success: bool


def why_quarantined(source: Source, marked: Collection[Mark]) -> tuple[str, ...]:
    """Return why a new lesson waits for a human, as codes; () lets it through.

    Parameters
    ----------
    source : Source
        From the credential.
    marked : collection of Mark
        What `marks` found in it. Whoever types a link at a page is the human who looked at it.
    """
    if source == Source.HUMAN:
        return ()
    by_whom = () if source == Source.PROGRAM else (source.value,)
    return (*by_whom, *sorted(mark.value for mark in marked))


def may_be_released(
    waits_for: Collection[str],
    checks: Sequence[LessonCheck],
    *,
    is_low_risk: bool,
    interested: Collection[str] = (),
) -> bool:
    """Tell whether verifiers may let a lesson out of quarantine.

    Parameters
    ----------
    waits_for : collection of str
        What `why_quarantined` said; links, code and names of tools wait for a human whatever was verified.
    checks : sequence of LessonCheck
        Every check of this lesson, of tier E3.
    is_low_risk : bool
        Whether the goal is one of low risk.
    interested : collection of str
        Verifiers that do not count as independent: those of the lesson's author or of the learner.

    Returns
    -------
    bool
        True with successes of two verifiers in two situations and no failure at all.
    """
    independent = [check for check in checks if check.verifier not in interested]
    held = [check for check in independent if check.success]
    return (
        is_low_risk
        and not {mark.value for mark in Mark} & set(waits_for)
        and len(held) == len(independent)
        and len({check.verifier for check in held}) >= VERIFIED_BY
        and len({check.situation for check in held}) >= VERIFIED_BY
    )


def with_descendants(keys: Iterable[str], derived_from: Mapping[str, Collection[str]]) -> frozenset[str]:
    """Return the lessons that go when these do: they, and all that were derived from them, however far.

    Parameters
    ----------
    keys : iterable of str
        Lessons to withdraw.
    derived_from : mapping of str to collection of str
        Each lesson's parents; circles do no harm.
    """
    gone = set(keys)
    while more := {key for key, parents in derived_from.items() if gone & set(parents)} - gone:
        gone |= more
    return frozenset(gone)
