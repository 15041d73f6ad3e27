"""The form of a rubric: levels and competencies as lines of text, so that it works without a script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from telemachy.core.assessment import Rubric
from telemachy.core.assessment.rubrics import MAX_COMPETENCIES, MAX_NAME, MAX_TEXT

MAX_ABOUT, MAX_LINES = 1000, 12_000
#: Empty places below the competencies that are there.
SPARE = 2


class RubricForm(forms.Form):
    """Name, purpose and levels."""

    based_on = forms.IntegerField(required=False, min_value=1, max_value=32_000, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name"), max_length=MAX_NAME)
    about = forms.CharField(
        label=_("What it is for"),
        required=False,
        max_length=MAX_ABOUT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    levels = forms.CharField(
        label=_("Levels, lowest first"),
        help_text=_("One in a line: its name, a colon, and what it sounds like. Two to seven."),
        max_length=MAX_LINES,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    proficient = forms.IntegerField(
        label=_("Which of them counts as proficient?"),
        help_text=_("Its number, the lowest level being 1."),
        min_value=2,
        max_value=7,
    )


class CompetencyForm(forms.Form):
    """One competency; left empty it is not there."""

    code = forms.CharField(
        label=_("Number"), required=False, max_length=12, widget=forms.TextInput(attrs={"size": 6})
    )
    name = forms.CharField(label=_("Competency"), required=False, max_length=MAX_NAME)
    text = forms.CharField(
        label=_("What it is"),
        required=False,
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    markers = forms.CharField(
        label=_("Markers"),
        help_text=_("What can be heard, one in a line. They are numbered by themselves."),
        required=False,
        max_length=MAX_LINES,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    levels = forms.CharField(
        label=_("What each level sounds like here"),
        help_text=_("One line for each level, lowest first; or nothing."),
        required=False,
        max_length=MAX_LINES,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    @property
    def is_there(self) -> bool:
        """Whether anything was written; once valid."""
        return any(self.cleaned_data.values())

    @property
    def data_of(self) -> dict[str, Any]:
        """The competency as core reads it; once valid."""
        written = self.cleaned_data
        code = written["code"].strip()
        markers = [
            {"code": f"{code}.{place}", "text": text}
            for place, text in enumerate(lines(written["markers"]), 1)
        ]
        return {
            "code": code,
            "name": written["name"],
            "text": written["text"],
            "markers": markers,
            "levels": lines(written["levels"]),
        }


CompetencyForms = forms.formset_factory(
    CompetencyForm, extra=SPARE, max_num=MAX_COMPETENCIES, absolute_max=MAX_COMPETENCIES, validate_max=True
)


def lines(text: str) -> list[str]:
    """Return the lines that are not empty."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def content_of(form: RubricForm, competencies: Sequence[CompetencyForm]) -> dict[str, Any]:
    """Return the rubric as core reads it, once both are valid."""
    levels = [line.partition(":") for line in lines(form.cleaned_data["levels"])]
    return {
        "levels": [{"name": name.strip(), "text": text.strip()} for name, _colon, text in levels],
        "proficient": form.cleaned_data["proficient"],
        "competencies": [one.data_of for one in competencies if one.is_there],
    }


def initial_of(rubric: Rubric) -> tuple[Mapping[str, Any], list[Mapping[str, Any]]]:
    """Return what the forms begin with."""
    levels = "\n".join(f"{level.name}: {level.text}" if level.text else level.name for level in rubric.levels)
    competencies: list[Mapping[str, Any]] = [
        {
            "code": one.code,
            "name": one.name,
            "text": one.text,
            "markers": "\n".join(marker.text for marker in one.markers),
            "levels": "\n".join(one.levels),
        }
        for one in rubric.competencies
    ]
    return {"levels": levels, "proficient": rubric.proficient}, competencies
