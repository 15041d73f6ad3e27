"""Forms around the threshold: not yet, who rates, and the blind rating."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from telemachy.interfaces.web.forms.situations import prose, rating_choices

if TYPE_CHECKING:
    from django.db.models import QuerySet

_BECAUSE = _("What would you still like to see?")


class NotYetForm(forms.Form):
    """What is missing, for the learner to read."""

    because = prose(_BECAUSE, _("The learner reads this."), required=True)


class AppointForm(forms.Form):
    """Whom to ask."""

    rater = forms.ModelChoiceField(queryset=None, label=_("Who rates"), empty_label=_("Choose somebody"))

    def __init__(self, *args: Any, raters: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rater"].queryset = raters
        self.fields["rater"].label_from_instance = lambda person: person.name


class BlindRatingForm(forms.Form):
    """The rating of somebody who saw the case, and nothing of the guidance."""

    score = forms.TypedChoiceField(label=_("How well was it judged?"), coerce=int, widget=forms.RadioSelect)
    because = prose(_BECAUSE, _("Needed below proficient. The learner and the mentor read it."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["score"].choices = rating_choices()
