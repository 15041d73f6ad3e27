"""Who gets which feedback when: the arms of the experiment, and the trainer that all of them share.

The memory of an arm is the product's own: `core.memory` recalls, words, fades and counts here as it does for
a pair. Every arm has the same budget of corrections and meets the same situations.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from telemachy.core import memory
from telemachy.core.lab.agents.learners import Hint, Teaching, Values
from telemachy.core.lab.agents.worlds import Failure, Outcome, Situation, Step, Value, World
from telemachy.core.shared.scales import GuidanceLevel


@dataclass(frozen=True, slots=True)
class Arm:
    """What an arm gets; `own`: about this agent's failures, not the cohort's; `at_once`: not in batches.

    `never_slips` is no product but a bound: reminders that always come and always point at what decides.
    """

    name: str
    corrects: bool = True
    own: bool = True
    at_once: bool = True
    remembers: bool = False
    fades: bool = False
    never_slips: bool = False
    answers: bool = False
    demonstrates: bool = False


NONE = Arm("none", corrects=False)
BATCH_GENERIC = Arm("batch generic", own=False, at_once=False)
BATCH_OWN = Arm("batch individual", at_once=False)
AT_ONCE_GENERIC = Arm("sustained generic", own=False)
AT_ONCE_OWN = Arm("sustained individual")
TRACKED = Arm("tracked", remembers=True)
FADED = Arm("tracked + faded", remembers=True, fades=True)
PERFECT = Arm("perfect recall", remembers=True, never_slips=True)
ANSWERS = Arm("always answer", corrects=False, answers=True)
DEMONSTRATED = Arm("demonstrations", demonstrates=True)
ARMS = (
    NONE,
    BATCH_GENERIC,
    BATCH_OWN,
    AT_ONCE_GENERIC,
    AT_ONCE_OWN,
    TRACKED,
    FADED,
    PERFECT,
    ANSWERS,
    DEMONSTRATED,
)

#: A trainer names each deciding condition with this chance, and at least one.
NAMED = 0.8
#: Situations in a batch.
BATCH = 50


#: Earlier cases looked at for an example.
MAX_COMPARED = 50

#: A lesson and its tags.
Words = tuple[memory.LessonText, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Case:
    """A failure as the trainer meets it."""

    situation: Situation
    step: Step
    taken: int
    failure: Failure


class Trainer:
    """Sees what fails, has a budget, and errs now and then.

    Parameters
    ----------
    world : World
        Whose rules it knows.
    seed : int
        Of its lots: which conditions it names, when it errs.
    wrong_rate : float
        Share of corrections that name a wrong action.
    cohort : sequence of Failure
        What generic feedback is about: the commonest failures of other agents, the commonest first.
    """

    def __init__(self, world: World, seed: int, wrong_rate: float, cohort: Sequence[Failure]) -> None:
        self.world, self.wrong_rate, self._cohort = world, wrong_rate, cohort
        self._rng = np.random.default_rng([seed, 7])
        self._n_generic = 0

    def generic(self) -> Words:
        """Return the next piece of feedback for everybody."""
        failure = self._cohort[self._n_generic % len(self._cohort)]
        self._n_generic += 1
        return self._lesson(failure, self._named(failure))

    def correction(self, case: Case) -> Words:
        """Return feedback on one failure of the agent's own."""
        return self._lesson(case.failure, self._named(case.failure))

    def on_recurrence(self, case: Case, known: memory.Lesson) -> Words | None:
        """Return the lesson with one more condition, its contrast; None where it says everything."""
        named = self.world.vocabulary.read(known.text.cue)
        added = self._one_more(case.failure, named)
        if added is None:
            is_right = known.text.action == self.world.vocabulary.actions[case.failure.action]
            return None if is_right else self.again(case)
        cue = [value for value in case.failure.conditions if value in named or value == added]
        return self._lesson(case.failure, cue, contrast=[added])

    def again(self, case: Case) -> Words:
        """Return the whole lesson once more."""
        return self._lesson(case.failure, case.failure.conditions)

    def on_misfire(self, case: Case, misfired: Failure, lesson: memory.Lesson) -> Words | None:
        """Return the lesson that misfired with what it needs as well; None where it was right as it stood."""
        lacks = [value for value in misfired.conditions if case.step.features[value[0]] != value[1]]
        if not lacks:
            return None
        return self._lesson(misfired, [*self.world.vocabulary.read(lesson.text.cue), lacks[0]], [lacks[0]])

    def on_collision(self, case: Case, misfired: Failure) -> tuple[Words, Failure]:
        """Return which of two lessons goes first where the case meets both, as a failure mode of its own.

        Its contrast is what sets the case apart from the lesson that misfired. Where nothing does, that
        lesson was about the same and its action is not right any more.
        """
        own = case.failure
        apart = [value for value in own.conditions if value not in misfired.conditions]
        name = f"{own.name} for: {misfired.name}" if apart else misfired.name
        both = Failure(name, (*apart, *misfired.conditions), own.action)
        return self._lesson(both, both.conditions, apart), both

    def held_against(self, words: Words, failure: Failure, cases: Sequence[memory.Judged]) -> Words:
        """Return the lesson with a condition more for each case it fits where something else was right."""
        text, cue = words[0], self.world.vocabulary.read(words[0].cue)
        for case in cases:
            here = self.world.vocabulary.read(case.text)
            lacks = [value for value in failure.conditions if value not in here]
            if cue <= here and lacks:
                cue |= {lacks[0]}
        said = self.world.vocabulary.words(sorted(cue))
        return replace(text, cue=" ".join(said)), frozenset(said)

    def _one_more(self, failure: Failure, named: Values) -> Value | None:
        missing = [value for value in failure.conditions if value not in named]
        return missing[int(self._rng.integers(len(missing)))] if missing else None

    def _named(self, failure: Failure) -> list[Value]:
        named = [value for value in failure.conditions if self._rng.random() < NAMED]
        return named or list(failure.conditions[:1])

    def _lesson(self, failure: Failure, cue: Sequence[Value], contrast: Sequence[Value] = ()) -> Words:
        vocabulary, action = self.world.vocabulary, failure.action
        if self._rng.random() < self.wrong_rate:
            action = (action + 1 + int(self._rng.integers(len(vocabulary.actions) - 1))) % len(
                vocabulary.actions
            )
        words = vocabulary.words(sorted(cue))
        text = memory.LessonText(
            failure_mode=failure.name,
            cue=" ".join(words),
            action=vocabulary.actions[action],
            because="so the rule has it",
            contrast=" ".join(vocabulary.words(sorted(contrast))),
        )
        return memory.checked(text), frozenset(words)


