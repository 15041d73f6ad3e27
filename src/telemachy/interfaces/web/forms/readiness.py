"""The forms of hours and of what credentials ask for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from telemachy.core.assessment import HoursKind, RuleSet

KINDS = (
    (HoursKind.INDIVIDUAL.value, _("Mentor coaching, the two of you")),
    (HoursKind.GROUP.value, _("Mentor coaching in a group")),
    (HoursKind.CLIENT.value, _("Own coaching with a client")),
)


class HoursForm(forms.Form):
    """An entry of the log."""

    kind = forms.ChoiceField(label=_("What was it?"), choices=KINDS)
    held_on = forms.DateField(
        label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=720, initial=60)
    with_name = forms.CharField(
        label=_("With whom?"),
        help_text=_("An e-mail address of your organisation, or a name. Clients need none."),
        required=False,
        max_length=200,
    )
    recording = forms.ChoiceField(label=_("Recording"), required=False)
    note = forms.CharField(label=_("Note"), required=False, max_length=300)

    def __init__(self, *args: Any, recordings: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(one.pk), f"{one.held_on:%Y-%m-%d} · {one.title}") for one in recordings]
        self.fields["recording"].choices = [("", _now("None")), *choices]  # type: ignore[attr-defined]


class CredentialForm(forms.Form):
    """What a credential asks for; 0 means that it is not asked for."""

    name = forms.CharField(label=_("Name"), max_length=120)
    about = forms.CharField(
        label=_("What it is for"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    mentor_coaching_hours = forms.IntegerField(
        label=_("Hours of mentor coaching"), min_value=0, max_value=9999, initial=10
    )
    most_group_hours = forms.IntegerField(
        label=_("Of these, at most in a group"),
        help_text=_("0: none in a group count."),
        min_value=0,
        max_value=9999,
        initial=7,
    )
    months = forms.IntegerField(
        label=_("Months between the first and the last of them, at least"),
        min_value=0,
        max_value=120,
        initial=3,
    )
    client_hours = forms.IntegerField(
        label=_("Hours of own coaching with clients"), min_value=0, max_value=9999, initial=0
    )
    passed_recordings = forms.IntegerField(
        label=_("Recordings in which every rated competency is proficient"),
        min_value=0,
        max_value=50,
        initial=0,
    )

    @property
    def rules(self) -> RuleSet:
        """The rule set; once valid."""
        return RuleSet(**{name: self.cleaned_data[name] for name in RuleSet.__dataclass_fields__})
