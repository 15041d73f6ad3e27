"""Which guidance level the next situation calls for, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import NamedTuple

from telemachy.core.growth.filtering import State
from telemachy.core.growth.history import History
from telemachy.core.growth.model import MODEL_VERSION, Model
from telemachy.core.growth.population import Practice
from telemachy.core.shared.scales import GuidanceLevel, ProgrammeKind, ceiling
from telemachy.core.shared.wording import Param, fill, gettext_noop

#: The least direct help is enough with which success is at least open. Where the next level teaches less,
#: being shown too early costs more than failing now and then (docs/growth.md, section 6).
OPEN = 0.25
#: The learner decides alone where even the lower bound of the chance alone is above this.
INDEPENDENT_FROM = 0.6
#: After so many guided situations one is tried alone, with a debrief.
PROBE_EVERY = 4
#: So many failures in a row call for one level more, from a question on only below this chance of success;
#: so many answers in a row are enough.
FAILURES_IN_A_ROW, TOO_HARD, ANSWERS_IN_A_ROW = 2, 1 / 3, 2

TEXTS: Mapping[str, str] = {
    "start": gettext_noop("No rated situation in this competency yet, so the ladder starts here."),
    "fits": gettext_noop(
        "Success is likely enough with this much help (%(chance)d %%), and alone it is at %(alone)d %%."
    ),
    "open": gettext_noop(
        "With this much help it may go either way (%(chance)d %%), and alone success is at %(alone)d %%; "
        "more direct help would leave less to think through."
    ),
    "one_step": gettext_noop(
        "More help than last time, one step at a time: success alone is at %(alone)d %%."
    ),
    "step_forward": gettext_noop(
        "Ready for less help than last time: even so, success is at %(chance)d %%, and alone at %(alone)d %%."
    ),
    "step_back": gettext_noop(
        "The last %(n_failed)d situations with this little help did not go well, so one step more for now."
    ),
    "at_ceiling": gettext_noop(
        "The last %(n_failed)d situations did not go well, but this is already the most direct level here. "
        "A simpler situation, or a talk about what stands in the way, may help more."
    ),
    "probe": gettext_noop(
        "Time to try one alone and look back on it together: success alone is at %(alone)d %%, "
        "and what came last was guided (%(n_guided)d in a row)."
    ),
    "enough_answers": gettext_noop(
        "The last %(n_answers)d situations were answered; another answer would take the thinking away."
    ),
    "independent": gettext_noop(
        "Success alone is at %(alone)d %%, surely above %(mark)d %%: leave the decision to the learner."
    ),
    "guided_by_lot": gettext_noop(
        "Less help might do (success alone is at %(alone)d %%), but by lot the first situations are guided, "
        "so at least a question."
    ),
    "alone_teaches": gettext_noop(
        "Here practice alone taught more than help, as lots have shown, so try it alone and look back on it "
        "together: success alone is at %(alone)d %%."
    ),
    "help_teaches": gettext_noop(
        "Here practice with help taught more than practice alone, as lots have shown, so help goes on a "
        "little longer: success alone is at %(alone)d %%."
    ),
}


class Ladder(NamedTuple):
    """Where it starts (nobody is answered in the very first situation), and when it lets go.

    A debrief is enough where success with no more is at least `likely`; a try alone is due from a chance
    alone of `probe_from` on; the decision is left after `proved` situations handled alone, since success
    with help says little about success without.
    """

    start: GuidanceLevel
    likely: float
    probe_from: float
    proved: int


#: Where nobody knows what teaches, and where lots have told it. Chosen by measurement (docs/growth.md).
LADDERS: Mapping[Practice | None, Ladder] = {
    None: Ladder(GuidanceLevel.EXAMPLE, 0.5, 1 / 3, 2),
    Practice.ALONE: Ladder(GuidanceLevel.DEBRIEF, OPEN, 1 / 3, 4),
    Practice.GUIDED: Ladder(GuidanceLevel.EXAMPLE, 0.75, 0.7, 4),
}


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A guidance level with its reason as code and parameters; `text()` says it in English.

    `params` always holds `p_alone`, `low` and `high`: the chance that the learner handles this
    situation alone, with its 90 % interval.
    """

    level: GuidanceLevel
    code: str
    params: Mapping[str, Param]
    model_version: str = MODEL_VERSION

    @property
    def template(self) -> str:
        """The English sentence with named placeholders, as marked for translation."""
        return TEXTS[self.code]

    @property
    def reason(self) -> str:
        """The reason in English."""
        return fill(self.template, self.params)

    def text(self) -> str:
        """Return the reason in English."""
        return self.reason

    def __iter__(self) -> Iterator[GuidanceLevel | str]:
        """Yield level and reason, so that `level, reason = recommend(...)` works."""
        yield from (self.level, self.reason)


