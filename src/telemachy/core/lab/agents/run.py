"""One agent in one arm, from baseline to drift, and all agents of an experiment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache, partial
from itertools import product

import numpy as np

from telemachy.core import memory
from telemachy.core.lab.agents import grid, worlds
from telemachy.core.lab.agents.arms import (
    ARMS,
    BATCH,
    DEMONSTRATED,
    Arm,
    Case,
    Platform,
    Trainer,
    Words,
    teaching_of,
)
from telemachy.core.lab.agents.learners import LEARNERS, Decision, Hint, Learner, Teaching
from telemachy.core.lab.agents.worlds import Failure, Features, Habit, Outcome, Situation, World

WORLDS: dict[str, Callable[[np.random.Generator], World]] = {
    "tickets": worlds.tickets,
    "tools": worlds.tools,
    "grid": lambda _rng: grid.GridWorld(),
}
#: A learner below this confidence would ask.
ASKS_BELOW = 0.6
#: Other agents whose failures make up generic feedback, and situations each is watched in.
COHORT, WATCHED = 12, 30


@dataclass(frozen=True, slots=True)
class Plan:
    """How many situations each phase has, and how much the trainer may say in the mentoring phase."""

    baseline: int = 50
    mentoring: int = 400
    withdrawal: int = 100
    novel: int = 200
    drift: int = 200
    budget: int = 30
    #: Situations of the sealed exam without the platform, after every so many situations; the mark to reach.
    exam: int = 60
    exam_every: int = 20
    mark: float = 0.85
    wrong_rate: float = 0.0


@dataclass(frozen=True, slots=True)
class Agent:
    """One agent of an experiment; agents of one seed meet the same world, habits and situations."""

    world: str
    learner: str
    arm: str
    seed: int


@dataclass(frozen=True, slots=True)
class Result:
    """What was measured of one agent; shares in [0, 1], counts in situations, None where nothing occurred."""

    agent: Agent
    baseline: float
    to_threshold: float
    regret: float
    last_mentored: float
    withdrawal: float
    novel: float
    drifted: float
    repeat_failure: float | None
    help_rate: float
    ask_f1: float | None
    brier: float | None
    withholding_effect: float | None
    n_corrections: int
    curve: tuple[float, ...]

    @property
    def drop(self) -> float:
        """What is lost when the platform goes: the end of mentoring less the withdrawal phase."""
        return self.last_mentored - self.withdrawal


@dataclass(frozen=True)
class Setting:
    """What all agents of one world and seed share."""

    world: World
    drifted: World
    habit: Habit
    cohort: tuple[Failure, ...]
    phases: dict[str, list[Situation]]
    lots: dict[str, float]


@lru_cache(maxsize=2)
def setting(world: str, seed: int, plan: Plan) -> Setting:
    """Return world, habit and situations of a seed."""
    rng = np.random.default_rng([seed, list(WORLDS).index(world)])
    made = WORLDS[world](rng)
    drifted = made.drifted(rng)
    phases = {
        "baseline": made.situations(rng, plan.baseline, "baseline"),
        "mentoring": made.situations(rng, plan.mentoring, "mentoring"),
        "withdrawal": made.situations(rng, plan.withdrawal, "withdrawal"),
        "novel": made.situations(rng, plan.novel, "novel", novel=True),
        "exam": made.situations(rng, plan.exam, "exam"),
        "drift": drifted.situations(rng, plan.drift, "drift"),
    }
    lots = {one.key: float(rng.random()) for some in phases.values() for one in some}
    return Setting(made, drifted, cache(made.habit(rng)), _cohort(made, rng), phases, lots)


def _cohort(world: World, rng: np.random.Generator) -> tuple[Failure, ...]:
    """Return the failures of other agents with other habits and other work, the commonest first."""
    seen: dict[Failure, int] = defaultdict(int)
    for _one in range(COHORT):
        met, habit = world.elsewhere(rng), world.habit(rng)
        for situation in met.situations(rng, WATCHED, "cohort"):
            outcome = met.attempt(situation, partial(_by_habit, habit))
            if outcome.failed is not None and outcome.taken is not None:
                seen[world.failure(outcome.failed, outcome.taken)] += 1
    return tuple(sorted(seen, key=lambda failure: (-seen[failure], failure.name)))


def _by_habit(habit: Habit, features: Features) -> int:
    return habit(features)[0]


def run(agent: Agent, plan: Plan) -> Result:
    """Take one agent through all phases.

    Parameters
    ----------
    agent : Agent
        Which world, kind of learner, arm and seed.
    plan : Plan
        Sizes, budget, share of wrong answers of the trainer.

    Returns
    -------
    Result
        The same for the same arguments.
    """
    # Whether the trainer errs changes nothing in what happens.
    shared = setting(agent.world, agent.seed, replace(plan, wrong_rate=0.0))
    arm = next(arm for arm in ARMS if arm.name == agent.arm)
    course = Course(arm, agent, plan, shared)
    baseline = course.alone("baseline")
    course.mentoring()
    withdrawal, novel = course.alone("withdrawal"), course.alone("novel")
    last = course.successes[-len(shared.phases["withdrawal"]) :]
    regret, helped = course.successes.count(False), course.helped
    drifted = course.drift()
    asked = memory.ask_quality(course.intentions)
    return Result(
        agent=agent,
        baseline=baseline,
        to_threshold=course.to_threshold,
        regret=float(regret),
        last_mentored=float(np.mean(last)),
        withdrawal=withdrawal,
        novel=novel,
        drifted=drifted,
        repeat_failure=course.repeat_failure(),
        help_rate=helped / plan.mentoring,
        ask_f1=asked.f1,
        brier=asked.brier,
        withholding_effect=course.withholding_effect(),
        n_corrections=course.n_corrections,
        curve=tuple(course.curve),
    )


@dataclass
class Course:
    """One agent on its way; the platform is on in mentoring and drift and off elsewhere."""

    arm: Arm
    agent: Agent
    plan: Plan
    shared: Setting
    successes: list[bool] = field(default_factory=list)
    curve: list[float] = field(default_factory=list)
    intentions: list[memory.Intention] = field(default_factory=list)
    helped: int = 0
    n_corrections: int = 0
    to_threshold: float = 0.0
    _corrected: set[int] = field(default_factory=set)
    _since: dict[int, list[bool]] = field(default_factory=lambda: defaultdict(list))
    _drawn: tuple[list[bool], list[bool]] = field(default_factory=lambda: ([], []))

    def __post_init__(self) -> None:
        world = self.shared.world
        self.learner: Learner = LEARNERS[self.agent.learner](self.shared.habit, len(world.vocabulary.actions))
        self.platform = Platform(world, self.arm)
        self.trainer = Trainer(world, self.agent.seed, self.plan.wrong_rate, self.shared.cohort)

    # --- phases ---------------------------------------------------------------------------------

    def alone(self, phase: str) -> float:
        """Return the share of situations handled with the platform off; own practice goes on."""
        found = [
            self._take(situation, self.shared.world, [])[0].success for situation in self.shared.phases[phase]
        ]
        return float(np.mean(found))

    def mentoring(self) -> None:
        """Take the mentoring phase, with an exam every so often."""
        self.to_threshold = float(self.plan.mentoring)
        for number, success in enumerate(self._mentored("mentoring", self.shared.world, self.plan.budget), 1):
            self.successes.append(success)
            if number % self.plan.exam_every == 0:
                self.curve.append(self._exam())
                if self.curve[-1] >= self.plan.mark:
                    self.to_threshold = min(self.to_threshold, float(number))

    def drift(self) -> float:
        """Return the share handled in the second half after the world changed, with the platform on again."""
        self.trainer.world = self.platform.world = self.shared.drifted
        budget = self.plan.budget * self.plan.drift // max(self.plan.mentoring, 1)
        found = list(self._mentored("drift", self.shared.drifted, budget))
        return float(np.mean(found[len(found) // 2 :]))

    def _exam(self) -> float:
        """Return the share of the sealed exam handled alone; nothing is learned from it."""
        handled = []
        for situation in self.shared.phases["exam"]:
            decide = partial(self._alone_in, situation)
            handled.append(self.shared.world.attempt(situation, decide).success)
        return float(np.mean(handled))

    def _mentored(self, phase: str, world: World, budget: int) -> Iterator[bool]:
        """Yield how each situation went, with whatever the arm gets."""
        batch: list[Case] = []
        situations, spent = self.shared.phases[phase], 0
        for number, situation in enumerate(situations):
            matches = self.platform.recall(situation) if self.arm.remembers else ()
            reminders = self.platform.hints(matches, situation)
            hints = self._answers(situation, world) if self.arm.answers else reminders
            self.helped += bool(hints) and phase == "mentoring"
            outcome, decisions = self._take(situation, world, hints)
            self._note(outcome, decisions, world, phase)
            named = ""
            case = self._case(situation, outcome, world)
            if case is not None and self.arm.corrects:
                if self.arm.at_once and spent < budget:
                    is_spent, named = self._correct(case, matches)
                    self._corrected.add(case.step.mode)
                    spent += is_spent
                    self.n_corrections += is_spent
                batch.append(case)
            if not self.arm.at_once and (number + 1) % BATCH == 0:
                spent += self._correct_batch(batch, budget - spent)
                batch = []
            if self.arm.remembers:
                self.platform.settle(matches, situation, outcome, named)
                self._draw(matches, outcome)
            yield outcome.success

    # --- one situation --------------------------------------------------------------------------

    def _take(self, situation: Situation, world: World, hints: list[Hint]) -> tuple[Outcome, list[Decision]]:
        """Let the learner take a situation; what it used of its own is practised."""
        decisions: list[Decision] = []

        def decide(features: Features) -> int:
            decisions.append(self._decide(features, situation, hints))
            return decisions[-1].action

        outcome = world.attempt(situation, decide)
        for decision in decisions:
            self.learner.practise(decision)
        return outcome, decisions

    def _alone_in(self, situation: Situation, features: Features) -> int:
        return self._decide(features, situation, []).action

    def _decide(self, features: Features, situation: Situation, hints: list[Hint]) -> Decision:
        return self.learner.decide(features, hints, self.shared.lots[situation.key])

    @staticmethod
    def _answers(situation: Situation, world: World) -> list[Hint]:
        """Return the right action of every step: help without end."""
        return [Hint(frozenset(enumerate(step.features)), step.right) for step in situation.steps]

    @staticmethod
    def _case(situation: Situation, outcome: Outcome, world: World) -> Case | None:
        if outcome.failed is None or outcome.taken is None:
            return None
        failure = world.failure(outcome.failed, outcome.taken)
        return Case(situation, outcome.failed, outcome.taken, failure)

    # --- corrections ----------------------------------------------------------------------------

    def _correct(self, case: Case, matches: Sequence[memory.Match] = ()) -> tuple[bool, str]:
        """Correct; return whether that took a correction, and which failure mode the memory says struck."""
        if not self.arm.own:
            self.learner.learn(teaching_of(self.trainer.world, self.trainer.generic()[0], None))
        elif self.arm.demonstrates:
            for step in case.situation.steps:
                self.learner.learn(Teaching(step.right, step.features, step.right))
        elif self.arm.remembers:
            return self._correct_from_memory(case, matches)
        else:
            self.learner.learn(teaching_of(self.trainer.world, self.trainer.correction(case)[0], case))
        return True, ""

    def _correct_from_memory(self, case: Case, matches: Sequence[memory.Match]) -> tuple[bool, str]:
        """Correct as a trainer who knows what was said before, and keep it."""
        said, cause = self._from_memory(case, matches)
        if said is not None:
            said = self.trainer.held_against(said, cause, self.platform.also_fits(said, cause))
            self.platform.keep(said, cause, case)
            self.learner.learn(teaching_of(self.trainer.world, said[0], case))
        return said is not None, cause.name

    def _from_memory(self, case: Case, matches: Sequence[memory.Match]) -> tuple[Words | None, Failure]:
        """Return what to say, None where all was said and practice has to mend it, and on which failure."""
        platform, trainer, own = self.platform, self.trainer, case.failure
        known, misfired = platform.known(own.name), platform.misfired(case)
        if misfired is not None:
            narrowed = trainer.on_misfire(case, platform.failures[misfired.mode], misfired)
            if narrowed is not None:
                return narrowed, platform.failures[misfired.mode]
        more = trainer.on_recurrence(case, known) if known is not None else trainer.correction(case)
        if more is None and misfired is not None:
            return trainer.on_collision(case, platform.failures[misfired.mode])
        if more is None and platform.is_no_slip(own.name, matches):
            return trainer.again(case), own
        return more, own

    def _correct_batch(self, batch: Sequence[Case], n: int) -> int:
        """Correct one case of each failure mode of the batch, the commonest first; return how many."""
        cases: dict[str, list[Case]] = defaultdict(list)
        for case in batch:
            cases[case.failure.name].append(case)
        chosen = [same[0] for same in sorted(cases.values(), key=lambda same: -len(same))][:n]
        for case in chosen:
            self._correct(case)
            self._corrected.add(case.step.mode)
        self.n_corrections += len(chosen)
        return len(chosen)

    # --- measures -------------------------------------------------------------------------------

    def _note(self, outcome: Outcome, decisions: Sequence[Decision], world: World, phase: str) -> None:
        if phase != "mentoring":
            return
        for mode in outcome.met & self._corrected:
            self._since[mode].append(outcome.failed is not None and outcome.failed.mode == mode)
        last = decisions[-1]
        asked = last.confidence < ASKS_BELOW
        self.intentions.append(memory.Intention(outcome.success, asked, last.confidence))

    def _draw(self, matches: Sequence[memory.Match], outcome: Outcome) -> None:
        shown, left_out = self._drawn
        for match in matches:
            if match.p_left_out is not None:
                (shown if match.is_shown else left_out).append(outcome.success)

    def repeat_failure(self) -> float | None:
        """Return how often a failure mode struck again after it was corrected, by occasions."""
        occasions = [struck for strikes in self._since.values() for struck in strikes]
        return float(np.mean(occasions)) if occasions else None

    def withholding_effect(self) -> float | None:
        """Return what showing reminders changed, from the lots; None without any."""
        shown, left_out = self._drawn
        return memory.withholding_effect(shown, left_out).value if shown and left_out else None


Each = Callable[[Callable[[Agent], Result], Iterable[Agent]], Iterable[Result]]


def agents(world_names: Sequence[str], seeds: Sequence[int], arm_names: Sequence[str] = ()) -> list[Agent]:
    """Return every agent of an experiment, those of one world and seed together."""
    names = arm_names or [arm.name for arm in ARMS]
    return [
        Agent(world, learner, arm, seed)
        for world, seed, learner, arm in product(world_names, seeds, LEARNERS, names)
    ]


def experiment(who: Sequence[Agent], plan: Plan, each: Each = map) -> list[Result]:
    """Run agents; `each` may be a parallel map."""
    return list(each(partial(run, plan=plan), who))


__all__ = ["ARMS", "DEMONSTRATED", "Agent", "Plan", "Result", "agents", "experiment", "run"]
