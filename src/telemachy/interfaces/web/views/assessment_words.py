"""The words of reviews: states, agreement between assessors, what is missing for a credential, plateaus."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from telemachy.apps.supervision.policies import rubrics as rubric_policies
from telemachy.apps.supervision.queries import assessments
from telemachy.core.assessment import MIN_UNITS, PLATEAU, Agreement, Refusal, Requirement
from telemachy.core.assessment.agreement import RELIABLE, TENTATIVE
from telemachy.interfaces.web.context import NavItem

if TYPE_CHECKING:
    from telemachy.apps.supervision.models import Review
    from telemachy.core.assessment import Readiness
    from telemachy.core.assessment.readiness import Line

#: state -> word and tone of its badge
STATES: Mapping[str, tuple[Promise, str]] = {
    "asked": (gettext_lazy("Being rated"), "caution"),
    "rated": (gettext_lazy("Rated, letter to come"), "accent"),
    "answered": (gettext_lazy("Letter sent"), "positive"),
    "called_off": (gettext_lazy("Called off"), "neutral"),
    "forgotten": (gettext_lazy("Recording withdrawn"), "neutral"),
}

#: The same for the coach of a review that waits for somebody in vain.
MISSING = (gettext_lazy("Needs your decision"), "caution")

PLATEAU_RULE = gettext_lazy(
    "The rule: in the last %(n)d reviewed recordings, at least %(days)d days from first to last, every "
    "competency was heard in %(heard)d or more and below proficient at most once, and the levels rise or "
    "fall on average by no more than a tenth of a level a recording. So few levels, given by "
    "people, tell a slow rise from none only roughly: you know better."
)


def tabs(request: HttpRequest, current: str) -> list[NavItem]:
    """Return the navigation of the mentor coaching pages."""
    person = request.person
    pages = [
        ("review-list", _("Reviews")),
        ("review-progress", _("Progress")),
        ("readiness", _("Hours and readiness")),
        ("rubric-list", _("Rubrics")),
    ]
    if rubric_policies.manage(person, person.organisation_id):
        pages.append(("credential-list", _("Credentials")))
    return [NavItem(label, reverse(name), current=name == current) for name, label in pages]


def all_in(review: Review) -> str:
    """Say how many ratings are in."""
    parts = assessments.parts(review)
    n_in = sum(part.submitted_at is not None for part in parts)
    return ngettext("%(n)d of %(total)d rating is in", "%(n)d of %(total)d ratings are in", len(parts)) % {
        "n": n_in,
        "total": len(parts),
    }


def plateau_rule() -> str:
    """Say when ratings count as levelled off."""
    return str(PLATEAU_RULE) % {
        "n": PLATEAU.n_recordings,
        "days": PLATEAU.min_days,
        "heard": PLATEAU.min_heard,
    }


# --- agreement ------------------------------------------------------------------------------------


def counted(found: Agreement) -> str:
    """Say how often two assessors gave the same level, and nearly the same."""
    if not found.n_units:
        return ""
    return _(
        "Over %(n)d ratings of the same competency in the same recording: the same level in %(same)s, at "
        "most one level apart in %(near)s."
    ) % {"n": found.n_units, "same": percent(found.p_same), "near": percent(found.p_near)}


def beyond_chance(found: Agreement) -> str:
    """Say the agreement beyond chance with its interval, or why it is not said."""
    if found.refusal is not None:
        return refusal(found)
    assert found.alpha is not None
    assert found.low is not None
    assert found.high is not None
    said = _(
        "Krippendorff's alpha is %(alpha)s; where the same people rate on, it lies between %(low)s and "
        "%(high)s about nineteen times of twenty."
    )
    text = said % {"alpha": two(found.alpha), "low": two(found.low), "high": two(found.high)}
    if found.kappa is not None:
        text += " " + _("Cohen's kappa with quadratic weights is %(kappa)s.") % {"kappa": two(found.kappa)}
    return text


def refusal(found: Agreement) -> str:
    """Say why agreement beyond chance is not given."""
    if found.refusal is Refusal.ONE_ASSESSOR:
        return _("One person rated: there is nothing to compare with.")
    if found.refusal is Refusal.FEW_UNITS:
        return _(
            "Agreement beyond chance is not given: it needs %(least)d ratings of the same by two people, and "
            "there are %(n)d. It comes with further recordings on this rubric."
        ) % {"least": MIN_UNITS, "n": found.n_units}
    return _(
        "Agreement beyond chance is not given: nearly all levels are the same, so that agreement cannot be "
        "told from a habit."
    )


def judged(found: Agreement) -> str:
    """Say what can be built on the agreement."""
    if found.alpha is None or found.low is None:
        return ""
    if found.is_low:
        return _(
            "Below %(mark)s: which level a recording gets depends too much on who rates it. Before you rate "
            "the next one, listen to the passages below together and agree on what each level sounds like."
        ) % {"mark": two(TENTATIVE)}
    if found.low < TENTATIVE or found.alpha < RELIABLE:
        return _("Good enough for a conversation, not for a decision about somebody.")
    return _("Firm enough to build on.")


# --- readiness ------------------------------------------------------------------------------------

REQUIREMENTS: Mapping[Requirement, Promise] = {
    Requirement.MENTOR_COACHING_HOURS: gettext_lazy("Hours of mentor coaching"),
    Requirement.MONTHS: gettext_lazy("Months from the first to the last"),
    Requirement.CLIENT_HOURS: gettext_lazy("Hours of own coaching with clients"),
    Requirement.PASSED_RECORDINGS: gettext_lazy("Recordings with every competency proficient"),
}


def requirement(line: Line) -> dict[str, object]:
    """Return one requirement as a page shows it."""
    return {
        "label": REQUIREMENTS[line.requirement],
        "value": round(60 * min(line.have, line.need)),
        "max": round(60 * line.need),
        "met": line.met,
        "note": _("%(have)s of %(need)s") % {"have": plain(line.have), "need": plain(line.need)},
        "uncounted": _("Not counted: %(n)s more in a group.") % {"n": hours(line.uncounted)}
        if line.uncounted
        else "",
        "confirmed": "" if line.confirmed is None else _confirmed(line.have, line.confirmed),
    }


def _confirmed(have: float, confirmed: float) -> str:
    if not have:
        return ""
    return _("Confirmed by the other: %(n)s. Not confirmed: %(rest)s.") % {
        "n": hours(confirmed),
        "rest": hours(have - confirmed),
    }


def missing(found: Readiness) -> list[str]:
    """Say what is missing, one sentence each."""
    return [_missing(line, found) for line in found.lines if not line.met]


def _missing(line: Line, found: Readiness) -> str:
    if line.requirement is Requirement.MONTHS:
        if found.from_on is None:
            return _("The months begin with the first hour of mentor coaching that you log.")
        return _("An hour of mentor coaching on or after %(day)s completes the months.") % {
            "day": date_format(found.from_on)
        }
    if line.requirement is Requirement.PASSED_RECORDINGS:
        n = round(line.missing)
        return ngettext(
            "%(n)d more recording with every rated competency proficient.",
            "%(n)d more recordings with every rated competency proficient.",
            n,
        ) % {"n": n}
    said = {
        Requirement.MENTOR_COACHING_HOURS: _("%(n)s more of mentor coaching%(how)s."),
        Requirement.CLIENT_HOURS: _("%(n)s more of own coaching with clients%(how)s."),
    }[line.requirement]
    return said % {"n": hours(line.missing), "how": _alone(line)}


def _alone(line: Line) -> str:
    """Say how much of what is missing can be in a group, unless all of it can."""
    if line.group_left is None or line.group_left >= line.missing:
        return ""
    if not line.group_left:
        return _(", the two of you: no more in a group count")
    return _(", at most %(n)s of it in a group") % {"n": hours(line.group_left)}


def hours(value: float) -> str:
    """Write hours."""
    return ngettext("%(n)s hour", "%(n)s hours", 1 if value == 1 else 2) % {"n": plain(value)}


def plain(value: float) -> str:
    """Write a number without needless decimals."""
    return number_format(round(value, 2), decimal_pos=None if round(value, 2) % 1 else 0)


def two(value: float) -> str:
    """Write a number with two decimals."""
    return number_format(round(value, 2), decimal_pos=2).replace("-", "−")


def percent(share: float) -> str:
    """Write a share."""
    return _("%(n)d per cent") % {"n": round(100 * share)}
