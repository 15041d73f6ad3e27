"""A person's own role-plays: the conversation so far, and what it looked like afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from telemachy.apps.practice.models import RolePlay, RolePlayTurn
from telemachy.core.practice import (
    Debrief,
    Exchange,
    Reason,
    Scenario,
    TurnKind,
    TurnReading,
    debrief,
    scenarios,
)

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person


def of_person(person: Person) -> QuerySet[RolePlay]:
    """Return the person's role-plays, the latest first; nobody else's are ever readable."""
    return RolePlay.objects.filter(person=person).order_by("-started_at")


def locked(role_play: RolePlay) -> RolePlay:
    """Return the role-play as it stands, held until the transaction ends."""
    return RolePlay.objects.select_for_update().get(pk=role_play.pk)


def script_of(role_play: RolePlay) -> Scenario | None:
    """Return the scenario in the language it was begun in; None where its script has changed since."""
    script = scenarios(role_play.language).get(role_play.scenario)
    needed = {role_play.line}.union(*role_play.turns.values_list("heard", "led_to"))
    return script if script is not None and needed <= script.lines.keys() else None


def client_words(role_play: RolePlay, script: Scenario) -> list[str]:
    """Return what the client has said, the last at the end: worded by a model, or by the script."""
    turns = role_play.turns.order_by("position")
    return [script.lines[script.start].says] + [
        turn.answer or script.lines[turn.led_to].says for turn in turns
    ]


def debrief_of(role_play: RolePlay, script: Scenario) -> Debrief:
    """Return what the conversation looked like so far."""
    exchanges, answered = [], ""
    for turn in role_play.turns.all():
        exchanges.append(_exchange(turn, answered or script.lines[turn.heard].says, script))
        answered = turn.answer
    return debrief(exchanges)


def finished(person: Person) -> dict[str, list[str]]:
    """Return the endings reached, by scenario."""
    found: dict[str, list[str]] = {}
    ended = of_person(person).filter(ended_at__isnull=False)
    for scenario, ending in ended.values_list("scenario", "ending"):
        found.setdefault(scenario, []).append(ending)
    return found


def _exchange(turn: RolePlayTurn, words: str, script: Scenario) -> Exchange:
    reading = TurnReading(
        kind=TurnKind(turn.kind),
        reason=Reason(turn.reason),
        quote=turn.quote,
        n_questions=turn.n_questions,
        reflects=turn.reflects,
    )
    heard, led_to = script.lines[turn.heard], script.lines[turn.led_to]
    return Exchange(words, turn.text, reading, heard.trust, led_to.trust)
