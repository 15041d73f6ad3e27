"""The first page: where a person's work is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from telemachy.apps.people import queries as people
from telemachy.apps.programmes import queries as programmes
from telemachy.apps.relationships.queries import relationships
from telemachy.apps.supervision.queries import assessments
from telemachy.interfaces.web.views.base import PersonView


class Home(PersonView):
    """Send everybody to where their work waits: programmes, learners, reviews, or themselves."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Redirect to the first screen of the person's strongest seat."""
        if programmes.managed_by(self.person).exists():
            return redirect("programme-list")
        seats = relationships.seats_of(self.person)
        if "mentor" in seats and "learner" not in seats:
            return redirect("learner-list")
        if not seats and assessments.takes_part(self.person):
            return redirect("review-list")
        if not seats and people.is_administrator(self.person):
            return redirect("organisation")
        return redirect("my-development")
