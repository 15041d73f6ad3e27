"""The form of the organisation's rules for a language model."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from telemachy.apps.assist.actions.rules import MOST_TOKENS


class RulesForm(forms.Form):
    """Whether it may be asked, and how much a month."""

    on = forms.BooleanField(
        label=_("People of this organisation may have a language model help them"), required=False
    )
    tokens_per_month = forms.IntegerField(
        label=_("Tokens a month, for everybody together"),
        help_text=_(
            "A token is about three quarters of a word; an answer takes some 500 to 2,000. When the budget "
            "is used up, help waits for the next month, and everything else goes on."
        ),
        min_value=0,
        max_value=MOST_TOKENS,
    )
