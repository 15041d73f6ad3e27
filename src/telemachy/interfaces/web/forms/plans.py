"""The forms of a development plan."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

#: kind -> its name; the keys are those that a plan knows
KINDS = {
    "stretch": _("Stretch project"),
    "rotation": _("Rotation"),
    "shadowing": _("Shadowing"),
    "reading": _("Reading"),
    "course": _("Course"),
    "drill": _("Drill"),
    "introduction": _("Introduction"),
    "milestone": _("Milestone"),
}


class ActivityForm(forms.Form):
    """An activity, or a milestone."""

    title = forms.CharField(
        label=_("What will you do?"),
        max_length=300,
        help_text=_("Something you do in your own work, or a mark by which you will see that you are there."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=list(KINDS.items()))
    competency = forms.ChoiceField(label=_("Competency"), required=False)
    due_on = forms.DateField(
        label=_("Due"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, competencies: Iterable[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, auto_id="activity_%s", **kwargs)
        self._competencies = {str(one.pk): one for one in competencies}
        self.fields["competency"].choices = [
            ("", _now("None in particular")),
            *((key, one.name) for key, one in self._competencies.items()),
        ]

    def clean(self) -> dict[str, Any]:
        """Turn the chosen key into the competency."""
        cleaned = super().clean() or {}
        cleaned["competency"] = self._competencies.get(cleaned.get("competency", ""))
        return cleaned


class CommentForm(forms.Form):
    """The mentor's comment on an activity."""

    text = forms.CharField(
        label=_("Your comment"),
        required=False,
        max_length=2000,
        widget=forms.Textarea,
        help_text=_("An empty comment takes it away."),
    )


class ReviewForm(forms.Form):
    """What the quarterly review came to."""

    note = forms.CharField(
        label=_("What did you see?"),
        max_length=4000,
        widget=forms.Textarea,
        help_text=_("What moved, what did not, and what changes in the plan."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="review_%s", **kwargs)
