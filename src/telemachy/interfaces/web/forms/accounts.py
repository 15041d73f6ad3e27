"""Forms of an account: taking up an invitation, the profile, choices, privacy."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

from allauth.account.forms import LoginForm, ResetPasswordForm
from babel import Locale, UnknownLocaleError
from django import forms
from django.conf import settings
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from telemachy.apps.people.queries import rosters
from telemachy.core.roster.hours import parse_working_hours
from telemachy.core.roster.languages import parse_languages
from telemachy.core.roster.values import split_many

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person

STYLES = [
    ("", _("No preference")),
    ("reflective", _("Reflective: time to think it through")),
    ("direct", _("Direct: straight to the point")),
    ("exploring", _("Exploring: questions and ideas first")),
    ("practical", _("Practical: try it, then look")),
]
MAILS = [
    ("immediate", _("Right away: a mail for each piece of news")),
    ("daily", _("Once a day: everything in one mail at seven in the morning, your time")),
    ("off", _("No mail: I look here myself")),
]
DAYS = {
    "mon": _("Monday"),
    "tue": _("Tuesday"),
    "wed": _("Wednesday"),
    "thu": _("Thursday"),
    "fri": _("Friday"),
    "sat": _("Saturday"),
    "sun": _("Sunday"),
}
USUAL = {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
MAX_SKILLS = 30
OPTION = '<option value="{}"{}>{}</option>'
_DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


#: Parts of the IANA list that are other names of zones, or no places.
NO_PLACES = {"Etc", "posix", "right", "SystemV", "US", "Brazil", "Canada", "Chile", "Mexico"}


@cache
def _time_zone_options() -> SafeString:
    """Write every IANA zone that stands for a place, grouped by its part of the world."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(available_timezones()):
        area, slash, place = name.partition("/")
        if slash and area not in NO_PLACES:
            groups.setdefault(area, []).append((name, place.replace("_", " ").replace("/", ", ")))
    written = (
        (area, format_html_join("", OPTION, ((name, "", place) for name, place in zones)))
        for area, zones in groups.items()
    )
    return format_html(OPTION, "UTC", "", "UTC") + format_html_join(
        "", '<optgroup label="{}">{}</optgroup>', written
    )


class SignIn(LoginForm):  # type: ignore[misc]  # allauth ships no types
    """Who are you: worded as everywhere else, with no label said twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_address(self.fields["login"])
        self.fields["password"].widget.attrs.pop("placeholder", None)


class ForgottenPassword(ResetPasswordForm):  # type: ignore[misc]  # allauth ships no types
    """Where the link to a new password goes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_address(self.fields["email"])


def _word_address(field: forms.Field) -> None:
    field.label = _("E-mail")
    field.widget.attrs.pop("placeholder", None)


class TimeZoneSelect(forms.Select):
    """A list of five hundred zones, written once; a zone that a roster brought and it lacks comes first."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Write the list with the person's zone chosen."""
        options: str = _time_zone_options()
        plain, chosen = (format_html('value="{}"{}>', value, mark) for mark in ("", " selected"))
        if plain in options:
            options = options.replace(plain, chosen, 1)
        elif value:
            options = format_html(OPTION, value, " selected", value) + options
        attributes = flatatt(self.build_attrs({"name": name, **self.attrs}, attrs))
        return format_html("<select{}>{}</select>", attributes, mark_safe(options))  # noqa: S308 - escaped above


class TimeZoneField(forms.ChoiceField):
    """A time zone."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Time zone"), widget=TimeZoneSelect, **kwargs)

    def valid_value(self, value: str) -> bool:
        """Accept every zone the system knows."""
        return value in available_timezones()


class ManyField(forms.CharField):
    """Several words or phrases, one a line or separated by commas."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=3000, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show one a line."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        """Return them as a list, each once."""
        found = list(split_many(super().clean(value)))
        if len(found) > MAX_SKILLS:
            raise forms.ValidationError(_("Name the %(n)d that matter most."), params={"n": MAX_SKILLS})
        return found


