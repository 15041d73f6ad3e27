"""Privacy: what one agreed to, taking one's data along, being erased."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth import logout
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from telemachy.apps.people import policies
from telemachy.apps.people.actions import consents, privacy
from telemachy.apps.people.queries import privacy as queries
from telemachy.apps.relationships.actions import erasure, own_data
from telemachy.apps.relationships.queries import own_data as content
from telemachy.core.shared.errors import BadInput
from telemachy.interfaces.common.ratelimit import DownloadView
from telemachy.interfaces.web.forms.accounts import EraseForm
from telemachy.interfaces.web.views.base import PersonView

if TYPE_CHECKING:
    from uuid import UUID


class ShowPrivacy(PersonView):
    """Everything about one's own data on one page."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it."""
        context = {
            "consents": queries.consents_of(self.person),
            "exports": queries.exports_of(self.person)[:5],
            "may_request": policies.request_export(self.person, self.person, self.now),
        }
        return render(request, "accounts/privacy.html", context)


class ChangeConsent(PersonView):
    """Agree to a purpose, or take it back."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep it, with the moment and the words."""
        change = consents.give if request.POST.get("give") == "1" else consents.withdraw
        try:
            change(person=self.person, purpose=request.POST.get("purpose", ""), by=self.person, now=self.now)
            messages.success(request, _("Noted."))
        except BadInput as error:
            messages.error(request, str(error))
        return redirect("privacy")


class RequestExport(PersonView):
    """Ask for a copy of one's data."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Have it packed in the background."""
        own_data.request_export(person=self.person, by=self.person, now=self.now)
        messages.success(request, _("Your data are being packed. The bell tells you when they are ready."))
        return redirect("privacy")


class DownloadExport(DownloadView, PersonView):
    """Fetch the copy."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Hand over the file."""
        export = self.find(queries.exports_of(self.person), pk=pk)
        policies.download(self.person, export).require()
        try:
            file = export.file.open("rb")
        except OSError:
            messages.error(request, _("This copy of your data is gone. Ask for a new one."))
            return redirect("privacy")
        privacy.note_download(export=export, by=self.person, now=self.now)
        name = f"telemachy-{export.requested_at:%Y-%m-%d}.zip"
        return FileResponse(file, as_attachment=True, filename=name)


class Erase(PersonView):
    """Go for good."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show what goes, what stays for others, and ask for the address."""
        return self._page(request, EraseForm(address=self._address()))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Erase, sign out, and say so."""
        form = EraseForm(request.POST, address=self._address())
        if not form.is_valid():
            return self._page(request, form)
        erasure.erase(person=self.person, by=self.person, now=self.now)
        logout(request)
        request.person = None
        return render(request, "accounts/erased.html")

    def _address(self) -> str:
        return self.person.email or self.request.user.email

    def _page(self, request: HttpRequest, form: EraseForm) -> HttpResponse:
        context = {
            "form": form,
            "verdict": policies.erase(self.person, self.person),
            "address": form.address,
            "counts": content.counts(self.person),
        }
        return render(request, "accounts/erase.html", context)
