"""The forms of a review: asking for it, rating, and the letter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from telemachy.apps.supervision.actions.assessments import Given
from telemachy.apps.supervision.actions.letters import MAX_POINT, MAX_POINTS, Point, Words
from telemachy.core.assessment import Competency, Rubric
from telemachy.interfaces.web.forms.goals import prose

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person

MAX_NOTE, MAX_QUESTION, MAX_PART = 2000, 1000, 8000
UNHEARD = "unheard"


class AskForm(forms.Form):
    """Rubric, assessors, who writes the letter, and what the coach would like to hear about."""

    rubric = forms.ChoiceField(label=_("Against which rubric?"))
    assessors = forms.MultipleChoiceField(
        label=_("Who rates it?"),
        help_text=_(
            "Those whom the terms of the recording name. They rate without seeing each other's ratings."
        ),
        widget=forms.CheckboxSelectMultiple,
    )
    writer = forms.ChoiceField(
        label=_("Who writes the feedback letter?"),
        help_text=_("One of those who rate: your mentor coach."),
        widget=forms.RadioSelect,
    )
    question = prose(
        _("What would you like to hear about?"),
        _("A passage you wonder about, or something you try to do differently."),
        longest=MAX_QUESTION,
    )

    def __init__(
        self, *args: Any, rubrics: Iterable[Any], assessors: Iterable[Person], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        people = [(str(one.pk), one.name) for one in assessors]
        self.fields["rubric"].choices = [(str(one.pk), one.name) for one in rubrics]  # type: ignore[attr-defined]
        for name in ("assessors", "writer"):
            self.fields[name].choices = people  # type: ignore[attr-defined]
        if len(people) == 1:
            self.fields["assessors"].initial = [people[0][0]]
            self.fields["writer"].initial = people[0][0]


class RatingForm(forms.Form):
    """A level and a note for each competency of a rubric, and a note on the whole.

    `complete` asks for a level, or that there was nothing to rate, for each; a draft need not be complete.
    """

    note = forms.CharField(
        label=_("About the whole conversation"),
        help_text=_("The coach and the other assessors read it once all ratings are in."),
        required=False,
        max_length=MAX_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, rubric: Rubric, complete: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **kwargs)
        self.rubric = rubric
        for place, one in enumerate(rubric.competencies):
            self.fields[f"level_{place}"] = forms.ChoiceField(
                label=_now("Your level"),
                required=complete,
                error_messages={"required": _now("Choose a level, or say that there was nothing to rate.")},
                choices=_levels(rubric, one),
                widget=forms.RadioSelect,
            )
            self.fields[f"note_{place}"] = forms.CharField(
                label=_now("What you heard"),
                required=False,
                max_length=MAX_NOTE,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @property
    def given(self) -> dict[str, Given]:
        """What was given, by code; once valid."""
        return {one.code: self._given(place) for place, one in enumerate(self.rubric.competencies)}

    def _given(self, place: int) -> Given:
        level, note = self.cleaned_data[f"level_{place}"], self.cleaned_data[f"note_{place}"]
        return Given(int(level) if level.isdigit() else None, unheard=level == UNHEARD, note=note)


class Passages(forms.MultipleChoiceField):
    """Pins to quote. One that was taken off since the page was opened is no reason to keep nothing."""

    def to_python(self, value: Any) -> list[str]:
        """Return those that are still there."""
        return [key for key in super().to_python(value) if self.valid_value(key)]


class LetterForm(forms.Form):
    """The letter: four parts, quotes among the evidence, and points to work on."""

    greeting = prose(_("Beginning"), _("How you would begin if you spoke."), longest=MAX_PART)
    strengths = prose(
        _("What went well"),
        _("What you heard that works, and what it did for the client. Needed before the letter is sent."),
        longest=MAX_PART,
    )
    development = prose(
        _("What could be next"),
        _("One or two things, with what they would change. Needed before the letter is sent."),
        longest=MAX_PART,
    )
    closing = prose(_("End"), _("What you look forward to."), longest=MAX_PART)
    evidence = Passages(
        label=_("Passages to quote"),
        help_text=_("With their moment in the recording. They go when consent is withdrawn."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, quotable: Iterable[tuple[str, Any]], rubric: Rubric, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence"].choices = list(quotable)  # type: ignore[attr-defined]
        competencies = [("", _now("None in particular"))]
        competencies += [(one.code, f"{one.code} {one.name}") for one in rubric.competencies]
        for place in range(1, MAX_POINTS + 1):
            self.fields[f"point_{place}"] = forms.CharField(
                label=_now("Point %(n)d") % {"n": place},
                required=False,
                max_length=MAX_POINT,
                widget=forms.Textarea,
            )
            self.fields[f"about_{place}"] = forms.ChoiceField(
                label=_now("Competency of point %(n)d") % {"n": place}, required=False, choices=competencies
            )

    @property
    def words(self) -> Words:
        """The four parts; once valid."""
        return Words(**{name: self.cleaned_data[name] for name in Words.__dataclass_fields__})

    @property
    def points(self) -> list[Point]:
        """The points that have words; once valid."""
        rows = [(self.cleaned_data[f"point_{n}"], self.cleaned_data[f"about_{n}"]) for n in _places()]
        return [Point(text, competency) for text, competency in rows if text.strip()]

    @property
    def point_rows(self) -> list[tuple[Any, Any]]:
        """The fields of each point, side by side."""
        return [(self[f"point_{n}"], self[f"about_{n}"]) for n in _places()]


def initial_of_points(points: Iterable[Any]) -> Mapping[str, str]:
    """Return what the fields of the points begin with."""
    found: dict[str, str] = {}
    for place, point in enumerate(points, start=1):
        found |= {f"point_{place}": point.text, f"about_{place}": point.competency}
    return found


def _places() -> range:
    return range(1, MAX_POINTS + 1)


def _levels(rubric: Rubric, one: Competency) -> list[tuple[str, Any]]:
    texts = one.levels or tuple(level.text for level in rubric.levels)
    choices: list[tuple[str, Any]] = [
        (
            str(number),
            format_html(
                '<span class="choice-text"><strong>{} · {}</strong>'
                '<span class="choice-help">{}</span></span>',
                number,
                level.name,
                text,
            ),
        )
        for number, (level, text) in enumerate(zip(rubric.levels, texts, strict=True), start=1)
    ]
    return [*choices, (UNHEARD, _now("Nothing to rate in this recording"))]
