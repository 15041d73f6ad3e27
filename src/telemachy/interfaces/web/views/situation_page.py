"""What the page of one situation needs: the steps so far, the one whose turn it is, and the rail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from telemachy.apps.practice.queries import mirror
from telemachy.apps.relationships.policies import attachments as attachment_policies
from telemachy.apps.relationships.policies import guidance as guidance_policies
from telemachy.apps.relationships.policies import situations as policies
from telemachy.apps.relationships.queries import (
    attachments,
    drafts,
    guidance,
    offers,
    situations,
    withholding,
)
from telemachy.core.conversation import DraftKind, mark_draft
from telemachy.core.shared.scales import GuidanceLevel, ceiling
from telemachy.interfaces.web.forms import situation_words as words
from telemachy.interfaces.web.forms import situations as step_forms
from telemachy.interfaces.web.views import assist_panels

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Draft, Situation

POLICIES = {
    "reason": policies.reason,
    "ask": policies.ask,
    "decide": policies.decide,
    "account": policies.account,
    "guide": guidance_policies.guide,
    "debrief": guidance_policies.debrief,
    "rate": guidance_policies.rate_self,
    "message": guidance_policies.converse,
    "attach": attachment_policies.attach,
}
FORMS: Mapping[str, type[step_forms.StepForm]] = {
    form.step: form
    for form in (
        step_forms.ReasonForm,
        step_forms.AskForm,
        step_forms.DecideForm,
        step_forms.AccountForm,
        step_forms.GuideForm,
        step_forms.DebriefForm,
        step_forms.SelfRatingForm,
        step_forms.MessageForm,
        step_forms.AttachmentForm,
    )
}
#: An interval wider than this says that nothing is known yet, so it is not shown.
KNOWN_WIDTH = 0.8


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the five stages in the order of the page, for the line that shows where it stands."""

    name: Promise
    #: done, now, skipped, or ahead.
    status: str


@dataclass(frozen=True, slots=True)
class Rung:
    """One level of the ladder, and what it has to do with this situation."""

    level: GuidanceLevel
    meaning: Promise
    recommended: bool
    given: bool
    mode_shift: bool


def form_of(
    step: str, situation: Situation, data: Any = None, files: Any = None, draft: Draft | None = None
) -> step_forms.StepForm:
    """Return the form of a step: as posted, or as the draft or the situation suggests."""
    special: dict[str, Any] = {}
    initial: dict[str, Any] = {}
    if step == "guide":
        special = {"kind": situation.relationship.kind, "recommended": situation.recommended_level}
    if step == "decide":
        initial = {"decision": situation.intended_decision}
    if draft is not None:
        initial |= draft.fields
    if initial:
        special["initial"] = initial
    return FORMS[step](data, files, **special)


