"""Supervision: who gets in, what is shared with whom, and that nobody who runs anything knows."""

from __future__ import annotations

from datetime import timedelta

import pytest

from telemachy.apps.audit import queries as audit
from telemachy.apps.audit.models import Event, OutboxMessage
from telemachy.apps.people.actions import notifications
from telemachy.apps.people.models import Notification
from telemachy.apps.relationships.actions import erasure
from telemachy.apps.supervision.actions import cases, rooms
from telemachy.apps.supervision.models import CaseNote, SupervisionCase
from telemachy.apps.supervision.queries import cases as case_queries
from telemachy.apps.supervision.queries import rooms as queries
from telemachy.apps.supervision.queries.own_data import own_data as data_of
from telemachy.core.shared.errors import BadInput, NotAllowed, WrongState
from tests.apps.supervision import supervising
from tests.apps.supervision.supervising import LATER, words
from tests.cast import NOW, Cast, pair, person


def told(somebody) -> list[str]:
    return list(
        Notification.objects.filter(person=somebody)
        .order_by("created_at", "kind")
        .values_list("kind", flat=True)
    )


def readers(case: SupervisionCase, cast: Cast, *more) -> set[str]:
    everybody = [
        getattr(cast, name) for name in cast.__dataclass_fields__ if hasattr(getattr(cast, name), "email")
    ]
    return {
        one.name for one in [*everybody, *more] if case_queries.visible_to(one).filter(pk=case.pk).exists()
    }


# --- who gets in ----------------------------------------------------------------------------------


def test_asking_accepting_sharing_and_talking(cast: Cast) -> None:
    room = supervising.opened(cast)
    case = supervising.shared(cast, room)
    cases.note(case=case, text="Who answered for you, once?", lens="practitioner", by=cast.nestor, now=LATER)
    cases.close(case=case, takeaway="I count to ten.", by=cast.athena, now=LATER)
    assert readers(case, cast) == {"Athena", "Nestor"}
    assert told(cast.nestor) == ["supervision.asked", "supervision.shared", "supervision.closed"]
    assert told(cast.athena) == ["supervision.accepted", "supervision.noted"]


@pytest.mark.parametrize(
    ("who", "why"),
    [
        ("athena", "Nobody supervises themselves"),
        ("telemachus", "somebody you guide"),
        ("eurycleia", "runs a programme in which you guide"),
        ("argus", "Ask a person"),
        ("antinous", "Ask a person"),
    ],
)
def test_who_cannot_be_asked_and_why(cast: Cast, who: str, why: str) -> None:
    with pytest.raises(NotAllowed, match=why):
        rooms.ask(supervisor=getattr(cast, who), by=cast.athena, now=NOW)


def test_only_those_who_guide_ask(cast: Cast) -> None:
    with pytest.raises(NotAllowed, match="people who mentor or coach"):
        rooms.ask(supervisor=cast.nestor, by=cast.telemachus, now=NOW)


def test_supervision_is_for_humans_who_are_here(cast: Cast) -> None:
    pair(cast.programme, cast.argus, cast.nestor)
    with pytest.raises(NotAllowed, match="people who mentor or coach"):
        cases.write(words=supervising.words(), by=cast.argus, now=NOW)
    cast.athena.left_at = NOW
    cast.athena.save()
    with pytest.raises(NotAllowed, match="people who mentor or coach"):
        supervising.written(cast)


def test_a_line_manager_and_a_learner_of_long_ago_are_kept_out(cast: Cast) -> None:
    cast.athena.line_manager = cast.nestor
    cast.athena.save()
    with pytest.raises(NotAllowed, match="line manager"):
        supervising.asked(cast)
    former = person(cast.ithaca, "Peisistratus")
    pair(cast.programme, cast.athena, former, state="completed").parties.update(left_at=NOW)
    with pytest.raises(NotAllowed, match="somebody you guide"):
        rooms.ask(supervisor=former, by=cast.athena, now=NOW)


