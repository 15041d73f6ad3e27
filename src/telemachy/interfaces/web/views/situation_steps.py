"""The steps of a situation: each takes its form, calls its action, and returns to the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachy.apps.relationships.actions import drafts as draft_actions
from telemachy.apps.relationships.actions import guidance
from telemachy.apps.relationships.actions import situations as actions
from telemachy.apps.relationships.policies import drafts as draft_policies
from telemachy.apps.relationships.queries import drafts, situations, withholding
from telemachy.core.shared.errors import BadInput, NotAllowed, TelemachyError, WrongState
from telemachy.core.shared.lifecycles import SITUATION
from telemachy.interfaces.web.views import situation_page
from telemachy.interfaces.web.views.base import PersonView, add_error
from telemachy.interfaces.web.views.situation_drafts import keep_and_stay, typed, wants_draft

if TYPE_CHECKING:
    from telemachy.apps.relationships.models import Situation

VERBS = frozenset(step.verb for step in SITUATION.steps)


class Step(PersonView):
    """One step: its name is that of its form, its draft and its verb in the lifecycle."""

    step: ClassVar[str]
    done: ClassVar[Any] = ""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Return to the page: a step has none of its own."""
        return redirect("situation", self.situation(pk).pk)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Take the step, or keep the draft, or show what is to mend."""
        situation = self.situation(pk)
        form = situation_page.form_of(self.step, situation, request.POST)
        if wants_draft(request):
            return keep_and_stay(self, form, drafts.key_of(pk, self.step), "situation", pk)
        try:
            situation_page.POLICIES[self.step](self.person, situation).require()
            if form.is_valid():
                self.take(situation, form.cleaned_data)
                return self.taken(request, situation)
        except BadInput as error:
            add_error(form, error)
        except (NotAllowed, WrongState) as error:
            return self.too_late(request, situation, error)
        return situation_page.show(request, situation, self.now, {self.step: form}, status=422)

    def situation(self, pk: UUID) -> Situation:
        """Return the situation if the person may read it."""
        return self.find(situations.for_page(self.person), pk=pk)

    def take(self, situation: Situation, cleaned: dict[str, Any]) -> None:
        """Call the action."""
        raise NotImplementedError

    def taken(self, request: HttpRequest, situation: Situation) -> HttpResponse:
        """Return to the page and say what happened."""
        if self.done:
            messages.success(request, str(self.done))
        return redirect("situation", situation.pk)

    def too_late(
        self, request: HttpRequest, situation: Situation, error: NotAllowed | WrongState
    ) -> HttpResponse:
        """Answer a second click, or a step that the other party has overtaken, by the page as it is now."""
        situation = self.situation(situation.pk)
        if self.step not in VERBS or SITUATION.allows(situation.state, self.step):
            raise error
        messages.warning(request, str(error))
        return redirect("situation", situation.pk)


class Reason(Step):
    """Keep the learner's own reasoning."""

    step = "reason"
    done = gettext_lazy("Your reasoning is kept as it is. Now ask, or decide.")

    def take(self, situation: Situation, cleaned: dict[str, Any]) -> None:
        """Call the action."""
        actions.reason(situation=situation, by=self.person, now=self.now, **cleaned)


class Ask(Step):
    """Ask the mentor."""

    step = "ask"
    done = gettext_lazy("Your question is sent.")

    def take(self, situation: Situation, cleaned: dict[str, Any]) -> None:
        """Call the action."""
        actions.ask(situation=situation, by=self.person, now=self.now, **cleaned)

    def taken(self, request: HttpRequest, situation: Situation) -> HttpResponse:
        """Return to the page; where the lot left the situation to its learner, the page says so."""
        if withholding.waits_for_decision(self.situation(situation.pk)):
            return redirect("situation", situation.pk)
        return super().taken(request, situation)


