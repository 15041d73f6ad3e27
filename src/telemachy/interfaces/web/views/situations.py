"""Situations: the list, logging one, reading one, mending how it is told."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from telemachy.apps.knowledge import queries as knowledge
from telemachy.apps.relationships.actions import situations as actions
from telemachy.apps.relationships.policies import situations as policies
from telemachy.apps.relationships.queries import drafts, relationships, situations
from telemachy.core.shared.errors import BadInput
from telemachy.interfaces.web.forms import situation_words as words
from telemachy.interfaces.web.forms.situations import SituationForm
from telemachy.interfaces.web.views import situation_page
from telemachy.interfaces.web.views.base import PersonView, add_error, require_visible
from telemachy.interfaces.web.views.situation_drafts import keep_and_say, keep_and_stay, wants_draft

#: Debriefed situations on a page, and open ones at most: more than that are no list to work through.
A_PAGE, MAX_OPEN = 20, 100


class ListSituations(PersonView):
    """The learner's own situations: open ones first, with whose turn it is."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the page."""
        opened = situations.open_of(self.person).select_related("relationship__programme")[:MAX_OPEN]
        closed = Paginator(situations.closed_of(self.person), A_PAGE).get_page(request.GET.get("page"))
        context = {
            "open": [(one, words.STATES[one.state]) for one in opened],
            "closed": closed,
            "closed_rows": [
                (one, words.RATINGS[one.rating][0] if one.rating is not None else words.STATES[one.state])
                for one in closed
            ],
            "loggable": situations.loggable(self.person).select_related("programme"),
            "now": self.now,
        }
        return render(request, "situations/list.html", context)


class LogSituation(PersonView):
    """Log a situation in a relationship."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the form as the draft left it."""
        relationship = self.relationship(pk)
        kept = drafts.draft(self.person, drafts.key_of(pk, "log"))
        return self.show(
            request, relationship, self.form(relationship, draft=kept.fields if kept else None), kept
        )

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Log it, or keep the draft."""
        relationship = self.relationship(pk)
        form = self.form(relationship, request.POST)
        if wants_draft(request):
            return keep_and_stay(self, form, drafts.key_of(pk, "log"), "situation-add", pk)
        if form.is_valid():
            try:
                situation = actions.log(
                    relationship=relationship, by=self.person, now=self.now, **form.cleaned_data
                )
                return redirect("situation", situation.pk)
            except BadInput as error:
                add_error(form, error)
        return self.show(request, relationship, form, None, status=422)

    def relationship(self, pk: UUID) -> Any:
        """Return the relationship if the person may log in it."""
        relationship = self.find(relationships.of_party(self.person).select_related("programme"), pk=pk)
        policies.log(self.person, relationship).require()
        return relationship

    def form(self, relationship: Any, data: Any = None, draft: dict[str, Any] | None = None) -> SituationForm:
        """Return the form with what the person can choose from."""
        return SituationForm(
            data,
            initial=draft or {},
            competencies=knowledge.competencies_of(self.person),
            goals=situations.goals_for(relationship, self.person),
        )

    def show(
        self, request: HttpRequest, relationship: Any, form: SituationForm, kept: Any, status: int = 200
    ) -> HttpResponse:
        """Answer with the page."""
        mentors = ", ".join(mentor.name for mentor in situations.mentors_of(relationship))
        context = {"relationship": relationship, "form": form, "mentors": mentors, "draft": kept}
        return render(request, "situations/log.html", context, status=status)


class KeepLogDraft(PersonView):
    """Keep the situation that is being written."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Answer with one line that says so."""
        relationship = self.find(relationships.of_party(self.person), pk=pk)
        require_visible(policies.log(self.person, relationship).allowed)
        return keep_and_say(self, SituationForm(competencies=(), goals=()), drafts.key_of(pk, "log"))


class ReadSituation(PersonView):
    """One situation, for its learner and the mentor."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the page."""
        situation = self.find(situations.for_page(self.person), pk=pk)
        return situation_page.show(request, situation, self.now)


class ReviseSituation(PersonView):
    """Mend how the case is told, before anybody has answered."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the form with what was told."""
        situation = self.situation(pk)
        told = {
            name: getattr(situation, name) for name in ("title", "story", "stakes", "difficulty", "novelty")
        }
        told |= {"competency": str(situation.competency_id or ""), "goal": str(situation.goal_id or "")}
        return self.show(request, situation, self.form(situation, initial=told))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Keep the changes."""
        situation = self.situation(pk)
        form = self.form(situation, data=request.POST)
        if form.is_valid():
            try:
                actions.revise(situation=situation, by=self.person, now=self.now, **form.cleaned_data)
                return redirect("situation", pk)
            except BadInput as error:
                add_error(form, error)
        return self.show(request, situation, form, status=422)

    def situation(self, pk: UUID) -> Any:
        """Return the situation if the person may mend it."""
        situation = self.find(situations.for_page(self.person), pk=pk)
        policies.revise(self.person, situation).require()
        return situation

    def form(self, situation: Any, **kwargs: Any) -> SituationForm:
        """Return the form with what the person can choose from."""
        goals = situations.goals_for(situation.relationship, self.person)
        return SituationForm(competencies=knowledge.competencies_of(self.person), goals=goals, **kwargs)

    def show(
        self, request: HttpRequest, situation: Any, form: SituationForm, status: int = 200
    ) -> HttpResponse:
        """Answer with the page."""
        context = {"situation": situation, "form": form, "title": _("Mend how it is told")}
        return render(request, "situations/revise.html", context, status=status)
