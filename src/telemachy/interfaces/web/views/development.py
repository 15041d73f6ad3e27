"""My development: the learner's first page, reflections and pulses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from telemachy.apps.relationships import snapshots
from telemachy.apps.relationships.actions import pulses as pulse_actions
from telemachy.apps.relationships.actions import reflections as actions
from telemachy.apps.relationships.queries import development as queries
from telemachy.apps.relationships.queries import feedback, pulses, relationships
from telemachy.apps.relationships.snapshots import populations
from telemachy.core.shared.errors import BadInput
from telemachy.interfaces.web.charts import MixReport
from telemachy.interfaces.web.context import NavItem
from telemachy.interfaces.web.forms import situation_words
from telemachy.interfaces.web.forms.development import PulseForm, ReflectionForm
from telemachy.interfaces.web.views import development_words as words
from telemachy.interfaces.web.views import growth_reports
from telemachy.interfaces.web.views.base import PersonView, add_error

#: Earlier reflections under the form, and on a page of their own list.
LATEST, A_PAGE = 3, 20


class ShowDevelopment(PersonView):
    """One thing to do next, what is open, and how far one has come."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the page; a mentor without a learner's seat is led to the learners."""
        desks = queries.desks_of(self.person, self.now)
        if request.htmx and "curve" in request.GET:
            return render(request, "development/_curve.html", self.growth(desks))
        earlier = list(queries.earlier_of(self.person))
        if not desks and not earlier and "mentor" in relationships.seats_of(self.person):
            return redirect("learner-list")
        found = queries.next_step(desks, self.now)
        context = {
            "now": self.now,
            "focus": words.focus(found) if found else None,
            "desks": desks,
            "earlier": earlier,
            **self.growth(desks),
            **self.reflection(desks),
        }
        if desks:
            context |= self.desk(chosen(desks, request.GET.get("pair"), found), desks)
        return render(request, "development/show.html", context)

    def desk(self, desk: queries.Desk, desks: Sequence[queries.Desk]) -> dict[str, Any]:
        """Return what the chosen relationship shows."""
        relationship = desk.relationship
        question = pulses.question_for(relationship, self.person, self.now)
        return {
            "desk": desk,
            "tabs": tabs(desks, desk) if len(desks) > 1 else [],
            "situations": [(one, situation_words.STATES[one.state]) for one in desk.situations],
            "goals": [(goal, growth_reports.attainment_of(goal)) for goal in desk.goals],
            "t_score": growth_reports.t_score_of(desk.goals),
            "feedback_due": feedback.is_due(relationship, self.person, self.now),
            "pulse_form": pulse_form(question) if question else None,
        }

    def growth(self, desks: Sequence[queries.Desk]) -> dict[str, Any]:
        """Return the curve asked for, over all relationships, against the mark of the latest programme.

        It is the one of the most exercised competency unless another is named; the others are fetched when
        they are unfolded, or, without a script, by a link to this page.
        """
        decided = {one.pk: one for one in queries.decided_by(self.person)}
        months = queries.mix_of(decided.values())
        context: dict[str, Any] = {"mix": MixReport(months) if months else None}
        found = snapshots.evidence_in(decided.values())
        order = growth_reports.most_exercised(found)
        if not order:
            return context
        goals = [goal for desk in desks for goal in desk.goals]
        programme = desks[-1].relationship.programme if desks else None
        mark = programme.threshold_mark if programme else 0.6
        fitted = populations.model_of(found, programme.pk if programme else None)
        asked_for = self.request.GET.get("curve")
        shown = next((one for one in order if str(one) == asked_for), order[0])
        names = {one.competency_id: one.competency.name for one in decided.values() if one.competency}
        return context | {
            "curve": growth_reports.curves(found, fitted, [shown], decided, goals, mark)[0],
            "other_curves": [(names[one], f"?curve={one}") for one in order if one != shown],
        }

    def reflection(self, desks: Sequence[queries.Desk]) -> dict[str, Any]:
        """Return the prompt of the week with its form, and the latest thoughts."""
        return {
            "prompt": words.prompt_of(self.now.date()),
            "reflection_form": ReflectionForm(auto_id="reflection_%s"),
            "reflections": queries.reflections_of(self.person)[:LATEST],
            "may_share": bool(desks),
        }


