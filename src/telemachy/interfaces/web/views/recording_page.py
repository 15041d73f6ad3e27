"""What the pages of one recording show: the ribbon, the turns, one turn's panel, measures, evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from telemachy.apps.supervision.policies import evidence as evidence_policies
from telemachy.apps.supervision.policies import recordings as policies
from telemachy.apps.supervision.queries import evidence, recordings
from telemachy.core.conversation import kinds
from telemachy.interfaces.web.charts.ribbon import RibbonTurn
from telemachy.interfaces.web.context import NavItem
from telemachy.interfaces.web.forms import recording_words as words
from telemachy.interfaces.web.forms.recordings import PinForm

if TYPE_CHECKING:
    from datetime import datetime

    from telemachy.apps.people.models import Person
    from telemachy.apps.supervision.models import Evidence, Recording, Utterance

_TITLE_WORDS = 18


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn as a page shows it."""

    number: int
    seat: str
    name: str
    at: str
    start: float | None
    end: float | None
    text: str
    kind: words.Kind | None
    unsure: bool
    corrected: bool
    marks: list[str]
    n_pins: int
    title: str = ""

    @property
    def place(self) -> int:
        """Its number as people count."""
        return self.number + 1


@dataclass(frozen=True, slots=True)
class Pin:
    """Evidence as a page shows it."""

    row: Evidence
    at: str
    competency: str
    mine: bool


def as_turn(row: Utterance, recording: Recording, n_pins: int = 0) -> Turn:
    """Return a row in words."""
    code = row.holds
    kind = words.KINDS.get(kinds.kind_of(code))
    turn = Turn(
        number=row.number,
        seat=row.seat,
        name=(recording.coach if row.seat == "coach" else recording.client).name,
        at=words.clock(row.start),
        start=row.start,
        end=row.end,
        text=row.text,
        kind=kind,
        unsure=bool(code.get("unsure")),
        corrected=row.corrected is not None,
        marks=[str(word) for mark, word in words.MARKS.items() if code.get(mark)],
        n_pins=n_pins,
    )
    return replace(turn, title=told(turn))


def ribbon_turns(turns: Sequence[Turn], rows: Sequence[Utterance]) -> list[RibbonTurn]:
    """Return the turns as the ribbon draws them."""
    return [
        RibbonTurn(
            number=turn.number,
            seat=turn.seat,
            kind=turn.kind.code if turn.kind else "",
            unsure=turn.unsure,
            start=turn.start,
            end=turn.end,
            n_words=len(row.text.split()),
            n_pins=turn.n_pins,
            title=turn.title,
        )
        for turn, row in zip(turns, rows, strict=True)
    ]


def told(turn: Turn) -> str:
    """Say a turn in a line: when, who, what kind, and its first words."""
    start = turn.text.split()
    opening = " ".join(start[:_TITLE_WORDS]) + (" …" if len(start) > _TITLE_WORDS else "")
    kind = ""
    if turn.kind:
        kind = _("%(kind)s (unsure)") % {"kind": turn.kind.name} if turn.unsure else str(turn.kind.name)
    return ", ".join(part for part in (turn.at, turn.name, kind) if part) + (
        f": {opening}" if opening else ""
    )


def tabs(recording: Recording, current: str) -> list[NavItem]:
    """Return the navigation of a recording; there is nothing to choose from before it is coded."""
    if recording.state not in ("ready", "expired"):
        return []
    pages = [("recording", _("Conversation")), ("recording-consent", _("Consent"))]
    if recording.n_turns:
        pages.insert(1, ("recording-measures", _("Measures")))
    return [
        NavItem(label, reverse(name, args=[recording.pk]), current=name == current) for name, label in pages
    ]


def frame(request: HttpRequest, recording: Recording, current: str, now: datetime) -> dict[str, Any]:
    """Return what every page of a recording shows."""
    person = request.person
    word, tone = words.STATES[recording.state]
    return {
        "recording": recording,
        "state_word": word,
        "state_tone": tone,
        "tabs": tabs(recording, current),
        "is_coach": person.pk == recording.coach_id,
        "is_party": recordings.is_party(person, recording),
        "other": recording.client if person.pk == recording.coach_id else recording.coach,
        "may_withdraw": policies.withdraw(person, recording),
        "now": now,
    }


def panel(
    person: Person, recording: Recording, row: Utterance, form: PinForm | None = None
) -> dict[str, Any]:
    """Return what is known of one turn: its code, who corrected it, its evidence, and the forms."""
    code, choices, names = row.holds, *competencies(person, recording)
    p = code.get("p") or {}
    chances = [(word, round(100 * p[name])) for name, word in _behaviours() if name in p]
    return {
        "recording": recording,
        "turn": as_turn(row, recording),
        "kinds": words.kind_list(),
        "chances": sorted(chances, key=lambda one: -one[1]),
        "corrections": [(words.KINDS.get(one.kind), one) for one in row.corrections.select_related("author")],
        "pins": pins(person, recording, names, row),
        "may_correct": policies.correct(person, recording),
        "may_pin": evidence_policies.pin(person, recording),
        "form": form or PinForm(choices=choices, prefix_id=f"pin_{row.number}"),
    }


def _behaviours() -> list[tuple[str, str]]:
    return [
        ("question", _("Question")),
        ("reflection", _("Reflection")),
        ("input", _("Advice or information")),
        ("other", _("Something else")),
    ]


def pins(
    person: Person, recording: Recording, names: dict[str, str], row: Utterance | None = None
) -> list[Pin]:
    """Return the pins that the person may see, of one turn or of all."""
    found = evidence.visible_to(person, recording)
    if row is not None:
        found = found.filter(utterance=row)
    return [
        Pin(
            row=one,
            at=words.clock(one.start),
            competency=" · ".join(names.get(code, code) for code in (one.competency, _marker(one)) if code),
            mine=one.author_id == person.pk,
        )
        for one in found
    ]


def _marker(pin: Evidence) -> str:
    return f"{pin.competency}/{pin.marker}" if pin.marker else ""


def competencies(person: Person, recording: Recording) -> tuple[list[tuple[str, Any]], dict[str, str]]:
    """Return the choices of a pin, markers below their competency, and what each code is called."""
    found = evidence.rubric_for(person, recording)
    if found is None:
        return [], {}
    choices: list[tuple[str, Any]] = []
    names: dict[str, str] = {}
    for one in found.competencies:
        names[one.code] = f"{one.code} {one.name}"
        whole = (one.code, _("%(name)s, as a whole") % {"name": names[one.code]})
        below = [(f"{one.code}/{marker.code}", f"{marker.code} {marker.text}") for marker in one.markers]
        names.update(below)
        choices.append((names[one.code], [whole, *below]) if below else (one.code, names[one.code]))
    return choices, names
