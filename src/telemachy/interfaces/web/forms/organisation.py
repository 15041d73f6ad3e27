"""Forms of the organisation's administration."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from telemachy.interfaces.web.forms.accounts import TimeZoneField
from telemachy.interfaces.web.forms.audit_words import deed

_DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PersonForm(forms.Form):
    """Add somebody by hand."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail"))
    job_title = forms.CharField(label=_("Job title"), max_length=200, required=False)
    invite = forms.BooleanField(label=_("Send the invitation now"), required=False, initial=True)


class AgentForm(forms.Form):
    """Register an AI agent."""

    name = forms.CharField(label=_("Name"), max_length=200)
    owner = forms.EmailField(
        label=_("Who answers for it"), help_text=_("The e-mail address of a person of your organisation.")
    )
    purpose = forms.CharField(
        label=_("What it is for"),
        widget=forms.Textarea,
        max_length=2000,
        help_text=_("One or two sentences: what it does, and what it decides on its own."),
    )


class AddressForm(forms.Form):
    """Correct somebody's address."""

    email = forms.EmailField(label=_("E-mail"))


class SettingsForm(forms.Form):
    """What new people start with."""

    name = forms.CharField(label=_("Name of the organisation"), max_length=200)
    language = forms.ChoiceField(
        label=_("Language"),
        choices=settings.LANGUAGES,
        help_text=_("Invitations, and mail to people who have chosen none themselves."),
    )
    time_zone = TimeZoneField(help_text=_("What new people start with."))


class TrailForm(forms.Form):
    """Narrow the audit trail down."""

    verb = forms.ChoiceField(label=_("What"), required=False)
    person = forms.CharField(label=_("Who"), max_length=100, required=False)
    since = forms.DateField(label=_("From"), widget=_DATE, required=False)
    until = forms.DateField(label=_("To"), widget=_DATE, required=False)

    def __init__(self, *args: Any, verbs: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verb"].choices = [("", _("Everything")), *((verb, deed(verb)) for verb in verbs)]
