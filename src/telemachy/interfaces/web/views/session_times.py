"""Finding a time: propose, propose again, schedule, move; and noting a session held without us."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from telemachy.apps.relationships.actions import sessions as actions
from telemachy.apps.relationships.policies import sessions as policies
from telemachy.apps.relationships.queries import relationships, session_slots, sessions
from telemachy.apps.relationships.queries.calendars import listed
from telemachy.core.shared.errors import BadInput
from telemachy.interfaces.web.forms.sessions import (
    DURATIONS,
    OWN_BOXES,
    USUAL_DURATION,
    HeldForm,
    MoveForm,
    TimesForm,
)
from telemachy.interfaces.web.views.base import PersonView, add_error

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Relationship, Session

#: The button that asks for the times of another length instead of sending.
LOOK = "look"


class TimesView(PersonView):
    """A page that offers times which suit everybody."""

    relationship: Relationship
    session: Session | None = None

    def form(self, request: HttpRequest, **kwargs: Any) -> TimesForm:
        """Return the form with times for the length chosen."""
        data = request.POST if request.method == "POST" and LOOK not in request.POST else None
        minutes = minutes_of(request)
        initial: dict[str, Any] = {"duration_minutes": minutes}
        for name in ("video_url", "place"):
            initial[name] = request.POST.get(name, getattr(self.session, name, ""))
        for name in OWN_BOXES:
            initial[name] = request.POST.get(name, "")
        return TimesForm(
            data,
            initial=initial,
            suggested=self.suggested(minutes),
            minutes=minutes,
            others=self.others(),
            **kwargs,
        )

    def suggested(self, minutes: int) -> tuple[datetime, ...]:
        """Return when everybody could meet."""
        return session_slots.suggested(
            self.people(), reader=self.person, now=self.now, minutes=minutes, besides=self.session
        )

    def people(self) -> list[Person]:
        """Return who meets."""
        return sessions.people_of(self.relationship)

    def others(self) -> list[Person]:
        """Return whom the person meets."""
        return [person for person in self.people() if person.pk != self.person.pk]

    def show(self, request: HttpRequest, form: Any, status: int = 200) -> HttpResponse:
        """Answer with the page, or with the times alone when only the length was changed."""
        template = "sessions/_slots.html" if request.htmx else "sessions/times.html"
        here = reverse("session", args=[self.session.pk]) if self.session else list_of(self.relationship)
        context = {
            "relationship": self.relationship,
            "session": self.session,
            "others": self.others(),
            "names": listed([person.name for person in self.others()]),
            "back_url": here,
            "form": form,
        }
        return render(request, template, context, status=status)


class PlanSession(TimesView):
    """Propose times for a session, or schedule it."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the times that suit everybody."""
        self.take_relationship(pk)
        return self.show(request, self.form(request))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Offer the times, or schedule the one."""
        self.take_relationship(pk)
        form = self.form(request)
        if LOOK in request.POST:
            return self.show(request, form)
        if form.is_valid():
            try:
                return redirect("session", self.plan(request, form).pk)
            except BadInput as error:
                add_error(form, error)
        return self.show(request, form, status=422)

    def take_relationship(self, pk: UUID) -> None:
        """Find the relationship; refuse when it is not under way."""
        self.relationship = self.find(relationships.of_party(self.person).select_related("programme"), pk=pk)
        policies.plan(self.person, self.relationship).require()

    def plan(self, request: HttpRequest, form: TimesForm) -> Session:
        """Propose or schedule, by the button that was pressed."""
        common = {"relationship": self.relationship, "by": self.person, "now": self.now, **form.where()}
        starts = form.cleaned_data["starts"]
        if "schedule" in request.POST:
            messages.success(request, _("Scheduled. The invitation is on its way to both of you."))
            return actions.schedule(starts_at=starts[0], **common)
        messages.success(request, _("Proposed. You hear as soon as a time is chosen."))
        return actions.propose(starts=starts, **common)


class ProposeAgain(TimesView):
    """Offer other times for a session that has none yet."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the times that suit everybody."""
        self.take_session(pk)
        return self.show(request, self.form(request))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Offer the times."""
        session = self.take_session(pk)
        form = self.form(request)
        if LOOK in request.POST:
            return self.show(request, form)
        if form.is_valid():
            try:
                actions.propose_again(
                    session=session,
                    by=self.person,
                    now=self.now,
                    starts=form.cleaned_data["starts"],
                    **form.where(),
                )
                return redirect("session", pk)
            except BadInput as error:
                add_error(form, error)
        return self.show(request, form, status=422)

    def take_session(self, pk: UUID) -> Session:
        """Find the session; refuse when its time is agreed on."""
        self.session = session = self.find(sessions.for_page(self.person), pk=pk)
        self.relationship = session.relationship
        policies.propose_again(self.person, session).require()
        return session


class Reschedule(PersonView):
    """Move a session, or change where it is."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the form with what holds now, and times that would suit."""
        session = self.session(pk)
        return self.show(request, session, MoveForm(session=session, initial=self.picked(request)))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Keep the change."""
        session = self.session(pk)
        form = MoveForm(request.POST, session=session)
        if form.is_valid():
            try:
                actions.reschedule(
                    session=session,
                    by=self.person,
                    now=self.now,
                    starts_at=form.cleaned_data["starts_at"],
                    **form.where(),
                )
                return redirect("session", pk)
            except BadInput as error:
                add_error(form, error)
        return self.show(request, session, form, status=422)

    def session(self, pk: UUID) -> Session:
        """Find the session; refuse when it can no longer move."""
        session = self.find(sessions.for_page(self.person), pk=pk)
        policies.reschedule(self.person, session).require()
        return session

    def picked(self, request: HttpRequest) -> dict[str, Any]:
        """Return the suggestion that a link of the page named."""
        field = MoveForm.base_fields["starts_at"]
        text = request.GET.get("at", "")
        try:
            return {"starts_at": field.clean(text)} if text else {}
        except ValidationError:
            return {}

    def show(self, request: HttpRequest, session: Session, form: MoveForm, status: int = 200) -> HttpResponse:
        """Answer with the page."""
        people = sessions.people_of(session.relationship)
        context = {
            "session": session,
            "others": [person for person in people if person.pk != self.person.pk],
            "suggested": session_slots.suggested(
                people, reader=self.person, now=self.now, minutes=session.duration_minutes, besides=session
            ),
            "form": form,
        }
        return render(request, "sessions/move.html", context, status=status)


class RecordSession(PersonView):
    """Note a session that took place without having been scheduled here."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the form."""
        relationship = self.relationship(pk)
        return self.show(request, relationship, self.form(relationship))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Note it."""
        relationship = self.relationship(pk)
        form = self.form(relationship, request.POST)
        if form.is_valid():
            try:
                session = actions.record_held(
                    relationship=relationship, by=self.person, now=self.now, **form.cleaned_data
                )
                return redirect("session", session.pk)
            except BadInput as error:
                add_error(form, error)
        return self.show(request, relationship, form, status=422)

    def relationship(self, pk: UUID) -> Relationship:
        """Find the relationship; refuse when it is not under way."""
        relationship = self.find(relationships.of_party(self.person).select_related("programme"), pk=pk)
        policies.plan(self.person, relationship).require()
        return relationship

    def form(self, relationship: Relationship, data: Any = None) -> HeldForm:
        """Return the form with the goals it may have served."""
        return HeldForm(data, goals=sessions.goals_for(relationship, self.person).order_by("created_at"))

    def show(
        self, request: HttpRequest, relationship: Relationship, form: HeldForm, status: int = 200
    ) -> HttpResponse:
        """Answer with the page."""
        context = {"relationship": relationship, "form": form, "back_url": list_of(relationship)}
        return render(request, "sessions/record.html", context, status=status)


def list_of(relationship: Relationship) -> str:
    """Return the address of a relationship's sessions."""
    return f"{reverse('session-list')}?relationship={relationship.pk}"


def minutes_of(request: HttpRequest) -> int:
    """Return the length that the request asks for, as far as it is one of those on offer."""
    text = request.POST.get("duration_minutes", request.GET.get("duration_minutes", ""))
    return int(text) if text in {str(minutes) for minutes in DURATIONS} else USUAL_DURATION
