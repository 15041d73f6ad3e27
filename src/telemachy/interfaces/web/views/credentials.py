"""What credentials ask for: the list, and writing a rule set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from telemachy.apps.supervision.actions import credentials as actions
from telemachy.apps.supervision.policies import rubrics as policies
from telemachy.apps.supervision.queries import hours as queries
from telemachy.core.shared.errors import BadInput
from telemachy.interfaces.web.forms.readiness import CredentialForm
from telemachy.interfaces.web.views import assessment_words as words
from telemachy.interfaces.web.views.base import PersonView, add_error, require_visible

if TYPE_CHECKING:
    from telemachy.apps.supervision.models import CredentialRules


class ListCredentials(PersonView):
    """The rule sets of the organisation, for those who write them."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the page."""
        require_visible(bool(policies.manage(self.person, self.person.organisation_id)))
        context = {
            "tabs": words.tabs(request, "credential-list"),
            "rules": list(queries.in_use(self.person)),
        }
        return render(request, "readiness/credentials.html", context)


class CredentialEditor(PersonView):
    """What writing and changing a rule set share."""

    def save(self, form: CredentialForm, row: CredentialRules | None) -> bool:
        """Keep it and tell whether that worked; what is wrong stands in the form."""
        if not form.is_valid():
            return False
        words_of = {"name": form.cleaned_data["name"], "about": form.cleaned_data["about"]}
        try:
            if row is None:
                actions.add(**words_of, rules=form.rules, by=self.person, now=self.now)
            else:
                actions.revise(row=row, **words_of, rules=form.rules, by=self.person, now=self.now)
        except BadInput as error:
            add_error(form, error)
            return False
        return True

    def answer(self, request: HttpRequest, form: CredentialForm, row: CredentialRules | None) -> HttpResponse:
        """Keep what was posted and return to the list, or show the form again."""
        if self.save(form, row):
            messages.success(request, _("Kept. Everybody's readiness follows it."))
            return redirect("credential-list")
        return self.show(request, form, row, 422)

    def show(
        self, request: HttpRequest, form: CredentialForm, row: CredentialRules | None, status: int = 200
    ) -> HttpResponse:
        """Answer with the form."""
        context = {"form": form, "row": row, "tabs": words.tabs(request, "credential-list")}
        return render(request, "readiness/credential.html", context, status=status)


class AddCredential(CredentialEditor):
    """Write a rule set."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form."""
        require_visible(bool(policies.manage(self.person, self.person.organisation_id)))
        return self.show(request, CredentialForm(), None)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep it."""
        require_visible(bool(policies.manage(self.person, self.person.organisation_id)))
        return self.answer(request, CredentialForm(request.POST), None)


class ReviseCredential(CredentialEditor):
    """Change a rule set."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the form with what is asked for now."""
        row = self.row(pk)
        initial: dict[str, Any] = {name: getattr(row, name) for name in CredentialForm.base_fields}
        return self.show(request, CredentialForm(initial=initial), row)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Keep the changes."""
        return self.answer(request, CredentialForm(request.POST), self.row(pk))

    def row(self, pk: UUID) -> CredentialRules:
        """Return the rule set if the person may change it."""
        row = self.find(queries.in_use(self.person), pk=pk)
        require_visible(bool(policies.manage(self.person, row.organisation_id)))
        return row


class ArchiveCredential(PersonView):
    """Take a rule set out of use."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Return to the list."""
        row = self.find(queries.in_use(self.person), pk=pk)
        require_visible(bool(policies.manage(self.person, row.organisation_id)))
        actions.archive(row=row, by=self.person, now=self.now)
        messages.success(request, _("Archived."))
        return redirect("credential-list")
