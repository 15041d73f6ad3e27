"""Who is in a programme: list, take in by hand or by link, pause, withdraw, export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from telemachy.apps.audit.actions import exports
from telemachy.apps.people import queries as people
from telemachy.apps.people.actions import persons
from telemachy.apps.programmes import policies, queries
from telemachy.apps.programmes.actions import enrolments as actions
from telemachy.apps.programmes.queries.agent_places import to_take_in
from telemachy.apps.relationships.queries.places import pairs_of
from telemachy.core.roster.export import write_csv
from telemachy.core.shared.errors import BadInput, TelemachyError
from telemachy.interfaces.common import clock
from telemachy.interfaces.common.middleware import PERSON_KEY
from telemachy.interfaces.common.ratelimit import DownloadView
from telemachy.interfaces.web.forms.programmes import AgentPlaceForm, EnrolForm, JoinForm, LinkForm
from telemachy.interfaces.web.views.base import PersonView, add_error
from telemachy.interfaces.web.views.places import standing
from telemachy.interfaces.web.views.programmes import ProgrammeView, tabs

if TYPE_CHECKING:
    from uuid import UUID

    from telemachy.apps.people.models import Person
    from telemachy.apps.programmes.models import EnrolmentLink, Programme

PAGE_SIZE = 20
ROLES, STATES = {"learner", "mentor"}, {"active", "paused", "withdrawn"}
EXPORTED = [
    "name",
    "email",
    "external_id",
    "role",
    "state",
    "capacity",
    "job_title",
    "function",
    "seniority",
    "location",
    "time_zone",
    "languages",
    "skills_offered",
    "skills_sought",
    "goals",
]


class ListParticipants(ProgrammeView):
    """The people of a programme."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show a page of them, filtered."""
        programme = self.programme(pk)
        search = request.GET.get("q", "").replace("\x00", "")[:100]
        role, state = request.GET.get("role", ""), request.GET.get("state", "")
        found = queries.participants(
            programme,
            search=search,
            role=role if role in ROLES else "",
            state=state if state in STATES else "",
        )
        context = {
            "programme": programme,
            "tabs": tabs(programme, "programme-participants"),
            "page_obj": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
            "search": search,
            "role": role,
            "state": state,
            "links": queries.open_links(programme, self.now),
            "link_form": LinkForm(),
            "may_change": policies.change(self.person, programme),
            "n_to_invite": queries.to_invite(programme, self.person, self.now).count(),
        }
        return render(request, "programmes/participants.html", context)


class EnrolPerson(ProgrammeView):
    """Take one person in by hand."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the form."""
        return self._page(request, self.programme(pk), EnrolForm())

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Take in an agent that may take part, or find the person by e-mail, or add them."""
        programme = self.programme(pk)
        is_agent = "agent" in request.POST
        form = (
            AgentPlaceForm(request.POST, agents=to_take_in(programme))
            if is_agent
            else EnrolForm(request.POST)
        )
        if not form.is_valid():
            return self._page(request, programme, form)
        values = form.cleaned_data
        try:
            policies.change(self.person, programme).require()
            person = values["agent"] if is_agent else self._person(programme, values["name"], values["email"])
            actions.enrol(
                programme=programme,
                person=person,
                role=values["role"],
                capacity=values.get("capacity"),
                by=self.person,
                now=self.now,
            )
        except TelemachyError as error:
            add_error(form, error)
            return self._page(request, programme, form)
        messages.success(request, _("%(name)s has a place.") % {"name": person.name})
        return redirect("programme-participants", programme.pk)

    def _person(self, programme: Programme, name: str, email: str) -> Person:
        return people.by_email(self.person, email) or persons.add(
            organisation_id=programme.organisation_id, name=name, email=email, by=self.person, now=self.now
        )

    def _page(
        self, request: HttpRequest, programme: Programme, form: EnrolForm | AgentPlaceForm
    ) -> HttpResponse:
        agents, is_agent = to_take_in(programme), isinstance(form, AgentPlaceForm)
        context = {
            "programme": programme,
            "form": EnrolForm() if is_agent else form,
            "agent_form": form if is_agent else AgentPlaceForm(agents=agents) if agents.exists() else None,
        }
        return render(request, "programmes/enrol.html", context)


class ChangeEnrolment(PersonView):
    """Pause, resume or withdraw a place; set a mentor's capacity."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show what can be changed: in the row of the list, or on a page that says where the place stands."""
        enrolment = self.find(queries.with_agreement(queries.enrolments_managed_by(self.person)), pk=pk)
        policies.change(self.person, enrolment.programme).require()
        if request.htmx:
            return render(request, "programmes/_change.html", {"row": enrolment})
        pairs = pairs_of(enrolment)
        context = {"row": enrolment, "pairs": pairs, "standing": standing(enrolment, pairs, self.now)}
        return render(request, "programmes/enrolment.html", context)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Change it and go back to the list."""
        enrolment = self.find(queries.enrolments_managed_by(self.person), pk=pk)
        try:
            if "capacity" in request.POST:
                text = request.POST["capacity"].strip()
                if not (text.isascii() and text.isdecimal() and len(text) < 4):
                    raise BadInput(_("Between 1 and 20 learners."), field="capacity")
                actions.set_capacity(enrolment=enrolment, capacity=int(text), by=self.person, now=self.now)
            elif request.POST.get("state") in STATES:
                actions.set_state(
                    enrolment=enrolment, state=request.POST["state"], by=self.person, now=self.now
                )
            messages.success(request, _("Saved: %(name)s.") % {"name": enrolment.person.name})
        except BadInput as error:
            messages.error(request, str(error))
        return redirect("programme-participants", enrolment.programme_id)


class OfferLink(ProgrammeView):
    """Make a link by which people enrol themselves."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Make it; it stands on the list page to copy."""
        programme = self.programme(pk)
        form = LinkForm(request.POST)
        if form.is_valid():
            actions.offer_link(
                programme=programme, role=form.cleaned_data["role"], by=self.person, now=self.now
            )
            messages.success(request, _("The link works for 60 days. Copy it below."))
        else:
            messages.error(request, _("Choose what people become by the link."))
        return redirect("programme-participants", programme.pk)


