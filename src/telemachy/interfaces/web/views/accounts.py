"""Accounts: taking up an invitation, the profile, choices, language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views import View

from telemachy.apps.people import queries as people
from telemachy.apps.people.actions import invitations, preferences, profiles
from telemachy.apps.people.queries import invitations as invitation_queries
from telemachy.apps.people.queries.privacy import PURPOSES
from telemachy.core.shared.errors import BadInput, TelemachyError
from telemachy.interfaces.common import clock
from telemachy.interfaces.common.middleware import PERSON_KEY
from telemachy.interfaces.web.forms.accounts import (
    AcceptForm,
    AvailabilityForm,
    MailForm,
    ProfileForm,
    profile_of,
)
from telemachy.interfaces.web.views.base import PersonView, add_error

if TYPE_CHECKING:
    from telemachy.apps.people.models import Invitation


class AcceptInvitation(View):
    """Choose how to sign in, by the link of an invitation."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """Show who invites whom, and ask for a password."""
        invitation = invitation_queries.open_invitation(token, clock.now())
        if invitation is None:
            return render(request, "accounts/invitation_ended.html", status=404)
        organisation = invitation.person.organisation
        if not request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME):
            translation.activate(organisation.language)
        form = AcceptForm(
            initial={"language": translation.get_language(), "time_zone": invitation.person.time_zone}
        )
        return self._page(request, invitation, form)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Make the sign-in, or join the one that is signed in, and go on to the profile."""
        now = clock.now()
        invitation = invitation_queries.open_invitation(token, now)
        if invitation is None:
            return render(request, "accounts/invitation_ended.html", status=404)
        if invitation_queries.has_sign_in(invitation):
            return self._join(request, invitation, token)
        form = AcceptForm(request.POST)
        if not form.is_valid():
            return self._page(request, invitation, form)
        try:
            user = invitations.accept(token=token, by=None, now=now, **form.cleaned_data)
        except BadInput as error:
            add_error(form, error)
            return self._page(request, invitation, form)
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        return redirect("welcome")

    def _join(self, request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
        """Take the seat for whoever signs in with the address; anybody else is asked to sign in."""
        if not _is_signed_in(request, invitation):
            return redirect_to_login(request.path, resolve_url(settings.LOGIN_URL))
        invitations.accept(token=token, password="", signed_in=request.user, by=None, now=clock.now())
        request.session[PERSON_KEY] = str(invitation.person_id)
        messages.success(
            request, _("You have joined %(name)s.") % {"name": invitation.person.organisation.name}
        )
        return redirect("welcome")

    def _page(self, request: HttpRequest, invitation: Invitation, form: AcceptForm) -> HttpResponse:
        context = {
            "person": invitation.person,
            "organisation": invitation.person.organisation,
            "has_sign_in": invitation_queries.has_sign_in(invitation),
            "is_signed_in": _is_signed_in(request, invitation),
            "form": form,
            "consent": PURPOSES["matching"],
        }
        return render(request, "accounts/accept.html", context)


class EditProfile(PersonView):
    """What a person says of themselves."""

    template = "accounts/profile.html"
    done = "profile"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form."""
        return render(request, self.template, {"form": ProfileForm(initial=profile_of(self.person))})

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep it."""
        form = ProfileForm(request.POST)
        if not form.is_valid():
            return render(request, self.template, {"form": form})
        profiles.change(person=self.person, by=self.person, now=self.now, **form.profile())
        messages.success(request, _("Saved."))
        return redirect(self.done)


class Welcome(EditProfile):
    """The profile at the first visit: the same form, with a way past it."""

    template = "accounts/welcome.html"
    done = "home"


class EditPreferences(PersonView):
    """Availability, mail, and which of several organisations one looks at."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the forms."""
        return preferences_page(self, request)


class SetAvailability(PersonView):
    """Capacity and pause."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep them."""
        form = AvailabilityForm(request.POST)
        if form.is_valid():
            try:
                profiles.set_availability(
                    person=self.person, by=self.person, now=self.now, **form.cleaned_data
                )
            except TelemachyError as error:
                add_error(form, error)
            else:
                messages.success(request, _("Saved."))
                return redirect("preferences")
        return preferences_page(self, request, availability=form)


class ChooseMail(PersonView):
    """How often mail comes."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the choice."""
        form = MailForm(request.POST)
        if not form.is_valid():
            return preferences_page(self, request, mail=form)
        preferences.choose_mail(
            person=self.person, mail=form.cleaned_data["mail"], by=self.person, now=self.now
        )
        messages.success(request, _("Saved."))
        return redirect("preferences")


class SwitchPerson(PersonView):
    """Look at another organisation one belongs to."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Remember the choice for this session."""
        wanted = request.POST.get("person", "")
        if wanted in {str(person.pk) for person in people.persons_of(request.user)}:
            request.session[PERSON_KEY] = wanted
            return redirect("home")
        messages.error(request, _("Choose one of your organisations."))
        return redirect("preferences")


class ShowAddress(PersonView):
    """The address one signs in with, and who can change it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it."""
        administrators = people.of_organisation(self.person).filter(is_administrator=True).order_by("name")
        return render(request, "accounts/address.html", {"administrators": administrators})


class SetLanguage(View):
    """The language of the pages: kept in the browser, and with the sign-in of whoever has one."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Change it and go back."""
        target = request.POST.get("next", "")
        is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
        target = target if is_ours and target.startswith("/") else "/"
        language = request.POST.get("language", "")
        if language not in dict(settings.LANGUAGES):
            messages.error(request, _("Choose one of the languages on the list."))
            return HttpResponseRedirect(target)
        if request.user.is_authenticated:
            preferences.choose_language(
                user=request.user, language=language, by=request.person, now=clock.now()
            )
        response = HttpResponseRedirect(target)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=365 * 24 * 3600,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        return response


def _is_signed_in(request: HttpRequest, invitation: Invitation) -> bool:
    return request.user.is_authenticated and request.user.email == invitation.person.email


def preferences_page(
    view: PersonView,
    request: HttpRequest,
    *,
    availability: AvailabilityForm | None = None,
    mail: MailForm | None = None,
) -> HttpResponse:
    """Show the page of choices, with the form that was refused if one was."""
    person = view.person
    context = {
        "availability": availability
        or AvailabilityForm(initial={"capacity": person.capacity, "paused_until": person.paused_until}),
        "mail": mail or MailForm(initial={"mail": person.mail}),
        "persons": people.persons_of(request.user),
        "is_paused": person.is_paused(view.now.date()),
    }
    return render(request, "accounts/preferences.html", context)
