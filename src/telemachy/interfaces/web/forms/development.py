"""Forms of a learner's development: reflection, pulse, feedback."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from telemachy.core.shared.scales import GRADE_MAX, GRADE_MIN

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person

MAX_TEXT = 10_000


class ReflectionForm(forms.Form):
    """A thought for oneself."""

    text = forms.CharField(label=_("Your thoughts"), max_length=MAX_TEXT, widget=forms.Textarea)
    shared = forms.BooleanField(label=_("Let my mentor read it"), required=False)


class PulseForm(forms.Form):
    """One answer from 1 to 5; the ends of the scale are in words."""

    question = forms.CharField(max_length=12, widget=forms.HiddenInput)
    answer = forms.TypedChoiceField(coerce=int, widget=forms.RadioSelect)

    def __init__(
        self, *args: Any, words: tuple[str | Promise, str | Promise, str | Promise], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        label, low, high = words
        ends = {GRADE_MIN: f"{GRADE_MIN} · {low}", GRADE_MAX: f"{GRADE_MAX} · {high}"}
        self.fields["answer"].label = label
        self.fields["answer"].choices = [
            (grade, ends.get(grade, str(grade))) for grade in range(GRADE_MIN, GRADE_MAX + 1)
        ]


class FeedbackForm(forms.Form):
    """What helped, and what to wish for; at least one of the two."""

    about = forms.ChoiceField(label=_("For whom"))
    helped = forms.CharField(
        label=_("What helped"),
        help_text=_("One thing the other did, when, and what it changed for you."),
        max_length=MAX_TEXT,
        required=False,
        widget=forms.Textarea,
    )
    wish = forms.CharField(
        label=_("What you wish for"),
        help_text=_("More of, less of, or different: something the other can do next time."),
        max_length=MAX_TEXT,
        required=False,
        widget=forms.Textarea,
    )

    def __init__(self, *args: Any, others: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._others = {str(person.pk): person for person in others}
        self.fields["about"].choices = [(key, person.name) for key, person in self._others.items()]
        if len(others) == 1:
            self.fields["about"].initial = str(others[0].pk)
            self.fields["about"].widget = forms.HiddenInput()

    def person(self) -> Person:
        """Return whom the valid form is for."""
        return self._others[self.cleaned_data["about"]]