class RevokeLink(PersonView):
    """End a link."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """End it at once."""
        link = self.find(queries.links_managed_by(self.person), pk=pk)
        actions.revoke_link(link=link, by=self.person, now=self.now)
        messages.success(request, _("The link has ended. People who used it keep their place."))
        return redirect("programme-participants", link.programme_id)


class ExportParticipants(DownloadView, ProgrammeView):
    """The people of a programme as a spreadsheet."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Answer a CSV whose cells no spreadsheet takes for formulas."""
        programme = self.programme(pk)
        exports.note(what="people of a programme", on=programme, by=self.person, now=self.now)
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="people.csv"'
        write_csv(response, EXPORTED, (_exported(row) for row in queries.participants(programme).iterator()))
        return response


class Join(View):
    """The page behind an enrolment link."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """Say what the programme is, and offer the place."""
        return self._page(request, _link(token), JoinForm())

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Take the place: at once when signed in, else after the e-mail address is proved."""
        link, now = _link(token), clock.now()
        if request.person is not None:
            here = people.persons_of(request.user).filter(organisation_id=link.programme.organisation_id)
            person = here.first() or request.person
            try:
                actions.join(link=link, person=person, by=person, now=now)
            except BadInput as error:
                messages.error(request, str(error))
                return self._page(request, link, JoinForm())
            request.session[PERSON_KEY] = str(person.pk)
            messages.success(
                request, _("Welcome: you have a place in %(name)s.") % {"name": link.programme.name}
            )
            return redirect("home")
        form = JoinForm(request.POST)
        if not form.is_valid():
            return self._page(request, link, form)
        try:
            actions.join_by_email(link=link, by=None, now=now, **form.cleaned_data)
        except BadInput as error:
            add_error(form, error)
            return self._page(request, link, form)
        return render(
            request,
            "programmes/joined.html",
            {"programme": link.programme, "email": form.cleaned_data["email"]},
        )

    def _page(self, request: HttpRequest, link: EnrolmentLink, form: JoinForm) -> HttpResponse:
        context = {
            "link": link,
            "programme": link.programme,
            "form": form,
            "works": actions.link_works(link, clock.now()),
        }
        return render(request, "programmes/join.html", context)


def _link(token: str) -> EnrolmentLink:
    link = queries.link_by_token(token)
    if link is None:
        raise Http404
    return link


def _exported(row) -> list[str]:  # type: ignore[no-untyped-def]  # a row of another app's model
    person = row.person
    return [
        person.name,
        person.email,
        person.external_id,
        row.role,
        row.state,
        str(row.capacity) if row.role == "mentor" else "",
        person.job_title,
        person.function,
        str(person.seniority or ""),
        person.location,
        person.time_zone,
        *(_profile(person) if row.shows_profile else [""] * 4),
    ]


def _profile(person: Person) -> list[str]:
    return [
        "; ".join(person.languages),
        "; ".join(person.skills_offered),
        "; ".join(person.skills_sought),
        person.goals_text,
    ]
