"""Forms of a programme's design and of its participants."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from telemachy.core.matching.problem import Component, Rules, SeniorityRule, Weights
from telemachy.core.shared.scales import ProgrammeKind, Shape, Structure

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from telemachy.apps.people.models import Person

KINDS = [
    (ProgrammeKind.MENTORING.value, _("Mentoring: mentors share their experience")),
    (ProgrammeKind.COACHING.value, _("Coaching: coaches draw out by questions")),
]
SHAPES = [
    (Shape.ONE_TO_ONE.value, _("One to one")),
    (Shape.REVERSE.value, _("Reverse: the junior mentors the senior")),
    (Shape.GROUP.value, _("Circle: one mentor, several learners")),
    (Shape.PEER.value, _("Peer: equals develop each other, in pairs or circles")),
]
STRUCTURES = [
    (Structure.LIGHT.value, _("Light: a charter, goals, and nothing else prescribed")),
    (Structure.GUIDED.value, _("Guided: themes and prompts are offered")),
    (Structure.STRUCTURED.value, _("Structured: every session has a theme")),
]
ROLES = [("learner", _("Learner")), ("mentor", _("Mentor or coach"))]
COMPONENTS = {
    Component.SKILLS: (_("Skills"), _("What one seeks against what the other offers.")),
    Component.SENIORITY: (_("Seniority"), _("A helpful distance between the two.")),
    Component.FUNCTION: (_("Function"), _("A different function widens the view.")),
    Component.HOURS: (_("Common hours"), _("Working hours that overlap in a week.")),
    Component.LANGUAGES: (_("Languages"), _("Languages both speak.")),
    Component.GOALS: (_("Goals"), _("The goals of one against the words of the other.")),
    Component.STYLE: (_("Style"), _("How both like to work.")),
    Component.PREFERENCES: (_("Preferences"), _("Whom people asked for.")),
}
SENIORITY = [
    (SeniorityRule.ANY.value, _("No rule")),
    (SeniorityRule.MENTOR_ABOVE.value, _("The mentor is the more senior")),
    (SeniorityRule.MENTOR_BELOW.value, _("The mentor is the more junior (reverse mentoring)")),
]
WEIGHTS = [
    ("0", _("Not at all")),
    ("0.2", _("A little")),
    ("0.5", _("Some")),
    ("0.8", _("Much")),
    ("1", _("Most")),
]
MARKS = [
    (0.5, _("More likely than not (50 %)")),
    (0.6, _("Likely (60 %)")),
    (0.7, _("Very likely (70 %)")),
]
CHARTER_SECTIONS = {
    "success": _("What success looks like"),
    "cadence": _("How often, how long"),
    "feedback_kinds": _("Feedback"),
    "out_of_scope": _("Out of scope"),
    "confidentiality": _("What stays between the two"),
    "escalation": _("When something goes wrong"),
}
_DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ProgrammeForm(forms.Form):
    """Everything a manager designs; weights, rules and charter sections are flattened into fields."""

    name = forms.CharField(label=_("Name"), max_length=160)
    purpose = forms.CharField(
        label=_("Purpose"),
        widget=forms.Textarea,
        max_length=4000,
        help_text=_(
            "What the organisation wants to be different at the end. Every later choice follows from it."
        ),
    )
    audience = forms.CharField(label=_("For whom"), widget=forms.Textarea, max_length=4000, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS, widget=forms.RadioSelect)
    shape = forms.ChoiceField(label=_("Shape"), choices=SHAPES, widget=forms.RadioSelect)
    structure = forms.ChoiceField(label=_("Structure"), choices=STRUCTURES, widget=forms.RadioSelect)
    cadence_days = forms.IntegerField(label=_("Days between sessions"), min_value=1, max_value=120)
    length_weeks = forms.IntegerField(label=_("Length in weeks"), min_value=1, max_value=156)
    starts_on = forms.DateField(label=_("Starts on"), widget=_DATE, required=False)
    chemistry = forms.BooleanField(
        label=_("Chemistry meeting"), help_text=_("Both meet once before they accept."), required=False
    )
    threshold_mark = forms.TypedChoiceField(
        label=_("When independence is claimed"),
        choices=MARKS,
        coerce=float,
        help_text=_("The lower end of the predicted chance to handle a new and hard situation alone."),
    )
    independent_rating = forms.BooleanField(
        label=_("Somebody outside the pair rates the proof"),
        help_text=_("Before a threshold counts, without seeing the guidance. The learner opens the case."),
        required=False,
    )
    recording_days = forms.IntegerField(
        label=_("Days that sound and words are kept at most"),
        min_value=1,
        max_value=3650,
        required=False,
    )
    competencies = forms.MultipleChoiceField(
        label=_("Competencies"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("What situations in this programme exercise."),
    )
    outside_reporting_line = forms.BooleanField(
        label=_("Never within the own reporting line"),
        required=False,
        help_text=_("Neither is above the other in the line of managers."),
    )
    shared_language = forms.BooleanField(label=_("Both speak a common language"), required=False)
    min_overlap_hours = forms.FloatField(
        label=_("Common working hours a week, at least"), min_value=0, max_value=60
    )
    seniority = forms.ChoiceField(label=_("Seniority"), choices=SENIORITY)

    def __init__(
        self, *args: Any, competencies: Iterable[tuple[str, str]], most_days: int, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._most_days = most_days
        self.fields["competencies"].choices = list(competencies)
        self.fields["recording_days"].help_text = _(
            "Empty: %(n)d days, as long as your organisation allows. It can be shorter here, never longer."
        ) % {"n": most_days}
        for component, (label, help_text) in COMPONENTS.items():
            self.fields[f"weight_{component.value}"] = forms.ChoiceField(
                label=label, help_text=help_text, choices=WEIGHTS
            )
        for section, label in CHARTER_SECTIONS.items():
            self.fields[f"charter_{section}"] = forms.CharField(
                label=label, widget=forms.Textarea, max_length=4000, required=False
            )

    @property
    def weights(self) -> list[forms.BoundField]:
        """The fields of the matching weights, in the order they are explained."""
        return [self[f"weight_{component.value}"] for component in COMPONENTS]

    @property
    def charter(self) -> list[forms.BoundField]:
        """The fields of the charter draft."""
        return [self[f"charter_{section}"] for section in CHARTER_SECTIONS]

    def clean_recording_days(self) -> int | None:
        """Accept no more days than the organisation allows."""
        days: int | None = self.cleaned_data["recording_days"]
        if days is not None and days > self._most_days:
            raise forms.ValidationError(
                _("Your organisation keeps recordings %(n)d days at most. Write that, fewer, or nothing.")
                % {"n": self._most_days}
            )
        return days

    def clean(self) -> dict[str, Any]:
        """Ask for at least one weight above nothing."""
        values = super().clean() or {}
        weights = [values.get(f"weight_{component.value}", "1") for component in COMPONENTS]
        if all(weight == "0" for weight in weights):
            self.add_error("weight_skills", _("Give at least one part of the match a weight."))
        return values

    def design(self) -> dict[str, Any]:
        """Return the cleaned fields as the arguments of the actions (all but the competencies)."""
        values = self.cleaned_data
        plain = [
            "name",
            "purpose",
            "audience",
            "kind",
            "shape",
            "structure",
            "cadence_days",
            "length_weeks",
            "starts_on",
            "chemistry",
            "threshold_mark",
            "independent_rating",
            "recording_days",
        ]
        return {
            **{name: values[name] for name in plain},
            "weights": {c.value: float(values[f"weight_{c.value}"]) for c in COMPONENTS},
            "rules": {name: values[name] for name in RULES},
            "charter_draft": {section: values[f"charter_{section}"] for section in CHARTER_SECTIONS},
        }


RULES = ("outside_reporting_line", "shared_language", "min_overlap_hours", "seniority")


def initial(design: Mapping[str, Any]) -> dict[str, Any]:
    """Flatten a design (a template's or a programme's) into the form's initial values."""
    weights = Weights.read(design["weights"]).as_dict()
    rules, charter = Rules.read(design["rules"]).as_dict(), design["charter_draft"]
    return {
        **design,
        **{f"weight_{c.value}": _nearest(weights[c.value]) for c in COMPONENTS},
        **{name: rules[name] for name in RULES},
        **{f"charter_{section}": charter.get(section, "") for section in CHARTER_SECTIONS},
        "threshold_mark": min(
            (mark for mark, _label in MARKS), key=lambda mark: abs(mark - design.get("threshold_mark", 0.6))
        ),
    }


