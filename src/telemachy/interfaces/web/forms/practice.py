"""Forms of practice."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from telemachy.core.practice import Grade, Item, Skill
from telemachy.core.practice.turns import MAX_CHARS
from telemachy.interfaces.web.forms import practice_words as words

MAX_NOTE = 4_000


class AnswerForm(forms.Form):
    """An answer to one exercise: typed, or one of the four phases."""

    item = forms.CharField(max_length=60, widget=forms.HiddenInput)
    answer = forms.CharField(
        max_length=MAX_CHARS,
        widget=forms.Textarea(attrs={"autofocus": True, "aria-describedby": "drill-said drill-task"}),
    )

    def __init__(self, *args: Any, exercise: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].initial = exercise.id
        self.fields["answer"].label = words.SKILLS[exercise.skill].label
        if exercise.skill == Skill.PHASE:
            self.fields["answer"] = forms.ChoiceField(choices=[(key, key) for key in words.PHASES])


class RatingForm(forms.Form):
    """One's own judgement of an answer."""

    item = forms.CharField(max_length=60)
    answer = forms.CharField(max_length=MAX_CHARS)
    grade = forms.TypedChoiceField(coerce=int, choices=[(int(grade), grade.name) for grade in Grade])
    checked_at = forms.DateTimeField(required=False)


class TurnForm(forms.Form):
    """What one says to the client."""

    text = forms.CharField(
        label=_("What you say"),
        max_length=MAX_CHARS,
        # The client's line is read out with the box, which has the focus as the page opens.
        widget=forms.Textarea(attrs={"autofocus": True, "aria-describedby": "now"}),
        error_messages={"required": _("Say something; a word that gives time is enough.")},
    )


class CommitmentForm(forms.Form):
    """With whom, what about, by which day."""

    partner = forms.CharField(label=_("With whom"), max_length=200)
    topic = forms.CharField(label=_("What about"), max_length=MAX_NOTE, required=False, widget=forms.Textarea)
    due_on = forms.DateField(
        label=_("On which day"),
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class LookBackForm(forms.Form):
    """Two minutes afterwards; one line in any of the boxes is enough."""

    asked = forms.CharField(
        label=_("What I asked"),
        help_text=_("The question that did something, as you put it."),
        max_length=MAX_NOTE,
        required=False,
        widget=forms.Textarea,
    )
    noticed = forms.CharField(
        label=_("What I noticed"),
        help_text=_("In the other, and in yourself."),
        max_length=MAX_NOTE,
        required=False,
        widget=forms.Textarea,
    )
    differently = forms.CharField(
        label=_("What I would do differently"),
        max_length=MAX_NOTE,
        required=False,
        widget=forms.Textarea,
    )
