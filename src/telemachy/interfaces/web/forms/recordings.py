"""Forms of recordings: the terms, the files, who is who, and evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from telemachy.apps.supervision.actions.consents import MAX_LISTENERS, Offer
from telemachy.apps.supervision.queries import recordings
from telemachy.core.conversation.transcript import MAX_BYTES

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.programmes.models import Programme

MAX_NOTE = 2_000
#: As Terms.Purpose, which no interface imports.
PURPOSES = (
    ("feedback", _("Mentor coaching: feedback on how I coach")),
    ("credential", _("An assessment towards a credential")),
    ("reflection", _("My own reflection")),
)
LEFT_OUT = "none"
_DAY = {"type": "date"}


class TermsForm(forms.Form):
    """What a recording is for, who hears it, and until when it is kept."""

    purpose = forms.ChoiceField(label=_("What is it for?"), choices=PURPOSES, widget=forms.RadioSelect)
    addresses = forms.CharField(
        label=_("Who may hear and read it, besides the two of you?"),
        help_text=_(
            "E-mail addresses of people in your organisation, one on each line. Leave it empty for nobody."
        ),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    keep_until = forms.DateField(
        label=_("Until which day are sound and words kept?"), widget=forms.DateInput(attrs=_DAY)
    )
    for_learning = forms.BooleanField(
        label=_(
            "Sentences whose code is corrected may be taken, without our two names, to train our own model"
        ),
        required=False,
    )

    def __init__(self, *args: Any, asker: Person, programme: Programme, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asker = asker
        self.fields["keep_until"].help_text = _now(
            "At most %(n)d days from today. After that day the product deletes them by itself."
        ) % {"n": recordings.keep_days_in(programme)}
        self.fields["keep_until"].initial = recordings.last_day(programme, today)
        self.fields["purpose"].initial = "feedback"
        if not recordings.learns(programme.organisation):
            del self.fields["for_learning"]

    def clean_addresses(self) -> list[Person]:
        """Turn addresses into people; name the first that is nobody's."""
        found: dict[Any, Person] = {}
        words = [word.strip(" <>") for word in self.cleaned_data["addresses"].replace(",", "\n").split()]
        addresses = [word for word in words if word]
        if len(addresses) > MAX_LISTENERS:
            raise forms.ValidationError(_now("Name at most %(n)d people.") % {"n": MAX_LISTENERS})
        for address in addresses:
            validate_email(address)
            person = recordings.listener_by_address(self.asker, address)
            if person is None:
                raise forms.ValidationError(
                    _now(
                        "Nobody in your organisation signs in with %(address)s. Check how it is written, or "
                        "take the line out."
                    )
                    % {"address": address}
                )
            found[person.pk] = person
        return list(found.values())

    @property
    def offer(self) -> Offer:
        """What is proposed, once valid."""
        kept = self.cleaned_data
        return Offer(
            purpose=kept["purpose"],
            keep_until=kept["keep_until"],
            listeners=kept["addresses"],
            for_learning=kept.get("for_learning", False),
        )


class AskForm(TermsForm):
    """A conversation, and the terms on its recording."""

    title = forms.CharField(
        label=_("What do you call it?"),
        max_length=160,
        help_text=_("A line by which you both know it, such as “Fourth session”. No content."),
    )
    held_on = forms.DateField(label=_("Day of the conversation"), widget=forms.DateInput(attrs=_DAY))
    field_order = ("title", "held_on", "purpose", "addresses", "keep_until", "for_learning")


class _OneOfSeveral(forms.FileField):
    """A file that may be missing if another is there: the page says so, instead of a mark on each."""

    one_of_several = True


class UploadForm(forms.Form):
    """The sound, the transcript, or both."""

    transcript = _OneOfSeveral(
        label=_("Transcript"),
        required=False,
        help_text=_(
            "VTT or SRT (Zoom, Teams, Meet), JSON of Whisper or WhisperX, or text with names (Otter, Teams, "
            "your own). Names of both speakers are needed."
        ),
        widget=forms.FileInput(attrs={"accept": ".vtt,.srt,.json,.txt,text/plain,text/vtt,application/json"}),
    )
    audio = _OneOfSeveral(
        label=_("Sound"),
        required=False,
        help_text=_("MP3, M4A, WAV, Ogg, FLAC or WebM; no film, for faces are nobody's business here."),
        widget=forms.FileInput(attrs={"accept": "audio/*,.m4a,.mp3,.wav,.ogg,.flac,.webm"}),
    )

    def clean_transcript(self) -> Any:
        """Refuse what no reader takes before it is read."""
        file = self.cleaned_data["transcript"]
        if file and file.size > MAX_BYTES:
            raise forms.ValidationError(
                _now("The file is larger than %(n)d MB; a transcript is text. Sound belongs under “Sound”.")
                % {"n": MAX_BYTES // (1024 * 1024)}
            )
        return file

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("audio") and not cleaned.get("transcript"):
            raise forms.ValidationError(_now("Choose the transcript, the sound, or both."))
        return cleaned


class SpeakersForm(forms.Form):
    """Which name sits where; one choice for each name of the transcript."""

    def __init__(self, *args: Any, names: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._names = [name for name, _seat in names]
        choices = [
            ("coach", _now("Coach")),
            ("client", _now("Client")),
            (LEFT_OUT, _now("Neither: leave out what this one says")),
        ]
        for number, (name, seat) in enumerate(names):
            self.fields[f"name_{number}"] = forms.ChoiceField(
                label=name, choices=choices, initial=seat or LEFT_OUT, widget=forms.RadioSelect
            )

    def clean(self) -> dict[str, Any]:
        """Ask for both seats."""
        cleaned = super().clean() or {}
        if not self.errors and not {"coach", "client"} <= set(cleaned.values()):
            raise forms.ValidationError(_now("Say who coaches and who is the client: both are needed."))
        return cleaned

    @property
    def seats(self) -> dict[str, str]:
        """Name -> seat, once valid."""
        given = [self.cleaned_data[f"name_{number}"] for number in range(len(self._names))]
        return {name: "" if seat == LEFT_OUT else seat for name, seat in zip(self._names, given, strict=True)}


class PinForm(forms.Form):
    """A competency, what was noticed, or both."""

    competency = forms.ChoiceField(label=_("Competency"), required=False)
    note = forms.CharField(
        label=_("What do you notice?"),
        required=False,
        max_length=MAX_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, choices: Iterable[tuple[str, Any]], prefix_id: str, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{prefix_id}_%s", **kwargs)
        self.fields["competency"].choices = [("", _now("None in particular")), *choices]

    @property
    def pinned(self) -> dict[str, str]:
        """Competency and marker by their codes, and the note, once valid."""
        code, _sep, marker = self.cleaned_data["competency"].partition("/")
        return {"competency": code, "marker": marker, "note": self.cleaned_data["note"]}


class RulesForm(forms.Form):
    """What holds for an organisation's recordings."""

    keep_days = forms.IntegerField(
        label=_("Days that sound and words are kept at most"),
        min_value=1,
        help_text=_("A pair agrees on a day within. What is older is deleted at night."),
    )
    learning = forms.BooleanField(
        label=_("Pairs may be asked to let corrected sentences train our own model"),
        help_text=_(
            "Nothing is learnt by itself. With the consent of both, corrected sentences can be fetched, "
            "without the names of the two, for whoever trains a model."
        ),
        required=False,
    )
