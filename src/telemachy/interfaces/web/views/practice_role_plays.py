"""Role-plays: choose one, speak with the client, look back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from telemachy.apps.assist import policies as assist
from telemachy.apps.assist.actions import agreements, asking
from telemachy.apps.assist.queries import prompts
from telemachy.apps.practice.actions import role_plays as actions
from telemachy.apps.practice.queries import role_plays as queries
from telemachy.core.practice import Debrief, Ending, Exchange, Reason, Scenario, TurnKind, scenarios
from telemachy.core.practice.debrief import PHASES
from telemachy.core.shared.errors import BadInput, NotAllowed, TelemachyError
from telemachy.interfaces.common import language_models
from telemachy.interfaces.web.forms import practice_words as words
from telemachy.interfaces.web.forms.practice import TurnForm
from telemachy.interfaces.web.views import assist_panels
from telemachy.interfaces.web.views.base import PersonView, add_error
from telemachy.interfaces.web.views.practice import language

if TYPE_CHECKING:
    from telemachy.apps.practice.models import RolePlay, RolePlayTurn

#: Own role-plays listed.
MAX_LISTED = 50


@dataclass(frozen=True, slots=True)
class Said:
    """One exchange as the page shows it."""

    exchange: Exchange
    kind: Promise
    look: str
    reason: str
    #: What the client said before it was worded by a language model.
    by_model: bool = False

    @property
    def moved(self) -> int:
        """How far the client opened or closed after it."""
        return self.exchange.moved

    @property
    def passed_by(self) -> bool:
        """Whether the client was not reached, for a reason that its form does not show."""
        return self.exchange.reading.reason in (Reason.SAID_BEFORE, Reason.FITS_ANYBODY)


@dataclass(frozen=True, slots=True)
class Criterion:
    """A line of the rubric: what it is about, what was seen, and own turns that show it."""

    name: str
    seen: str
    quotes: list[str]


class ListRolePlays(PersonView):
    """The scenarios, and the conversations one had."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the page."""
        told, finished = scenarios(language()), queries.finished(self.person)
        own = queries.of_person(self.person)[:MAX_LISTED]
        context = {
            "scenarios": [
                (one, words.THEMES[one.theme], _endings(finished.get(one.id, []))) for one in told.values()
            ],
            "own": [
                (one, told[one.scenario], words.ENDINGS[Ending(one.ending)] if one.ending else None)
                for one in own
                if one.scenario in told
            ],
            "in_english": any(one.language != language() for one in told.values()),
        }
        return render(request, "practice/role_plays.html", context)


class BeginRolePlay(PersonView):
    """What to know before, and the beginning."""

    def get(self, request: HttpRequest, scenario: str) -> HttpResponse:
        """Show who comes and what to try."""
        told = self.scenario(scenario)
        context = {
            "scenario": told,
            "theme": words.THEMES[told.theme],
            "in_english": told.language != language(),
            "by_model": bool(assist.available(self.person)),
            "notice": assist_panels.notice_for(self.person),
        }
        return render(request, "practice/role_play_begin.html", context)

    def post(self, request: HttpRequest, scenario: str) -> HttpResponse:
        """Begin."""
        self.scenario(scenario)
        by_model = "by_model" in request.POST
        if by_model:
            agreements.agree(by=self.person, now=self.now)
        begun = actions.begin(
            scenario=scenario, language=language(), by_model=by_model, by=self.person, now=self.now
        )
        return redirect("role-play", begun.pk)

    def scenario(self, name: str) -> Scenario:
        """Return the scenario, else answer 404."""
        found = scenarios(language()).get(name)
        if found is None:
            raise Http404
        return found


