"""The experiment is the same for the same seed, fair to its arms, and shows what it is built to show."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from telemachy.core import memory
from telemachy.core.lab.agents import arms, pictures, run, statistics, tables
from telemachy.core.lab.agents.goals import GOALS
from telemachy.core.lab.agents.learners import CaseBased
from telemachy.core.lab.agents.run import Agent, Plan
from telemachy.core.lab.agents.worlds import Failure, Situation, Step
from telemachy.core.shared.scales import GuidanceLevel

PLAN = Plan(20, 150, 40, 40, 50, budget=15, exam=20, exam_every=50)


@pytest.fixture(scope="module")
def results() -> list[run.Result]:
    who = [one for one in run.agents(["tickets"], range(900, 902)) if one.learner == "cases"]
    return run.experiment(who, PLAN)


def mean(results: list[run.Result], arm: arms.Arm, measure: str) -> float:
    return float(statistics.mean(statistics.by_seed(results, arm.name, measure)))


def test_the_same_agent_has_the_same_fate() -> None:
    one, plan = Agent("tickets", "cases", arms.FADED.name, 4), Plan(5, 60, 5, 5, 10, budget=6, exam=5)
    once = run.run(one, plan)
    run.setting.cache_clear()
    assert run.run(one, plan) == once


def test_every_arm_starts_alike_and_none_gets_more_corrections_than_agreed(results) -> None:
    for seed in {one.agent.seed for one in results}:
        assert len({one.baseline for one in results if one.agent.seed == seed}) == 1
    corrected = [one.n_corrections for one in results if one.agent.arm not in {"none", "always answer"}]
    assert max(corrected) <= PLAN.budget + PLAN.budget * PLAN.drift // PLAN.mentoring
    assert {one.n_corrections for one in results if one.agent.arm in {"none", "always answer"}} == {0}


def test_individual_feedback_at_once_beats_none_and_what_is_only_handed_over_is_lost(results) -> None:
    assert mean(results, arms.FADED, "novel") > mean(results, arms.NONE, "novel") + 0.05
    assert mean(results, arms.FADED, "regret") < mean(results, arms.BATCH_OWN, "regret")
    assert mean(results, arms.ANSWERS, "regret") == 0
    assert mean(results, arms.ANSWERS, "drop") > 0.1
    assert mean(results, arms.ANSWERS, "novel") == mean(results, arms.NONE, "novel")


def test_fading_takes_help_away(results) -> None:
    assert mean(results, arms.FADED, "help_rate") < 0.6 * mean(results, arms.TRACKED, "help_rate")


def test_no_memory_does_better_than_the_bound_that_never_slips(results) -> None:
    assert mean(results, arms.PERFECT, "repeat_failure") <= mean(results, arms.TRACKED, "repeat_failure")
    assert mean(results, arms.PERFECT, "help_rate") == 1


def test_in_the_control_words_tell_a_novice_little_and_demonstrations_much() -> None:
    plan = replace(PLAN, mentoring=60, drift=10, exam=2)
    names = [arms.FADED.name, arms.DEMONSTRATED.name]
    found = run.experiment([Agent("grid", "rules", name, 1) for name in names], plan)
    assert mean(found, arms.DEMONSTRATED, "novel") > mean(found, arms.FADED, "novel") + 0.1


def test_a_trainer_who_errs_changes_the_feedback_and_nothing_else() -> None:
    one = Agent("tickets", "cases", arms.AT_ONCE_OWN.name, 5)
    right, wrong = (run.run(one, replace(PLAN, wrong_rate=rate)) for rate in (0.0, 0.9))
    assert right.baseline == wrong.baseline
    assert wrong.regret > right.regret


def test_where_two_lessons_meet_the_trainer_says_which_goes_first_and_the_learner_keeps_both() -> None:
    world = run.setting("tickets", 5, PLAN).world
    trainer, platform = arms.Trainer(world, 5, 0.0, ()), arms.Platform(world, arms.TRACKED)
    values = tuple((feature, 1) for feature in range(4))
    own, other = Failure("misses the first", values[:2], 0), Failure("misses the second", values[2:], 1)
    situation = Situation("s", (Step((1,) * 10, 0, 0),))
    case = arms.Case(situation, situation.steps[0], 1, own)
    learner = CaseBased(lambda features: (4, 0), 5)
    for failure in (own, other):
        words = trainer.again(replace(case, failure=failure))
        platform.keep(words, failure)
        learner.learn(arms.teaching_of(world, words[0], replace(case, failure=failure)))
    misfired = platform.misfired(case)
    assert misfired is not None
    assert misfired.mode == other.name
    words, both = trainer.on_collision(case, platform.failures[misfired.mode])
    platform.keep(words, both)
    learner.learn(arms.teaching_of(world, words[0], case))
    assert len(platform.lessons) == 3
    assert words[0].contrast == " ".join(world.vocabulary.words(values[:2]))
    assert learner.decide((1,) * 10, [], lot=0.9).action == 0
    assert learner.decide((0, 0, 1, 1, *[0] * 6), [], lot=0.9).action == 1
    assert learner.decide((1, 1, *[0] * 8), [], lot=0.9).action == 0


def test_a_lesson_is_held_against_what_was_right_before_and_says_what_those_cases_lack() -> None:
    world = run.setting("tickets", 5, PLAN).world
    trainer, platform = arms.Trainer(world, 5, 0.0, ()), arms.Platform(world, arms.FADED)
    failure = Failure("misses it", ((0, 1), (1, 1), (2, 1)), 0)
    narrow, broad = trainer.again(arms.Case(None, None, 1, failure)), replace(failure, conditions=((0, 1),))
    words = trainer.again(arms.Case(None, None, 1, broad))
    for features, action in (((1, 0, 1), 3), ((1, 1, 1), 0), ((1, 1, 0), 3), ((0, 0, 0), 3)):
        step = Step((*features, *[0] * 7), action, 0)
        platform.note_right(Situation("s", (step,)), step, world.vocabulary.actions[action])
    found = platform.also_fits(words, failure)
    assert [case.text.split()[1] for case in found] == [
        world.vocabulary.values[1][0],
        world.vocabulary.values[1][1],
    ]
    assert trainer.held_against(words, failure, found) == narrow
    assert trainer.held_against(narrow, failure, platform.also_fits(narrow, failure)) == narrow


def test_what_was_said_whole_is_said_again_after_a_reminder_in_vain_or_mastery_only() -> None:
    world = run.setting("tickets", 5, PLAN).world
    platform, failure = arms.Platform(world, arms.FADED), Failure("misses it", ((0, 1), (1, 1)), 0)
    platform.keep(arms.Trainer(world, 5, 0.0, ()).again(arms.Case(None, None, 1, failure)), failure)
    shown = memory.Match(platform.lessons[0], GuidanceLevel.EXAMPLE, 1.0, 0.5)
    assert platform.is_no_slip("misses it", [shown])
    assert not platform.is_no_slip("misses it", [replace(shown, level=GuidanceLevel.INDEPENDENT)])
    platform.modes["misses it"] = memory.Mode("misses it", GuidanceLevel.INDEPENDENT)
    assert platform.is_no_slip("misses it", [])


def test_the_memory_of_an_arm_is_the_products_own() -> None:
    assert arms.Platform.__init__.__annotations__["lessons"] == "list[memory.Lesson]"
    assert arms.memory.Memory.__module__ == "telemachy.core.memory.recall"


def test_goals_are_judged_with_their_intervals(results) -> None:
    out_of_reach = statistics.Goal("no regret at all", "none", "regret", 0, is_ceiling=True)
    goals = (*GOALS, out_of_reach)
    findings = statistics.judge(results, goals)
    assert len(tables.goals(findings).splitlines()) == len(goals) + 2
    for one in findings:
        assert one.found.low <= one.found.value <= one.found.high
        assert (one.p is None) == (not one.goal.other)
    assert findings[-1].verdict == statistics.Verdict.MISSED
    lost = next(one for one in findings if one.goal.arm == arms.ANSWERS.name)
    assert lost.verdict == statistics.Verdict.HELD


def test_the_tables_have_a_row_for_every_arm_and_the_pictures_name_them(results) -> None:
    table = tables.arms(results)
    drawn = pictures.curves("Alone", {"tracked": [0.5, 0.9], "<none>": [0.5, 0.5]}, 20, ["tracked"])
    assert all(f"| {arm.name} |" in table for arm in arms.ARMS)
    assert "<none>" not in drawn
    assert "tracked ends at 0.90" in drawn
    rows = {arm.name: tables.measured(results, arm.name, "novel") for arm in arms.ARMS}
    assert pictures.intervals("Novel", rows, "share").count('class="dot"') == len(arms.ARMS)


# --- statistics -------------------------------------------------------------------------------------


def test_intervals_cover_what_they_should_about_as_often_as_they_say() -> None:
    rng = np.random.default_rng(1)
    covered = 0
    for _time in range(60):
        found = statistics.interval([rng.normal(0.3, 1, size=30)], statistics.mean)
        covered += found.low <= 0.3 <= found.high
    assert 0.85 < covered / 60 <= 1


def test_pairs_are_resampled_together() -> None:
    hard = np.random.default_rng(2).normal(0, 5, size=12)
    found = statistics.interval([hard + 1, hard], statistics.difference)
    assert (found.low, found.high) == pytest.approx((1, 1))


def test_holm_corrects_for_the_number_of_tests() -> None:
    assert statistics.holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert statistics.holm([]) == []
    assert statistics.holm([0.9, 0.8]) == [1.0, 1.0]
