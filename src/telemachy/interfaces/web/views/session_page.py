"""What the page of one session needs; its parts are also drawn alone, after a step taken with htmx."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from telemachy.apps.knowledge import queries as knowledge
from telemachy.apps.practice.queries import mirror
from telemachy.apps.relationships.policies import sessions as policies
from telemachy.apps.relationships.queries import (
    agendas,
    drafts,
    relationships,
    session_notes,
    sessions,
    situations,
)
from telemachy.core.shared.scales import Seat
from telemachy.interfaces.web.forms import session_words as words
from telemachy.interfaces.web.forms.sessions import ActionForm, AgendaForm, GoalChoice, GuideForm, NoteForm

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Session

#: Questions read from the bank for one guide.
MAX_QUESTIONS = 100


def show(
    request: HttpRequest,
    session: Session,
    now: datetime,
    posted: Mapping[str, forms.Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Answer with the page; `posted` holds a form that was refused, to be shown with its errors."""
    reader: Person = request.person
    people = [party.person for party in relationships.seated(session.relationship)]
    context = {
        **heading(session, reader, people, now),
        **agenda(session, reader),
        **guide(session, reader),
        **notes(session, reader),
        **action_items(session, reader, people),
        **dict(posted or {}),
    }
    return render(request, "sessions/session.html", context, status=status)


def heading(session: Session, reader: Person, people: list[Person], now: datetime) -> dict[str, Any]:
    """Return who, when and where, and what can be done about it."""
    goals = sessions.goals_for(session.relationship, reader).order_by("created_at")
    may_prepare = policies.prepare(reader, session)
    return {
        "session": session,
        "relationship": session.relationship,
        "back_url": f"{reverse('session-list')}?relationship={session.relationship_id}",
        "people": people,
        "others": [person for person in people if person.pk != reader.pk],
        "slots": list(session.slots.all()) if session.state == "proposed" else [],
        "now": now,
        "begun": session.starts_at is not None and session.starts_at <= now,
        "may_prepare": bool(may_prepare),
        "why_not": may_prepare.reason,
        "may_confirm": bool(policies.confirm(reader, session)),
        "may_propose": bool(policies.propose_again(reader, session)),
        "may_move": bool(policies.reschedule(reader, session)),
        "may_cancel": bool(policies.cancel(reader, session, now)),
        "may_hold": bool(policies.hold(reader, session, now)),
        "goal": session.goal if session.goal in goals else None,
        "goal_form": GoalChoice(goals=goals, initial={"goal": str(session.goal_id or "")}),
    }


def agenda(session: Session, reader: Person, changed: UUID | None = None) -> dict[str, Any]:
    """Return the points, what could be one, and which one has just changed."""
    points = list(agendas.agenda_of(session))
    named = [one.situation_id for one in points if one.situation_id]
    readable = set(situations.of_party(reader).filter(pk__in=named).values_list("pk", flat=True))
    may = bool(policies.prepare(reader, session))
    return {
        "session": session,
        "points": [(one, one.situation_id in readable) for one in points],
        "suggestions": [(one, *words.SOURCES[one.kind]) for one in agendas.suggestions(session, reader)]
        if may
        else [],
        "agenda_form": AgendaForm(),
        "may_prepare": may,
        "changed": changed,
    }


def guide(session: Session, reader: Person) -> dict[str, Any]:
    """Return the chosen guide with the organisation's own questions in it."""
    chosen = words.GUIDES.get(session.guide)
    bank: dict[str, list[str]] = {}
    if chosen is not None:
        asked = [phase.bank for phase in chosen.phases if phase.bank]
        for question in knowledge.questions_for(reader, None).filter(phase__in=asked)[:MAX_QUESTIONS]:
            bank.setdefault(question.phase, []).append(question.text)
    phases = chosen.phases if chosen is not None else ()
    return {
        "guide": chosen,
        "phases": [(phase, words.prompts_of(phase, bank.get(phase.bank, []))) for phase in phases],
        "guide_form": GuideForm(initial={"guide": session.guide}),
        "guide_open": session.relationship.programme.structure == "structured",
    }


def notes(session: Session, reader: Person) -> dict[str, Any]:
    """Return the reader's own two notes, and what the others shared."""
    found = list(session_notes.readable(session, reader))
    own = [note for note in found if note.author_id == reader.pk]
    private = next((note for note in own if not note.shared), None)
    shared = next((note for note in own if note.shared), None)
    draft = drafts.draft(reader, session_notes.draft_key(session))
    shared_text = shared.text if shared else ""
    unshared = draft is not None and draft.fields.get("text", "") != shared_text
    return {
        "private_note": private,
        "shared_note": shared,
        "shared_by_others": [note for note in found if note.author_id != reader.pk],
        "unshared": unshared,
        "mirror_on": _mentors(session, reader) and mirror.is_on(reader),
        "private_form": NoteForm(kind="private", initial={"text": private.text if private else ""}),
        "shared_form": NoteForm(
            kind="shared", initial={"text": draft.fields["text"] if draft and unshared else shared_text}
        ),
    }


def _mentors(session: Session, reader: Person) -> bool:
    seat = relationships.party_of(session.relationship, reader)
    return seat is not None and seat.seat == Seat.MENTOR


def action_items(
    session: Session, reader: Person, people: list[Person], changed: UUID | None = None
) -> dict[str, Any]:
    """Return who does what by when, from this session and still open from earlier ones."""
    return {
        "session": session,
        "action_items": agendas.actions_for(session),
        "action_form": ActionForm(people=people, owner=str(reader.pk)),
        "changed": changed,
    }
