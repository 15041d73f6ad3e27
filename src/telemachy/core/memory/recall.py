"""Which lessons a situation calls to mind, and which of them are shown.

Relationship and goal first, then cues (tags, and words by BM25), ranked by the risk that the failure mode
strikes again; what is mastered stays silent; three at most. What has just failed is shown without a lot.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from telemachy.core.memory.fading import Mode, recurrence_risk
from telemachy.core.memory.lessons import MAX_ACTIVE, MAX_REMINDERS, Lesson
from telemachy.core.memory.lots import AUDITED_ONE_IN, LEFT_OUT_ONE_IN, falls_on
from telemachy.core.shared.likeness import likeness
from telemachy.core.shared.retrieval import Collection, rarity
from telemachy.core.shared.scales import GuidanceLevel

#: From this share of a lesson's words on, a situation calls it to mind.
RELEVANT = 0.6
#: Where a lesson has tags, they say more than words do: a case may be told in other words, but a tag that is
#: not there says that something is not the case. So all the tags suffice, and most with the words.
TAGS_WEIGH = RELEVANT_TAGGED = 0.7


@dataclass(frozen=True, slots=True)
class Cues:
    """What is known of a situation before it is decided; `key` names it, `goal` is "" where none is set."""

    key: str
    text: str
    tags: frozenset[str] = frozenset()
    goal: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A failure mode that a situation calls to mind: with which lesson, how much of it is shown, and why not.

    `level` is what is shown: the mode's level, or 0 where it was left out. `p_left_out` is the chance with
    which a lot was drawn over showing it, None where none was. `audited`: somebody looks at it although
    nothing is shown.
    """

    lesson: Lesson
    level: GuidanceLevel
    relevance: float
    risk: float
    p_left_out: float | None = None
    audited: bool = False

    @property
    def is_shown(self) -> bool:
        """Whether the learner sees anything of it before deciding."""
        return self.level > GuidanceLevel.DEBRIEF


class Memory:
    """The active lessons of one relationship, ready to be asked what a situation calls to mind.

    Parameters
    ----------
    lessons : sequence of Lesson
        Active ones of one relationship, at most 20; see `over_the_limit`.
    """

    def __init__(self, lessons: Sequence[Lesson]) -> None:
        self.lessons = tuple(lessons)
        self._cues = Collection([lesson.text.cue for lesson in self.lessons])
        n_with = Counter(tag for lesson in self.lessons for tag in lesson.tags)
        # A tag that half of the lessons have tells little of which of them is meant.
        self._tells = {tag: rarity(len(self.lessons), n) for tag, n in n_with.items()}
        self._told = [self._told_by(lesson.tags) for lesson in self.lessons]

    def recall(
        self,
        cues: Cues,
        modes: Mapping[str, Mode],
        *,
        p_left_out: float = 1 / LEFT_OUT_ONE_IN,
    ) -> tuple[Match, ...]:
        """Return what the situation calls to mind, what is shown first, then what is not.

        Parameters
        ----------
        cues : Cues
            Of the situation.
        modes : mapping of str to Mode
            Where each lesson's failure mode stands, by key.
        p_left_out : float
            The chance with which nothing is shown where a lot falls, in [0, 1]. None falls where a failure
            mode has just failed, or was not tried yet at its level: then it is shown until it is handled.

        Returns
        -------
        tuple of Match
            One for each failure mode; at most three are shown.
        """
        found = sorted(self._best_of_each_mode(cues, modes), key=_by_risk)
        due = [match for match in found if match.is_shown][:MAX_REMINDERS]
        is_drawn = all(_was_handled(modes[match.lesson.mode]) for match in due)
        shown = [_drawn(match, cues, p_left_out) for match in due] if is_drawn else due
        silent = [_silent(match, cues) for match in found if match not in due]
        return tuple(sorted((*shown, *silent), key=lambda match: not match.is_shown))

    def _best_of_each_mode(self, cues: Cues, modes: Mapping[str, Mode]) -> list[Match]:
        """Return each failure mode called to mind, with the lesson that helped most where it was shown."""
        best: dict[str, Match] = {}
        for lesson, relevance in self._relevant(cues):
            mode = modes[lesson.mode]
            match = Match(lesson, mode.level, relevance, recurrence_risk(mode.attempts))
            known = best.get(lesson.mode)
            if known is None or _worth(match) > _worth(known):
                best[lesson.mode] = match
        return list(best.values())

    def _relevant(self, cues: Cues) -> list[tuple[Lesson, float]]:
        said = self._cues.coverage(cues.text)
        found = []
        for lesson, told, covered in zip(self.lessons, self._told, said, strict=True):
            if lesson.goal not in {"", cues.goal}:
                continue
            relevance, needed = covered, RELEVANT
            if lesson.tags:
                shared = self._told_by(lesson.tags & cues.tags) / told
                relevance, needed = TAGS_WEIGH * shared + (1 - TAGS_WEIGH) * covered, RELEVANT_TAGGED
            if relevance >= needed:
                found.append((lesson, relevance))
        return found

    def _told_by(self, tags: Iterable[str]) -> float:
        """Return how much these tags tell; in order, so that the sum is the same to the last digit."""
        return sum(self._tells[tag] for tag in sorted(tags))