def _nearest(weight: float) -> str:
    return min((value for value, _label in WEIGHTS), key=lambda value: abs(float(value) - weight))


class EnrolForm(forms.Form):
    """Take one person in by hand: somebody of the organisation, or somebody new."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(
        label=_("E-mail"), help_text=_("Somebody who is here already is found by this address.")
    )
    role = forms.ChoiceField(label=_("Role"), choices=ROLES, widget=forms.RadioSelect, initial="learner")
    capacity = forms.IntegerField(
        label=_("Learners at once"), min_value=1, max_value=20, required=False, help_text=_("Mentors only.")
    )


class AgentPlaceForm(forms.Form):
    """Give a place to an agent that may take part."""

    agent: forms.ModelChoiceField[Person] = forms.ModelChoiceField(None, label=_("Agent"), empty_label=None)
    role = forms.ChoiceField(label=_("Role"), choices=ROLES)

    def __init__(self, data: Mapping[str, Any] | None = None, *, agents: QuerySet[Person]) -> None:
        super().__init__(data, auto_id="agent_%s")
        self.fields["agent"].queryset = agents  # type: ignore[attr-defined]  # Django's own way of narrowing it down
        self.fields["agent"].label_from_instance = lambda agent: agent.name  # type: ignore[attr-defined]


class LinkForm(forms.Form):
    """Offer a link for a role."""

    role = forms.ChoiceField(label=_("Whoever opens the link becomes"), choices=ROLES)


class ManagerForm(forms.Form):
    """Add somebody who runs the programme too."""

    email = forms.EmailField(label=_("E-mail of the person"))


class JoinForm(forms.Form):
    """Who takes the place that a link offers, if not signed in."""

    name = forms.CharField(label=_("Your name"), max_length=200)
    email = forms.EmailField(label=_("Your work e-mail"))
