"""A language model's help: what leaves, each kind of help, and the organisation's switch and budget."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from telemachy.apps.assist import policies
from telemachy.apps.assist.actions import agreements, asking, drafts, rules
from telemachy.apps.assist.queries import agreements as agreed
from telemachy.apps.assist.queries import budgets, prompts
from telemachy.apps.assist.queries import drafts as draftable
from telemachy.apps.relationships.queries import goals, situations
from telemachy.core.assist import Prompt
from telemachy.core.shared.errors import TelemachyError
from telemachy.core.shared.scales import GuidanceLevel
from telemachy.interfaces.common import language_models
from telemachy.interfaces.web.forms.assist import RulesForm
from telemachy.interfaces.web.views import assist_panels as panels
from telemachy.interfaces.web.views.base import PersonView, add_error
from telemachy.interfaces.web.views.organisation import AdministratorView

if TYPE_CHECKING:
    from uuid import UUID

    from telemachy.apps.people.models import Person
    from telemachy.interfaces.web.views.assist_panels import Panel


class ShowAssist(PersonView):
    """What is sent where, and one's own agreement to it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it."""
        place = budgets.place()
        context = {
            "available": policies.available(self.person),
            "notice": agreed.notice(place) if place is not None else [],
            "agreement": agreed.of_person(self.person),
            "last": agreed.latest(self.person),
        }
        return render(request, "assist/show.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Agree, or take it back."""
        if request.POST.get("verb") == "withdraw":
            agreements.withdraw(by=self.person, now=self.now)
            messages.success(request, _("Taken back. No words of yours are sent from now on."))
        else:
            agreements.agree(by=self.person, now=self.now)
            messages.success(request, _("Noted. You can take it back here at any time."))
        return redirect("assist")


class AskView(PersonView):
    """One kind of help on one subject: with htmx the box alone, else a page of its own."""

    back: ClassVar[str]

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Return to the subject: what was answered before is kept nowhere."""
        return redirect(self.back, self.subject(pk).pk)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the notice to whoever has not agreed yet; ask, and show what came of it."""
        subject = self.subject(pk)
        panel = self.panel(subject)
        if panel is None:
            policies.available(self.person).require()
            raise Http404
        if request.POST.get("agree"):
            agreements.agree(by=self.person, now=self.now)
        if panel.verdict:
            notice = panels.notice_for(self.person)
            panel = replace(panel, notice=notice) if notice else self.ask(subject, panel)
        template = "assist/_panel.html" if request.htmx else "assist/answer.html"
        back_url = reverse(self.back, args=[subject.pk])
        return render(request, template, {"panel": panel, "back_url": back_url, "asked": True})

    def ask(self, subject: Any, panel: Panel) -> Panel:
        """Return the panel with the answer, or with why there is none."""
        prompt, whose = self.prompt(subject)
        try:
            answer = asking.ask(
                prompt=prompt, whose=whose, model=language_models.ask, by=self.person, now=self.now
            )
        except TelemachyError as error:
            return replace(panel, problem=str(error))
        return replace(panel, **panels.answered(panel, prompt, answer))

    def subject(self, pk: UUID) -> Any:
        """Return what help is asked on, else answer 404."""
        raise NotImplementedError

    def panel(self, subject: Any) -> Panel | None:
        """Return the box as the subject's page has it."""
        raise NotImplementedError

    def prompt(self, subject: Any) -> tuple[Prompt, list[Person]]:
        """Return what is sent, and whose words are in it."""
        raise NotImplementedError


class AskQuestions(AskView):
    """Questions that a mentor might ask."""

    back = "situation"

    def subject(self, pk: UUID) -> Any:
        """Return the situation."""
        return self.find(situations.for_page(self.person), pk=pk)

    def panel(self, subject: Any) -> Panel | None:
        """Return the box under the guidance."""
        return panels.of_questions(self.person, subject)

    def prompt(self, subject: Any) -> tuple[Prompt, list[Person]]:
        """Send what the learner wrote."""
        return prompts.questions(subject), [subject.learner]


class AskSummary(AskView):
    """A long conversation in short."""

    back = "situation"

    def subject(self, pk: UUID) -> Any:
        """Return the situation."""
        return self.find(situations.for_page(self.person), pk=pk)

    def panel(self, subject: Any) -> Panel | None:
        """Return the box under the conversation."""
        return panels.of_summary(self.person, subject)

    def prompt(self, subject: Any) -> tuple[Prompt, list[Person]]:
        """Send the conversation."""
        return prompts.summary(subject), prompts.speakers(subject)


class AskGoal(AskView):
    """A more specific wording of a goal."""

    back = "goal"

    def subject(self, pk: UUID) -> Any:
        """Return the goal."""
        return self.find(goals.for_page(self.person), pk=pk)

    def panel(self, subject: Any) -> Panel | None:
        """Return the box beside the goal."""
        return panels.of_goal(self.person, subject)

    def prompt(self, subject: Any) -> tuple[Prompt, list[Person]]:
        """Send the goal."""
        return prompts.goal(subject), prompts.writers(subject)


class DraftGuidance(PersonView):
    """An agent's words, drafted for whoever decides on them."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Return to what waits."""
        self.find(draftable.to_draft(self.person), pk=pk)
        return redirect("held-guidance-list")

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Draft it and hold it, like everything that the agent writes."""
        situation = self.find(draftable.to_draft(self.person), pk=pk)
        agent = draftable.agent_of(situation, self.person)
        if agent is None:
            raise Http404
        if request.POST.get("agree"):
            agreements.agree(by=self.person, now=self.now)
        try:
            policies.draft(self.person, situation, agent).require()
            text = ""
            # Below a question the ladder leaves the learner alone: nothing to word, so nothing is sent.
            if prompts.level_of(situation) >= GuidanceLevel.QUESTION:
                prompt = prompts.draft(situation, agent)
                text = asking.ask(
                    prompt=prompt,
                    whose=[situation.learner],
                    model=language_models.ask,
                    by=self.person,
                    now=self.now,
                )
            drafts.hold(situation=situation, agent=agent, text=text, by=self.person, now=self.now)
            messages.success(request, _("Drafted. Read it before you let it go."))
        except TelemachyError as error:
            messages.error(request, str(error))
        return redirect("held-guidance-list")


class SetAssistRules(AdministratorView):
    """Whether the organisation uses it, its budget, and what it used."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it."""
        rules_now = budgets.rules_of(self.person.organisation)
        initial = {
            "on": rules_now is not None and rules_now.on,
            "tokens_per_month": budgets.FIRST_BUDGET if rules_now is None else rules_now.tokens_per_month,
        }
        return self._page(RulesForm(initial=initial))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep it."""
        form = RulesForm(request.POST)
        if form.is_valid():
            try:
                rules.set_rules(
                    organisation=self.person.organisation, by=self.person, now=self.now, **form.cleaned_data
                )
            except TelemachyError as error:
                add_error(form, error)
            else:
                messages.success(request, _("Saved."))
                return redirect("assist-rules")
        answer = self._page(form)
        answer.status_code = 422
        return answer

    def _page(self, form: RulesForm) -> HttpResponse:
        organisation = self.person.organisation
        rules_now = budgets.rules_of(organisation)
        return self.page(
            "assist/rules.html",
            "assist-rules",
            form=form,
            place=budgets.place(),
            rules=rules_now,
            n_used=budgets.n_used(organisation.pk, self.now),
            kinds=[(panels.KINDS[one.kind], one) for one in budgets.by_kind(organisation, self.now)],
            months=budgets.by_month(organisation, self.now),
        )