@dataclass
class Platform:
    """The relationship's memory in an arm that has one: recalls before a decision, settles after it."""

    world: World
    arm: Arm
    lessons: list[memory.Lesson] = field(default_factory=list)
    modes: dict[str, memory.Mode] = field(default_factory=dict)
    failures: dict[str, Failure] = field(default_factory=dict)
    handled: dict[str, list[Situation]] = field(default_factory=lambda: defaultdict(list))
    judged: list[memory.Judged] = field(default_factory=list)
    n_taught: int = 0
    _memory: memory.Memory | None = None
    _read: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def recall(self, situation: Situation) -> tuple[memory.Match, ...]:
        """Return what the start of a situation calls to mind."""
        if not self.lessons:
            return ()
        self._memory = self._memory or memory.Memory(self.lessons)
        words = self._words(situation)
        cues = memory.Cues(situation.key, " ".join(words), frozenset(words))
        chance = 1 / memory.LEFT_OUT_ONE_IN if self.arm.fades else 0.0
        return self._memory.recall(cues, self.modes, p_left_out=chance)

    def hints(self, matches: Sequence[memory.Match], situation: Situation) -> list[Hint]:
        """Return what the learner reads in the reminders that are shown."""
        if self.arm.never_slips:
            return [Hint(frozenset(enumerate(step.features))) for step in situation.steps]
        found = []
        for match in matches:
            if match.is_shown:
                fields = memory.shown(match.lesson, match.level, self._example(match.lesson, situation))
                found.append(hint_of(self.world, fields.values(), fields.get("action", "")))
        return found

    def _example(self, lesson: memory.Lesson, situation: Situation) -> str:
        """Return the learner's own earlier case of this failure mode; the latest is first among equals."""
        cases = [self._words(one) for one in reversed(self.handled[lesson.mode][-MAX_COMPARED:])]
        known = [frozenset(case) for case in cases]
        cue = frozenset(lesson.text.cue.split())
        place = memory.example_among(cue, frozenset(self._words(situation)), known)
        return "" if place is None else " ".join(cases[place])

    def _words(self, situation: Situation) -> tuple[str, ...]:
        """Return what is known of a situation when it starts."""
        if situation.key not in self._read:
            self._read[situation.key] = self.world.vocabulary.case(situation.steps[0].features)
        return self._read[situation.key]

    def settle(
        self, matches: Sequence[memory.Match], situation: Situation, outcome: Outcome, named: str
    ) -> None:
        """Count the outcome, checked by a verifier: a failure for the named mode, or the only one."""
        if outcome.success:
            for step in situation.steps:
                self.note_right(situation, step, self.world.vocabulary.actions[step.right])
        for match in matches:
            is_meant = outcome.success or match.lesson.mode == named or (not named and len(matches) == 1)
            if is_meant:
                self._attempt(match.lesson.mode, outcome.success, match.level)
            if outcome.success:
                self.handled[match.lesson.mode].append(situation)
        if named and named not in {match.lesson.mode for match in matches}:
            self._attempt(named, False, GuidanceLevel.INDEPENDENT)

    def note_right(self, situation: Situation, step: Step, action: str) -> None:
        """Keep what was right in a step: what was done where it went well, or what the lesson on it says."""
        words = self.world.vocabulary.case(step.features)
        self.judged.append(memory.Judged(situation.key, " ".join(words), frozenset(words), action))

    def also_fits(self, words: Words, failure: Failure) -> tuple[memory.Judged, ...]:
        """Return the earlier cases that a lesson fits as it is written where something else was right."""
        return memory.also_fits(memory.Lesson("new", failure.name, *words), self.judged)

    def _attempt(self, mode: str, success: bool, level: GuidanceLevel) -> None:
        attempt = memory.Attempt(success, level, memory.Tier.VERIFIER)
        after, _step = memory.after(self.modes[mode], attempt, top=GuidanceLevel.EXAMPLE)
        self.modes[mode] = (
            after if self.arm.fades else memory.Mode(mode, GuidanceLevel.EXAMPLE, after.attempts)
        )

    def known(self, mode: str) -> memory.Lesson | None:
        """Return the active lesson on a failure mode."""
        return next((lesson for lesson in self.lessons if lesson.mode == mode), None)

    def is_no_slip(self, mode: str, matches: Sequence[memory.Match]) -> bool:
        """Tell whether more than practice is missing: reminded of it, or after mastery, it failed again."""
        was_shown = any(match.is_shown and match.lesson.mode == mode for match in matches)
        return was_shown or self.modes[mode].is_mastered

    def misfired(self, case: Case) -> memory.Lesson | None:
        """Return the lesson on another failure mode that was followed here."""
        words = set(self.world.vocabulary.case(case.step.features))
        taken = self.world.vocabulary.actions[case.taken]
        followed = (
            lesson
            for lesson in self.lessons
            if lesson.tags <= words and lesson.text.action == taken and lesson.mode != case.failure.name
        )
        return next(followed, None)

    def keep(self, words: Words, failure: Failure, case: Case | None = None) -> None:
        """Add a lesson, in the place of the one there is on its failure mode, and what it says of a case."""
        text, tags = words
        if case is not None and failure == case.failure:
            self.note_right(case.situation, case.step, text.action)
        self.failures[failure.name] = failure
        self.modes.setdefault(failure.name, memory.Mode(failure.name, GuidanceLevel.EXAMPLE))
        self.n_taught += 1
        self.lessons = [lesson for lesson in self.lessons if lesson.mode != failure.name]
        self.lessons.append(memory.Lesson(f"lesson {self.n_taught:04d}", failure.name, text, tags))
        over = memory.over_the_limit(self.lessons, self.modes)
        self.lessons = [lesson for lesson in self.lessons if lesson.key not in over]
        self._memory = None


def hint_of(world: World, fields: Iterable[str], action: str) -> Hint:
    """Return what the learner understands of a reminder's fields."""
    actions = world.vocabulary.actions
    said: Values = world.vocabulary.read(" ".join(fields).replace("?", " ").replace(":", " "))
    return Hint(said if world.is_readable else frozenset(), actions.index(action) if action else None)


def teaching_of(world: World, text: memory.LessonText, case: Case | None) -> Teaching:
    """Return what the learner understands of a correction; a novice only the step that was shown."""
    action = world.vocabulary.actions.index(text.action)
    if case is None:
        return Teaching(action, cue=world.vocabulary.read(text.cue) if world.is_readable else frozenset())
    if not world.is_readable:
        return Teaching(action, case.step.features, action)
    cue, contrast = world.vocabulary.read(text.cue), world.vocabulary.read(text.contrast)
    if cue <= frozenset(enumerate(case.step.features)):
        # Right here: what was said before stands beside it, unless it was the same with less.
        narrows = text.failure_mode == case.failure.name
        return Teaching(action, case.step.features, action, cue, contrast if narrows else frozenset())
    return Teaching(action, case.step.features, case.failure.action, cue, contrast)