def start_level(kind: ProgrammeKind | str) -> GuidanceLevel:
    """Return where the ladder starts: an own example for a mentor, a question for a coach."""
    return min(LADDERS[None].start, ceiling(kind))


def recommend(
    model: Model, learner: int, competency: int, difficulty: float, novelty: float, kind: str = "mentoring"
) -> Recommendation:
    """Return the guidance level for the next situation, with its reason.

    Parameters
    ----------
    model : Model
        Fitted on the situations so far.
    learner, competency : int
        As in the evidence.
    difficulty, novelty : float
        Grades 1..5 of the situation.
    kind : {"mentoring", "coaching"}
        A coach is never recommended more than a question.

    Returns
    -------
    Recommendation
        At most one level away from the help last given in this competency, except for a try alone.

    Notes
    -----
    The least direct help that probably suffices, contingent on what happened (Wood, Bruner & Ross 1976;
    Wood & Middleton 1975), with spaced tries alone, because success with help says little about success
    without. Where lots have shown in the population what teaches more, the ladder lets go sooner or later,
    and the reason says so.
    """
    state, past, top = model.state(learner, competency), model.history(learner).of(competency), ceiling(kind)
    teaches = model.population.teaches
    usual = _recommend(state, past, competency, difficulty, novelty, top, LADDERS[None])
    if teaches is None:
        return usual
    found = _recommend(state, past, competency, difficulty, novelty, top, LADDERS[teaches])
    if found.level == usual.level:
        return usual
    return replace(found, code="alone_teaches" if teaches == Practice.ALONE else "help_teaches")


def set_to_guide(recommended: Recommendation) -> Recommendation:
    """Return the recommendation where a lot has set the situation to be guided: a question at least."""
    if recommended.level >= GuidanceLevel.QUESTION:
        return recommended
    return replace(recommended, level=GuidanceLevel.QUESTION, code="guided_by_lot")


def _recommend(
    state: State,
    past: History,
    competency: int,
    difficulty: float,
    novelty: float,
    top: GuidanceLevel,
    ladder: Ladder,
) -> Recommendation:
    alone, low, high = state.chance(state.direction(competency, difficulty, novelty))
    levels = [min(level, top) for level in past.level.tolist()]
    handled = [bool(success) for success in past.success.tolist()]

    def answer(level: int, code: str, **params: Param) -> Recommendation:
        bounds: dict[str, Param] = {"p_alone": alone, "low": low, "high": high, "alone": round(100 * alone)}
        return Recommendation(GuidanceLevel(level), code, {**bounds, **params})

    n_alone = sum(done for level, done in zip(levels, handled, strict=True) if level <= GuidanceLevel.DEBRIEF)
    is_able = low >= INDEPENDENT_FROM
    if is_able and n_alone >= ladder.proved:
        return answer(0, "independent", mark=round(100 * INDEPENDENT_FROM))
    chances = {
        level: state.mean_chance(state.direction(competency, difficulty, novelty, level))
        for level in range(GuidanceLevel.DEBRIEF, top + 1)
    }
    enough = next(
        (level for level, p in chances.items() if p >= (ladder.likely if level == 1 else OPEN)), int(top)
    )
    if not levels:
        return answer(min(ladder.start, top), "start")

    n_guided = len(list(takewhile(lambda level: level > GuidanceLevel.DEBRIEF, reversed(levels))))
    if alone >= ladder.probe_from and n_guided >= (1 if is_able else PROBE_EVERY - 1):
        return answer(GuidanceLevel.DEBRIEF, "probe", n_guided=n_guided)

    last = _last_help(levels)
    level = min(max(enough, last - 1), last + 1)
    code = _why(level, enough, last, chances[level], ladder.likely)
    n_failed = len(list(takewhile(lambda success: not success, reversed(handled))))
    too_hard = last < GuidanceLevel.QUESTION or chances[last] < TOO_HARD
    if n_failed >= FAILURES_IN_A_ROW and too_hard:
        level, code = min(last + 1, top), "step_back" if last < top else "at_ceiling"
    n_answers = len(list(takewhile(lambda level: level == GuidanceLevel.ANSWER, reversed(levels))))
    if level == GuidanceLevel.ANSWER and n_answers >= ANSWERS_IN_A_ROW:
        return answer(GuidanceLevel.EXAMPLE, "enough_answers", n_answers=n_answers)
    return answer(level, code, chance=round(100 * chances[level]), n_failed=n_failed)


def _why(level: int, enough: int, last: int, chance: float, likely: float) -> str:
    if level < enough:
        return "one_step"
    if chance < likely:
        return "open"
    return "step_forward" if level < last else "fits"


def _last_help(levels: list[int]) -> int:
    """Return the level last given; before a try alone, which is a drop by more than one, the one before."""
    tried_alone = len(levels) > 1 and levels[-1] <= GuidanceLevel.DEBRIEF < levels[-2] - 1
    return levels[-2] if tried_alone else levels[-1]
