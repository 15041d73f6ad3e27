"""What the nights worked out, and what the manager did about signals in the last weeks."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from telemachy.apps.relationships.actions import interventions as actions
from telemachy.apps.relationships.actions import studies
from telemachy.apps.relationships.queries import health
from telemachy.apps.relationships.queries import interventions as queries

if TYPE_CHECKING:
    from telemachy.interfaces.demo.build.house import House
    from telemachy.interfaces.demo.build.moments import Moments, Script

PROGRAMME = "leadership"
#: Days before today on which the signals are noted, as the job does each night.
NOTED = (28, 20, 12, 1)
#: Days before today on which every programme learned from all its learners, as it does each night.
LEARNED = 1
#: Days before today on which the manager takes up what stands in the queue, and what she writes to it.
TAKEN = {
    27: (
        "Call both, one after the other: does the time of day still fit?",
        "Ask whether the pair would rather end without fault.",
    ),
    11: ("Offer two slots around the works meeting, where both are on site.",),
}
#: Days before today on which she calls the first of them done.
DONE = 18


def schedule(house: House, moments: Moments, script: Script) -> None:
    """Put the nights and the manager's steps into the script."""
    script.add(moments.at(LEARNED, 2, 50), partial(_learn, house, moments.at(LEARNED, 2, 50)))
    for days in NOTED:
        script.add(moments.at(days, 4, 10), partial(_note, house, moments.at(days, 4, 10)))
    for days, notes in TAKEN.items():
        script.add(moments.at(days, 9), partial(_take_up, house, notes, moments.at(days, 9)))
    script.add(moments.at(DONE, 15), partial(_finish, house, moments.at(DONE, 15)))


def _learn(house: House, now: datetime) -> None:
    for programme in house.programmes.values():
        studies.learn(programme=programme, by=None, now=now)


def _note(house: House, now: datetime) -> None:
    programme = house.programmes[PROGRAMME]
    actions.note(programme=programme, health=health.compute(programme, now), by=None, now=now)


def _take_up(house: House, notes: tuple[str, ...], now: datetime) -> None:
    programme = house.programmes[PROGRAMME]
    found, acted = health.compute(programme, now), queries.acted_on(programme)
    waiting = [
        (pair, signals[0])
        for pair, signals in queries.queue(found, acted, now.date(), found.tally.n_queue)
        if (pair.id, signals[0].code) not in acted
    ]
    for (pair, signal), note in zip(waiting, notes, strict=False):
        relationship = health.pairs_of(programme).get(pk=pair.id)
        about = queries.About(programme=programme, relationship=relationship)
        actions.accept(about=about, signal=signal, by=house.manager, now=now, note=note)


def _finish(house: House, now: datetime) -> None:
    programme = house.programmes[PROGRAMME]
    held = queries.current(programme).filter(state="accepted").order_by("taken_at", "pk").first()
    if held is None or held.relationship is None:
        return
    signals = health.judge(health.record_of(held.relationship, now)).signals
    about = queries.About(programme=programme, relationship=held.relationship)
    for signal in signals:
        if signal.code == held.code:
            actions.finish(about=about, signal=signal, by=house.manager, now=now)
