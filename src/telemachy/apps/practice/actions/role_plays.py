"""Play a conversation: begin, speak, take the last turn back, remove it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.practice import policies
from telemachy.apps.practice.models import RolePlay, RolePlayTurn
from telemachy.apps.practice.queries import role_plays as queries
from telemachy.core.practice import Client, ScriptedClient, as_heard, read_turn, scenarios
from telemachy.core.shared.errors import BadInput

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person

#: Longest quotation kept of what a turn was judged by.
MAX_QUOTE = 200


@action
def begin(*, scenario: str, language: str, by: Person, now: datetime, by_model: bool = False) -> RolePlay:
    """Open a role-play at the client's first line. Raises NotAllowed, BadInput."""
    policies.practise(by).require()
    script = scenarios(language).get(scenario)
    if script is None:
        raise BadInput(_("There is no such role-play. Choose one from the list."))
    role_play = RolePlay.objects.create(
        person=by,
        scenario=script.id,
        language=script.language,
        line=script.start,
        by_model=by_model,
        started_at=now,
    )
    events.private()
    return role_play


@action
def speak(
    *,
    role_play: RolePlay,
    text: str,
    by: Person,
    now: datetime,
    client: Client | None = None,
    after: int | None = None,
) -> RolePlayTurn:
    """Say something to the client, who answers; an ending ends it. Raises NotAllowed, BadInput.

    `after` is how many turns whoever speaks has seen: what answers another line than the last is refused.
    """
    role_play = queries.locked(role_play)
    policies.speak(by, role_play).require()
    _require_seen(role_play, after)
    if not text.strip():
        raise BadInput(_("Say something; a word that gives time is enough."), field="text")
    script = queries.script_of(role_play)
    if script is None:
        raise BadInput(_("The script of this role-play has changed. Begin it anew."))
    heard = script.lines[role_play.line]
    said = queries.client_words(role_play, script)
    reading = as_heard(
        read_turn(text, said[-1], role_play.language),
        text,
        said,
        role_play.turns.values_list("text", flat=True),
        role_play.language,
    )
    answer = (client or ScriptedClient()).answer(script, heard.key, reading)
    turn = RolePlayTurn.objects.create(
        role_play=role_play,
        position=role_play.turns.count() + 1,
        heard=heard.key,
        text=text.strip(),
        kind=reading.kind,
        reason=reading.reason,
        quote=reading.quote[:MAX_QUOTE],
        n_questions=reading.n_questions,
        reflects=reading.reflects,
        led_to=answer.key,
        said_at=now,
    )
    role_play.line = answer.key
    role_play.ending = answer.ending or ""
    role_play.ended_at = now if answer.ending else None
    role_play.save(update_fields=["line", "ending", "ended_at"])
    events.private()
    return turn


@action
def word(*, turn: RolePlayTurn, answer: str, by: Person, now: datetime) -> None:
    """Let the client's answer to a turn, if it still stands, be in other words than the script's.

    The words take a language model its time, in which the turn can be taken back. Raises NotAllowed.
    """
    policies.change(by, turn.role_play).require()
    RolePlayTurn.objects.filter(pk=turn.pk).update(answer=answer)
    events.private()


@action
def take_back(*, role_play: RolePlay, by: Person, now: datetime, after: int | None = None) -> str:
    """Take the last turn back to say it differently, and return what it was. Raises NotAllowed, BadInput.

    With `after` as in `speak`, nothing is taken back that is not the last turn on the page.
    """
    role_play = queries.locked(role_play)
    policies.change(by, role_play).require()
    _require_seen(role_play, after)
    last = role_play.turns.order_by("-position").first()
    if last is None:
        raise BadInput(_("You have said nothing yet that could be taken back."))
    text = last.text
    role_play.line, role_play.ending, role_play.ended_at = last.heard, "", None
    role_play.save(update_fields=["line", "ending", "ended_at"])
    last.delete()
    events.private()
    return text


@action
def remove(*, role_play: RolePlay, by: Person, now: datetime) -> None:
    """Delete a role-play with everything said in it. Raises NotAllowed."""
    policies.change(by, role_play).require()
    events.private()
    role_play.delete()


def _require_seen(role_play: RolePlay, after: int | None) -> None:
    if after is not None and role_play.turns.count() != after:
        raise BadInput(_("The conversation has gone on elsewhere. Here is how it stands now."))
