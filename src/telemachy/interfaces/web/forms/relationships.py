"""Forms around a relationship: meeting beforehand, opening a pair by hand, passing on."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from telemachy.interfaces.web.forms.match_runs import PairForm

_MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class MeetForm(forms.Form):
    """When the chemistry meeting is."""

    at = forms.DateTimeField(
        label=_("When do you meet"), widget=_MOMENT, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
    )


class OpenPairForm(PairForm):
    """A learner and a mentor whose pair is opened by hand."""


class TransferForm(forms.Form):
    """The mentor who takes the learners on."""

    mentor = forms.CharField(
        label=_("Who takes over"), max_length=200, help_text=_("Name or e-mail address of a mentor.")
    )
