"""One's own places: whom one would like to be matched with, and whom rather not; giving a place back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from telemachy.apps.people import queries as people
from telemachy.apps.programmes import queries
from telemachy.apps.programmes.actions import enrolments as actions
from telemachy.core.shared.errors import TelemachyError
from telemachy.interfaces.web.forms.wishes import WishForm
from telemachy.interfaces.web.views.base import PersonView, add_error

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.programmes.models import Enrolment


class Wishes(PersonView):
    """One's own places, and whom one asked for in each, or would rather not."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        return self._page(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the wishes for one place, or give it back."""
        places = {str(place.pk): place for place in queries.own_places(self.person)}
        place = places.get(request.POST.get("place", ""))
        if place is None:
            messages.error(request, _("This place is not active at present."))
            return redirect("wishes")
        if "give_back" in request.POST:
            actions.give_back(enrolment=place, by=self.person, now=self.now)
            messages.success(
                request, _("You gave your place in %(name)s back.") % {"name": place.programme.name}
            )
            return redirect("wishes")
        form = WishForm(request.POST, prefix=str(place.pk))
        named = {field: self._persons(form, field) for field in form.fields} if form.is_valid() else {}
        if form.is_valid():
            try:
                actions.wish(
                    enrolment=place,
                    persons=named["wishes"],
                    avoided=named["avoided"],
                    by=self.person,
                    now=self.now,
                )
            except TelemachyError as error:
                add_error(form, error)
            else:
                messages.success(request, _("Noted. The next match weighs it."))
                return redirect("wishes")
        return self._page(request, form, place)

    def _persons(self, form: WishForm, field: str) -> list[Person]:
        found: dict[Any, Person] = {}
        for line in form.addresses(field):
            person = people.by_address(self.person.organisation_id, line)
            if person is None:
                form.add_error(
                    field, _("Nobody of your organisation has the address %(line)s.") % {"line": line}
                )
            else:
                found[person.pk] = person
        return list(found.values())

    def _page(
        self, request: HttpRequest, form: WishForm | None = None, of: Enrolment | None = None
    ) -> HttpResponse:
        rows = []
        for place in queries.own_places(self.person):
            said = {
                "wishes": "\n".join(person.email for person in place.preferred.all()),
                "avoided": "\n".join(person.email for person in place.avoided.all()),
            }
            own = WishForm(initial=said, prefix=str(place.pk))
            rows.append((place, form if form and of and of.pk == place.pk else own))
        return render(request, "accounts/wishes.html", {"rows": rows})