def example_among(cue: frozenset[str], here: frozenset[str], cases: Sequence[frozenset[str]]) -> int | None:
    """Return which earlier case to show as an example: one that shows the cue, and is like the situation.

    Parameters
    ----------
    cue, here : frozenset of str
        Telling words of the lesson's cue, and of the situation.
    cases : sequence of frozenset of str
        The same of each earlier case that turned out well; of equals the first is taken.

    Returns
    -------
    int or None
        Its place, None where there is none.
    """
    worth = [(len(cue & case), likeness(here, case)) for case in cases]
    return worth.index(max(worth)) if worth else None


def _worth(match: Match) -> tuple[float, float, str]:
    return match.lesson.effect, match.relevance, match.lesson.key


def _by_risk(match: Match) -> tuple[float, float, str]:
    return -match.risk, -match.relevance, match.lesson.key


def _was_handled(mode: Mode) -> bool:
    """Tell whether the last attempt went well, so that the next may be one without help."""
    return bool(mode.attempts) and mode.attempts[-1].success


def _drawn(match: Match, cues: Cues, chance: float) -> Match:
    """Draw whether it is left out: one lot for the whole situation, so that alone means alone."""
    left_out = falls_on(chance, "left out", cues.key)
    level = GuidanceLevel.INDEPENDENT if left_out else match.level
    return replace(match, level=level, p_left_out=chance, audited=left_out)


def _silent(match: Match, cues: Cues) -> Match:
    """Show nothing: mastered, to be looked back on only, or one too many."""
    level = min(match.level, GuidanceLevel.DEBRIEF)
    audited = level == GuidanceLevel.DEBRIEF or falls_on(
        1 / AUDITED_ONE_IN, "audited", cues.key, match.lesson.mode
    )
    return replace(match, level=level, audited=audited)


def over_the_limit(lessons: Sequence[Lesson], modes: Mapping[str, Mode]) -> tuple[str, ...]:
    """Return the keys of lessons to retire so that 20 stay: those of the modes least likely to strike again.

    Parameters
    ----------
    lessons : sequence of Lesson
        Oldest first; of two equally likely the older goes.
    modes : mapping of str to Mode
        By key.
    """

    def need(lesson: Lesson) -> tuple[bool, float]:
        mode = modes[lesson.mode]
        return not mode.is_mastered, recurrence_risk(mode.attempts)

    n_over = max(len(lessons) - MAX_ACTIVE, 0)
    return tuple(lesson.key for lesson in sorted(lessons, key=need)[:n_over])