def test_somebody_who_could_not_answer_is_not_asked(cast: Cast) -> None:
    absent = person(cast.ithaca, "Laertes", sign_in=False)
    with pytest.raises(NotAllowed, match="Laertes cannot sign in yet"):
        rooms.ask(supervisor=absent, by=cast.athena, now=NOW)
    cast.nestor.left_at = NOW
    cast.nestor.save()
    with pytest.raises(NotAllowed, match="who is still there"):
        supervising.asked(cast)


def test_nobody_is_asked_twice_and_a_no_ends_it(cast: Cast) -> None:
    room = supervising.asked(cast)
    with pytest.raises(WrongState, match="asked Nestor already"):
        supervising.asked(cast)
    rooms.decline(room=room, by=cast.nestor, now=NOW)
    assert not queries.visible_to(cast.nestor).exists()
    assert not queries.visible_to(cast.athena).exists()
    assert supervising.asked(cast).pk != room.pk


def test_only_whoever_is_asked_answers(cast: Cast) -> None:
    room = supervising.asked(cast)
    for somebody in (cast.athena, cast.penelope, cast.antinous):
        with pytest.raises(WrongState):
            rooms.accept(room=room, by=somebody, now=NOW)


def test_a_newcomer_reads_what_is_shared_from_then_on(cast: Cast) -> None:
    mentes, room = supervising.mentes(cast), supervising.opened(cast)
    before = supervising.shared(cast, room)
    rooms.invite(room=room, person=mentes, by=cast.nestor, now=LATER)
    assert "supervision.growing" in told(cast.athena)
    rooms.accept(room=room, by=mentes, now=LATER)
    after = supervising.written(cast, title="Again")
    cases.share(case=after, room=room, by=cast.athena, now=LATER + timedelta(hours=1))
    assert readers(before, cast, mentes) == {"Athena", "Nestor"}
    assert readers(after, cast, mentes) == {"Athena", "Nestor", "Mentes"}
    before.refresh_from_db()
    assert case_queries.missed_by(before) == [mentes]


def test_a_pair_is_never_in_one_room(cast: Cast) -> None:
    mentes, room = supervising.mentes(cast), supervising.opened(cast)
    pair(cast.programme, mentes, cast.athena)
    with pytest.raises(NotAllowed, match="cannot be asked into this room"):
        rooms.invite(room=room, person=mentes, by=cast.nestor, now=LATER)


def test_sharing_stops_when_somebody_in_the_room_becomes_a_client(cast: Cast) -> None:
    room, case = supervising.opened(cast), supervising.written(cast)
    pair(cast.programme, cast.athena, cast.nestor)
    with pytest.raises(NotAllowed, match="Nestor is in this room"):
        cases.share(case=case, room=room, by=cast.athena, now=LATER)


def become_administrator(cast: Cast) -> None:
    cast.nestor.is_administrator = True
    cast.nestor.save()


def become_manager(cast: Cast) -> None:
    cast.programme.managers.create(person=cast.nestor, since=NOW)


def become_line_manager(cast: Cast) -> None:
    cast.athena.line_manager = cast.nestor
    cast.athena.save()


def become_client(cast: Cast) -> None:
    pair(cast.programme, cast.athena, cast.nestor)


@pytest.mark.parametrize("become", [become_administrator, become_manager, become_line_manager, become_client])
def test_whoever_gets_a_stake_in_the_owners_work_reads_no_case_any_more(cast: Cast, become) -> None:
    room = supervising.opened(cast)
    case = supervising.shared(cast, room)
    assert readers(case, cast) == {"Athena", "Nestor"}
    become(cast)
    assert readers(case, cast) == {"Athena"}
    assert case_queries.readers(case) == []
    assert case_queries.n_waiting(cast.nestor) == 0
    assert not case_queries.shared_matrix(cast.athena, room, cast.nestor).clients
    with pytest.raises(NotAllowed, match="for those with whom its owner shared it"):
        cases.note(case=case, text="I run this now.", by=cast.nestor, now=LATER)


