"""The filter of a programme's pairs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from telemachy.core.shared.lifecycles import RELATIONSHIP_OPEN
from telemachy.interfaces.web.forms.relationship_words import STATES


class PairFilter(forms.Form):
    """Which pairs to list. What it does not know counts as no filter."""

    signal = forms.ChoiceField(label=_("Signal"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, *args: Any, signals: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="filter_%s", **kwargs)
        self.fields["signal"].choices = [("", _now("All")), *signals]
        states = [(state, STATES[state][0]) for state in RELATIONSHIP_OPEN]
        self.fields["state"].choices = [("", _now("All")), *states]

    def chosen(self, field: str) -> str:
        """Return the choice, "" when there is none that makes sense."""
        self.is_valid()
        return str(self.cleaned_data.get(field) or "")
