"""The forms of a goal and of its readings, and the words of the attainment levels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from telemachy.core.shared.scales import ATTAINMENT_MAX, ATTAINMENT_MIN

MAX_STATEMENT, MAX_TEXT, MAX_LEVEL = 400, 4000, 500
LEVEL_RANGE = range(ATTAINMENT_MIN, ATTAINMENT_MAX + 1)

#: attainment level -> its sign, its name, and what to write there
LEVELS: Mapping[int, tuple[str, Promise, Promise]] = {
    -2: ("−2", _("Where you start"), _("What happens today, as the baseline says it.")),
    -1: ("−1", _("Less than expected"), _("A step that can be seen, but not enough yet.")),
    0: ("0", _("As expected"), _("What you expect to reach by the due date. Write this one first.")),
    1: ("+1", _("More than expected"), _("What would be a pleasant surprise.")),
    2: ("+2", _("Far more than expected"), _("The best that anybody could hope for.")),
}


def level_field(level: int) -> str:
    """Return the name of the field that holds the words of an attainment level."""
    return f"level_{level - ATTAINMENT_MIN}"


def prose(
    label: Promise, help_text: Promise, *, required: bool = False, longest: int = MAX_TEXT
) -> forms.CharField:
    """Return a field for running text."""
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=longest, widget=forms.Textarea
    )


class GoalForm(forms.Form):
    """A goal with its baseline and five attainment levels."""

    based_on = forms.IntegerField(required=False, min_value=0, max_value=32_000, widget=forms.HiddenInput)
    learner = forms.ChoiceField(label=_("Whose goal is it?"))
    statement = prose(
        _("The goal"),
        _("One sentence: what will you do by when that you do not do today, so that somebody can see it?"),
        required=True,
        longest=MAX_STATEMENT,
    )
    why = prose(_("Why it matters"), _("To you, and to the organisation. What becomes possible?"))
    baseline = prose(
        _("Baseline: where you start"),
        _("What happens today. Without it nobody can tell later how far you came."),
    )
    baseline_evidence = prose(_("What shows it"), _("A count, an example with its date, or who observed it."))
    due_on = forms.DateField(
        label=_("Due"),
        required=False,
        help_text=_("Two to six months ahead is usual."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    competencies = forms.MultipleChoiceField(
        label=_("Which competencies does it develop?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        *args: Any,
        learners: Sequence[Any] = (),
        competencies: Iterable[Any] = (),
        fixed_levels: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for level in LEVEL_RANGE:
            sign, name, help_text = LEVELS[level]
            self.fields[level_field(level)] = forms.CharField(
                label=format_html("{} · {}", sign, name),
                help_text=help_text,
                required=False,
                max_length=MAX_LEVEL,
                disabled=fixed_levels,
                widget=forms.Textarea,
            )
        self._learners = {str(learner.pk): learner for learner in learners}
        self._competencies = {str(one.pk): one for one in competencies}
        self.fields["learner"].choices = [(key, one.name) for key, one in self._learners.items()]
        if len(self._learners) < 2:
            del self.fields["learner"]
        self.fields["competencies"].choices = [(key, one.name) for key, one in self._competencies.items()]
        if not self._competencies:
            del self.fields["competencies"]

    @property
    def levels(self) -> list[forms.BoundField]:
        """The fields of the five attainment levels, lowest first."""
        return [self[level_field(level)] for level in LEVEL_RANGE]

    def chosen_learner(self) -> Any:
        """Return whose goal it is: the only learner there is, or the chosen one."""
        key = self.cleaned_data.get("learner") or next(iter(self._learners))
        return self._learners[key]

    def words(self) -> dict[str, Any]:
        """Return the cleaned fields as the arguments of the actions."""
        values = self.cleaned_data
        plain = ("statement", "why", "baseline", "baseline_evidence", "due_on")
        return {
            **{name: values[name] for name in plain},
            "levels": [values[level_field(level)] for level in LEVEL_RANGE],
            "competencies": [self._competencies[key] for key in values.get("competencies", [])],
        }


class ReadingForm(forms.Form):
    """Where a goal stands now."""

    attainment = forms.TypedChoiceField(
        label=_("Where does it stand now?"), coerce=int, widget=forms.RadioSelect
    )
    note = prose(_("What shows it?"), _("What happened that puts it on this level."), longest=2000)

    def __init__(self, *args: Any, levels: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, auto_id="reading_%s", **kwargs)
        texts = dict(zip(LEVEL_RANGE, levels, strict=False))
        self.fields["attainment"].choices = [
            (
                level,
                format_html(
                    '<span class="choice-text"><strong>{} · {}</strong>'
                    '<span class="choice-help">{}</span></span>',
                    LEVELS[level][0],
                    LEVELS[level][1],
                    texts.get(level, ""),
                ),
            )
            for level in reversed(LEVEL_RANGE)
        ]
