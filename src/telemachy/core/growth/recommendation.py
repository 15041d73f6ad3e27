"""Which guidance level the next situation calls for, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from telemachy.core.growth.model import MODEL_VERSION, Model, Posterior
from telemachy.core.shared.scales import GuidanceLevel, ProgrammeKind, ceiling
from telemachy.core.shared.wording import Param, fill, gettext_noop

#: A step towards independence: the chance of success is 0.85 or more with probability 0.8 or more ...
STEP_MARK, STEP_CERTAINTY = 0.85, 0.8
#: ... after at least this many rated situations.
STEP_MIN_RATED = 5
#: A step back: this many failures among the last so many situations since the last step.
BACK_FAILURES, BACK_WINDOW = 2, 5

TEXTS: Mapping[str, str] = {
    "start": gettext_noop("No rated situation in this competency yet, so the ladder starts here."),
    "steady": gettext_noop(
        "%(n_success)d of %(n_rated)d situations were handled with no more help than this: "
        "not yet enough to step towards independence."
    ),
    "step_forward": gettext_noop(
        "%(n_success)d of %(n_rated)d situations were handled with no more help than the level above: "
        "time for a step towards independence."
    ),
    "step_back": gettext_noop(
        "%(n_failed)d of the last %(n_recent)d situations did not go well, so one step more guidance for now."
    ),
    "at_ceiling": gettext_noop(
        "%(n_failed)d of the last %(n_recent)d situations did not go well, but this is already the most "
        "direct level here. A simpler situation, or a talk about what stands in the way, may help more."
    ),
    "independent": gettext_noop(
        "%(n_success)d of %(n_rated)d situations were decided and handled alone: "
        "leave the decision to the learner."
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

    def text(self) -> str:
        """Return the reason in English."""
        return fill(self.template, self.params)


def start_level(kind: ProgrammeKind | str) -> GuidanceLevel:
    """Return where the ladder starts: an own example for a mentor, a question for a coach."""
    return min(GuidanceLevel.EXAMPLE, ceiling(kind))


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
        Grades 1..5 of the situation; they move the stated chance of handling it alone.
    kind : {"mentoring", "coaching"}
        A coach is never recommended more than a question.

    Returns
    -------
    Recommendation
        At most one step away from the level recommended one rated situation earlier.

    Notes
    -----
    Contingent shift (Wood, Bruner & Ross 1976; Wood & Middleton 1975): more help after failure, less after
    success. The level is found by replaying the learner's rated situations in this competency. At level g the
    posterior is Beta(1 + s, 1 + f) over situations handled with no more help than g since the last step back,
    so that what was managed with less help counts for every level above it.
    """
    level, code, params = _replay(model, learner, competency, kind)
    p, low, high = model.independence(learner, competency, difficulty, novelty)
    return Recommendation(level, code, {**params, "p_alone": p, "low": low, "high": high})


def _replay(
    model: Model, learner: int, competency: int, kind: str
) -> tuple[GuidanceLevel, str, dict[str, Param]]:
    evidence = model.evidence
    rows = evidence.rows(learner, competency)
    outcomes = list(zip(evidence.level[rows].tolist(), evidence.handled()[rows].tolist(), strict=True))
    level, code = start_level(kind), "start"
    params: dict[str, Param] = {}
    since_back = since_step = 0
    for n in range(1, len(outcomes) + 1):
        recent = [handled for _, handled in outcomes[since_step:n]][-BACK_WINDOW:]
        n_failed = recent.count(False)
        n_rated, n_success = _at_most(outcomes[since_back:n], level)
        params = {"n_rated": n_rated, "n_success": n_success}
        if n_failed >= BACK_FAILURES:
            code = "step_back" if level < ceiling(kind) else "at_ceiling"
            level = GuidanceLevel(min(level + 1, ceiling(kind)))
            params = {"n_failed": n_failed, "n_recent": len(recent)}
            since_back = since_step = n
        elif not _mastered(n_rated, n_success):
            code = "steady"
        elif level == GuidanceLevel.INDEPENDENT:
            code = "independent"
        else:
            code = "step_forward"
            level = GuidanceLevel(level - 1)
            since_step = n
    return level, code, params


def _at_most(outcomes: Sequence[tuple[int, bool]], level: GuidanceLevel) -> tuple[int, int]:
    """Count the situations, and the successes, that had no more help than `level`."""
    handled = [success for given, success in outcomes if given <= level]
    return len(handled), sum(handled)


def _mastered(n_rated: int, n_success: int) -> bool:
    posterior = Posterior(n_success, n_rated - n_success)
    return n_rated >= STEP_MIN_RATED and posterior.p_at_least(STEP_MARK) >= STEP_CERTAINTY
