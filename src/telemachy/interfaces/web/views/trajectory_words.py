"""What the trajectory says, on the page and on paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from telemachy.core.shared.scales import GuidanceLevel
from telemachy.core.shared.wording import gettext_noop
from telemachy.interfaces.web.templatetags.ui import LEVELS

if TYPE_CHECKING:
    from telemachy.apps.relationships.models import Situation
    from telemachy.apps.relationships.queries.trajectories import Obstacle, Proof

ATTRIBUTION = _(
    "This document shows what happened, and in which order. It does not claim that the guidance caused the "
    "growth: people also learn by doing, by getting older in a job, and from others. A claim would need a "
    "design made beforehand, for example guidance withheld at random with both agreeing, or competencies "
    "begun one after the other, and enough rated situations. As long as there is none, none is made."
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
    "reasoning": _("Own reasoning"),
    "decision": _("Decision"),
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


def threshold(proof: Proof | None) -> str:
    """Say how near the threshold is, in a sentence."""
    if proof is None:
        return _now("No situation has been decided yet, so there is nothing to prove independence by.")
    names = {"title": proof.situation.title, "when": date_format(proof.situation.logged_at)}
    if proof.check.passed:
        return _now(PROVEN) % names
    return _now("“%(title)s” (%(when)s) comes nearest. Still missing:") % names
