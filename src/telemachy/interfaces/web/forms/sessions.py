"""Forms of sessions. Everything is bounded here; what it means is checked by the actions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import URLValidator
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from telemachy.apps.relationships.actions.session_notes import MAX_CHARS
from telemachy.apps.relationships.actions.sessions import MAX_SLOTS
from telemachy.apps.relationships.queries import session_times
from telemachy.interfaces.web.forms import session_words as words

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Session

DURATIONS = (15, 30, 45, 60, 75, 90, 120, 180, 240)
USUAL_DURATION = 60
OWN_BOXES = ("own_1", "own_2", "own_3")
LOCAL = "%Y-%m-%dT%H:%M"
HTTPS_ONLY = _("Give a link that begins with https://.")
NO_SUCH_TIME = _(
    "Give a date and a time that exist in your time zone, such as 2026-03-10 14:30. When the clocks change, "
    "one hour is skipped or comes twice; choose one beside it."
)


def moment_value(at: datetime) -> str:
    """Return a moment as the value of a choice."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")


def _read_moment(text: str) -> datetime:
    """Read such a value back; raise ValueError for anything else."""
    if len(text) != len("2026-03-10T14:30Z"):
        raise ValueError(text)
    return datetime.strptime(text, "%Y-%m-%dT%H:%MZ").replace(tzinfo=UTC)


class MomentChoice(forms.TypedMultipleChoiceField):
    """Suggested moments to tick. A moment stays valid when the suggestions have moved on meanwhile."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=_read_moment, empty_value=[], **kwargs)

    def valid_value(self, value: str) -> bool:
        """Accept every moment written as we write them."""
        try:
            _read_moment(value)
        except ValueError:
            return False
        return True


def local_moment(label: Promise, **kwargs: Any) -> forms.DateTimeField:
    """Return a field for a date and time on the reader's clock."""
    return forms.DateTimeField(
        label=label,
        input_formats=[LOCAL, f"{LOCAL}:%S", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL),
        error_messages={"invalid": NO_SUCH_TIME},
        **kwargs,
    )


def duration() -> forms.TypedChoiceField:
    """Return a choice of how long a session takes."""
    return forms.TypedChoiceField(
        label=_("How long?"),
        choices=[(n, ngettext_lazy("%d minute", "%d minutes", n) % n) for n in DURATIONS],
        coerce=int,
        initial=USUAL_DURATION,
    )


class WhereForm(forms.Form):
    """How long, and where."""

    duration_minutes = duration()
    video_url = forms.URLField(
        label=_("Video link"),
        help_text=_("Copied into the invitation; begins with https://."),
        max_length=500,
        required=False,
        assume_scheme="https",
        validators=[URLValidator(schemes=["https"], message=HTTPS_ONLY)],
        error_messages={"invalid": HTTPS_ONLY},
    )
    place = forms.CharField(
        label=_("Place"),
        help_text=_("A room, a café, a telephone number."),
        max_length=200,
        required=False,
    )

    def where(self) -> dict[str, Any]:
        """Return what the actions take of it."""
        return {name: self.cleaned_data[name] for name in ("duration_minutes", "video_url", "place")}


