"""The form of a charter, and the words of its sections."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MAX_TEXT = 4000

#: section -> its name, and a sentence that helps to fill it
SECTIONS: Mapping[str, tuple[Promise, Promise]] = {
    "success": (
        _("What success looks like"),
        _("What the learner will decide alone, and how the two of you will notice."),
    ),
    "cadence": (
        _("How often you meet"),
        _("Rhythm and length, how soon a question is answered in between, and who moves a meeting how."),
    ),
    "hours_a_month": (
        _("Hours a month"),
        _("The most that this may take of each of you, meetings and reading together."),
    ),
    "feedback_kinds": (
        _("Feedback"),
        _("What kind each of you wants and does not want, how direct, in which moment."),
    ),
    "out_of_scope": (
        _("Out of scope"),
        _("What you leave to others: appraisal, pay, therapy, tasks of the line manager."),
    ),
    "confidentiality": (
        _("What stays between you"),
        _("What may leave the pair, to whom, and which exceptions there are."),
    ),
    "escalation": (
        _("When something goes wrong"),
        _("Whom either of you asks when you cannot settle it, and when you end without fault."),
    ),
    "withheld_one_in": (
        _("Left to the learner by lot"),
        _(
            "Now and then a lot lets the learner decide first, with a debrief afterwards; whoever cannot "
            "wait says so and is answered. Because chance and not need decides, many pairs together can show "
            "whether guidance helps or experience alone; a single pair hardly can."
        ),
    ),
    "begin_by_lot": (
        _("How the learner begins"),
        _(
            "One lot can decide how the learner begins, with equal chances: the first 15 situations are "
            "all decided first and debriefed, or all guided, by a question at least. Many pairs together "
            "then show what teaches more here; one learner in two may get what teaches less. What cannot "
            "wait is answered all the same, and each of you ends it at any time, without the other's "
            "agreement, by proposing a version without it: from then on no new situation is set by lot."
        ),
    ),
}
#: One situation in so many -> the words for it.
SHARES: Mapping[int, Promise] = {
    0: _("None: every question is answered"),
    6: _("One question in six"),
    4: _("One question in four"),
    3: _("One question in three"),
    2: _("One question in two"),
}


#: Whether a lot says how the learner begins -> the words for it, whole enough to be agreed to.
BEGINNINGS: Mapping[bool, Promise] = {
    False: _("No lot: help as it is asked for and recommended"),
    True: _(
        "One lot decides: the first 15 situations are all decided first and debriefed, or all guided, by a "
        "question at least. What cannot wait is answered all the same, and each of us can end it alone, at "
        "any time, by proposing a version without it."
    ),
}


def prose(section: str, *, required: bool = False) -> forms.CharField:
    """Return the field of a section of running text."""
    label, help_text = SECTIONS[section]
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=MAX_TEXT, widget=forms.Textarea
    )


class CharterForm(forms.Form):
    """One version of a charter; `based_on` is the version that is being edited."""

    based_on = forms.IntegerField(min_value=1, max_value=32_000, widget=forms.HiddenInput)
    success = prose("success", required=True)
    cadence = prose("cadence")
    hours_a_month = forms.DecimalField(
        label=SECTIONS["hours_a_month"][0],
        help_text=SECTIONS["hours_a_month"][1],
        required=False,
        min_value=0.5,
        max_value=100,
        max_digits=4,
        decimal_places=1,
        widget=forms.NumberInput(attrs={"step": "0.5"}),
    )
    feedback_kinds = prose("feedback_kinds")
    out_of_scope = prose("out_of_scope")
    confidentiality = prose("confidentiality")
    escalation = prose("escalation")
    withheld_one_in = forms.TypedChoiceField(
        label=SECTIONS["withheld_one_in"][0],
        help_text=SECTIONS["withheld_one_in"][1],
        choices=list(SHARES.items()),
        coerce=int,
        required=False,
        empty_value=0,
    )
    begin_by_lot = forms.TypedChoiceField(
        label=SECTIONS["begin_by_lot"][0],
        help_text=SECTIONS["begin_by_lot"][1],
        choices=[(False, BEGINNINGS[False]), (True, _("By lot, as described"))],
        coerce=lambda chosen: chosen == str(True),
        required=False,
        empty_value=False,
    )

    def text(self) -> dict[str, Any]:
        """Return the sections without the version they are based on."""
        return {name: self.cleaned_data[name] for name in SECTIONS}


class VersionForm(forms.Form):
    """The number of the version that was read before agreeing to it."""

    version = forms.IntegerField(min_value=1, max_value=32_000)
