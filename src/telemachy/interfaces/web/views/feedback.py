"""Feedback between the parties of a relationship, and what they let each other read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from telemachy.apps.relationships.actions import feedback as actions
from telemachy.apps.relationships.policies import relationships as policies
from telemachy.apps.relationships.queries import feedback as queries
from telemachy.apps.relationships.queries import relationships
from telemachy.core.shared.errors import BadInput
from telemachy.interfaces.web.forms.development import FeedbackForm
from telemachy.interfaces.web.views.base import PersonView, add_error
from telemachy.interfaces.web.views.relationships import relationship_tabs

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Relationship

#: Entries shown at most, latest first.
MAX_SHOWN = 50


class GiveFeedback(PersonView):
    """What the two have told each other, and a form for the next word."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the page."""
        relationship, others = self.pair(pk)
        return self.show(request, relationship, others, FeedbackForm(others=others))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Give it."""
        relationship, others = self.pair(pk)
        form = FeedbackForm(request.POST, others=others)
        if form.is_valid():
            try:
                actions.give(
                    relationship=relationship,
                    about=form.person(),
                    by=self.person,
                    now=self.now,
                    helped=form.cleaned_data["helped"],
                    wish=form.cleaned_data["wish"],
                )
            except BadInput as error:
                add_error(form, error)
            else:
                messages.success(request, _("Said. Only the two of you can read it."))
                return redirect("feedback", pk)
        return self.show(request, relationship, others, form, status=422)

    def pair(self, pk: UUID) -> tuple[Relationship, list[Person]]:
        """Return the relationship and who sits in the other seat."""
        found = self.find(relationships.for_page(self.person), pk=pk)
        return found, queries.others(found, self.person)

    def show(
        self,
        request: HttpRequest,
        relationship: Any,
        others: list[Person],
        form: FeedbackForm,
        status: int = 200,
    ) -> HttpResponse:
        """Answer with the page."""
        context = {
            "relationship": relationship,
            "pair_tabs": relationship_tabs(relationship, "feedback"),
            "others": ", ".join(person.name for person in others),
            "form": form,
            "may_write": policies.write(self.person, relationship) if others else None,
            "given": queries.of_two(relationship, self.person)[:MAX_SHOWN],
            "reflections": queries.shared_reflections(relationship)[:MAX_SHOWN],
        }
        return render(request, "development/feedback.html", context, status=status)
