"""How a learner's own questions moved, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from telemachy.core.growth import Look

if TYPE_CHECKING:
    from telemachy.core import growth

LOOKS: Mapping[Look, Promise] = {
    Look.OTHERS: _("the other people in it"),
    Look.PURPOSE: _("what it is for"),
    Look.OPTIONS: _("what else could be done"),
    Look.RISKS: _("what could go wrong"),
    Look.FACTS: _("what is really known"),
    Look.OWN_PART: _("one's own part"),
    Look.AFTERWARDS: _("what comes after"),
}
RULE = _(
    "Read from words, in what is written before any help: a question that looks at the same thing may still "
    "be a different one. “More than chance” means that a shuffled order in time would hardly bring it about."
)


@dataclass(frozen=True, slots=True)
class Told:
    """What the page says of the learner's own questions."""

    sentence: str
    #: What the mentor's questions look at, most often first, and whether the learner's own do by now.
    looks: tuple[tuple[str, bool], ...]
    echoes: tuple[growth.questions.Echo, ...]


def told(found: growth.OwnQuestions | None) -> Told | None:
    """Put it into words; None where too little was asked to say anything."""
    if found is None:
        return None
    shares = {
        "early": round(100 * found.early),
        "late": round(100 * found.late),
        "n": found.n_situations,
        "asked": found.n_trainers,
    }
    if found.has_grown:
        sentence = _now(
            "The learner's own questions have moved towards those the mentor asked, more than chance "
            "explains: they took up %(early)d per cent of what those look at in the first half of the "
            "situations, %(late)d per cent in the second (%(n)d situations, %(asked)d questions of the "
            "mentor)."
        )
    else:
        sentence = _now(
            "The learner's own questions took up %(early)d per cent of what the mentor's look at in the "
            "first half of the situations, %(late)d per cent in the second. No change can be told from "
            "chance (%(n)d situations, %(asked)d questions of the mentor)."
        )
    looks = tuple((str(LOOKS[look]), look in found.taken_up) for look in found.looks)
    return Told(sentence % shares, looks, found.echoes)
