"""Forms of an agent's training. Each field has a digit: Alt and the digit jumps to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from telemachy.core.memory import MAX_CHARS, LessonText
from telemachy.core.memory.traces import MAX_BYTES
from telemachy.core.shared.scales import GuidanceLevel, ceiling
from telemachy.interfaces.web.forms.situations import WORDLESS, GuideForm, prose, rating_choices
from telemachy.interfaces.web.templatetags.ui import LEVELS

if TYPE_CHECKING:
    from telemachy.apps.relationships.models import Goal, Situation

#: The order in which the digits jump to the fields, the same for every kind of review.
KEYS = ("level", "score", "text", "failure_mode", "cue", "action", "because", "contrast")
DIGITS = {"level": "1", "score": "1", "text": "2"} | {
    name: str(n) for n, name in enumerate(KEYS[3:], start=3)
}
MODES_LIST = "known-modes"


class KeyedRadios(forms.RadioSelect):
    """Radio buttons of which the first alone answers the access key: a key may lead to one place only."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the option, without the key unless it is the first."""
        option: dict[str, Any] = super().create_option(*args, **kwargs)
        if option["index"] != "0":
            option["attrs"].pop("accesskey", None)
        return option


def line(label: Any, help_text: Any = "") -> forms.CharField:
    """Return a field of a lesson: a few words, not required where no lesson is given."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=MAX_CHARS,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class LessonForm(forms.Form):
    """A lesson on a failure mode, to be called to mind in later cases."""

    failure_mode = forms.CharField(
        label=_("Failure mode"),
        help_text=_("What keeps going wrong, in a few words. Leave all of this blank to teach nothing."),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"list": MODES_LIST, "autocomplete": "off"}),
    )
    cue = line(_("Cue"), _("How such a case is noticed."))
    action = line(_("Action"), _("What to do then."))
    because = line(_("Because"), _("Why it is right."))
    contrast = line(
        _("Contrast"),
        _("What separates this case from the lesson there is. Needed when a failure mode has come back."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, digit in DIGITS.items():
            if name in self.fields:
                self.fields[name].widget.attrs |= {"accesskey": digit, "data-alt-key": digit}

    def keyed(self) -> list[tuple[str, forms.BoundField]]:
        """Return the fields of the lesson with their digits."""
        return [(DIGITS[name], self[name]) for name in KEYS[3:]]

    @property
    def is_lesson(self) -> bool:
        """Whether anything of a lesson was filled in; then the action says what is missing."""
        return any(self.cleaned_data[name] for name in KEYS[3:])

    def lesson(self) -> LessonText:
        """Return the words of the lesson."""
        return LessonText(**{name: self.cleaned_data[name] for name in KEYS[3:]})

    def clean(self) -> dict[str, Any]:
        """Ask for whatever a review of this kind needs."""
        cleaned: dict[str, Any] = super().clean() or {}
        if type(self) is LessonForm and not any(cleaned.get(name) for name in KEYS[3:]):
            self.add_error("failure_mode", _("Write the lesson: failure mode, cue, action and because."))
        return cleaned


class AnswerForm(LessonForm):
    """An answer at a level, and the lesson in it."""

    #: Whether words are needed depends on the level and on the fields of the lesson.
    use_required_attribute = False

    level = forms.TypedChoiceField(label=_("How much do you say?"), coerce=int, widget=KeyedRadios)
    text = prose(
        _("Your words"),
        _("Where you leave them blank, the fields below are put into words, as far as the level shows them."),
    )
    mode_shift_reason = prose(
        _("Why do you leave the coaching mode?"),
        _("Above the question level a coach says why; it is kept beside the guidance."),
    )

    def __init__(self, *args: Any, situation: Situation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = situation.relationship.kind
        like = GuideForm(kind=kind, recommended=situation.recommended_level)
        self.fields["level"].choices = like.fields["level"].choices
        self.fields["level"].initial = situation.recommended_level
        if ceiling(kind) == GuidanceLevel.ANSWER:
            del self.fields["mode_shift_reason"]

    def clean(self) -> dict[str, Any]:
        """Ask for words, or for a lesson to take them from."""
        cleaned = super().clean()
        says = cleaned.get("level") not in {level.value for level in WORDLESS}
        if says and not any(cleaned.get(name) for name in ("text", "cue", "action", "contrast")):
            self.add_error("text", _("Write your answer, example or question, or fill in the lesson."))
        return cleaned


class LookBackForm(LessonForm):
    """A debrief with its rating, and the lesson in it."""

    use_required_attribute = False

    score = forms.TypedChoiceField(label=_("How well was it judged?"), coerce=int, widget=KeyedRadios)
    text = prose(
        _("What do you see, looking back?"),
        _("What was judged well, what was not seen, and a question to take along."),
        required=True,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["score"].choices = rating_choices()


class LevelForm(forms.Form):
    """How much help there is with a failure mode from now on."""

    level = forms.TypedChoiceField(label=_("Level"), coerce=int)
    reason = forms.CharField(label=_("Why"), max_length=300)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [
            (level.value, LEVELS[level][1])
            for level in sorted(GuidanceLevel, reverse=True)
            if level <= ceiling(kind)
        ]


class GoalForm(forms.Form):
    """What an agent may ask towards a goal, and whether little is lost when its cases go wrong."""

    ask_budget = forms.IntegerField(
        label=_("Questions it may ask towards this goal"),
        help_text=_("Left blank, it stays as it is."),
        min_value=0,
        max_value=10_000,
        required=False,
    )
    is_low_risk = forms.BooleanField(
        label=_("Little is lost when a case goes wrong: two independent checks may let a lesson through"),
        required=False,
    )


class TraceForm(forms.Form):
    """A file with past cases."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("JSON Lines or OpenTelemetry spans in JSON; at most 10 MB and 5,000 cases."),
        allow_empty_file=True,
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".jsonl,.ndjson,.json"}),
    )
    goal = forms.ChoiceField(label=_("Goal the cases belong to"), required=False)

    def __init__(self, *args: Any, goals: Iterable[Goal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._goals = {str(goal.pk): goal for goal in goals}
        choices = [(key, goal.statement[:80]) for key, goal in self._goals.items()]
        self.fields["goal"].choices = [("", _("None")), *choices]

    def chosen(self) -> Goal | None:
        """Return the goal, None for none."""
        return self._goals.get(self.cleaned_data["goal"])

    def content(self) -> bytes:
        """Return the file, one byte more than allowed at most, so that a larger one is told from it."""
        content: bytes = self.cleaned_data["file"].read(MAX_BYTES + 1)
        return content


class SeatForm(forms.Form):
    """The agent's seat from whose page something was decided."""

    seat = forms.UUIDField(required=False)
