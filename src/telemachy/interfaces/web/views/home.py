"""The first page: where a person's work is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from telemachy.apps.people import queries as people
from telemachy.apps.programmes import queries as programmes
from telemachy.apps.relationships.queries import relationships
from telemachy.interfaces.web.views.base import PersonView


class Home(PersonView):
    """Send managers to programmes, mentors to their learners, learners to themselves."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Redirect to the first screen of the person's strongest seat."""
        if programmes.managed_by(self.person).exists():
            return redirect("programme-list")
        seats = relationships.seats_of(self.person)
        if "mentor" in seats and "learner" not in seats:
            return redirect("learner-list")
        if not seats and people.is_administrator(self.person):
            return redirect("organisation")
        return redirect("my-development")
