"""Forms of a situation's steps. Texts are bounded here; what they mean is checked by the actions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from telemachy.core.shared.filekinds import ENDINGS
from telemachy.core.shared.scales import GuidanceLevel, ceiling
from telemachy.interfaces.web.forms import situation_words as words
from telemachy.interfaces.web.templatetags.ui import LEVELS

MAX_TEXT = 10_000
#: Levels at which the mentor says nothing before the decision.
WORDLESS = (GuidanceLevel.DEBRIEF, GuidanceLevel.INDEPENDENT)


def prose(label: Promise, help_text: Promise | str = "", *, required: bool = False) -> forms.CharField:
    """Return a field for running text."""
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=MAX_TEXT, widget=forms.Textarea
    )


def grades(label: Promise, meanings: dict[int, Promise]) -> forms.TypedChoiceField:
    """Return a choice of the grades 1 to 5, each with its meaning."""
    return forms.TypedChoiceField(
        label=label,
        choices=list(meanings.items()),
        coerce=int,
        widget=forms.RadioSelect,
    )


class StepForm(forms.Form):
    """A form of one step; its ids are its own, since several steps may share a page."""

    step = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{self.step}_%s", **kwargs)


class SituationForm(StepForm):
    """What the case is about."""

    step = "log"

    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        help_text=_("A line by which the two of you will remember it."),
    )
    story = prose(
        _("What is going on?"),
        _("What happened, who is involved, what is expected of you. Leave names out where you can."),
        required=True,
    )
    stakes = prose(_("What is at stake?"), _("What is won or lost, for whom, and by when."))
    competency = forms.ChoiceField(label=_("Which competency does it exercise?"), required=False)
    goal = forms.ChoiceField(label=_("Which of your goals does it belong to?"), required=False)
    difficulty = grades(_("How difficult is it?"), dict(words.DIFFICULTY))
    novelty = grades(_("How new is it to you?"), dict(words.NOVELTY))

    def __init__(self, *args: Any, competencies: Iterable[Any], goals: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._competencies = {str(competency.pk): competency for competency in competencies}
        self._goals = {str(goal.pk): goal for goal in goals}
        none = ("", _now("None in particular"))
        self.fields["competency"].choices = [
            none,
            *((key, one.name) for key, one in self._competencies.items()),
        ]
        self.fields["goal"].choices = [none, *((key, one.statement[:90]) for key, one in self._goals.items())]

    def clean(self) -> dict[str, Any]:
        """Turn the chosen keys into what they stand for."""
        cleaned = super().clean() or {}
        cleaned["competency"] = self._competencies.get(cleaned.get("competency", ""))
        cleaned["goal"] = self._goals.get(cleaned.get("goal", ""))
        return cleaned


class ReasonForm(StepForm):
    """The learner's own reasoning, before any help."""

    step = "reason"

    own_view = prose(
        _("What do you make of it yourself?"),
        _("Your own reading of the situation. It is kept as you write it here, before any help."),
        required=True,
    )
    options = prose(_("Which options do you see?"), _("One to a line; also those you do not like."))
    own_questions = prose(_("What would you need to know?"), _("Questions you ask yourself."))
    intended_decision = prose(
        _("What would you do if nobody answered?"), _("One or two sentences."), required=True
    )
    confidence = forms.IntegerField(
        label=_("How sure are you that this is right?"),
        help_text=_("From 0, a guess, to 100, certain."),
        min_value=0,
        max_value=100,
    )


class AskForm(StepForm):
    """A question to the mentor."""

    step = "ask"

    question = prose(
        _("What would you like to ask?"),
        _("The clearer the question, the less of the answer you will need."),
        required=True,
    )


class DecideForm(StepForm):
    """The decision."""

    step = "decide"

    decision = prose(
        _("What do you decide?"),
        _("What you will do, and what tipped it. It is kept before the outcome is known."),
        required=True,
    )


class AccountForm(StepForm):
    """How it was decided and how it turned out."""

    step = "account"

    outcome = prose(
        _("How did it turn out?"), _("What happened, also what you did not expect."), required=True
    )
    criteria = prose(_("What did you decide by?"), _("The criteria that counted in the end."))
    risks = prose(_("Which risks did you weigh?"))
    alternatives = prose(_("What else could you have done?"))


class GuideForm(StepForm):
    """Guidance at a level of the ladder."""

    step = "guide"
    #: Whether words are needed depends on the level, which a browser cannot check.
    use_required_attribute = False

    level = forms.TypedChoiceField(label=_("How much do you say?"), coerce=int, widget=forms.RadioSelect)
    text = prose(_("Your words"), required=True)
    mode_shift_reason = prose(
        _("Why do you leave the coaching mode?"),
        _("Above the question level a coach says why; it is kept beside the guidance."),
        required=True,
    )

    def __init__(self, *args: Any, kind: str, recommended: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [
            (int(level), _level_choice(level, recommended, kind))
            for level in sorted(GuidanceLevel, reverse=True)
        ]
        self.fields["level"].initial = recommended
        self._require_what_the_level_needs(ceiling(kind))

    def _require_what_the_level_needs(self, top: GuidanceLevel) -> None:
        chosen = self.data.get("level", "")
        if chosen in {str(level.value) for level in WORDLESS}:
            self.fields["text"].required = False
        if top == GuidanceLevel.ANSWER:
            del self.fields["mode_shift_reason"]
        elif chosen not in {str(level.value) for level in GuidanceLevel if level > top}:
            self.fields["mode_shift_reason"].required = not self.is_bound


class DebriefForm(StepForm):
    """The look back, and the rating on the rubric."""

    step = "debrief"

    text = prose(
        _("What do you see, looking back?"),
        _("What was judged well, what was not seen, and a question to take along."),
        required=True,
    )
    score = forms.TypedChoiceField(label=_("How well was it judged?"), coerce=int, widget=forms.RadioSelect)
    comment = prose(_("What would have made it one step better?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["score"].choices = rating_choices()


class SelfRatingForm(StepForm):
    """The learner's own rating."""

    step = "rate"

    score = forms.TypedChoiceField(
        label=_("How well do you think you judged it?"),
        help_text=_("Shown beside the rating of your mentor; it changes no level."),
        coerce=int,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["score"].choices = rating_choices()


class MessageForm(StepForm):
    """A line of the conversation."""

    step = "message"

    text = prose(_("Write a line"), required=True)


class AttachmentForm(StepForm):
    """A file for the situation."""

    step = "attach"

    file = forms.FileField(
        label=_("Add a file"),
        max_length=200,
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(ENDINGS)}),
    )


def rating_choices() -> list[tuple[int, str]]:
    """Return the rubric as choices, the best first."""
    return [(score, _titled(*meaning)) for score, meaning in sorted(words.RATINGS.items(), reverse=True)]


def _level_choice(level: GuidanceLevel, recommended: int | None, kind: str) -> str:
    note = ""
    if level == recommended:
        note = _now("recommended")
    elif level > ceiling(kind):
        note = _now("a mode shift: needs a reason")
    return _titled(LEVELS[level][1], words.LEVELS[level], note)


def _titled(title: Promise | str, text: Promise | str, note: str = "") -> str:
    if note:
        return format_html(
            '<span class="choice-text"><strong>{}</strong> <em class="choice-note">{}</em>'
            '<span class="choice-help">{}</span></span>',
            title,
            note,
            text,
        )
    return format_html(
        '<span class="choice-text"><strong>{}</strong><span class="choice-help">{}</span></span>', title, text
    )