class LanguagesField(forms.CharField):
    """Languages by name, in the reader's words; kept as ISO 639 codes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Languages you work in"),
            help_text=_("Separated by commas, for example: English, German, Portuguese."),
            max_length=300,
            required=False,
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        """Show codes by their names."""
        return ", ".join(language_name(code) for code in value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        """Return the codes; name what is no language."""
        codes, findings = parse_languages(super().clean(value))
        if findings:
            unknown = ", ".join(dict(finding.params).get("value", "") for finding in findings)
            raise forms.ValidationError(
                _("No language is known by this name: %(names)s. Write its English or own name."),
                params={"names": unknown[:100]},
            )
        return list(codes)


class HoursField(forms.CharField):
    """The working hours of one weekday, such as 9-12, 13-17; empty on a day off."""

    def __init__(self, day: str, **kwargs: Any) -> None:
        super().__init__(label=DAYS[day], required=False, max_length=60, **kwargs)
        self.day = day

    def prepare_value(self, value: Any) -> Any:
        """Show intervals as people write them."""
        if isinstance(value, list):
            return ", ".join(f"{start}–{end}" for start, end in value)
        return value

    def clean(self, value: Any) -> Any:
        """Return the intervals of that day."""
        text = super().clean(value)
        if not text:
            return []
        intervals, findings = parse_working_hours(f"{self.day} {text}")
        found = rosters.week(intervals)
        if findings or set(found) != {self.day} or not any(letter.isdigit() for letter in text):
            raise forms.ValidationError(
                _("Write hours such as 9:00–17:00, or 8–12, 13–17. Leave days off empty.")
            )
        return found[self.day]


class AcceptForm(forms.Form):
    """Take up an invitation."""

    password = forms.CharField(
        label=_("Choose a password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        max_length=200,
        strip=False,
        help_text=_("At least 10 characters. A sentence you remember is better than a word with signs."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, widget=forms.RadioSelect)
    time_zone = TimeZoneField()


class ProfileForm(forms.Form):
    """What others may know of a person, and what pairs are proposed by."""

    name = forms.CharField(label=_("Name"), max_length=200)
    job_title = forms.CharField(label=_("Job title"), max_length=200, required=False)
    function = forms.CharField(
        label=_("Function"),
        max_length=200,
        required=False,
        help_text=_("The part of the organisation you work in, such as Finance or Nursing."),
    )
    location = forms.CharField(label=_("Location"), max_length=200, required=False)
    skills_offered = ManyField(
        label=_("What you can offer"), help_text=_("One a line: experience others could draw on.")
    )
    skills_sought = ManyField(
        label=_("What you would like to learn"), help_text=_("One a line: what you want to get better at.")
    )
    goals_text = forms.CharField(
        label=_("What should be different in a year"), widget=forms.Textarea, max_length=4000, required=False
    )
    about = forms.CharField(label=_("About you"), widget=forms.Textarea, max_length=4000, required=False)
    style = forms.ChoiceField(
        label=_("How you like to work with somebody"),
        choices=STYLES,
        widget=forms.RadioSelect,
        required=False,
    )
    languages = LanguagesField()
    time_zone = TimeZoneField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for day in DAYS:
            self.fields[f"hours_{day}"] = HoursField(day)

    @property
    def hours(self) -> list[forms.BoundField]:
        """The fields of the week."""
        return [self[f"hours_{day}"] for day in DAYS]

    def clean_name(self) -> str:
        """Keep the name on one line with a letter in it."""
        name = " ".join(self.cleaned_data["name"].split())
        if not any(letter.isalpha() for letter in name):
            raise forms.ValidationError(_("Write a name that people can call you by."))
        return name

    def profile(self) -> dict[str, Any]:
        """Return the cleaned fields as the action takes them."""
        values = dict(self.cleaned_data)
        week = {day: values.pop(f"hours_{day}") for day in DAYS}
        working = {day: hours for day, hours in week.items() if hours}
        return {**values, "working_hours": {} if working == USUAL else working}


def profile_of(person: Person) -> dict[str, Any]:
    """Return the initial values of ProfileForm."""
    names = [name for name in ProfileForm.base_fields if name not in {"hours"}]
    week = person.working_hours or USUAL
    return {name: getattr(person, name) for name in names} | {
        f"hours_{day}": week.get(day, []) for day in DAYS
    }


class AvailabilityForm(forms.Form):
    """How much a person takes on, and until when nothing new."""

    capacity = forms.IntegerField(
        label=_("Learners at once"),
        min_value=1,
        max_value=20,
        help_text=_("How many learners you would take as a mentor or coach."),
    )
    paused_until = forms.DateField(
        label=_("Paused until"),
        widget=_DATE,
        required=False,
        help_text=_(
            "The day on which you are back. Before it no new pair is proposed to you, and nothing nudges "
            "you. Existing pairs go on."
        ),
    )


class MailForm(forms.Form):
    """How often mail comes."""

    mail = forms.ChoiceField(label=_("News by e-mail"), choices=MAILS, widget=forms.RadioSelect)


class EraseForm(forms.Form):
    """The address, typed by hand, as the confirmation."""

    email = forms.CharField(
        label=_("Type your e-mail address to confirm"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "email", "autocapitalize": "none"}),
    )

    def __init__(self, *args: Any, address: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.address = address

    def clean_email(self) -> str:
        """Compare with the address on the page."""
        email: str = self.cleaned_data["email"].strip().lower()
        if email != self.address.lower():
            raise forms.ValidationError(
                _("This is not your address. Nothing was erased; type %(address)s to confirm."),
                params={"address": self.address},
            )
        return email


def language_name(code: str) -> str:
    """Return a language's name in the reader's language, or the code itself."""
    try:
        reader = Locale.parse(get_language() or "en", sep="-")
    except UnknownLocaleError:
        reader = Locale("en")
    return str(reader.languages.get(code, code))
