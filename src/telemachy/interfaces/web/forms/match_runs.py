"""Forms of match runs: how to run, which pairs to lock or forbid, whom to move where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from telemachy.core.matching.problem import Rules, SeniorityRule, Weights
from telemachy.interfaces.web.forms.match_options import OptionsForm
from telemachy.interfaces.web.forms.programmes import COMPONENTS, RULES, SENIORITY, WEIGHTS

if TYPE_CHECKING:
    from django.db.models import QuerySet

KINDS = [("lock", _("Lock: always together")), ("forbid", _("Forbid: never together"))]


class MatchRunForm(OptionsForm):
    """Weights, hard rules and wishes of one run; the programme keeps its own weights and rules."""

    outside_reporting_line = forms.BooleanField(
        label=_("Never within the own reporting line"), required=False
    )
    shared_language = forms.BooleanField(label=_("Both speak a common language"), required=False)
    min_overlap_hours = forms.FloatField(
        label=_("Common working hours a week, at least"), min_value=0, max_value=60
    )
    seniority = forms.ChoiceField(label=_("Seniority"), choices=SENIORITY)

    def __init__(
        self,
        data: Any = None,
        *,
        weights: Mapping[str, Any],
        rules: Mapping[str, Any],
        shape: str,
        options: Mapping[str, Any],
        sharing: QuerySet[Any] | None = None,
    ) -> None:
        super().__init__(data, shape=shape, options=options)
        if sharing is not None and sharing.exists():
            self.fields["together"] = forms.ModelMultipleChoiceField(
                queryset=sharing,
                label=_("Together with"),
                help_text=_(
                    "Mentors of several programmes have one capacity for all of them. Each programme gets a "
                    "run of its own; the others are matched by their own design."
                ),
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
        designed = Weights.read(weights).as_dict()
        for component, (label, help_text) in COMPONENTS.items():
            self.fields[f"weight_{component.value}"] = forms.ChoiceField(
                label=label,
                help_text=help_text,
                choices=_scale(designed[component.value]),
                initial=f"{designed[component.value]:g}",
            )
        for name, value in Rules.read(rules).as_dict().items():
            self.fields[name].initial = f"{value:g}" if name == "min_overlap_hours" else value
        if shape == "peer":  # where everybody stands on both sides, a rule for one side shuts all out
            self.fields["seniority"].widget = forms.HiddenInput()
            self.fields["seniority"].initial = SeniorityRule.ANY.value

    @property
    def others(self) -> list[Any]:
        """The programmes to be matched together with this one."""
        return list(self.cleaned_data.get("together", ()))

    @property
    def weights(self) -> list[forms.BoundField]:
        """The fields of the weights."""
        return [self[f"weight_{component.value}"] for component in COMPONENTS]

    def clean(self) -> dict[str, Any]:
        """Ask for at least one weight above nothing."""
        values = super().clean()
        if all(values.get(f"weight_{component.value}", "1") == "0" for component in COMPONENTS):
            self.add_error("weight_skills", _("Give at least one part of the match a weight."))
        return values

    def design(self) -> dict[str, dict[str, Any]]:
        """Return weights, rules and wishes as the action takes them."""
        values = self.cleaned_data
        return {
            "weights": {c.value: float(values[f"weight_{c.value}"]) for c in COMPONENTS},
            "rules": {name: values[name] for name in RULES},
            "options": self.options(),
        }


def _scale(designed: float) -> list[tuple[str, Any]]:
    """Return the words of the scale, and the designed weight itself where it lies between them."""
    value = f"{designed:g}"
    if value in dict(WEIGHTS):
        return list(WEIGHTS)
    between = (value, _now("As designed (%(value)s)") % {"value": value})
    return sorted([*WEIGHTS, between], key=lambda choice: float(choice[0]))


class PairForm(forms.Form):
    """A learner and a mentor of the programme, by name or e-mail address."""

    learner = forms.CharField(label=_("Learner"), max_length=200, help_text=_("Name or e-mail address."))
    mentor = forms.CharField(
        label=_("Mentor or coach"), max_length=200, help_text=_("Name or e-mail address.")
    )

    def __init__(self, *args: Any, is_peer: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_peer:
            self.fields["learner"].label, self.fields["mentor"].label = _("One person"), _("The other")


class PairRuleForm(PairForm):
    """A decision made beforehand."""

    kind = forms.ChoiceField(label=_("Decision"), choices=KINDS, widget=forms.RadioSelect, initial="lock")


class FilterForm(forms.Form):
    """Which proposals to show, and in which order; what makes no sense is passed over."""

    use_required_attribute = False

    q = forms.CharField(label=_("Name"), max_length=100)
    show = forms.ChoiceField(
        label=_("Show"),
        choices=[("", _("All proposals")), ("locked", _("Locked ones")), ("by_hand", _("Placed by hand"))],
    )
    order = forms.ChoiceField(
        label=_("Order"),
        choices=[
            ("weakest", _("Weakest first")),
            ("strongest", _("Strongest first")),
            ("learner", _("By learner")),
            ("mentor", _("By mentor")),
        ],
    )

    @classmethod
    def read(cls, asked: Mapping[str, str], *, is_peer: bool) -> FilterForm:
        """Return the form as it is shown again, filled in with what made sense."""
        form = cls(asked)
        form.full_clean()
        shown = cls(initial={"order": "weakest"} | form.cleaned_data)
        if is_peer:
            shown.fields["order"].choices = [*shown.fields["order"].choices[:2], ("learner", _("By name"))]
        return shown

    @property
    def chosen(self) -> dict[str, str]:
        """Search, show and order."""
        given = {name: str(self.initial.get(name, "")) for name in ("q", "show", "order")}
        return {"search": given["q"].strip(), "show": given["show"], "order": given["order"]}
