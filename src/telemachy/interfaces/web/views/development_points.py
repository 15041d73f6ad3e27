"""What a coach does with the development points of a letter."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from telemachy.apps.supervision.actions import development_points as actions
from telemachy.apps.supervision.queries import assessments as queries
from telemachy.core.shared.errors import BadInput
from telemachy.interfaces.web.views.base import PersonView


class MakeGoal(PersonView):
    """Make a goal of a point, in the relationship with whoever wrote the letter."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Go to the goal."""
        point = self.find(queries.points_of(self.person), pk=pk)
        try:
            goal = actions.make_goal(point=point, by=self.person, now=self.now)
        except BadInput as error:
            messages.warning(request, str(error))
            return redirect("review-progress")
        messages.success(
            request, _("A draft of a goal. Give it a baseline and five levels, then make it yours.")
        )
        return redirect("goal", goal.pk)


class MarkPoint(PersonView):
    """Note that a point is done, let go, or worked on again."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Return to the points."""
        point = self.find(queries.points_of(self.person), pk=pk)
        try:
            actions.mark(point=point, state=request.POST.get("state", ""), by=self.person, now=self.now)
        except BadInput as error:
            messages.warning(request, str(error))
        return redirect("review-progress")
