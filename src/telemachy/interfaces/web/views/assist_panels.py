"""The box beside a task in which a language model's help is asked for and shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachy.apps.assist import policies
from telemachy.apps.assist.queries import agreements, budgets, prompts
from telemachy.apps.relationships.policies import goals
from telemachy.core.assist import Kind, Prompt, lines_of
from telemachy.core.shared.verdict import Verdict

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Goal, Situation

#: What each kind of help is called.
KINDS = {
    Kind.QUESTIONS: gettext_lazy("Questions for mentors"),
    Kind.SUMMARY: gettext_lazy("Conversations in short"),
    Kind.GOAL: gettext_lazy("Wordings of goals"),
    Kind.CLIENT: gettext_lazy("Clients to practise with"),
    Kind.DRAFT: gettext_lazy("Drafts of agents"),
}


@dataclass(frozen=True, slots=True)
class Panel:
    """What may be asked for where, and what came of it.

    `verdict` is about everything but the asker's own agreement, which is asked for when they ask.
    """

    kind: Kind
    url: str
    title: str
    button: str
    verdict: Verdict
    #: The box that an offered question goes into; "" for none.
    into: str = ""
    notice: list[str] = field(default_factory=list)
    answer: str = ""
    questions: list[str] = field(default_factory=list)
    problem: str = ""


def of_questions(person: Person, situation: Situation) -> Panel | None:
    """Return the box under a mentor's guidance, None where there is no language model."""
    if not policies.available(person):
        return None
    return Panel(
        Kind.QUESTIONS,
        reverse("assist-questions", args=[situation.pk]),
        _("Questions from a language model"),
        _("Suggest questions"),
        policies.questions(person, situation, agreeing=True),
        into="guide_text",
    )


def of_summary(person: Person, situation: Situation) -> Panel | None:
    """Return the box under a long conversation, None where there is none or no language model."""
    if not policies.available(person) or not prompts.is_long(situation):
        return None
    return Panel(
        Kind.SUMMARY,
        reverse("assist-summary", args=[situation.pk]),
        _("The conversation in short"),
        _("Summarise it"),
        policies.summary(person, situation, prompts.speakers(situation), agreeing=True),
    )


def of_goal(person: Person, goal: Goal) -> Panel | None:
    """Return the box beside a goal that the person may change, None where there is no language model."""
    if not policies.available(person) or not goals.revise(person, goal):
        return None
    return Panel(
        Kind.GOAL,
        reverse("assist-goal", args=[goal.pk]),
        _("A more specific wording"),
        _("Suggest a wording"),
        policies.goal(person, goal, prompts.writers(goal), agreeing=True),
    )


def notice_for(person: Person) -> list[str]:
    """Return the notice that the person has yet to agree to; [] once they have."""
    place = budgets.place()
    if place is None or agreements.of_person(person) is not None:
        return []
    return agreements.notice(place)


def answered(panel: Panel, prompt: Prompt, answer: str) -> dict[str, object]:
    """Return the fields of the panel that an answer fills."""
    if prompt.kind != Kind.QUESTIONS:
        return {"answer": answer}
    found = lines_of(answer)
    if not found:
        return {"problem": _("What the language model wrote held no question. The question bank has some.")}
    return {"questions": found}
