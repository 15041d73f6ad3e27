"""Agents: what is declared of each, stopping one, and reading what they want to say before a learner does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from telemachy.apps.assist import policies as assist
from telemachy.apps.assist.queries import drafts
from telemachy.apps.integrations.queries import tokens
from telemachy.apps.people import policies
from telemachy.apps.people import queries as people
from telemachy.apps.people.actions import agents as actions
from telemachy.apps.people.queries import agents as queries
from telemachy.apps.programmes import queries as programmes
from telemachy.apps.programmes.actions import agents as agent_programmes
from telemachy.apps.programmes.queries.agent_places import has_place
from telemachy.apps.relationships.actions import held_guidance, lessons
from telemachy.apps.relationships.queries import held_guidance as held_queries
from telemachy.apps.relationships.queries import learners, memory
from telemachy.core.shared.errors import TelemachyError
from telemachy.interfaces.web.forms.integrations import BecauseForm, CardForm, OwnerForm
from telemachy.interfaces.web.forms.training import SeatForm
from telemachy.interfaces.web.views import assist_panels
from telemachy.interfaces.web.views.base import PersonView, add_error

if TYPE_CHECKING:
    from uuid import UUID

    from telemachy.apps.people.models import Person


class ListOwnAgents(PersonView):
    """The agents that the person answers for."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them, and how much of what they wrote waits."""
        context = {
            # An administrator finds the others' agents among those of the organisation.
            "rows": queries.visible_to(self.person).filter(owner=self.person),
            "n_held": held_queries.to_decide(self.person).count(),
            "n_lessons": memory.lessons_to_decide(self.person).count(),
        }
        return render(request, "agents/list.html", context)


class AgentView(PersonView):
    """A page about one agent, for whoever looks after it."""

    def agent(self, pk: UUID) -> Person:
        """Return the agent, else answer 404."""
        return self.find(queries.visible_to(self.person), pk=pk)


class ShowAgent(AgentView):
    """What is declared of an agent, its programmes, its tokens, whether it is suspended."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show it."""
        agent = self.agent(pk)
        card = queries.card_of(agent)
        allowed = [str(one.pk) for one in programmes.allowed_for(agent)]
        initial = {name: getattr(card, name) for name in actions.CARD_FIELDS}
        return self._page(
            agent, self._form(initial=initial | {"purpose": agent.purpose, "programmes": allowed})
        )

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Keep what is declared and where the agent may take part."""
        agent = self.agent(pk)
        form = self._form(request.POST)
        if not form.is_valid():
            return self._page(agent, form)
        words = {name: value for name, value in form.cleaned_data.items() if name != "programmes"}
        try:
            actions.describe(agent=agent, by=self.person, now=self.now, **words)
            agent_programmes.allow(agent=agent, programmes=form.chosen(), by=self.person, now=self.now)
        except TelemachyError as error:
            add_error(form, error)
            return self._page(agent, form)
        messages.success(request, _("Saved."))
        return redirect("agent", agent.pk)

    def _form(self, data: object = None, **rest: Any) -> CardForm:
        return CardForm(data, programmes=programmes.of_organisation(self.person), **rest)

    def _page(self, agent: Person, form: CardForm) -> HttpResponse:
        context = {
            "agent": agent,
            "form": form,
            "because": BecauseForm(),
            "owner": OwnerForm(),
            "nobody": agent.owner is None,
            "n_tokens": tokens.of_person(agent).count(),
            "may_take_part": programmes.allowed_for(agent).exists(),
            "has_place": has_place(agent),
            "may_suspend": policies.suspend(self.person, agent),
            "may_resume": policies.resume(self.person, agent),
        }
        return render(self.request, "agents/show.html", context)


class StepAgent(AgentView):
    """Suspend or resume an agent."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Take the step and show what it led to."""
        agent = self.agent(pk)
        try:
            if request.POST.get("verb") == "resume":
                actions.resume(agent=agent, by=self.person, now=self.now)
                messages.success(
                    request, _("The calls of %(name)s are answered again.") % {"name": agent.name}
                )
            else:
                form = BecauseForm(request.POST)
                because = form.cleaned_data["because"] if form.is_valid() else ""
                actions.suspend(agent=agent, because=because, by=self.person, now=self.now)
                messages.success(request, _("No call of %(name)s is answered now.") % {"name": agent.name})
        except TelemachyError as error:
            messages.error(request, str(error))
        return redirect("agent", agent.pk)


