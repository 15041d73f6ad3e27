"""Write supervision cases, share them without names, talk about them, take them back and close them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachy.apps.audit.actions import action, events
from telemachy.apps.people.actions import notifications
from telemachy.apps.relationships.actions import drafts
from telemachy.apps.supervision.models import CaseNote, SupervisionCase
from telemachy.apps.supervision.policies import cases as policies
from telemachy.apps.supervision.queries import cases as queries
from telemachy.apps.supervision.queries import rooms
from telemachy.core.shared.errors import BadInput
from telemachy.core.shared.lifecycles import SUPERVISION_CASE
from telemachy.core.supervision import Kind, Lens, Pattern, find

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Relationship
    from telemachy.apps.supervision.models import SupervisionRoom

#: What others read of a case, by the name of the field, and how a message calls it.
READ_BY_OTHERS: Mapping[str, Promise] = {
    "alias": gettext_lazy("What you call the client here"),
    "title": gettext_lazy("Title"),
    "happened": gettext_lazy("What happened"),
    "question": gettext_lazy("What you want to look at"),
    "takeaway": gettext_lazy("What you take from it"),
    "text": gettext_lazy("Your note"),
}
MAX_NOTES = 300
_LENSES = frozenset(one.value for one in Lens)
_PATTERNS = frozenset(one.value for one in Pattern)


@dataclass(frozen=True, slots=True)
class Words:
    """What an owner writes; `alias` and `title` are needed."""

    alias: str
    title: str
    happened: str = ""
    question: str = ""
    lens: str = Lens.CLIENT.value
    patterns: tuple[str, ...] = ()


@action
def write(
    *, words: Words, by: Person, now: datetime, relationship: Relationship | None = None
) -> SupervisionCase:
    """Begin a case, which nobody else sees. Raises NotAllowed, BadInput."""
    policies.write(by).require()
    case = SupervisionCase(owner=by, written_at=now)
    _put(case, words, relationship, now)
    drafts.keep(key=queries.draft_key(None), fields={}, by=by, now=now)
    events.record("supervision.case_written", by=by, now=now, on=case)
    return case


@action
def revise(
    *,
    case: SupervisionCase,
    words: Words,
    by: Person,
    now: datetime,
    relationship: Relationship | None = None,
) -> None:
    """Change a case; a shared one is checked for names. Raises NotAllowed, WrongState, BadInput."""
    case = queries.locked(case)
    policies.revise(by, case).require()
    if case.state == "shared":
        _check_told(words.happened)
        _check_names(by, asdict(words))
    _put(case, words, relationship, now)
    drafts.keep(key=queries.draft_key(case), fields={}, by=by, now=now)
    events.record("supervision.case_revised", by=by, now=now, on=case)


@action
def share(*, case: SupervisionCase, room: SupervisionRoom, by: Person, now: datetime) -> None:
    """Let those who are in a room now read a case. Raises NotAllowed, WrongState, BadInput where it names."""
    room, case = rooms.locked(room), queries.locked(case)
    policies.share(by, case, room).require()
    _check_told(case.happened)
    _check_names(by, {field: getattr(case, field) for field in READ_BY_OTHERS if field != "text"})
    case.room, case.shared_at = room, now
    _move(case, "share", "room", "shared_at")
    events.record("supervision.case_shared", by=by, now=now, on=case)
    _tell(case, "supervision.shared", by, now)


@action
def take_back(*, case: SupervisionCase, by: Person, now: datetime) -> None:
    """Let nobody else read it any more; its notes stay with it. Raises NotAllowed, WrongState."""
    case = queries.locked(case)
    policies.take_back(by, case).require()
    _take_back(case)
    events.record("supervision.case_taken_back", by=by, now=now, on=case)


@action
def take_all_back(*, room: SupervisionRoom, owner: Person, by: Person | None, now: datetime) -> None:
    """Take back everything that a person shared in a room, because one of the two left it."""
    events.unchanged()
    for case in queries.of_owner(owner).filter(room=room, state__in=queries.SHARED):
        _take_back(case)
        events.record("supervision.case_taken_back", by=by, now=now, on=case)


@action
def close(*, case: SupervisionCase, takeaway: str, by: Person, now: datetime) -> None:
    """Close a case with what its owner takes from it. Raises NotAllowed, WrongState, BadInput."""
    case = queries.locked(case)
    policies.close(by, case).require()
    if not takeaway.strip():
        raise BadInput(_("Write what you take from it; a line is enough."), field="takeaway")
    _check_names(by, {"takeaway": takeaway})
    case.takeaway, case.closed_at = takeaway.strip(), now
    _move(case, "close", "takeaway", "closed_at")
    drafts.keep(key=queries.draft_key(case, "close"), fields={}, by=by, now=now)
    events.record("supervision.case_closed", by=by, now=now, on=case)
    _tell(case, "supervision.closed", by, now)


@action
def remove(*, case: SupervisionCase, by: Person, now: datetime) -> None:
    """Delete a case with all notes, in any state. Raises NotAllowed."""
    case = queries.locked(case)  # a note that is just being written is waited for, and goes along
    policies.own(by, case).require()
    events.record("supervision.case_removed", by=by, now=now, on=case)
    drafts.drop(about=queries.draft_key(case), by=by, now=now)
    case.delete()


@action
def note(*, case: SupervisionCase, text: str, by: Person, now: datetime, lens: str = "") -> CaseNote:
    """Say something about a shared case, perhaps under one lens. Raises NotAllowed, WrongState, BadInput."""
    case = queries.locked(case)
    policies.note(by, case).require()
    if not text.strip():
        raise BadInput(_("Write something first."), field="text")
    if lens and lens not in _LENSES:
        raise BadInput(_("Choose one of the seven lenses, or none."), field="lens")
    if case.notes.count() >= MAX_NOTES:
        raise BadInput(_("This case has %(n)d notes; begin a new one.") % {"n": MAX_NOTES}, field="text")
    _check_names(by, {"text": text})
    row = CaseNote.objects.create(case=case, author=by, lens=lens, text=text.strip(), written_at=now)
    drafts.keep(key=queries.draft_key(case, "note"), fields={}, by=by, now=now)
    events.record("supervision.noted", by=by, now=now, on=row)
    _tell(case, "supervision.noted", by, now)
    return row


@action
def keep_draft(
    *, case: SupervisionCase, step: str, fields: Mapping[str, str], by: Person, now: datetime
) -> None:
    """Keep what is being written for a step, "note" or "close". Raises NotAllowed, WrongState, BadInput.

    What was typed can arrive after what was sent. So the row is held, as it is by each step.
    """
    case = queries.locked(case)
    policies.keep_draft(by, case, step, fields.get("text", "")).require()
    drafts.keep(key=queries.draft_key(case, step), fields=fields, by=by, now=now)


@action
def remove_note(*, row: CaseNote, by: Person, now: datetime) -> None:
    """Take a note back. Raises NotAllowed."""
    policies.remove_note(by, row).require()
    events.record("supervision.note_removed", by=by, now=now, on=row)
    row.delete()


def _put(case: SupervisionCase, words: Words, relationship: Relationship | None, now: datetime) -> None:
    for field in ("alias", "title"):
        if not getattr(words, field).strip():
            raise BadInput(_("“%(field)s” is empty.") % {"field": READ_BY_OTHERS[field]}, field=field)
    if words.lens not in _LENSES:
        raise BadInput(_("Choose one of the seven lenses."), field="lens")
    if set(words.patterns) - _PATTERNS:
        raise BadInput(_("Choose patterns of the list."), field="patterns")
    if relationship is not None and not queries.linkable(case.owner).filter(pk=relationship.pk).exists():
        raise BadInput(_("Choose one of your own relationships, or none."), field="relationship")
    _check_alias(case, words.alias.strip(), relationship)
    for field, value in asdict(words).items():
        setattr(case, field, value.strip() if isinstance(value, str) else sorted(set(value)))
    case.relationship, case.saved_at = relationship, now
    case.save()


def _check_alias(case: SupervisionCase, alias: str, relationship: Relationship | None) -> None:
    """Keep one name for one client: the matrix counts names."""
    if relationship is None:
        return
    others = queries.of_owner(case.owner).exclude(pk=case.pk).exclude(relationship=None)
    for other in others:
        same_client, same_name = (
            other.relationship_id == relationship.pk,
            other.alias.casefold() == alias.casefold(),
        )
        if same_client and not same_name:
            raise BadInput(
                _("In another case you call this client “%(alias)s”. Keep one name for one client.")
                % {"alias": other.alias},
                field="alias",
            )
        if same_name and not same_client:
            raise BadInput(_("You call another client of yours so. Choose another name."), field="alias")


def _check_told(happened: str) -> None:
    if not happened.strip():
        raise BadInput(_("Say what happened before you share it."), field="happened")


def _check_names(writer: Person, texts: Mapping[str, object]) -> None:
    names = queries.names_known_to(writer)
    for field, label in READ_BY_OTHERS.items():
        found = find(str(texts.get(field, "")), names)
        if found is not None:
            raise BadInput(_named(found.kind, field) % {"field": label, "found": found.text}, field=field)


def _named(kind: Kind, field: str) -> str:
    if kind is Kind.NAME and field == "alias":
        return _("“%(field)s” holds the name %(found)s. Choose another, such as a tree or a river.")
    if kind is Kind.NAME:
        return _("“%(field)s” names %(found)s. Write what you call the client here instead.")
    if kind is Kind.EMAIL:
        return _("“%(field)s” holds an e-mail address, %(found)s. Leave it out.")
    return _("“%(field)s” holds what looks like a telephone number, %(found)s. Leave it out.")


def _take_back(case: SupervisionCase) -> None:
    case.shared_at = case.closed_at = None
    _move(case, "take_back", "shared_at", "closed_at")


def _move(case: SupervisionCase, verb: str, *changed: str) -> None:
    case.state = SUPERVISION_CASE.target(case.state, verb)
    case.save(update_fields=["state", *changed])


def _tell(case: SupervisionCase, kind: str, by: Person, now: datetime) -> None:
    """Tell those who read the case, besides who acts; names only, never the title."""
    path = reverse("supervision-case", args=[case.pk])
    for person in [case.owner, *queries.readers(case)]:
        if person.pk != by.pk:
            notifications.tell(person=person, kind=kind, path=path, now=now, other=by.name)