def test_who_leaves_takes_the_own_cases_along_and_reads_nothing_more(cast: Cast) -> None:
    mentes, room = supervising.mentes(cast), supervising.opened(cast)
    rooms.invite(room=room, person=mentes, by=cast.nestor, now=NOW)
    rooms.accept(room=room, by=mentes, now=NOW)
    hers = supervising.shared(cast, room)
    his = cases.write(words=words("Heron"), by=mentes, now=NOW)
    cases.share(case=his, room=room, by=mentes, now=NOW)
    cases.note(case=hers, text="I know that silence.", by=mentes, now=NOW)
    rooms.leave(room=room, by=mentes, now=LATER)
    assert readers(hers, cast, mentes) == {"Athena", "Nestor"}
    assert readers(his, cast, mentes) == {"Mentes"}
    assert not queries.visible_to(mentes).exists()
    assert hers.notes.get().author == mentes


def test_what_was_said_in_one_room_stays_there_when_a_case_goes_to_another(cast: Cast) -> None:
    case = supervising.shared(cast, supervising.opened(cast))
    cases.note(case=case, text="Said to Athena alone.", by=cast.nestor, now=LATER)
    cases.take_back(case=case, by=cast.athena, now=LATER)
    mentes = supervising.mentes(cast)
    room = rooms.ask(supervisor=mentes, by=cast.athena, now=LATER)
    rooms.accept(room=room, by=mentes, now=LATER)
    cases.share(case=case, room=room, by=cast.athena, now=LATER + timedelta(hours=1))
    read = case_queries.visible_to(mentes).get()
    assert case_queries.notes_for(read, mentes) == []
    assert [note.text for note in case_queries.notes_for(read, cast.athena)] == ["Said to Athena alone."]


def test_a_shared_case_is_not_changed_under_the_eyes_of_somebody_with_a_stake(cast: Cast) -> None:
    case = supervising.shared(cast, supervising.opened(cast))
    with pytest.raises(BadInput, match="Say what happened"):
        cases.revise(case=case, words=words(happened=" "), by=cast.athena, now=LATER)
    cast.nestor.is_administrator = True
    cast.nestor.save()
    with pytest.raises(NotAllowed, match="You cannot share here"):
        cases.revise(case=case, words=words(title="More of it"), by=cast.athena, now=LATER)
    with pytest.raises(NotAllowed, match="You cannot share here"):
        cases.close(case=case, takeaway="I wait.", by=cast.athena, now=LATER)
    cases.take_back(case=case, by=cast.athena, now=LATER)


@pytest.mark.parametrize("who", ["nestor", "athena"])
def test_a_room_closes_without_its_supervisor_or_its_last_member(cast: Cast, who: str) -> None:
    room = supervising.opened(cast)
    case = supervising.shared(cast, room)
    rooms.leave(room=room, by=getattr(cast, who), now=LATER)
    room.refresh_from_db()
    case.refresh_from_db()
    assert (room.state, case.state) == ("closed", "draft")
    assert readers(case, cast) == {"Athena"}


# --- cases ----------------------------------------------------------------------------------------


def test_a_draft_is_its_owners_alone_even_in_an_open_room(cast: Cast) -> None:
    supervising.opened(cast)
    assert readers(supervising.written(cast), cast) == {"Athena"}


def test_what_is_taken_back_nobody_else_reads_closed_or_not(cast: Cast) -> None:
    room = supervising.opened(cast)
    case = supervising.shared(cast, room)
    cases.close(case=case, takeaway="Wait.", by=cast.athena, now=LATER)
    assert readers(case, cast) == {"Athena", "Nestor"}
    cases.take_back(case=case, by=cast.athena, now=LATER)
    assert readers(case, cast) == {"Athena"}
    with pytest.raises(NotAllowed, match="with whom its owner shared it"):
        cases.note(case=case, text="Still here", by=cast.nestor, now=LATER)