class WriteReflection(PersonView):
    """All reflections, and a new one."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them, latest first."""
        return self.show(request, ReflectionForm(auto_id="reflection_%s"))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep one."""
        form = ReflectionForm(request.POST, auto_id="reflection_%s")
        if form.is_valid():
            desks = queries.desks_of(self.person, self.now)
            desk = chosen(desks, request.POST.get("pair")) if desks else None
            try:
                actions.write(
                    by=self.person,
                    now=self.now,
                    prompt=words.prompt_of(self.now.date()),
                    relationship=desk.relationship if desk else None,
                    **form.cleaned_data,
                )
            except BadInput as error:
                add_error(form, error)
            else:
                messages.success(request, _("Kept."))
                return redirect(f"{reverse('reflection-list')}")
        return self.show(request, form, status=422)

    def show(self, request: HttpRequest, form: ReflectionForm, status: int = 200) -> HttpResponse:
        """Answer with the page."""
        context = {
            "form": form,
            "prompt": words.prompt_of(self.now.date()),
            "page": Paginator(queries.reflections_of(self.person), A_PAGE).get_page(request.GET.get("page")),
            "may_share": bool(queries.desks_of(self.person, self.now)),
        }
        return render(request, "development/reflections.html", context, status=status)


class ChangeReflection(PersonView):
    """Share a reflection, take it back, or remove it."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Do what the button says."""
        reflection = self.find(queries.reflections_of(self.person), pk=pk)
        verb = request.POST.get("verb")
        if verb == "remove":
            actions.remove(reflection=reflection, by=self.person, now=self.now)
            messages.success(request, _("Removed."))
        else:
            shared = verb == "share"
            actions.share(reflection=reflection, shared=shared, by=self.person, now=self.now)
            messages.success(
                request, _("Your mentor can read it now.") if shared else _("Only you can read it now.")
            )
        return redirect("reflection-list")


class AnswerPulse(PersonView):
    """One question now and then."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Keep the answer; an empty one changes nothing."""
        relationship = self.find(relationships.of_party(self.person), pk=pk)
        question = pulses.question_for(relationship, self.person, self.now)
        if not question:
            messages.success(request, _("You have answered already. Thank you."))
            return redirect("my-development")
        form = pulse_form(question, request.POST)
        if not form.is_valid():
            messages.error(request, _("Choose a number from 1 to 5."))
            return redirect("my-development")
        pulse_actions.answer(
            relationship=relationship,
            question=question,
            answer=form.cleaned_data["answer"],
            by=self.person,
            now=self.now,
        )
        messages.success(request, _("Thank you. Nobody sees your answer as yours."))
        return redirect("my-development")


def chosen(
    desks: Sequence[queries.Desk], pair: str | None, step: queries.NextStep | None = None
) -> queries.Desk:
    """Return the relationship asked for, else the one with the next step, else the first."""
    asked_for = next((desk for desk in desks if str(desk.relationship.pk) == pair), None)
    return asked_for or (step.desk if step else desks[0])


def tabs(desks: Sequence[queries.Desk], current: queries.Desk) -> list[NavItem]:
    """Return one tab for each relationship, named after the mentor."""
    return [
        NavItem(
            ", ".join(mentor.name for mentor in desk.mentors) or desk.relationship.programme.name,
            f"?pair={desk.relationship.pk}",
            current=desk is current,
            badge=len(desk.mine),
        )
        for desk in desks
    ]


def pulse_form(question: str, data: Any = None) -> PulseForm:
    """Return the form of one question."""
    return PulseForm(data, words=words.PULSES[question], initial={"question": question}, auto_id="pulse_%s")
