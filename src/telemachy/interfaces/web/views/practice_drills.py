"""Exercises: answer, see at once what it is and why, rate oneself, take it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from telemachy.apps.practice.actions import drills as actions
from telemachy.apps.practice.queries import drills as queries
from telemachy.core.practice import Check, Grade, Item, Skill, check, items, review
from telemachy.core.shared.errors import BadInput
from telemachy.interfaces.web.forms import practice_words as words
from telemachy.interfaces.web.forms.practice import AnswerForm, RatingForm
from telemachy.interfaces.web.views.base import PersonView
from telemachy.interfaces.web.views.practice import language

#: The address of a sitting with all skills mixed.
ALL = "all"


@dataclass(frozen=True, slots=True)
class Choice:
    """A rating to choose, and when the exercise would come back."""

    grade: int
    label: Promise
    back: str


class Drill(PersonView):
    """One exercise after the other, of one skill or of all."""

    def get(self, request: HttpRequest, skill: str) -> HttpResponse:
        """Show the next exercise, or that it is enough for now."""
        chosen = self.skill(skill)
        item = queries.next_item(self.person, self.now, language(), chosen)
        if item is None or self.n_done() >= queries.SITTING:
            return self.close(request, skill, chosen, item)
        return self.show(request, skill, item, AnswerForm(exercise=item, auto_id="drill_%s"))

    def post(self, request: HttpRequest, skill: str) -> HttpResponse:
        """Check an answer."""
        self.skill(skill)
        item = items(language()).get(request.POST.get("item", ""))
        if item is None:
            messages.info(request, _("This exercise is not there any more. Here is the next one."))
            return redirect("practice-drill", skill)
        form = AnswerForm(request.POST, exercise=item, auto_id="drill_%s")
        if not form.is_valid():
            return self.show(request, skill, item, form, status=422)
        answer = form.cleaned_data["answer"]
        checked = check(item, answer)
        context = {
            "answer": words.PHASES[answer][0] if item.skill == Skill.PHASE else answer,
            "raw_answer": answer,
            "found": words.found(checked),
            "outcome": words.OUTCOMES[checked.outcome],
            "reasons": reasons(checked),
            "choices": self.choices(item),
            "checked_at": self.now.isoformat(),
        }
        return self.show(request, skill, item, form, context)

    def skill(self, name: str) -> Skill | None:
        """Return the skill of the address, None for all; anything else is 404."""
        if name == ALL:
            return None
        try:
            return Skill(name)
        except ValueError:
            raise Http404 from None

    def n_done(self) -> int:
        """Return how many exercises of this sitting are done, as the address says."""
        said = self.request.GET.get("done", "0")
        return int(said) if said.isdecimal() and len(said) < 4 else 0

    def choices(self, item: Item) -> list[Choice]:
        """Return the four ratings with what each would mean."""
        pace = queries.pace_of(self.person, item)
        found = []
        for grade in Grade:
            due_at = review(pace, grade, self.now).due_at
            found.append(Choice(int(grade), words.GRADES[grade], back_in(due_at, self.now)))
        return found

    def show(
        self,
        request: HttpRequest,
        skill: str,
        item: Item,
        form: AnswerForm,
        checked: dict[str, Any] | None = None,
        status: int = 200,
    ) -> HttpResponse:
        """Answer with the exercise."""
        last = queries.last_review(self.person, self.now) if checked is None else None
        context = {
            "skill": skill,
            "item": item,
            "is_phase": item.skill == Skill.PHASE,
            "words": words.SKILLS[item.skill],
            "phases": words.PHASES.items(),
            "form": form,
            "n_done": self.n_done(),
            "n_sitting": queries.SITTING,
            "in_english": item.language != language(),
            "last": last,
            "last_grade": words.GRADES[Grade(last.grade)] if last else "",
            **(checked or {}),
        }
        return render(request, "practice/drill.html", context, status=status)

    def close(
        self, request: HttpRequest, skill: str, chosen: Skill | None, item: Item | None
    ) -> HttpResponse:
        """Answer with what was done, and when to come back."""
        last = queries.last_review(self.person, self.now)
        context = {
            "skill": skill,
            "words": words.SKILLS[chosen] if chosen else None,
            "n_done": self.n_done(),
            "more": item is not None,
            "now": self.now,
            "next_due_at": queries.next_due_at(self.person, chosen),
            "standings": [
                (one, words.SKILLS[one.skill])
                for one in queries.standings(self.person, self.now)
                if one.n_latest and chosen in (None, one.skill)
            ],
            "last": last,
            "last_grade": words.GRADES[Grade(last.grade)] if last else "",
        }
        return render(request, "practice/sitting.html", context)


class RateAnswer(Drill):
    """Keep an answer with one's own rating, and go on."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, skill: str) -> HttpResponse:
        """Rate it."""
        self.skill(skill)
        form = RatingForm(request.POST)
        n_done = self.n_done()
        if form.is_valid():
            try:
                actions.rate(**form.cleaned_data, language=language(), by=self.person, now=self.now)
                n_done += 1
            except BadInput as error:
                messages.error(request, str(error))
        else:
            messages.error(request, _("That rating did not arrive whole. Here is the exercise again."))
        return redirect(f"{reverse('practice-drill', args=[skill])}?done={n_done}")


class TakeRatingBack(Drill):
    """Undo the last rating."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, skill: str) -> HttpResponse:
        """Take it back."""
        self.skill(skill)
        try:
            actions.take_back(by=self.person, now=self.now, review_id=request.POST.get("review", ""))
            messages.success(request, _("Taken back. The exercise comes again."))
        except BadInput as error:
            messages.error(request, str(error))
        n_done = max(self.n_done() - 1, 0)
        return redirect(f"{reverse('practice-drill', args=[skill])}?done={n_done}")


def reasons(checked: Check) -> list[str]:
    """Say why an answer is read as it is, with what else is worth saying."""
    remarks = [words.remark(one) for one in checked.remarks]
    if checked.reading is None or checked.reading.stacked or words.points_decided(checked):
        return remarks
    return [words.reason(checked.reading), *remarks]


def back_in(due_at: datetime | None, now: datetime) -> str:
    """Say when something comes back."""
    wait = (due_at or now) - now
    if wait < timedelta(hours=20):
        return _("again today")
    days = max(round(wait / timedelta(days=1)), 1)
    return ngettext("in %(n)d day", "in %(n)d days", days) % {"n": days}
