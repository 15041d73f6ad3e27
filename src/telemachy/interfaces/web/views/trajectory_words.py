"""What the trajectory says, on the page and on paper."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from telemachy.core.shared.scales import GuidanceLevel
from telemachy.core.shared.wording import gettext_noop
from telemachy.interfaces.web.forms.situation_words import RATINGS
from telemachy.interfaces.web.templatetags.ui import LEVELS

if TYPE_CHECKING:
    from telemachy.apps.relationships.models import Situation, ThresholdClaim
    from telemachy.apps.relationships.queries.trajectories import Obstacle, Proof, Turn
    from telemachy.core import growth

ATTRIBUTION = _(
    "This document shows what happened, and in which order. Order alone does not make a cause: people also "
    "learn by doing, by getting older in a job, and from others. So a cause is claimed only where the help "
    "was left to chance beforehand and enough situations are rated; otherwise it says what would be needed."
)
TURNS = _(
    "The rule: guidance is listed here when the very next rated situation of the same competency was rated "
    "higher with no more direct guidance, or proficient again with less direct guidance; the largest five. "
    "That one followed the other is an association, not a proof."
)
#: What the attribution comes to, in a line.
VERDICTS: Mapping[str, Promise] = {
    "claim": _("The guidance made a difference"),
    "unclear": _("No difference can be told from chance"),
    "association": _("An association, not a cause"),
    "refusal": _("No claim is made"),
}
#: Where the help was not left to chance, what would make a claim possible.
HOW_TO_KNOW = _(
    "Whoever wants to know can agree in the charter to leave some situations unguided by lot. Thousands of "
    "such situations can carry a claim; those of one pair hardly will."
)
LIMITS = _(
    "How to read it: the curve knows only situations that were debriefed and rated by a mentor, and counts "
    "those decided without guidance. The band is wide while there are few. It says nothing about a person's "
    "worth, nor about competencies nobody worked on."
)
PROVEN = gettext_noop(
    "“%(title)s” (%(when)s) meets every condition: new, hard, decided alone, accounted for, rated "
    "proficient, and predicted with enough certainty. The judgement of the people involved stands above it."
)
PDF: Mapping[str, Promise] = {
    "start": _("Where it started"),
    "no_goals": _("No goal was written down."),
    "baseline": _("At the start"),
    "evidence": _("Seen from"),
    "now": _("Where it stands"),
    "growth": _("How independence moved"),
    "no_curve": _("No situation has been rated yet; the curve begins with the first debrief."),
    "limits": LIMITS,
    "mix": _("Which guidance came when"),
    "changes": _("Before and after"),
    "turns": _("What seems to have moved something"),
    "turns_rule": TURNS,
    "then": _("After it"),
    "reasoning": _("Own reasoning"),
    "decision": _("Decision"),
    "questions": _("Whose questions are asked"),
    "looks": _("What the mentor's questions look at"),
    "taken_up": _("taken up"),
    "asked_before": _("Asked by the mentor, earlier"),
    "asked_since": _("Asked by the learner, later"),
    "obstacles": _("What was hard"),
    "situations": _("The situations"),
    "no_situations": _("No situation yet."),
    "threshold": _("The threshold"),
    "attribution": _("What caused it?"),
}


def level_word(situation: Situation) -> str:
    """Return the guidance a situation had before its decision."""
    if situation.decided_at is None:
        return _now("not decided yet")
    return str(LEVELS[GuidanceLevel(situation.guided_level)][1])


def guided(situation: Situation) -> str:
    """Say in a line which guidance came before the decision."""
    if situation.guided_level == GuidanceLevel.INDEPENDENT:
        return _now("decided without guidance")
    return _now("guidance before the decision: %(level)s") % {"level": level_word(situation)}


def obstacle(found: Obstacle) -> str:
    """Say whether a later situation of the same kind was handled alone."""
    if found.overcome is None:
        return _now("Not handled alone yet.")
    return _now("Handled without guidance since: “%(title)s”, %(when)s.") % {
        "title": found.overcome.title,
        "when": date_format(found.overcome.logged_at),
    }


def turn(found: Turn) -> str:
    """Say what came after a piece of guidance."""
    before, after = found.before, found.after
    words = {
        "title": after.title,
        "when": date_format(after.logged_at),
        "from": RATINGS[before.rating or 0][0],
        "to": RATINGS[after.rating or 0][0],
        "level": level_word(after),
    }
    if before.rating == after.rating:
        return _now("“%(title)s” (%(when)s): %(to)s again; guidance: %(level)s.") % words
    return _now("“%(title)s” (%(when)s): from %(from)s to %(to)s; guidance: %(level)s.") % words


def claim(found: ThresholdClaim) -> str:
    """Say who judged a threshold, in sentences."""
    said = [_now("Claimed by the six conditions on %(when)s.") % {"when": _day(found.claimed_at)}]
    if found.confirmed_at is not None:
        name = found.confirmed_by.name if found.confirmed_by else _now("the mentor")
        when = {"name": name, "when": _day(found.confirmed_at)}
        said.append(_now("Confirmed by %(name)s on %(when)s.") % when)
    if found.rated_at is not None and found.score is not None:
        rating = {"rating": RATINGS[found.score][0], "when": _day(found.rated_at)}
        said.append(
            _now("Rated “%(rating)s” on %(when)s by a reader outside the pair, who did not see the guidance.")
            % rating
        )
    if found.passed_at is not None:
        said.append(_now("Passed on %(when)s.") % {"when": _day(found.passed_at)})
    return " ".join(said)


def attribution(found: growth.Attribution) -> list[str]:
    """Say what may be said of the cause, and where nothing may, what would be needed."""
    said = [_now(found.template) % dict(found.params)]
    if found.design == "observational" and found.code != "by_need":
        said.append(str(HOW_TO_KNOW))
    return said


def _day(at: datetime) -> str:
    return date_format(timezone.localtime(at).date())


def threshold(proof: Proof | None) -> str:
    """Say how near the threshold is, in a sentence."""
    if proof is None:
        return _now("No situation has been decided yet, so there is nothing to prove independence by.")
    names = {"title": proof.situation.title, "when": date_format(proof.situation.logged_at)}
    if proof.check.passed:
        return _now(PROVEN) % names
    return _now("“%(title)s” (%(when)s) comes nearest. Still missing:") % names
