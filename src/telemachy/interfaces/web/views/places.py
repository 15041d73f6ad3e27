"""Where a place in a programme stands: with whom or waiting, since when, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from telemachy.apps.programmes.queries import pool_counts
from telemachy.apps.relationships.queries import relationships
from telemachy.core.shared.lifecycles import RELATIONSHIP_OPEN

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from telemachy.apps.programmes.models import Enrolment
    from telemachy.apps.relationships.models import Relationship


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a place stands, in words; with the next step where it is the reader's."""

    title: str
    text: str
    icon: str
    step: str = ""
    url: str = ""


def standing(place: Enrolment, pairs: Sequence[Relationship], now: datetime) -> Standing:
    """Say where a place stands, given its pairs; it comes from `queries.with_agreement`."""
    under_way = [pair for pair in pairs if pair.state in RELATIONSHIP_OPEN]
    kept_out = _kept_out(place, now)
    if place.role == "mentor" and place.programme.shape != "peer":
        unwilling = "" if place.shows_profile else _unwilling()  # type: ignore[attr-defined]  # annotated
        return _of_mentor(place, under_way, kept_out or unwilling)
    if under_way:
        return _of_pair(under_way[0], place)
    if kept_out:
        return Standing(_("Is not matched at present"), kept_out, "pause")
    waiting = pool_counts.waiting(place.programme, now.date()).filter(pk=place.pk).first()
    if waiting:
        since = waiting.since  # type: ignore[attr-defined]  # annotated by pool_counts.waiting
        title = _("Waits for a match for %(wait)s") % {"wait": timesince(since, now, depth=1)}
        text = _("The next match run takes this place into its pool. The queue says who would fit today.")
        return Standing(title, text, "clock", _("See who waits"), _waiting_url(place))
    if pairs:
        text = _("The pair has come to its close, so no further match is looked for.")
        return Standing(_("Has been through the programme"), text, "threshold")
    return Standing(
        _("Is not matched at present"),
        _unwilling(),
        "pause",
        _("Open a pair"),
        reverse("pair-add", args=[place.programme_id]),
    )


def _unwilling() -> str:
    return _("This person does not agree to being matched by the engine. A pair can be opened by hand.")


def _kept_out(place: Enrolment, now: datetime) -> str:
    """Return why matching passes the place by, or nothing where it does not."""
    person = place.person
    if place.state == "withdrawn":
        return _("The place was withdrawn. Resume it, and the next match run takes it in again.")
    if place.state == "paused":
        return _("The place is paused. Resume it, and the next match run takes it in again.")
    if place.is_unproved:
        return _(
            "The place was asked for by a link, and the e-mail address is not confirmed yet. It counts "
            "as soon as this person signs in by the message sent there, or once you add them by hand."
        )
    if person.is_gone:
        return _("This person has left the organisation.")
    if person.is_paused(now.date()):
        until = date_format(person.paused_until)
        return _("This person takes a break until %(date)s and is matched again from that day on.") % {
            "date": until
        }
    return ""


def _of_mentor(place: Enrolment, under_way: Sequence[Relationship], kept_out: str) -> Standing:
    n_held = sum(party.seat == "learner" for pair in under_way for party in relationships.seated(pair))
    title = ngettext(
        "%(held)d of %(n)d learner at once", "%(held)d of %(n)d learners at once", place.capacity
    ) % {"held": n_held, "n": place.capacity}
    if kept_out:
        return Standing(title, kept_out, "pause")
    n_free = place.capacity - n_held
    if n_free <= 0:
        return Standing(title, _("Every seat is taken. Whoever comes next goes to another mentor."), "check")
    text = ngettext(
        "%(n)d seat is free. The next match run fills it, where somebody fits.",
        "%(n)d seats are free. The next match run fills them, where somebody fits.",
        n_free,
    ) % {"n": n_free}
    return Standing(title, text, "people", _("See who waits"), _waiting_url(place))


def _of_pair(pair: Relationship, place: Enrolment) -> Standing:
    held = relationships.seated(pair)
    others = ", ".join(party.person.name for party in held if party.person_id != place.person_id)
    texts = {
        "proposed": _("Both are invited; the pair begins once they have accepted."),
        "accepted": _("Both have accepted. They write their charter next."),
        "contracting": _("They agree on their charter and first goals. Work begins once both have said yes."),
        "active": _("They are at work. The pair's page says how often they meet and whether somebody waits."),
        "winding_down": _("They are winding down: one last session, then the close."),
    }
    pair_url = reverse("relationship", args=[pair.pk])
    return Standing(
        _("With %(names)s") % {"names": others},
        texts[pair.state],
        "pair",
        _("See how they are doing"),
        pair_url,
    )


def _waiting_url(place: Enrolment) -> str:
    return reverse("programme-waiting", args=[place.programme_id])