class PlayRole(PersonView):
    """The conversation so far and one's next turn; afterwards what it looked like."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the page."""
        role_play = self.find(queries.of_person(self.person), pk=pk)
        again = request.session.pop(f"said:{pk}", "")
        return self.show(request, role_play, TurnForm(initial={"text": again}, auto_id="turn_%s"))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Say something."""
        role_play = self.find(queries.of_person(self.person), pk=pk)
        form = TurnForm(request.POST, auto_id="turn_%s")
        if form.is_valid():
            try:
                text = form.cleaned_data["text"]
                turn = actions.speak(
                    role_play=role_play, text=text, by=self.person, now=self.now, after=_after(request)
                )
                if role_play.by_model:
                    self.word(request, role_play, turn)
                return redirect("role-play", pk)
            except (BadInput, NotAllowed) as error:
                add_error(form, error)
        return self.show(request, role_play, form, status=422)

    def word(self, request: HttpRequest, role_play: RolePlay, turn: RolePlayTurn) -> None:
        """Have a language model word the client's answer; where it does not, the script's words stand."""
        script = queries.script_of(role_play)
        if script is None:
            return
        try:
            answer = asking.ask(
                prompt=prompts.client(role_play, turn, script),
                whose=[],
                model=language_models.ask,
                by=self.person,
                now=self.now,
            )
            actions.word(turn=turn, answer=answer, by=self.person, now=self.now)
        except TelemachyError as error:
            messages.warning(request, f"{error} {_('This answer is from the script.')}")

    def show(self, request: HttpRequest, role_play: Any, form: TurnForm, status: int = 200) -> HttpResponse:
        """Answer with the conversation, or with the debrief when it has ended."""
        script = queries.script_of(role_play)
        if script is None:
            context: dict[str, Any] = {"role_play": role_play, "turns": role_play.turns.all(), "form": form}
            return render(request, "practice/script_changed.html", context, status=status)
        looked = queries.debrief_of(role_play, script)
        worded = [bool(turn.answer) for turn in role_play.turns.all()]
        context = {
            "role_play": role_play,
            "scenario": script,
            "theme": words.THEMES[script.theme],
            "line": script.lines[role_play.line],
            "said": [
                _said(one, by_model)
                for one, by_model in zip(looked.exchanges, [False, *worded], strict=False)
            ],
            "last_words": queries.client_words(role_play, script)[-1],
            "last_by_model": bool(worded and worded[-1]),
            "first": not looked.exchanges,
            "n_turns": len(looked.exchanges),
            "form": form,
            "in_english": script.language != language(),
        }
        if role_play.ended_at is None:
            return render(request, "practice/role_play.html", context, status=status)
        context |= {
            "ending": words.ENDINGS[Ending(role_play.ending)],
            "opened": [_said(one) for one in looked.opened],
            "closed": [_said(one) for one in looked.closed],
            "mix": [(words.KINDS[kind], n) for kind, n in looked.counts.items() if n],
            "rubric": rubric(looked),
            "phases": [(words.PHASES[phase], phase in looked.phases) for phase in PHASES],
            "phases_read": script.language == "en",
        }
        return render(request, "practice/debrief.html", context, status=status)


class TakeTurnBack(PersonView):
    """Take the last turn back, to say it differently."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Take it back; what was said is in the box again."""
        role_play = self.find(queries.of_person(self.person), pk=pk)
        try:
            said = actions.take_back(role_play=role_play, by=self.person, now=self.now, after=_after(request))
            request.session[f"said:{pk}"] = said
        except BadInput as error:
            messages.error(request, str(error))
        return redirect("role-play", pk)


class RemoveRolePlay(PersonView):
    """Delete a role-play for good."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Delete it."""
        role_play = self.find(queries.of_person(self.person), pk=pk)
        actions.remove(role_play=role_play, by=self.person, now=self.now)
        messages.success(request, _("Deleted, with everything you said in it."))
        return redirect("role-play-list")


def _after(request: HttpRequest) -> int | None:
    """Return how many turns stood on the page that is answered: another tab may have gone on since."""
    said = request.POST.get("after", "")
    return int(said) if said.isdecimal() and len(said) < 6 else None


def rubric(looked: Debrief) -> list[Criterion]:
    """Return what was seen of each of five habits: counts and own words, no score."""
    counts, n = looked.counts, looked.n_questions
    asked = {"open": counts[TurnKind.OPEN], "n": n}
    return [
        Criterion(
            _("Asks openly"),
            _("%(open)d of %(n)d questions were open.") % asked if n else _("You asked nothing."),
            _quotes(looked, TurnKind.OPEN),
        ),
        Criterion(
            _("Listens and gives back"),
            _("Turns that gave back: %(back)d. Turns that asked: %(n)d.")
            % {"back": counts[TurnKind.REFLECTION], "n": n},
            _quotes(looked, TurnKind.REFLECTION),
        ),
        Criterion(
            _("One thing at a time"),
            ngettext(
                "In %(n)d turn there were several questions.",
                "In %(n)d turns there were several questions.",
                looked.n_stacked,
            )
            % {"n": looked.n_stacked}
            if looked.n_stacked
            else _("No turn had more than one question."),
            [one.text for one in looked.exchanges if one.reading.stacked],
        ),
        Criterion(
            _("Leaves the decision with the other"),
            ngettext("Advised once.", "Advised %(n)d times.", counts[TurnKind.ADVICE])
            % {"n": counts[TurnKind.ADVICE]}
            if counts[TurnKind.ADVICE]
            else _("You gave no advice."),
            _quotes(looked, TurnKind.ADVICE),
        ),
    ]


def _quotes(looked: Debrief, kind: TurnKind) -> list[str]:
    return [one.text for one in looked.exchanges if one.reading.kind == kind]


def _said(one: Exchange, by_model: bool = False) -> Said:
    label, look = words.KINDS[one.reading.kind]
    return Said(one, label, look, words.reason(one.reading), by_model)


def _endings(reached: list[str]) -> list[tuple[Promise, str]]:
    """Return the different endings reached, the best first."""
    return [words.ENDINGS[ending] for ending in Ending if ending in reached]
