"""The form in which somebody says whom they would like to be matched with."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class WishForm(forms.Form):
    """E-mail addresses, one a line."""

    wishes = forms.CharField(
        label=_("E-mail addresses, one a line"),
        widget=forms.Textarea,
        max_length=1500,
        required=False,
        help_text=_("Five at most. Those who run the programme can see them."),
    )

    def addresses(self) -> list[str]:
        """Return the lines that say something."""
        return [line.strip() for line in self.cleaned_data["wishes"].splitlines() if line.strip()]