@pytest.mark.parametrize("verb", [cases.take_back, cases.remove])
def test_only_the_owner_decides_over_a_case(cast: Cast, verb) -> None:
    case = supervising.shared(cast, supervising.opened(cast))
    for somebody in (cast.nestor, cast.eurycleia, cast.penelope, cast.antinous):
        with pytest.raises(NotAllowed):
            verb(case=case, by=somebody, now=LATER)


@pytest.mark.parametrize(
    ("field", "text", "message"),
    [
        ("alias", "Telemachus", "“What you call the client here” holds the name Telemachus"),
        ("title", "With Telemachus again", "“Title” names Telemachus. Write what you call the client here"),
        ("happened", "Then TELEMACHUS' mother came.", "“What happened” names Telemachus"),
        ("question", "Shall I mail t@ithaca.example?", "an e-mail address, t@ithaca.example"),
        ("happened", "He rang from +30 210 3456789.", "a telephone number"),
    ],
)
def test_a_case_that_tells_who_it_is_stays_a_draft(cast: Cast, field: str, text: str, message: str) -> None:
    room, case = supervising.opened(cast), supervising.written(cast, **{field: text})
    with pytest.raises(BadInput, match=message.replace("+", r"\+")) as refusal:
        cases.share(case=case, room=room, by=cast.athena, now=NOW)
    assert refusal.value.field == field
    case.refresh_from_db()
    assert case.state == "draft"


def test_names_are_looked_for_in_what_is_written_after_sharing_as_well(cast: Cast) -> None:
    case = supervising.shared(cast, supervising.opened(cast))
    with pytest.raises(BadInput, match="names Telemachus"):
        cases.revise(case=case, words=words(question="And Telemachus?"), by=cast.athena, now=LATER)
    with pytest.raises(BadInput, match="“Your note” names Telemachus"):
        cases.note(case=case, text="Telemachus again.", by=cast.athena, now=LATER)
    with pytest.raises(BadInput, match="“What you take from it” names"):
        cases.close(case=case, takeaway="Let Telemachus be.", by=cast.athena, now=LATER)


def test_one_client_keeps_one_name(cast: Cast) -> None:
    supervising.written(cast)
    with pytest.raises(BadInput, match="you call this client “Birch”"):
        supervising.written(cast, alias="Heron")
    other = pair(cast.programme, cast.athena, person(cast.ithaca, "Peisistratus"))
    with pytest.raises(BadInput, match="another client of yours"):
        cases.write(words=words(), relationship=other, by=cast.athena, now=NOW)


def test_a_case_is_linked_to_an_own_relationship_only(cast: Cast) -> None:
    foreign = pair(cast.programme, supervising.mentes(cast), person(cast.ithaca, "Peisistratus"))
    with pytest.raises(BadInput, match="your own relationships"):
        cases.write(words=words(), relationship=foreign, by=cast.athena, now=NOW)


def test_the_owner_sees_all_in_the_matrix_and_the_supervisor_what_is_shared(cast: Cast) -> None:
    room = supervising.opened(cast)
    supervising.shared(cast, room)
    cases.write(words=words("Heron", patterns=("rescuing",)), by=cast.athena, now=NOW)
    own = case_queries.own_matrix(cast.athena)
    seen = case_queries.shared_matrix(cast.athena, room, cast.nestor)
    assert own.clients == ("Birch", "Heron")
    assert [(one.pattern, one.n_clients) for one in own.repeats] == [("rescuing", 2)]
    assert own.cell("Heron", "rescuing").n_drafts == 1
    assert seen.clients == ("Birch",)
    assert seen.repeats == ()


def test_what_repeats_is_dated_by_the_day_where_its_reader_is(cast: Cast) -> None:
    cast.athena.time_zone = "Pacific/Auckland"
    for client in ("Birch", "Heron"):
        written = words(client, patterns=("rescuing",))
        cases.write(words=written, by=cast.athena, now=NOW.replace(hour=20))
    [repeat] = case_queries.own_matrix(cast.athena).repeats
    assert repeat.since == NOW.date() + timedelta(days=1)


