"""The forms of supervision: asking somebody, writing a case, a note, and what one takes from it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from telemachy.apps.supervision.actions.cases import Words
from telemachy.core.supervision import Lens
from telemachy.interfaces.web.forms.goals import prose
from telemachy.interfaces.web.forms.supervision_words import LENSES, PATTERNS

if TYPE_CHECKING:
    from telemachy.apps.relationships.models import Relationship

MAX_HAPPENED, MAX_QUESTION, MAX_NOTE, MAX_TAKEAWAY = 8000, 2000, 4000, 2000


class AddressForm(forms.Form):
    """Somebody of the organisation, by e-mail address."""

    address = forms.EmailField(
        label=_("Their e-mail address"),
        max_length=254,
        help_text=_("Somebody of your organisation who can sign in."),
    )


class CaseForm(forms.Form):
    """A case as its owner writes it."""

    relationship = forms.ChoiceField(
        label=_("Which of your relationships is it about?"),
        required=False,
        help_text=_("Only you ever see this. It keeps one name for one client."),
    )
    alias = forms.CharField(
        label=_("What you call the client here"),
        max_length=60,
        help_text=_("A name that tells nobody, such as a tree or a river. Keep it for all cases with them."),
    )
    title = forms.CharField(
        label=_("Title"), max_length=160, help_text=_("As you would say it in one breath.")
    )
    happened = prose(
        _("What happened"),
        _("What both said and did. Leave out what would tell who it is. Needed before you share it."),
        longest=MAX_HAPPENED,
    )
    question = prose(
        _("What you want to look at"),
        _("A question to yourself, or what you would like from the others."),
        longest=MAX_QUESTION,
    )
    lens = forms.ChoiceField(
        label=_("Where to look first"), widget=forms.RadioSelect, initial=Lens.CLIENT.value
    )
    patterns = forms.MultipleChoiceField(
        label=_("Do you know this of yourself?"),
        required=False,
        help_text=_("Tick what you notice in what you did; none is an answer, too."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, relationships: Iterable[Relationship], aliases: Iterable[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.relationships = {str(one.pk): one for one in relationships}
        links = [(key, _called(one)) for key, one in self.relationships.items()]
        choices = self.fields
        choices["relationship"].choices = [("", _now("None in particular")), *links]  # type: ignore[attr-defined]
        choices["lens"].choices = [(key, _explained(one.name, one.about)) for key, one in LENSES.items()]  # type: ignore[attr-defined]
        choices["patterns"].choices = [(key, _explained(*words)) for key, words in PATTERNS.items()]  # type: ignore[attr-defined]
        if known := ", ".join(aliases):
            choices["alias"].help_text = _now(
                "A name that tells nobody, such as a tree or a river. So far you have: %(names)s."
            ) % {"names": known}

    @property
    def words(self) -> Words:
        """What was written; once valid."""
        given = self.cleaned_data
        return Words(
            alias=given["alias"],
            title=given["title"],
            happened=given["happened"],
            question=given["question"],
            lens=given["lens"],
            patterns=tuple(given["patterns"]),
        )

    @property
    def linked(self) -> Relationship | None:
        """The relationship it is about; once valid."""
        return self.relationships.get(self.cleaned_data["relationship"])


class NoteForm(forms.Form):
    """A note on a case, perhaps under one lens."""

    lens = forms.ChoiceField(label=_("Under which lens"), required=False)
    text = forms.CharField(label=_("Your note"), max_length=MAX_NOTE, widget=forms.Textarea)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lenses = [(key, one.name) for key, one in LENSES.items()]
        self.fields["lens"].choices = [("", _now("None in particular")), *lenses]  # type: ignore[attr-defined]


class CloseForm(forms.Form):
    """What the owner takes from a case."""

    takeaway = forms.CharField(
        label=_("What you take from it"),
        help_text=_("What you do next, or see in another way. The room reads it."),
        max_length=MAX_TAKEAWAY,
        widget=forms.Textarea,
    )


def _called(relationship: Relationship) -> str:
    learners = [party.person.name for party in relationship.parties.all() if party.seat == "learner"]
    return f"{', '.join(learners)} · {relationship.programme.name}"


def _explained(name: Any, about: Any) -> Any:
    return format_html('<span><strong>{}</strong><br><span class="muted">{}</span></span>', name, about)