class Insist(PersonView):
    """Ask although the lot left it to the learner: it cannot wait."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Return to the page."""
        return redirect("situation", self.find(situations.of_party(self.person), pk=pk).pk)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Call the action; a second click changes nothing."""
        situation = self.find(situations.for_page(self.person), pk=pk)
        if situation.not_waited_at is None:
            actions.insist(situation=situation, by=self.person, now=self.now)
        messages.success(request, _("Your question is sent."))
        return redirect("situation", pk)


class Guide(Step):
    """Send guidance."""

    step = "guide"
    done = gettext_lazy("Your guidance is sent. The decision stays with the learner.")

    def take(self, situation: Situation, cleaned: dict[str, Any]) -> None:
        """Call the action."""
        guidance.guide(situation=situation, by=self.person, now=self.now, **cleaned)

    def too_late(
        self, request: HttpRequest, situation: Situation, error: NotAllowed | WrongState
    ) -> HttpResponse:
        """Keep what was written, as a line of conversation begun: the learner has decided meanwhile."""
        answer = super().too_late(request, situation, error)
        written = request.POST.get("text", "").strip()
        if written and situation_page.POLICIES["message"](self.person, situation):
            key = drafts.key_of(situation.pk, "message")
            begun = drafts.draft(self.person, key)
            before = begun.fields.get("text", "").strip() if begun else ""
            if before and before not in written:
                written = f"{before}\n\n{written}"
            draft_actions.keep(key=key, fields={"text": written}, by=self.person, now=self.now)
            messages.info(request, _("What you wrote is not sent. It stands in the conversation below."))
        return answer


class Decide(Step):
    """Decide."""

    step = "decide"
    done = gettext_lazy("Your decision is kept. Come back when you know how it turned out.")

    def take(self, situation: Situation, cleaned: dict[str, Any]) -> None:
        """Call the action."""
        actions.decide(situation=situation, by=self.person, now=self.now, **cleaned)


class Act(PersonView):
    """Say that the decision was carried out; there is nothing to fill in."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Return to the page."""
        return redirect("situation", self.find(situations.of_party(self.person), pk=pk).pk)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Call the action."""
        situation = self.find(situations.for_page(self.person), pk=pk)
        actions.act(situation=situation, by=self.person, now=self.now)
        messages.success(request, _("Noted. Tell how it turned out when you know."))
        return redirect("situation", pk)


class Account(Step):
    """Tell how it turned out."""

    step = "account"
    done = gettext_lazy("Your account is sent; the debrief comes next.")

    def take(self, situation: Situation, cleaned: dict[str, Any]) -> None:
        """Call the action."""
        actions.account(situation=situation, by=self.person, now=self.now, **cleaned)


class Debrief(Step):
    """Look back and rate."""

    step = "debrief"
    done = gettext_lazy("The debrief is sent, and the situation closed.")

    def take(self, situation: Situation, cleaned: dict[str, Any]) -> None:
        """Call the action."""
        guidance.debrief(situation=situation, by=self.person, now=self.now, **cleaned)


class RateSelf(Step):
    """Keep the learner's own rating."""

    step = "rate"
    done = gettext_lazy("Your own rating is kept.")

    def take(self, situation: Situation, cleaned: dict[str, Any]) -> None:
        """Call the action."""
        guidance.rate_self(situation=situation, by=self.person, now=self.now, **cleaned)


class Converse(Step):
    """Write a line of the conversation."""

    step = "message"

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Send it; with htmx only the conversation is drawn anew."""
        if not request.htmx:
            return super().post(request, pk)
        situation = self.situation(pk)
        form = situation_page.form_of(self.step, situation, request.POST)
        if form.is_valid():
            try:
                self.take(situation, form.cleaned_data)
                form = situation_page.form_of(self.step, situation)
            except (BadInput, NotAllowed) as error:
                add_error(form, error)
        talk = situation_page.conversation(situation)
        context = {
            "situation": situation,
            "form": form,
            "entries": talk["since"] if situation.decided_at else talk["before"],
            "sent": not form.errors,
            "zones_differ": situation_page.zones_differ(situation),
        }
        return render(request, "situations/_talk.html", context)

    def take(self, situation: Situation, cleaned: dict[str, Any]) -> None:
        """Call the action."""
        guidance.converse(situation=situation, by=self.person, now=self.now, **cleaned)


class KeepDraft(PersonView):
    """Keep what is being written in a step's form."""

    def post(self, request: HttpRequest, pk: UUID, step: str) -> HttpResponse:
        """Answer with one line that says so."""
        if step not in draft_policies.WRITERS:
            raise Http404
        situation = self.find(situations.for_page(self.person), pk=pk)
        fields = typed(request, situation_page.form_of(step, situation))
        try:
            draft_actions.keep_step(
                situation=situation, step=step, fields=fields, by=self.person, now=self.now
            )
        except TelemachyError as error:
            return render(request, "situations/_draft_state.html", {"refusal": str(error)})
        return render(request, "situations/_draft_state.html", {"saved_at": self.now})


class MarkDraft(PersonView):
    """Tell whether what is being written is an answer or a question; it never holds anything up."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Answer with one line beside the box."""
        situation = self.find(situations.of_party(self.person), pk=pk)
        text, level = request.POST.get("text", ""), request.POST.get("level", "")
        context = {"mark": situation_page.mark(situation, text, level)}
        return render(request, "situations/_draft_mark.html", context)
