"""Which guidance level the next situation calls for, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile

from telemachy.core.growth.filtering import State
from telemachy.core.growth.history import History
from telemachy.core.growth.model import MODEL_VERSION, Model
from telemachy.core.shared.scales import GuidanceLevel, ProgrammeKind, ceiling
from telemachy.core.shared.wording import Param, fill, gettext_noop

#: Help just enough: nothing but a debrief where success without more is at least this likely, ...
LIKELY = 0.5
#: ... or the least direct help with which success is at least open. Where the next level teaches less, being
#: shown too early costs more than failing now and then (docs/growth.md, section 6).
OPEN = 0.25
#: Where a mentor's ladder starts: nobody is answered in the very first situation.
START = GuidanceLevel.EXAMPLE
#: The learner decides alone where even the lower bound of the chance alone is above this ...
INDEPENDENT_FROM = 0.6
#: ... and after so many handled alone: success with help says little about success without.
PROVED_ALONE = 2
#: ... and tries it alone, with a debrief, from this chance on, about every so many situations.
PROBE_FROM, PROBE_EVERY = 1 / 3, 4
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
    return min(START, ceiling(kind))


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
    without.
    """
    state = model.state(learner, competency)
    history = model.history(learner)
    return _recommend(state, history.of(competency), competency, difficulty, novelty, ceiling(kind))


def _recommend(
    state: State, past: History, competency: int, difficulty: float, novelty: float, top: GuidanceLevel
) -> Recommendation:
    alone, low, high = state.chance(state.direction(competency, difficulty, novelty))
    levels = [min(level, top) for level in past.level.tolist()]
    handled = [bool(success) for success in past.success.tolist()]

    def answer(level: int, code: str, **params: Param) -> Recommendation:
        bounds: dict[str, Param] = {"p_alone": alone, "low": low, "high": high, "alone": round(100 * alone)}
        return Recommendation(GuidanceLevel(level), code, {**bounds, **params})

    n_alone = sum(done for level, done in zip(levels, handled, strict=True) if level <= GuidanceLevel.DEBRIEF)
    is_able = low >= INDEPENDENT_FROM
    if is_able and n_alone >= PROVED_ALONE:
        return answer(0, "independent", mark=round(100 * INDEPENDENT_FROM))
    chances = {
        level: state.mean_chance(state.direction(competency, difficulty, novelty, level))
        for level in range(GuidanceLevel.DEBRIEF, top + 1)
    }
    enough = next((level for level, p in chances.items() if p >= (LIKELY if level == 1 else OPEN)), int(top))
    if not levels:
        return answer(min(START, top), "start")

    n_guided = len(list(takewhile(lambda level: level > GuidanceLevel.DEBRIEF, reversed(levels))))
    if alone >= PROBE_FROM and n_guided >= (1 if is_able else PROBE_EVERY - 1):
        return answer(GuidanceLevel.DEBRIEF, "probe", n_guided=n_guided)

    last = _last_help(levels)
    level = min(max(enough, last - 1), last + 1)
    code = _why(level, enough, last, chances[level])
    n_failed = len(list(takewhile(lambda success: not success, reversed(handled))))
    too_hard = last < GuidanceLevel.QUESTION or chances[last] < TOO_HARD
    if n_failed >= FAILURES_IN_A_ROW and too_hard:
        level, code = min(last + 1, top), "step_back" if last < top else "at_ceiling"
    n_answers = len(list(takewhile(lambda level: level == GuidanceLevel.ANSWER, reversed(levels))))
    if level == GuidanceLevel.ANSWER and n_answers >= ANSWERS_IN_A_ROW:
        return answer(GuidanceLevel.EXAMPLE, "enough_answers", n_answers=n_answers)
    return answer(level, code, chance=round(100 * chances[level]), n_failed=n_failed)


def _why(level: int, enough: int, last: int, chance: float) -> str:
    if level < enough:
        return "one_step"
    if chance < LIKELY:
        return "open"
    return "step_forward" if level < last else "fits"


def _last_help(levels: list[int]) -> int:
    """Return the level last given; before a try alone, which is a drop by more than one, the one before."""
    tried_alone = len(levels) > 1 and levels[-1] <= GuidanceLevel.DEBRIEF < levels[-2] - 1
    return levels[-2] if tried_alone else levels[-1]
