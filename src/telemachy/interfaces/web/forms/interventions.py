"""What a manager does about a signal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from telemachy.apps.relationships.actions.interventions import MAX_NOTE
from telemachy.core import insights


class SignalForm(forms.Form):
    """Take a signal up, put it aside, or say that it is done: about a pair, a mentor, or the programme."""

    code = forms.ChoiceField(choices=[(code, code) for code in insights.TEXTS], widget=forms.HiddenInput)
    pair = forms.UUIDField(required=False, widget=forms.HiddenInput)
    mentor = forms.UUIDField(required=False, widget=forms.HiddenInput)
    step = forms.ChoiceField(
        choices=[(step, step) for step in ("accept", "snooze", "finish")], widget=forms.HiddenInput
    )
    note = forms.CharField(
        label=_("What you will do"),
        help_text=_("For those who run the programme; the pair does not read it."),
        max_length=MAX_NOTE,
        required=False,
    )
    until = forms.DateField(
        label=_("Put aside until"),
        help_text=_("It comes back on that day if it is still there."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def is_forged(self) -> bool:
        """Tell whether something is wrong that no page lets anybody write."""
        return any(field.name in self.errors for field in self.hidden_fields())

    def clean(self) -> dict[str, Any]:
        """Ask for the day when the signal is to be put aside."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("step") == "snooze" and "until" in cleaned and cleaned["until"] is None:
            self.add_error("until", _("Choose until when."))
        return cleaned
