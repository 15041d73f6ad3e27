"""The files of a situation: handed out by policy only, never shown inside a page."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from telemachy.apps.relationships.actions import attachments as actions
from telemachy.apps.relationships.queries import attachments, situations
from telemachy.core.shared.errors import BadInput, NotAllowed, WrongState
from telemachy.interfaces.web.views import situation_page
from telemachy.interfaces.web.views.base import PersonView, add_error


class Attach(PersonView):
    """Add a file."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Return to the page."""
        return redirect("situation", self.find(situations.of_party(self.person), pk=pk).pk)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Keep the file, or say why not."""
        situation = self.find(situations.for_page(self.person), pk=pk)
        form = situation_page.form_of("attach", situation, request.POST, request.FILES)
        try:
            situation_page.POLICIES["attach"](self.person, situation).require()
            if form.is_valid():
                file = form.cleaned_data["file"]
                actions.attach(situation=situation, file=file, name=file.name, by=self.person, now=self.now)
                messages.success(request, _("The file is added."))
                return redirect("situation", pk)
        except BadInput as error:
            add_error(form, error)
        except (NotAllowed, WrongState) as error:
            messages.warning(request, str(error))
            return redirect("situation", pk)
        return situation_page.show(request, situation, self.now, {"attach": form}, status=422)


class Download(PersonView):
    """Hand a file out as a download, whatever it is."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponseBase:
        """Answer with the file."""
        attachment = self.find(attachments.of_party(self.person), pk=pk)
        try:
            stored = attachment.file.open("rb")
        except OSError as error:
            raise Http404 from error
        answer = FileResponse(
            stored, as_attachment=True, filename=attachment.name, content_type=attachment.content_type
        )
        answer["X-Content-Type-Options"] = "nosniff"
        answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
        answer["Cache-Control"] = "private, no-store"
        return answer


class Detach(PersonView):
    """Remove a file."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Return to the situation."""
        return redirect("situation", self.find(attachments.of_party(self.person), pk=pk).situation_id)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Remove it for good."""
        found = attachments.of_party(self.person).select_related("situation__relationship")
        attachment = self.find(found, pk=pk)
        situation_id = attachment.situation_id
        actions.detach(attachment=attachment, by=self.person, now=self.now)
        messages.success(request, _("The file is removed."))
        return redirect("situation", situation_id)
