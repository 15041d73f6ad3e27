"""Invite a programme's people to sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from telemachy.apps.people import policies as people
from telemachy.apps.people.actions import invitations
from telemachy.apps.programmes import policies, queries
from telemachy.core.shared.errors import TelemachyError
from telemachy.interfaces.web.views.base import PersonView
from telemachy.interfaces.web.views.organisation import invited_text
from telemachy.interfaces.web.views.programmes import ProgrammeView

if TYPE_CHECKING:
    from uuid import UUID


class InviteParticipants(ProgrammeView):
    """Invite everybody of a programme who cannot sign in yet."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Send the invitations; whoever has one that still works is left out."""
        programme = self.programme(pk)
        policies.change(self.person, programme).require()
        persons = queries.to_invite(programme, self.person, self.now)
        n_invited = invitations.invite_many(persons=persons, by=self.person, now=self.now)
        messages.success(request, invited_text(n_invited))
        return redirect("programme-participants", programme.pk)


class InviteParticipant(PersonView):
    """Invite one person of a programme, or send the invitation again."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Send it; an earlier link ends."""
        enrolment = self.find(queries.enrolments_managed_by(self.person), pk=pk)
        policies.change(self.person, enrolment.programme).require()
        try:
            people.invite(self.person, enrolment.person).require()
            invitations.invite(person=enrolment.person, by=self.person, now=self.now)
            messages.success(
                request, _("An invitation to %(name)s is on its way.") % {"name": enrolment.person.name}
            )
        except TelemachyError as error:
            messages.error(request, str(error))
        return redirect("programme-participants", enrolment.programme_id)
