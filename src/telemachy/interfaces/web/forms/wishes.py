"""The form in which somebody says whom they would like to be matched with, and whom rather not."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class WishForm(forms.Form):
    """E-mail addresses, one a line."""

    wishes = forms.CharField(
        label=_("Whom I would like"),
        widget=forms.Textarea,
        max_length=1500,
        required=False,
        help_text=_("E-mail addresses, one a line, five at most. It raises the score of such a match."),
    )
    avoided = forms.CharField(
        label=_("With whom I would rather not"),
        widget=forms.Textarea,
        max_length=6000,
        required=False,
        help_text=_(
            "E-mail addresses, one a line. You need give no reason. Matching keeps the two of you apart, and "
            "nobody you name is told."
        ),
    )

    def addresses(self, field: str) -> list[str]:
        """Return the lines of a field that say something."""
        return [line.strip() for line in self.cleaned_data[field].splitlines() if line.strip()]