def show(
    request: HttpRequest,
    situation: Situation,
    now: datetime,
    posted: Mapping[str, forms.Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Answer with the page; `posted` holds a form that was refused, to be shown with its errors."""
    reader: Person = request.person
    kept = drafts.drafts_about(reader, situation.pk)
    step_form = {
        step: form_of(step, situation, draft=kept.get(step))
        for step, allowed in POLICIES.items()
        if allowed(reader, situation)
    } | dict(posted or {})
    context = {
        "situation": situation,
        "relationship": situation.relationship,
        "forms": step_form,
        "drafts": kept,
        "open_step": next(iter(posted or kept), ""),
        "now": now,
        **_people(situation, reader),
        "late": situation.awaiting_since is not None
        and situation.awaiting_since < now - situations.LATE_AFTER,
        "zones_differ": zones_differ(situation),
        **_record(situation, reader),
        **conversation(situation),
        **_rail(situation, reader, step_form),
        "assist": {
            "questions": assist_panels.of_questions(reader, situation) if "guide" in step_form else None,
            "summary": assist_panels.of_summary(reader, situation),
        },
    }
    return render(request, "situations/situation.html", context, status=status)


def conversation(situation: Situation) -> dict[str, Any]:
    """Return what was said before the decision, and since."""
    entries = guidance.thread(situation)
    decided_at = situation.decided_at
    return {
        "before": [one for one in entries if decided_at is None or one.at < decided_at],
        "since": [one for one in entries if decided_at is not None and one.at >= decided_at],
    }


def zones_differ(situation: Situation) -> bool:
    """Tell whether the two live in different time zones, so that each time needs its zone."""
    people = [situation.learner, *situations.mentors_of(situation.relationship)]
    return len({person.time_zone for person in people}) > 1


def _people(situation: Situation, reader: Person) -> dict[str, Any]:
    seat = situations.seat_of(situation, reader)
    mentors = situations.mentors_of(situation.relationship)
    mentor_names = ", ".join(mentor.name for mentor in mentors)
    other = mentor_names if seat == "learner" else situation.learner.name
    sentences = words.MENTOR_IS if seat == "learner" else words.LEARNER_IS
    under_way = bool(policies.under_way(reader, situation))
    waits = (
        under_way and situation.awaiting not in {"", seat} and not withholding.waits_for_decision(situation)
    )
    waiting = sentences.get(situation.state) if waits else None
    return {
        "seat": seat,
        "under_way": under_way,
        "mine": under_way and situation.awaiting == seat,
        "mentor_names": mentor_names,
        "held_readers": situations.agent_mentors_of(situation.relationship) if seat == "learner" else [],
        "other": other,
        "waiting_sentence": waiting % {"name": other} if waiting else "",
        "may_revise": bool(policies.revise(reader, situation)),
        "may_act": bool(policies.act(reader, situation)),
    }


def _record(situation: Situation, reader: Person) -> dict[str, Any]:
    ratings = [(rating, *words.RATINGS[rating.score]) for rating in situation.ratings.select_related("rater")]
    return {
        "stages": stages(situation),
        "state_name": words.STATES[situation.state],
        "difficulty": words.DIFFICULTY[situation.difficulty],
        "novelty": words.NOVELTY[situation.novelty],
        "ratings": sorted(ratings, key=lambda one: one[0].tier, reverse=True),
        "own_rating": next((one[0] for one in ratings if one[0].rater_id == reader.pk), None),
        "files": attachments.of_situation(situation),
        "skipped_reasoning": situation.reasoned_at is None and situation.state != "logged",
    }


def _rail(situation: Situation, reader: Person, step_form: Mapping[str, forms.Form]) -> dict[str, Any]:
    own = situation.learner_id == reader.pk
    moment = "debrief" if "debrief" in step_form else "question"
    helping = bool({"guide", "debrief"} & step_form.keys())
    guide = step_form.get("guide")
    return {
        "mark": mark(situation, guide["text"].value() or "", str(guide["level"].value())) if guide else None,
        "mirror_on": guide is not None and mirror.is_on(reader),
        "rungs": rungs(situation),
        "why": guidance.why(situation),
        "chance": chance(situation),
        "similar": guidance.similar(situation, reader),
        "past_questions": guidance.past_questions(situation) if own else [],
        "bank": offers.Bank(reader, moment).fitting(situation) if helping else [],
        "own_cases": offers.OwnPast(reader).like(situation) if "guide" in step_form else [],
    }


def stages(situation: Situation) -> list[Stage]:
    """Return the five stages with where the situation stands."""
    asked, decided = situation.asked_at is not None, situation.decided_at is not None
    marks = (
        (_("Reason"), situation.reasoned_at is not None, decided or asked, situation.state == "logged"),
        (_("Ask"), asked and situation.state != "consulted", decided, situation.state == "consulted"),
        (_("Decide"), decided, False, situation.state in {"reasoned", "guided"}),
        (
            _("Account"),
            situation.accounted_at is not None,
            False,
            situation.state in {"decided", "acted"},
        ),
        (_("Debrief"), situation.debriefed_at is not None, False, situation.state == "accounted"),
    )
    return [
        Stage(name, "done" if done else "skipped" if skipped else "now" if now else "ahead")
        for name, done, skipped, now in marks
    ]


def rungs(situation: Situation) -> list[Rung]:
    """Return the ladder, most direct level first."""
    given = {one.level for one in situation.guidance.all()}
    top = ceiling(situation.relationship.kind)
    return [
        Rung(level, words.LEVELS[level], level == situation.recommended_level, level in given, level > top)
        for level in sorted(GuidanceLevel, reverse=True)
    ]


def chance(situation: Situation) -> dict[str, int] | None:
    """Return the chance of handling it alone and its interval in per cent, once anything is known."""
    params = situation.recommendation.get("params", {})
    names = ("p_alone", "low", "high")
    if not all(isinstance(params.get(name), float) for name in names):
        return None
    if params["high"] - params["low"] > KNOWN_WIDTH:
        return None
    return {name: round(100 * params[name]) for name in names}


def mark(situation: Situation, text: str, level: str) -> dict[str, Any]:
    """Return what a draft of guidance is, and how the chosen level goes with it."""
    kind = mark_draft(text).kind
    tells = kind in {DraftKind.ANSWER, DraftKind.MIXED}
    above = {str(one.value) for one in GuidanceLevel if one > (situation.recommended_level or 0)}
    return {
        "kind": kind.value,
        "tells_for_question": tells and level == str(GuidanceLevel.QUESTION.value),
        "above_recommended": situation.recommended_level is not None and level in above,
    }