class TimesForm(WhereForm):
    """Times to offer, or the one to schedule; "schedule" in the posted data asks for exactly one."""

    slots = MomentChoice(label=_("Times that suit everybody"), required=False)
    own_1 = local_moment(_("Another time"), required=False)
    own_2 = local_moment(_("Or another"), required=False)
    own_3 = local_moment(_("Or a third"), required=False)

    def __init__(
        self,
        *args: Any,
        suggested: Sequence[datetime],
        minutes: int,
        others: Iterable[Person],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = {*suggested, *self._ticked()}
        self.fields["slots"].choices = [
            (moment_value(at), slot_label(at, minutes, others)) for at in sorted(offered)
        ]

    def _ticked(self) -> list[datetime]:
        """Return what was ticked before, so that a form shown again keeps it."""
        field = self.fields["slots"]
        texts = self.data.getlist("slots") if hasattr(self.data, "getlist") else []
        return [_read_moment(text) for text in texts[:MAX_SLOTS] if field.valid_value(text)]

    def own(self) -> list[forms.BoundField]:
        """Return the boxes for times of one's own."""
        return [self[name] for name in OWN_BOXES]

    def clean(self) -> dict[str, Any]:
        """Gather the times; how many there may be depends on the button pressed."""
        cleaned = super().clean() or {}
        typed = [cleaned.get(name) for name in OWN_BOXES]
        starts = sorted({*cleaned.get("slots", []), *(at for at in typed if at)})
        cleaned["starts"] = starts
        if any(name in self.errors for name in ("slots", *OWN_BOXES)):
            return cleaned
        if not starts:
            self.add_error("slots", _now("Tick a time, or write one of your own."))
        elif len(starts) > MAX_SLOTS:
            self.add_error("slots", _now("Offer at most five times."))
        elif "schedule" in self.data and len(starts) > 1:
            self.add_error("slots", _now("To schedule it directly, tick exactly one time."))
        return cleaned


class MoveForm(WhereForm):
    """A new time for a session, or a change of where it is."""

    starts_at = local_moment(_("When?"), help_text=_("On your own clock."))

    field_order = ("starts_at", "duration_minutes", "video_url", "place")

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        chosen = kwargs.pop("initial", {})
        initial = {
            "starts_at": session.starts_at,
            "duration_minutes": session.duration_minutes,
            "video_url": session.video_url,
            "place": session.place,
        }
        super().__init__(*args, initial=initial | chosen, **kwargs)
        if session.duration_minutes not in DURATIONS:
            minutes = session.duration_minutes
            extra = (minutes, ngettext_lazy("%d minute", "%d minutes", minutes) % minutes)
            self.fields["duration_minutes"].choices = [extra, *self.fields["duration_minutes"].choices]


class GoalChoice(forms.Form):
    """Which goal a session serves."""

    goal = forms.ChoiceField(label=_("Which goal did it serve?"), required=False)

    def __init__(self, *args: Any, goals: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._goals = {str(goal.pk): goal for goal in goals}
        self.fields["goal"].choices = [
            ("", _now("None in particular")),
            *((key, goal.statement[:90]) for key, goal in self._goals.items()),
        ]

    def clean(self) -> dict[str, Any]:
        """Turn the chosen key into the goal."""
        cleaned = super().clean() or {}
        cleaned["goal"] = self._goals.get(cleaned.get("goal", ""))
        return cleaned


class HeldForm(GoalChoice):
    """A session that took place without having been scheduled here."""

    starts_at = local_moment(_("When did you meet?"), help_text=_("On your own clock."))
    duration_minutes = duration()
    place = forms.CharField(label=_("Place"), max_length=200, required=False)

    field_order = ("starts_at", "duration_minutes", "place", "goal")


class AgendaForm(forms.Form):
    """A point of the agenda in one's own words."""

    text = forms.CharField(label=_("Your own point"), max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="agenda_%s", **kwargs)


class GuideForm(forms.Form):
    """Which guide to lead the conversation by."""

    guide = forms.ChoiceField(
        label=_("Conversation guide"),
        choices=[("", _("No guide")), *((key, guide.name) for key, guide in words.GUIDES.items())],
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="guide_%s", **kwargs)


class NoteForm(forms.Form):
    """One's own note, private or shared; an empty one is removed."""

    text = forms.CharField(label=_("Note"), max_length=MAX_CHARS, required=False, widget=forms.Textarea)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{kind}_%s", **kwargs)
        self.fields["text"].label = {
            "private": _now("Your private note"),
            "shared": _now("Your shared note"),
        }[kind]


class ActionForm(forms.Form):
    """Who does what by when."""

    text = forms.CharField(label=_("What is to be done?"), max_length=300)
    owner = forms.ChoiceField(label=_("Who?"))
    due_on = forms.DateField(
        label=_("By when?"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Give a date such as 2026-03-24.")},
    )

    def __init__(self, *args: Any, people: Sequence[Person], owner: str = "", **kwargs: Any) -> None:
        super().__init__(*args, auto_id="action_%s", **kwargs)
        self._people = {str(person.pk): person for person in people}
        self.fields["owner"].initial = owner
        self.fields["owner"].choices = [(key, person.name) for key, person in self._people.items()]

    def clean(self) -> dict[str, Any]:
        """Turn the chosen key into the person."""
        cleaned = super().clean() or {}
        if "owner" in cleaned:
            cleaned["owner"] = self._people[cleaned["owner"]]
        return cleaned


def slot_label(at: datetime, minutes: int, others: Iterable[Person]) -> str:
    """Return a time as the reader's choice, with what it is for the others."""
    mine = session_times.own_time(at, minutes)
    lines = session_times.others_times(at, minutes, others)
    help_text = format_html_join("", '<span class="choice-help">{}</span>', ((line,) for line in lines))
    return format_html(
        '<span class="choice-text"><strong>{}, <span class="nowrap">{}</span></strong>{}</span>',
        mine.day,
        mine.hours,
        help_text,
    )
