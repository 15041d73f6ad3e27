"""What the audit trail says beside an event: facts as a reader calls them, not as the product keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.template.defaultfilters import filesizeformat
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from telemachy.apps.audit.models import Event

KEYS: dict[str, Promise] = {
    "about": _("about"),
    "application": _("application"),
    "author": _("written by"),
    "because": _("because"),
    "bytes_of_sound": _("sound"),
    "bytes_of_text": _("transcript"),
    "capacity": _("learners at once"),
    "chance": _("chance"),
    "circle": _("circle"),
    "code": _("reason"),
    "consulted": _("asked before deciding"),
    "create": _("new"),
    "despite": _("against a rule"),
    "difficulty": _("difficulty"),
    "error": _("answer of the server"),
    "exchanged": _("exchanged"),
    "fields": _("what changed"),
    "guide": _("guide"),
    "guided": _("with guidance"),
    "guided_level": _("guidance level"),
    "host": _("service"),
    "is_low_risk": _("low risk"),
    "job": _("job"),
    "keep_days": _("days kept"),
    "key": _("message"),
    "kind": _("kind"),
    "language": _("language"),
    "learner": _("learner"),
    "learning": _("may train the own model"),
    "level": _("guidance level"),
    "mail": _("mail"),
    "mentor": _("mentor"),
    "minutes": _("minutes"),
    "mode_shift": _("above the question level"),
    "model": _("model"),
    "n": _("number"),
    "n_assessors": _("assessors"),
    "n_attempts": _("attempts"),
    "n_avoided": _("rather not"),
    "n_changed": _("sections changed"),
    "n_competencies": _("competencies"),
    "n_files": _("files"),
    "n_gaps": _("still open in the goal"),
    "n_learners": _("learners"),
    "n_left_out": _("left out"),
    "n_listeners": _("listeners"),
    "n_matched": _("matched"),
    "n_missing": _("waited for in vain"),
    "n_new": _("new"),
    "n_over": _("over"),
    "n_pairs": _("pairs"),
    "n_problems": _("problems"),
    "n_shown": _("shown"),
    "n_situations": _("situations"),
    "n_slots": _("times proposed"),
    "n_tokens": _("length"),
    "n_turns": _("turns"),
    "n_wishes": _("would like"),
    "novelty": _("novelty"),
    "number": _("number"),
    "of": _("copy of"),
    "own": _("for oneself"),
    "owner": _("who answers for it"),
    "paused_until": _("paused until"),
    "person": _("person"),
    "programmes": _("programmes"),
    "purpose": _("for"),
    "reason": _("reason"),
    "reasoned": _("own view written first"),
    "recommended_level": _("recommended level"),
    "rejected": _("rejected"),
    "role": _("as"),
    "same": _("unchanged"),
    "scopes": _("allowed to"),
    "seat": _("seat"),
    "sequence": _("change number"),
    "situation": _("situation"),
    "size": _("size"),
    "source": _("through"),
    "state": _("now"),
    "status": _("answer"),
    "success": _("went well"),
    "switched_on": _("switched on"),
    "template": _("from the template"),
    "terms": _("version of the terms"),
    "token": _("by the token"),
    "tokens": _("tokens"),
    "topics": _("topics"),
    "trial": _("a trial"),
    "turn": _("turn"),
    "update": _("changed"),
    "verdict": _("result"),
    "verifier": _("checked by"),
    "version": _("version"),
    "waited_for": _("waited for"),
    "waits_for": _("waits for"),
    "warnings": _("with warnings"),
    "what": _("what"),
    "with_goal": _("with a goal"),
    "with_parent": _("with the one it came from"),
}

#: Words that are kept, as they are read.
WORDS: dict[str, Promise] = {
    "action_item": _("something to do"),
    "active": _("active"),
    "daily": _("once a day"),
    "done": _("done"),
    "forbid": _("never together"),
    "goal": _("a goal"),
    "hand": _("hand"),
    "immediate": _("right away"),
    "learner": _("learner"),
    "link": _("link"),
    "lock": _("always together"),
    "matching": _("matching"),
    "mentor": _("mentor"),
    "off": _("off"),
    "open": _("open"),
    "own": _("own idea"),
    "paused": _("paused"),
    "quarantined": _("held"),
    "roster": _("spreadsheet"),
    "situation": _("a situation"),
    "withdrawn": _("withdrawn"),
}

_SIZES = {"bytes_of_sound", "bytes_of_text", "size"}


def named_in(events: Iterable[Event]) -> set[str]:
    """Return the keys of rows that the facts of some events name."""
    values = (value for event in events for value in event.data.values())
    return {value for value in values if isinstance(value, str) and _is_key(value)}


def facts(data: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each fact of an event as label and text; `names` says who stands behind the keys of people.

    They come in the order of their keys, since not every database keeps the one they were written in.
    Left out are empty facts, and the keys of other rows, which tell a reader nothing: the export has them.
    """
    for key, value in sorted(data.items()):
        text = filesizeformat(value) if key in _SIZES else _text(value, names)
        if text:
            yield str(KEYS.get(key, key.removeprefix("n_").replace("_", " "))), text


def _text(value: Any, names: Mapping[str, str]) -> str:
    if value is None or isinstance(value, bool):
        return "" if value is None else gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return ", ".join(filter(None, (_text(one, names) for one in value)))
    if isinstance(value, int | float):
        return str(number_format(value))
    if _is_key(str(value)):
        return names.get(str(value), "")
    return str(WORDS.get(str(value), str(value).replace("_", " ")))


def _is_key(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