class HandOverAgent(AgentView):
    """Let somebody else answer for an agent."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Hand it over; whoever may not look after it any more goes on to their own agents."""
        agent = self.agent(pk)
        form = OwnerForm(request.POST)
        owner = people.by_email(self.person, form.cleaned_data["owner"]) if form.is_valid() else None
        if owner is None:
            messages.error(request, _("Nobody of your organisation has this address."))
            return redirect("agent", agent.pk)
        try:
            actions.hand_over(agent=agent, owner=owner, by=self.person, now=self.now)
        except TelemachyError as error:
            messages.error(request, str(error))
            return redirect("agent", agent.pk)
        names = {"name": owner.name, "agent": agent.name}
        messages.success(request, _("%(name)s answers for %(agent)s now.") % names)
        if policies.look_after(self.person, agent):
            return redirect("agent", agent.pk)
        return redirect("own-agents")


# --- what agents wrote --------------------------------------------------------------------------


class ListHeld(PersonView):
    """What agents and programs wrote that a learner sees only once the person has read it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it, the longest waiting first."""
        context = {
            "held": held_queries.to_decide(self.person)[:50],
            "lessons": memory.lessons_to_decide(self.person)[:50],
        }
        if assist.available(self.person):
            context |= {
                "to_draft": drafts.to_draft(self.person)[:50],
                "notice": assist_panels.notice_for(self.person),
            }
        return render(request, "agents/held.html", context)


class DecideHeld(PersonView):
    """Let an agent's guidance or debrief go, or refuse it."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Decide and go back to what waits."""
        held = self.find(held_queries.to_decide(self.person), pk=pk)
        try:
            if request.POST.get("verb") == "approve":
                done = held_guidance.approve(held=held, by=self.person, now=self.now)
                messages.success(request, _APPROVED[done.state]() % {"name": held.situation.learner.name})
            else:
                because = _because(request)
                held_guidance.refuse(held=held, because=because, by=self.person, now=self.now)
                messages.success(request, _("It is refused; the agent is told why."))
        except TelemachyError as error:
            messages.error(request, str(error))
        return _back(self.person, request)


class DecideLesson(PersonView):
    """Let a lesson through, or refuse it."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Decide and go back to what waits."""
        lesson = self.find(memory.lessons_to_decide(self.person), pk=pk)
        try:
            if request.POST.get("verb") == "approve":
                lessons.approve(lesson=lesson, by=self.person, now=self.now)
                messages.success(request, _("It is called to mind in cases like this one from now on."))
            else:
                lessons.refuse(lesson=lesson, because=_because(request), by=self.person, now=self.now)
                messages.success(request, _("It is refused; its author is told why."))
        except TelemachyError as error:
            messages.error(request, str(error))
        return _back(self.person, request)


def _back(person: Person, request: HttpRequest) -> HttpResponse:
    """Return to the agent's training where it was decided there, else to everything that waits."""
    form = SeatForm(request.POST)
    pk = form.cleaned_data["seat"] if form.is_valid() else None
    if pk is not None and learners.agents_of(person).filter(pk=pk).exists():
        return redirect("training", pk)
    return redirect("held-guidance-list")


def _because(request: HttpRequest) -> str:
    form = BecauseForm(request.POST)
    return form.cleaned_data["because"] if form.is_valid() else ""


#: State after approving -> what to say; a case that moved on makes the words moot.
_APPROVED = {
    "approved": lambda: _("%(name)s reads it now."),
    "moot": lambda: _("%(name)s has moved on meanwhile; it was laid aside unread."),
}
