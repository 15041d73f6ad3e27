"""The page of the experiment: what was done, what came of it, and the limits beside every figure."""

from __future__ import annotations

from collections.abc import Sequence

from telemachy.core.lab.agents import pictures, tables
from telemachy.core.lab.agents.arms import (
    ARMS,
    AT_ONCE_OWN,
    BATCH_GENERIC,
    BATCH_OWN,
    DEMONSTRATED,
    FADED,
    NAMED,
    NONE,
    TRACKED,
)
from telemachy.core.lab.agents.goals import AT_BEST, GOALS, WITH_ERRORS
from telemachy.core.lab.agents.learners import EASED_BY, LAPSE
from telemachy.core.lab.agents.run import WORLDS, Plan, Result
from telemachy.core.lab.agents.statistics import Finding, judge
from telemachy.core.lab.agents.worlds import DEFECTIVE

#: Worlds that are judged by the goals; the control is not.
JUDGED = ("tickets", "tools")
#: Share of wrong answers of the trainer in the second part.
WRONG = 0.15

#: Arms whose curve is drawn: more lines would hide each other.
DRAWN = (NONE, BATCH_GENERIC, BATCH_OWN, AT_ONCE_OWN, FADED, DEMONSTRATED)

_TOLD = {
    "tickets": (
        "Judgment tickets",
        "A customer's case in ten words, five things to do, fourteen rules of two or three conditions.",
        "The world stores its reasons as rules and the trainer names their conditions, which favours "
        "learners that take lessons. This is a simulation, not a claim about language models.",
    ),
    "tools": (
        "Tool simulator",
        "A user with a script and three tool calls; the first wrong one ends the talk, so that three rules "
        "have to be known at once. What is recalled is recalled at the start, before the last tool has "
        "answered.",
        "Users follow their script whatever is said to them. Rules again, so lessons are favoured again; a "
        "simulation, not a claim about language models.",
    ),
    "grid": (
        "A novice in a grid, the control",
        "Fetch a key, bring it to a door, six by six places. The novice knows nothing, and the trainer's "
        "words stand for nothing it sees: a correction shows one step, a demonstration a whole way.",
        "Built for this page in place of the grid and text worlds of research, and few seeds. It is here to "
        "show where feedback in words is the wrong thing: novices need examples first.",
    ),
}

_HEAD = """\
# What feedback does to agents, where the truth is known

Written by `telemachy lab agents --seeds {n_seeds} --out docs`; run it again and you get the same,
figure by figure. {n_agents} agents, made up with known failings, go through the same situations; what
differs is the feedback. Recall, levels, fading, lots and the wording of reminders are the product's own
(`core/memory`), not a copy.

**The limits of all of it.** The worlds store their reasons as rules, which favours learners that take
lessons. The learners are small programs. How habit wears off was decided by us (below). These are
simulator results, not claims about language models or people; adapters for such agents would go where the
learners are.

## What was done

- **Phases**: {baseline} situations alone, {mentoring} mentored, {withdrawal} with the platform off,
  {novel} novel ones with the platform off (each holds a conjunction that never came before), then {drift}
  after three rules changed, with the platform on again.
- **Arms**: none; feedback in batches of 50 or at once ("sustained"), on what others get wrong ("generic")
  or on this agent's own failures ("individual"); tracked (sustained, with the failure-mode memory:
  reminders, and a trainer who knows from it what was said before); tracked + faded (reminders fade by the
  product's rule, and every second situation is left out by lot, unless one of its failure modes has just
  failed); always answer; demonstrations (the worked case, without words). Perfect recall is no product but
  a bound: tracked, with reminders that always come and always point at what decides.
- **What the memory tells the trainer**: that the lesson followed was too broad, or the one on this failure
  was (one condition more, as its contrast); that the case meets two lessons and the wrong one was followed
  (then which of them goes first is a lesson of its own); that everything was said: then it is said again
  only after a reminder was shown in vain or the failure mode was mastered, and else left to practice.
- **Budget**: {budget} corrections in the mentoring phase for every arm that corrects, spent as the
  trainer finds cause. Always answer has no bound: it is the control for dependency.
- **Trainer**: names each deciding condition with chance {named:.0%}, so that lessons come out too broad
  now and then.
- **Learners**: by cases, by weights (online linear), by rules. Each starts with the world's rules,
  {defective:.0%} of them defective in a way of its own.
- **Habit**: what was learned loses against habit with chance {lapse:.0%}, times {eased} for each own use
  of it. Pointing at the cue keeps habit down for once and counts as half a use. An action that is handed
  over counts as none: so always answer cannot but breed dependency here, and the figure below says how
  much, not whether.
- **Measures**: situations to threshold until a sealed exam with the platform off is passed at {mark:.0%}
  (at most {mentoring}); regret is the number of failures while mentored; "helped" is the share of
  situations with a reminder or an answer. Asking is what the learner would have asked (confidence under
  0.6); nobody answers, so that budgets stay equal.
- **Statistics**: all arms share world, habits, situations and lots of a seed. Intervals are 95 %
  bootstrap intervals over seeds, means over the three kinds of learner; tests are Wilcoxon's on paired
  seeds, with Holm's correction. Sizes of world and habit were set on other seeds (1000 and up) than those
  reported here.
"""

