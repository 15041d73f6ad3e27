"""The wishes of a match run as form fields, and the sliders of what-if."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from telemachy.apps.programmes.queries.match_options import CIRCLES, MOST_IN_A_GROUP, MOST_LOSS, Options
from telemachy.core.matching.problem import Weights
from telemachy.interfaces.web.forms.programmes import COMPONENTS

#: By what people are grouped to see whether all are matched equally well.
GROUPS: dict[str, str | Promise] = {
    "function": _("Function"),
    "location": _("Location"),
    "time_zone": _("Time zone"),
    "language": _("First language"),
    "seniority": _("Seniority"),
}
PERCENT = 100


def _circle_sizes() -> list[tuple[str, str]]:
    return [(str(n), _now("Pairs") if n == 2 else _now("Circles of %(n)d") % {"n": n}) for n in CIRCLES]


class Slider(forms.NumberInput):
    """A range from 0 to `most`, moved by hand or by arrow keys."""

    input_type = "range"


def _fields(shape: str) -> dict[str, forms.Field]:
    """Return the fields that a programme of this shape has a use for."""
    found: dict[str, forms.Field] = {}
    if shape == "peer":
        found["circle"] = forms.TypedChoiceField(
            label=_("Peers learn in"),
            choices=_circle_sizes,
            coerce=int,
            help_text=_("In a pair each helps the other; in a circle each is helped by the next."),
        )
    if shape == "group":
        found["group_min"] = forms.IntegerField(
            label=_("Learners in a circle, at least"),
            min_value=1,
            max_value=MOST_IN_A_GROUP,
            help_text=_("A circle that cannot reach this number does not start."),
        )
        found["group_max"] = forms.IntegerField(
            label=_("Learners in a circle, at most"),
            min_value=1,
            max_value=MOST_IN_A_GROUP,
            help_text=_("Never more than the mentor has seats."),
        )
    if shape in {"one_to_one", "reverse"}:
        found["fairness"] = forms.IntegerField(
            label=_("Help the weakest pairs"),
            min_value=0,
            max_value=round(PERCENT * MOST_LOSS),
            help_text=_("Per cent of the total score that may be given up so that the worst-off do better."),
        )
        found["spread"] = forms.BooleanField(
            label=_("Spread learners over the mentors"),
            required=False,
            help_text=_("A mentor's second learner must bring five points of score more, the third ten."),
        )
        found["waiting"] = forms.BooleanField(
            label=_("Longest wait first"),
            required=False,
            help_text=_("Where seats are short, those who have waited most weeks get them."),
        )
    return found


def option_values(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return options as the fields show them."""
    values = Options.read(options).as_dict()
    return values | {"fairness": round(PERCENT * values["fairness"]), "circle": str(values["circle"])}


class OptionsForm(forms.Form):
    """The wishes of a run; the parts of the form depend on the programme's shape."""

    groups = forms.MultipleChoiceField(
        label=_("Compare the quality of matches by"),
        choices=list(GROUPS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("The report then shows whether all groups fare alike. Groups under five are not shown."),
    )

    def __init__(self, *args: Any, shape: str, options: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._given = Options.read(options).as_dict()
        self._wishes = _fields(shape)
        self.fields |= self._wishes
        for name, value in option_values(options).items():
            if name in self.fields:
                self.fields[name].initial = value

    @property
    def wishes(self) -> list[forms.BoundField]:
        """The fields of the shape, in the order they are shown."""
        return [self[name] for name in self._wishes]

    def clean(self) -> dict[str, Any]:
        """Ask for sizes that fit each other."""
        values = super().clean() or {}
        if (values.get("group_min") or 1) > (values.get("group_max") or MOST_IN_A_GROUP):
            self.add_error("group_max", _("The largest circle must not be smaller than the smallest."))
        return values

    def options(self) -> dict[str, Any]:
        """Return the wishes as the action takes them; what the shape has no field for stays as it was."""
        given = {name: self.cleaned_data[name] for name in self._wishes}
        if "fairness" in given:
            given["fairness"] /= PERCENT
        return self._given | given | {"groups": self.cleaned_data["groups"]}


class WhatIfForm(OptionsForm):
    """Sliders for the weights of a run, 0 to 100, and its other wishes."""

    def __init__(
        self, data: Any = None, *, shape: str, weights: Mapping[str, Any], options: Mapping[str, Any]
    ) -> None:
        super().__init__(data, shape=shape, options=options)
        self.fields.pop("groups")
        now = Weights.read(weights).as_dict()
        for component, (label, help_text) in COMPONENTS.items():
            self.fields[f"weight_{component.value}"] = forms.IntegerField(
                label=label,
                help_text=help_text,
                min_value=0,
                max_value=PERCENT,
                widget=Slider(attrs={"step": 1}),
                initial=round(PERCENT * now[component.value]),
            )
        if "fairness" in self.fields:
            self.fields["fairness"].widget = Slider(attrs={"min": 0, "max": round(PERCENT * MOST_LOSS)})

    @property
    def sliders(self) -> list[forms.BoundField]:
        """The weights, in the order they are explained."""
        return [self[f"weight_{component.value}"] for component in COMPONENTS]

    def clean(self) -> dict[str, Any]:
        """Ask for at least one weight above nothing."""
        values = super().clean()
        if all(values.get(f"weight_{component.value}", 1) == 0 for component in COMPONENTS):
            self.add_error("weight_skills", _("Give at least one part of the match a weight."))
        return values

    def weights(self) -> dict[str, float]:
        """Return the weights as the engine takes them."""
        return {c.value: self.cleaned_data[f"weight_{c.value}"] / PERCENT for c in COMPONENTS}

    def options(self) -> dict[str, Any]:
        """Return the wishes as the action takes them."""
        self.cleaned_data.setdefault("groups", self._given["groups"])
        return super().options()
