"""The steps of a session's lifecycle, and what is chosen for it: guide and goal."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from telemachy.apps.relationships.actions import sessions as actions
from telemachy.apps.relationships.queries import sessions
from telemachy.core.shared.errors import BadInput
from telemachy.interfaces.web.forms.sessions import GoalChoice, GuideForm
from telemachy.interfaces.web.views.base import PersonView

if TYPE_CHECKING:
    from telemachy.apps.relationships.models import Session


class StepView(PersonView):
    """A step that a button of the session's page takes."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Take it and return to the page; say there what could not be."""
        session = self.find(sessions.for_page(self.person), pk=pk)
        try:
            self.take(session)
        except BadInput as error:
            messages.error(request, str(error))
        return redirect("session", pk)

    def take(self, session: Session) -> None:
        """Run the action."""
        raise NotImplementedError


class Confirm(StepView):
    """Take one of the times on offer."""

    def take(self, session: Session) -> None:
        """Confirm the slot that was chosen."""
        chosen = self.request.POST.get("slot", "")
        slot = next((one for one in session.slots.all() if str(one.pk) == chosen), None)
        if slot is None:
            raise BadInput(_("This time is no longer on offer; choose another."))
        actions.confirm(session=session, slot=slot, by=self.person, now=self.now)
        messages.success(self.request, _("Agreed. The invitation is on its way to both of you."))


class Cancel(StepView):
    """Call the session off."""

    def take(self, session: Session) -> None:
        """Cancel it."""
        actions.cancel(session=session, by=self.person, now=self.now)
        messages.success(self.request, _("The session is cancelled."))


class Miss(StepView):
    """Say that it did not take place."""

    def take(self, session: Session) -> None:
        """Note it as missed."""
        actions.miss(session=session, by=self.person, now=self.now)


class GoalStep(StepView):
    """A step that comes with a goal."""

    def take(self, session: Session) -> None:
        """Run the action with the goal chosen."""
        goals = sessions.goals_for(session.relationship, self.person)
        form = GoalChoice(self.request.POST, goals=goals)
        if not form.is_valid():
            raise BadInput(_("Choose a goal of this relationship."))
        self.take_goal(session, form.cleaned_data["goal"])

    def take_goal(self, session: Session, goal: object) -> None:
        """Run the action."""
        raise NotImplementedError


class Hold(GoalStep):
    """Say that it took place, and which goal it served."""

    def take_goal(self, session: Session, goal: object) -> None:
        """Note it as held."""
        actions.hold(session=session, by=self.person, now=self.now, goal=goal)


class Serve(GoalStep):
    """Change which goal it serves."""

    def take_goal(self, session: Session, goal: object) -> None:
        """Keep the goal."""
        actions.serve(session=session, by=self.person, now=self.now, goal=goal)


class UseGuide(StepView):
    """Choose a conversation guide."""

    def take(self, session: Session) -> None:
        """Keep the guide."""
        form = GuideForm(self.request.POST)
        if not form.is_valid():
            raise BadInput(_("Choose one of the guides."))
        actions.use_guide(session=session, by=self.person, now=self.now, guide=form.cleaned_data["guide"])
