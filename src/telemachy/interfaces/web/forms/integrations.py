"""Forms of tokens, webhooks and agents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from telemachy.apps.integrations.queries.scopes import OF_KIND, SCOPES
from telemachy.apps.integrations.queries.webhooks import TOPICS

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.programmes.models import Programme

LIFETIMES = [(30, _("30 days")), (90, _("90 days")), (365, _("A year"))]
TOPIC_NAMES = {
    "programme": _("Programmes"),
    "enrolment": _("Places in programmes"),
    "roster": _("Rosters"),
    "match_run": _("Match runs"),
    "relationship": _("Relationships"),
    "charter": _("Charters"),
    "goal": _("Goals"),
    "session": _("Sessions"),
    "situation": _("Situations"),
    "outcome": _("Outcomes and checks"),
    "guidance": _("What agents write and humans decide"),
    "lesson": _("Lessons"),
    "failure_mode": _("Failure modes"),
    "threshold": _("Thresholds"),
    "agent": _("Agents"),
    "person": _("People"),
}


class OwnerForm(forms.Form):
    """Who answers for an agent from now on."""

    owner = forms.EmailField(
        label=_("Who answers for it now"), help_text=_("The e-mail address of a person of your organisation.")
    )


class TokenForm(forms.Form):
    """A token: who acts with it, what it may do, how long."""

    #: The kinds that the form offers, in their order.
    stands_for = forms.ChoiceField(
        label=_("Whom it stands for"), help_text=_("It can see and do what they can, and no more.")
    )
    name = forms.CharField(label=_("Name"), max_length=100, help_text=_("Which program uses it, and where."))
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"), choices=list(SCOPES.items()), widget=forms.CheckboxSelectMultiple
    )
    days = forms.TypedChoiceField(label=_("It ends after"), choices=LIFETIMES, coerce=int, initial=90)

    def __init__(
        self,
        *args: Any,
        holders: dict[str, tuple[str, Person, Programme | None]],
        labels: dict[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._holders = holders
        self.fields["stands_for"].choices = list(labels.items())
        possible = set().union(*(OF_KIND[kind] for kind, _person, _programme in holders.values()))
        self.fields["scopes"].choices = [(key, name) for key, name in SCOPES.items() if key in possible]

    def holder(self) -> tuple[str, Person, Programme | None]:
        """Return kind, person and programme of the choice."""
        return self._holders[self.cleaned_data["stands_for"]]


class AllowForm(forms.Form):
    """What a person allows an application: for whom, what, how long."""

    stands_for = forms.ChoiceField(
        label=_("For whom it acts"), help_text=_("It can see and do what they can, and no more.")
    )
    scopes = forms.MultipleChoiceField(label=_("What it may do"), widget=forms.CheckboxSelectMultiple)
    days = forms.TypedChoiceField(label=_("It ends after"), choices=LIFETIMES, coerce=int, initial=90)

    def __init__(
        self, *args: Any, holders: dict[str, tuple[str, Person]], scopes: Iterable[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._holders = holders
        # Of several agents none is chosen beforehand: the order of a list never decides for whom it acts.
        n_agents = sum(kind == "agent" for kind, _one in holders.values())
        several = [("", _("Choose whom"))] if n_agents > 1 else []
        self.fields["stands_for"].choices = several + [
            (key, _("The agent %(name)s") % {"name": one.name} if kind == "agent" else _("Me"))
            for key, (kind, one) in holders.items()
        ]
        wanted = tuple(scopes)
        self.fields["scopes"].choices = [(scope, SCOPES[scope]) for scope in wanted]
        # What reaches beyond one's own learning is ticked by hand.
        self.fields["scopes"].initial = [scope for scope in wanted if scope in OF_KIND["agent"]]

    def holder(self) -> tuple[str, Person]:
        """Return kind and person of the choice."""
        return self._holders[self.cleaned_data["stands_for"]]


class WebhookForm(forms.Form):
    """An address that is told of events."""

    url = forms.CharField(label=_("Address"), max_length=500, widget=forms.URLInput)
    topics = forms.MultipleChoiceField(
        label=_("What it is told of"),
        choices=[(topic, TOPIC_NAMES[topic]) for topic in TOPICS],
        widget=forms.CheckboxSelectMultiple,
    )


class CardForm(forms.Form):
    """What is declared of an agent."""

    purpose = forms.CharField(label=_("What it is for"), max_length=2000, widget=forms.Textarea)
    model = forms.CharField(label=_("Model"), max_length=200, required=False)
    provider = forms.CharField(label=_("Provider"), max_length=200, required=False)
    version = forms.CharField(label=_("Version"), max_length=100, required=False)
    autonomy = forms.CharField(
        label=_("What it may do without a human"), max_length=2000, widget=forms.Textarea, required=False
    )
    limits = forms.CharField(
        label=_("What it is known to be bad at"), max_length=2000, widget=forms.Textarea, required=False
    )
    data = forms.CharField(
        label=_("What data it sees, and where they go"),
        max_length=2000,
        widget=forms.Textarea,
        required=False,
    )
    programmes = forms.MultipleChoiceField(
        label=_("Programmes it may take part in"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Places it has already stay."),
    )

    def __init__(self, *args: Any, programmes: Iterable[Programme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._programmes = {str(programme.pk): programme for programme in programmes}
        self.fields["programmes"].choices = [(key, one.name) for key, one in self._programmes.items()]

    def chosen(self) -> list[Programme]:
        """Return the programmes that were chosen."""
        return [self._programmes[key] for key in self.cleaned_data["programmes"]]


class BecauseForm(forms.Form):
    """Why something is refused or stopped."""

    because = forms.CharField(label=_("Why"), max_length=300)
