"""Whether a lesson says too little: it is held against earlier cases where something else was right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from telemachy.core.memory.lessons import Lesson
from telemachy.core.memory.recall import RELEVANT
from telemachy.core.shared.likeness import telling_words
from telemachy.core.shared.retrieval import Collection


@dataclass(frozen=True, slots=True)
class Judged:
    """An earlier case with its words and tags, and what was right: what was done where it went well, or
    what a lesson on it says; `key` names it."""

    key: str
    text: str
    tags: frozenset[str]
    right: str


def also_fits(lesson: Lesson, judged: Iterable[Judged]) -> tuple[Judged, ...]:
    """Return the cases that the lesson would be called to mind in, and where something else was right.

    Parameters
    ----------
    lesson : Lesson
        As it is written; that it fits more than it is meant for says that a condition is missing.
    judged : iterable of Judged
        Of the same learner and relationship, each judged by a trainer or verifier.

    Returns
    -------
    tuple of Judged
        In their order: those with all the lesson's tags, or where it has none, with most of its cue's words.
        What was right counts as the same where it says every telling word of the lesson's action.
    """
    cue, says = Collection([lesson.text.cue]), telling_words(lesson.text.action)

    def fits(case: Judged) -> bool:
        if lesson.tags:
            return lesson.tags <= case.tags
        return cue.coverage(case.text)[0] >= RELEVANT

    return tuple(case for case in judged if fits(case) and not (says and says <= telling_words(case.right)))