_AT_BEST = """\
## What a memory can change at all

The same goals for perfect recall: what would be left if every reminder came, pointed at what decides, and no
habit ever slipped through. A failure mode has to strike once for every pair of lessons that collide, once for
every condition that the trainer did not name, and again where a habit is stronger than one telling; and what
was never said within the budget is not known. No recall mends that. Where perfect recall misses a goal, or
meets it by a hair, so will a memory. The breakdown of what still comes back is in
[decision 15](adr/0015-memory-fades-by-lot-and-holds-what-nobody-vouched-for.md).
"""


def page(results: Sequence[Result], errors: Sequence[Result], plan: Plan) -> str:
    """Return the page in Markdown, with links to the pictures of `drawings`.

    Parameters
    ----------
    results : sequence of Result
        Every arm, in every world.
    errors : sequence of Result
        Of a trainer who errs, in the judged worlds.
    plan : Plan
        As they were run.
    """
    parts = [
        _HEAD.format(
            n_seeds=len({one.agent.seed for one in results}),
            n_agents=len(results) + len(errors),
            baseline=plan.baseline,
            mentoring=plan.mentoring,
            withdrawal=plan.withdrawal,
            novel=plan.novel,
            drift=plan.drift,
            budget=plan.budget,
            mark=plan.mark,
            named=NAMED,
            defective=DEFECTIVE,
            lapse=LAPSE,
            eased=EASED_BY,
        )
    ]
    parts.append("## The goals\n\nSet before; judged for tracked + faded on each world of rules.\n")
    for world in JUDGED:
        findings = judged(_of(results, world), _of(errors, world))
        parts.append(f"**{_TOLD[world][0]}**\n\n{tables.goals(findings)}\n")
    parts.append(
        "“Held” means with the whole interval, “on average” that the mean does and the interval does not. "
        f"The last row is from a trainer who is wrong in {WRONG:.0%} of the answers. {_errors(errors)}\n"
    )
    parts.append(_AT_BEST)
    for world in JUDGED:
        parts.append(f"**{_TOLD[world][0]}**\n\n{tables.goals(judge(_of(results, world), AT_BEST))}\n")
    for world in WORLDS:
        parts.append(_world(world, _of(results, world)))
    return "\n".join(parts)


def judged(results: Sequence[Result], errors: Sequence[Result]) -> list[Finding]:
    """Return the goals as found in one world."""
    # Without a trainer nobody errs: what no feedback leads to is the same.
    untaught = [one for one in results if one.agent.arm == NONE.name]
    return [*judge(results, GOALS), *judge([*errors, *untaught], WITH_ERRORS)]


def drawings(results: Sequence[Result], plan: Plan) -> dict[str, str]:
    """Return the pictures as SVG by file name."""
    ours, names, found = (TRACKED.name, FADED.name), [arm.name for arm in ARMS], {}
    for world in WORLDS:
        chosen, told = _of(results, world), _TOLD[world][0]
        novel = {name: tables.measured(chosen, name, "novel") for name in names}
        found[_file(world, "novel")] = pictures.intervals(
            f"{told}: novel situations, platform off", novel, "share handled, 95 % interval over seeds", ours
        )
        lines = {arm.name: pictures.mean_curve(chosen, arm.name) for arm in DRAWN}
        found[_file(world, "curve")] = pictures.curves(
            f"{told}: sealed exam, platform off", lines, plan.exam_every, ours
        )
    return found


def _world(world: str, results: Sequence[Result]) -> str:
    told, what, limit = _TOLD[world]
    n_seeds = len({one.agent.seed for one in results})
    return (
        f"## {told}\n\n{what} {n_seeds} seeds, three kinds of learner each.\n\n"
        f"![{told}: novel situations handled]({_file(world, 'novel')})\n\n"
        f"![{told}: what is handled alone as the mentoring goes on]({_file(world, 'curve')})\n\n"
        f"{tables.arms(results)}\n\n**Limits.** {limit}\n"
    )


def _errors(errors: Sequence[Result]) -> str:
    told = []
    for world in JUDGED:
        generic = tables.measured(_of(errors, world), BATCH_GENERIC.name, "novel").value
        ours = tables.measured(_of(errors, world), FADED.name, "novel").value
        told.append(f"in {_TOLD[world][0].lower()} {ours:.2f} with ours, {generic:.2f} with batch generic")
    return f"Novel situations handled then: {'; '.join(told)}."


def _file(world: str, kind: str) -> str:
    return f"lab-agents-{world}-{kind}.svg"


def _of(results: Sequence[Result], world: str) -> list[Result]:
    return [one for one in results if one.agent.world == world]