# --- nobody else ----------------------------------------------------------------------------------


def test_no_administrator_learns_of_it_from_trail_or_mail(cast: Cast) -> None:
    supervising.shared(cast, supervising.opened(cast))
    verbs = set(Event.objects.filter(verb__startswith="supervision.").values_list("verb", "actor_name"))
    assert ("supervision.asked", "Athena") in verbs
    assert not [verb for verb in audit.verbs_of(cast.penelope) if verb.startswith("supervision")]
    assert not audit.events_since(cast.ithaca.pk, NOW).filter(verb__startswith="supervision").exists()
    for news in Notification.objects.filter(person=cast.nestor):
        notifications.mail_one(notification_id=news.pk, by=None, now=NOW)
    mails = list(OutboxMessage.objects.filter(to=cast.nestor.email))
    assert mails
    assert {mail.subject for mail in mails} == {"1 piece of news for you"}
    assert "Athena asks you to be their supervisor" in mails[0].text


def test_the_copy_of_the_own_data_holds_cases_with_what_was_said(cast: Cast) -> None:
    case = supervising.shared(cast, supervising.opened(cast))
    cases.note(case=case, text="Wait longer.", by=cast.nestor, now=LATER)
    hers, his = data_of(cast.athena)["supervision"], data_of(cast.nestor)["supervision"]
    assert hers["cases"][0]["notes"][0]["text"] == "Wait longer."
    assert hers["rooms"][0]["room__supervisor__name"] == "Nestor"
    assert his["cases"] == []
    assert his["notes_on_cases_of_others"][0]["text"] == "Wait longer."


def test_whoever_is_erased_leaves_notes_without_a_name(cast: Cast) -> None:
    room = supervising.opened(cast)
    case = supervising.shared(cast, room, question="Nestor asked me why.")
    cases.note(case=case, text="Wait longer.", by=cast.nestor, now=LATER)
    erasure.erase(person=cast.nestor, by=cast.nestor, now=LATER)
    case.refresh_from_db()
    note = CaseNote.objects.get()
    assert (case.state, case.question) == ("draft", "Someone asked me why.")
    assert (note.text, note.author.name) == ("Wait longer.", "Someone")
    erasure.erase(person=cast.athena, by=cast.athena, now=LATER)
    assert not SupervisionCase.objects.exists()


def test_a_client_who_is_erased_is_taken_out_of_drafts(cast: Cast) -> None:
    case = supervising.written(cast, happened="Telemachus said nothing.")
    erasure.erase(person=cast.telemachus, by=cast.telemachus, now=LATER)
    case.refresh_from_db()
    assert case.happened == "Someone said nothing."
    assert "Someone" not in case_queries.names_known_to(cast.athena)


def test_a_room_lists_what_was_shared_in_it_and_waits_for_nobody_who_has_answered(cast: Cast) -> None:
    room = supervising.opened(cast)
    other = rooms.ask(supervisor=supervising.mentes(cast), by=cast.athena, now=NOW)
    rooms.accept(room=other, by=other.supervisor, now=NOW)
    case, elsewhere = supervising.shared(cast, room), supervising.shared(cast, queries.locked(other))
    assert list(case_queries.in_room(room, cast.athena)) == [case]
    assert list(case_queries.in_room(other, cast.athena)) == [elsewhere]
    assert queries.n_waiting(cast.athena) == 0


def test_a_closed_case_is_changed_only_once_it_is_taken_back(cast: Cast) -> None:
    case = supervising.shared(cast, supervising.opened(cast))
    cases.close(case=case, takeaway="I can wait.", by=cast.athena, now=LATER)
    with pytest.raises(WrongState, match="This case is closed"):
        cases.revise(case=case, words=words(title="Else"), by=cast.athena, now=LATER)
    cases.take_back(case=case, by=cast.athena, now=LATER)
    cases.revise(case=case, words=words(title="Else"), by=cast.athena, now=LATER)
    case.refresh_from_db()
    assert case.title == "Else"
