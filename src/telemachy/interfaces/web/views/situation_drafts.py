"""Keeping what somebody writes: by itself while typing, or by a button where there is no script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from telemachy.apps.relationships.actions import drafts as actions
from telemachy.core.shared.errors import TelemachyError

if TYPE_CHECKING:
    from telemachy.interfaces.web.views.base import PersonView

#: Name of the button that keeps the draft instead of sending.
BUTTON = "save_draft"


def wants_draft(request: HttpRequest) -> bool:
    """Tell whether the form was sent by its "Save draft" button."""
    return BUTTON in request.POST


def keep_and_say(view: PersonView, form: forms.Form, key: str) -> HttpResponse:
    """Keep what was typed so far and answer with one line beneath the box."""
    try:
        actions.keep(key=key, fields=typed(view.request, form), by=view.person, now=view.now)
    except TelemachyError as error:
        return render(view.request, "situations/_draft_state.html", {"refusal": str(error)})
    return render(view.request, "situations/_draft_state.html", {"saved_at": view.now})


def keep_and_stay(view: PersonView, form: forms.Form, key: str, name: str, *args: Any) -> HttpResponse:
    """Keep what was typed so far and return to the page."""
    try:
        fields = typed(view.request, form)
        actions.keep(key=key, fields=fields, by=view.person, now=view.now)
        saved, discarded = _("Your draft is saved. Only you see it."), _("The draft is discarded.")
        messages.success(view.request, saved if any(fields.values()) else discarded)
    except TelemachyError as error:
        messages.error(view.request, str(error))
    return redirect(name, *args)


def typed(request: HttpRequest, form: forms.Form) -> dict[str, str]:
    """Return the fields of the form as posted, and nothing that is not in the form."""
    return {name: request.POST[name] for name in form.fields if name in request.POST}
