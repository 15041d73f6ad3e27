"""Supervision: who waits, rooms and own cases; asking somebody; one room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from telemachy.apps.people import queries as people
from telemachy.apps.supervision.actions import rooms as actions
from telemachy.apps.supervision.policies import rooms as policies
from telemachy.apps.supervision.queries import cases
from telemachy.apps.supervision.queries import rooms as queries
from telemachy.core.shared.errors import TelemachyError
from telemachy.interfaces.web.forms.supervision import AddressForm
from telemachy.interfaces.web.forms.supervision_words import LENSES, STATES
from telemachy.interfaces.web.views.base import PersonView, add_error
from telemachy.interfaces.web.views.supervision_matrix import shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from telemachy.apps.people.models import Person
    from telemachy.apps.supervision.models import SupervisionCase, SupervisionRoom


class ShowSupervision(PersonView):
    """The first page: what waits, the rooms, the own cases and what repeats in them."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the page."""
        rooms = list(queries.visible_to(self.person))
        own = list(cases.of_owner(self.person).order_by("-written_at"))
        context = {
            "to_answer": [(room, _asked_at(room, self.person)) for room in queries.waiting_for(self.person)],
            "to_read": list(cases.unanswered(self.person)),
            "rooms": [line(room, self.person) for room in rooms if not queries.waits_for(room, self.person)],
            "cases": lines(own),
            "matrix": shown(cases.own_matrix(self.person)) if own else None,
            "left_behind": list(cases.left_behind(self.person)),
            "may_bring": policies.bring(self.person),
            "now": self.now,
        }
        return render(request, "supervision/supervision.html", context)


class AskForSupervision(PersonView):
    """Ask somebody to be one's supervisor."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form."""
        return self.show(request, AddressForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Ask."""
        form = AddressForm(request.POST)
        if form.is_valid():
            supervisor = people.by_email(self.person, form.cleaned_data["address"])
            if supervisor is None:
                form.add_error("address", nobody())
            else:
                try:
                    room = actions.ask(supervisor=supervisor, by=self.person, now=self.now)
                    messages.success(
                        request, _("%(name)s is asked. You can write already.") % {"name": supervisor.name}
                    )
                    return redirect("supervision-room", room.pk)
                except TelemachyError as error:
                    form.add_error("address", str(error))
        return self.show(request, form, 422)

    def show(self, request: HttpRequest, form: AddressForm, status: int = 200) -> HttpResponse:
        """Answer with the page."""
        context = {"form": form, "may_bring": policies.bring(self.person)}
        return render(request, "supervision/ask.html", context, status=status)


class RoomPage(PersonView):
    """One room: who is in it, what is shared, and for its supervisor what repeats."""

    def room(self, pk: UUID) -> SupervisionRoom:
        """Return a room that the person is in or asked to; 404 otherwise."""
        return self.find(queries.visible_to(self.person), pk=pk)

    def show(
        self, request: HttpRequest, room: SupervisionRoom, form: AddressForm, status: int = 200
    ) -> HttpResponse:
        """Answer with the page."""
        supervises = room.supervisor_id == self.person.pk
        waits = queries.waits_for(room, self.person)
        joined = queries.joined(room)
        context: dict[str, Any] = {
            "room": room,
            "joined": joined,
            "names": ", ".join(one.person.name for one in joined),
            "asked": [one for one in room.members.all() if one.state == "asked"],
            "supervises": supervises,
            "waits": waits,
            "place": queries.place_of(room, self.person),
            "cases": [] if waits else lines(cases.in_room(room, self.person)),
            "matrices": self.matrices(room) if supervises and not waits else [],
            "may_ask_in": policies.ask_in(self.person, room),
            "form": form,
            "now": self.now,
        }
        return render(request, "supervision/room.html", context, status=status)

    def matrices(self, room: SupervisionRoom) -> list[tuple[Person, Any]]:
        """Return what repeats in what each practitioner shared, for the supervisor."""
        found = [
            (one.person, cases.shared_matrix(one.person, room, self.person)) for one in queries.joined(room)
        ]
        return [(person, shown(matrix)) for person, matrix in found if matrix.clients]


class ShowRoom(RoomPage):
    """Look into a room."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the page."""
        return self.show(request, self.room(pk), AddressForm())


class InviteToRoom(RoomPage):
    """Ask a further practitioner in."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Ask, and return to the room."""
        room = self.room(pk)
        form = AddressForm(request.POST)
        if form.is_valid():
            person = people.by_email(self.person, form.cleaned_data["address"])
            if person is None:
                form.add_error("address", nobody())
            else:
                try:
                    actions.invite(room=room, person=person, by=self.person, now=self.now)
                    messages.success(request, _("%(name)s is asked.") % {"name": person.name})
                    return redirect("supervision-room", pk)
                except TelemachyError as error:
                    add_error(form, error)
        return self.show(request, room, form, 422)


class AnswerRoom(PersonView):
    """Say yes or no."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Answer, and go where it leads."""
        room = self.find(queries.visible_to(self.person), pk=pk)
        if request.POST.get("answer") == "accept":
            actions.accept(room=room, by=self.person, now=self.now)
            messages.success(request, _("You are in. What is shared from now on, you can read."))
            return redirect("supervision-room", pk)
        actions.decline(room=room, by=self.person, now=self.now)
        messages.success(request, _("They are told that you cannot. Nobody asks why."))
        return redirect("supervision")


class LeaveRoom(PersonView):
    """Leave, without a reason."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Leave, and return to the first page."""
        room = self.find(queries.visible_to(self.person), pk=pk)
        actions.leave(room=room, by=self.person, now=self.now)
        messages.success(request, _("You have left the room. Your cases are yours alone again."))
        return redirect("supervision")


def line(room: SupervisionRoom, person: Person) -> dict[str, Any]:
    """Return a room as a line of a list."""
    others = [one.person.name for one in queries.joined(room) if one.person_id != person.pk]
    return {
        "room": room,
        "supervises": room.supervisor_id == person.pk,
        "others": others,
        "waiting": room.state == "asked",
    }


def lines(rows: Iterable[SupervisionCase]) -> list[dict[str, Any]]:
    """Return cases as lines of a list."""
    return [
        {
            "case": case,
            "word": STATES[case.state][0],
            "tone": STATES[case.state][1],
            "lens": LENSES[case.lens].name,
        }
        for case in rows
    ]


def nobody() -> str:
    """Say that the address is nobody's."""
    return _("Nobody of your organisation has this address. Check the spelling.")


def _asked_at(room: SupervisionRoom, person: Person) -> Any:
    place = queries.place_of(room, person)
    return place.asked_at if place is not None else room.asked_at
