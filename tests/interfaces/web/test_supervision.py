"""The pages of supervision: what each sees first, refusals in their place, and what nobody else is shown."""

from __future__ import annotations

import pytest
from django.urls import reverse

from telemachy.apps.audit import queries as audit
from telemachy.apps.relationships.models import Draft
from telemachy.apps.supervision.actions import cases, rooms
from telemachy.apps.supervision.models import SupervisionCase, SupervisionRoom
from telemachy.core.supervision import Lens, Pattern
from telemachy.interfaces.web.forms.supervision_words import LENSES, PATTERNS
from tests.apps.supervision import supervising
from tests.cast import NOW, Cast, pair, person


def page(client, name: str, *args: object) -> str:
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return response.content.decode()


def test_every_lens_and_every_pattern_has_words() -> None:
    assert list(LENSES) == list(Lens)
    assert list(PATTERNS) == list(Pattern)
    assert all(len(one.questions) >= 4 for one in LENSES.values())


def test_a_first_visit_says_what_it_is_and_what_to_do(cast: Cast, sign_in) -> None:
    shown = page(sign_in(cast.athena), "supervision")
    assert "Ask somebody to supervise you" in shown
    assert "supervision has no rubric and no levels" in shown
    assert "No supervision here yet" in page(sign_in(cast.telemachus), "supervision")


def test_the_way_there_is_in_the_menu_and_in_the_navigation_once_there_is_a_room(cast: Cast, sign_in) -> None:
    client, link = sign_in(cast.athena), f'href="{reverse("supervision")}"'
    assert page(client, "practice").count(link) == 1
    supervising.asked(cast)
    assert page(client, "practice").count(link) > 1
    assert "is asked you" not in page(sign_in(cast.nestor), "practice")
    assert link in page(sign_in(cast.nestor), "notification-list")
    assert page(sign_in(cast.eurycleia), "notification-list").count(link) == 1


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("nobody@ithaca.example", "Nobody of your organisation has this address"),
        ("telemachus@ithaca.example", "Ask somebody who has no stake in your work"),
        ("athena@ithaca.example", "Nobody supervises themselves"),
    ],
)
def test_who_cannot_be_asked_is_said_beside_the_address(cast: Cast, sign_in, address, message) -> None:
    response = sign_in(cast.athena).post(reverse("supervision-ask"), {"address": address})
    assert response.status_code == 422
    assert message in response.content.decode()
    assert not SupervisionRoom.objects.exists()


def test_the_supervisor_sees_first_who_waits_and_answers(cast: Cast, sign_in) -> None:
    room = supervising.asked(cast)
    client = sign_in(cast.nestor)
    assert "Athena asks you to be their supervisor" in page(client, "supervision")
    client.post(reverse("supervision-answer", args=[room.pk]), {"answer": "accept"})
    room.refresh_from_db()
    assert room.state == "open"
    supervising.shared(cast, room)
    assert "The silence after the question" in page(client, "supervision")
    assert "Birch" in page(client, "supervision-room", room.pk)


def test_the_owner_sees_that_nobody_reads_a_case_once_the_supervisor_runs_the_programme(
    cast: Cast, sign_in
) -> None:
    case = supervising.shared(cast, supervising.opened(cast))
    assert "Read by" in page(sign_in(cast.athena), "supervision-case", case.pk)
    cast.programme.managers.create(person=cast.nestor, since=NOW)
    assert "Nobody reads it at present" in page(sign_in(cast.athena), "supervision-case", case.pk)
    address = reverse("supervision-case", args=[case.pk])
    assert sign_in(cast.nestor).get(address).status_code == 404


def test_a_case_with_a_name_is_not_shared_and_the_page_says_what_to_mend(cast: Cast, sign_in) -> None:
    room, case = supervising.opened(cast), supervising.written(cast, title="Telemachus is silent")
    response = sign_in(cast.athena).post(
        reverse("supervision-case-share", args=[case.pk]), {"room": str(room.pk)}
    )
    assert response.status_code == 422
    assert (
        "“Title” names Telemachus. Write what you call the client here instead." in response.content.decode()
    )
    response = sign_in(cast.athena).post(reverse("supervision-case-share", args=[case.pk]), {"room": "x"})
    assert "Choose the room to share it in." in response.content.decode()


def test_the_owner_alone_sees_the_relationship(cast: Cast, sign_in) -> None:
    case = supervising.shared(cast, supervising.opened(cast))
    assert "Telemachus · Voyage" in page(sign_in(cast.athena), "supervision-case-write", case.pk)
    assert "Telemachus" not in page(sign_in(cast.nestor), "supervision-case", case.pk)


def test_notes_and_the_end_of_a_case(cast: Cast, sign_in) -> None:
    case = supervising.shared(cast, supervising.opened(cast))
    nestor, athena = sign_in(cast.nestor), sign_in(cast.athena)
    note = {"text": "Whom does the silence remind you of?", "lens": "practitioner"}
    nestor.post(reverse("supervision-note-add", args=[case.pk]), note)
    assert "Whom does the silence remind you of?" in page(athena, "supervision-case", case.pk)
    refused = athena.post(reverse("supervision-note-add", args=[case.pk]), {"text": "Telemachus", "lens": ""})
    assert refused.status_code == 422
    athena.post(reverse("supervision-case-close", args=[case.pk]), {"takeaway": "I count to ten."})
    assert "I count to ten." in page(nestor, "supervision-case", case.pk)
    athena.post(reverse("supervision-case-back", args=[case.pk]))
    assert nestor.get(reverse("supervision-case", args=[case.pk])).status_code == 404


def test_the_matrix_is_a_table_that_says_in_words_what_repeats(cast: Cast, sign_in) -> None:
    room = supervising.opened(cast)
    supervising.shared(cast, room)
    cases.write(words=supervising.words("Heron"), by=cast.athena, now=NOW)
    shown = page(sign_in(cast.athena), "supervision")
    assert "“Rescuing” shows with 2 of 2 clients, since March 2026." in shown
    assert '<th scope="row">Heron</th>' in shown
    assert "in drafts" in shown
    room_page = page(sign_in(cast.nestor), "supervision-room", room.pk)
    assert "What repeats can be told from two clients on." in room_page
    assert "Heron" not in room_page


def test_who_left_and_who_runs_the_programme_find_nothing(cast: Cast, sign_in) -> None:
    room = supervising.opened(cast)
    case = supervising.shared(cast, room)
    sign_in(cast.athena).post(reverse("supervision-leave", args=[room.pk]))
    for somebody in (cast.nestor, cast.eurycleia, cast.penelope):
        assert sign_in(somebody).get(reverse("supervision-case", args=[case.pk])).status_code == 404
        assert sign_in(somebody).get(reverse("supervision-room", args=[room.pk])).status_code == 404
    assert SupervisionCase.objects.get().state == "draft"


def test_a_wrong_alias_is_said_at_its_field_and_nothing_is_kept(cast: Cast, sign_in) -> None:
    supervising.written(cast)
    given = {"relationship": str(cast.relationship.pk), "alias": "Heron", "title": "x", "lens": "client"}
    response = sign_in(cast.athena).post(reverse("supervision-case-add"), given)
    assert response.status_code == 422
    assert "In another case you call this client “Birch”" in response.content.decode()
    assert SupervisionCase.objects.count() == 1


def test_the_number_of_queries_does_not_grow_with_cases(cast: Cast, sign_in, count_queries) -> None:
    room = supervising.opened(cast)
    supervising.shared(cast, room)
    athena, nestor = sign_in(cast.athena), sign_in(cast.nestor)
    seen = [(athena, reverse("supervision")), (nestor, reverse("supervision-room", args=[room.pk]))]
    before = [count_queries(client, path) for client, path in seen]
    for alias in ("Heron", "Harbour", "Granite"):
        learner = person(cast.ithaca, f"Pupil{alias}")
        pair(cast.programme, cast.athena, learner)
        case = cases.write(words=supervising.words(alias), by=cast.athena, now=NOW)
        cases.share(case=case, room=room, by=cast.athena, now=NOW)
    assert [count_queries(client, path) for client, path in seen] == before


def test_what_is_typed_is_kept_and_goes_when_the_case_is_kept(cast: Cast, sign_in) -> None:
    client = sign_in(cast.athena)
    typed = {
        "alias": "Birch",
        "title": "The silence",
        "happened": "I asked, then I answered.",
        "question": "",
    }
    said = client.post(reverse("supervision-draft"), typed | {"lens": "client"}).content.decode()
    assert "Draft saved at" in said
    assert "I asked, then I answered." in page(client, "supervision-case-add")
    assert not SupervisionCase.objects.exists()

    client.post(reverse("supervision-case-add"), typed | {"lens": "client"})
    assert client.post(reverse("supervision-draft"), typed).status_code == 204
    assert "I asked" not in page(client, "supervision-case-add")


def test_a_change_of_a_case_is_kept_while_it_is_typed_and_can_be_dropped(cast: Cast, sign_in) -> None:
    case, client = supervising.written(cast), sign_in(cast.athena)
    client.post(reverse("supervision-case-draft", args=[case.pk]), {"happened": "Much later I saw it."})
    assert "Much later I saw it." in page(client, "supervision-case-write", case.pk)
    client.post(reverse("supervision-case-write", args=[case.pk]), {"save_draft": "1"})
    shown = page(client, "supervision-case-write", case.pk)
    assert case.happened in shown
    assert "Much later" not in shown


def test_a_note_is_kept_while_it_is_typed_and_goes_when_it_is_said(cast: Cast, sign_in) -> None:
    case, client = supervising.shared(cast, supervising.opened(cast)), sign_in(cast.nestor)
    keep = reverse("supervision-step-draft", args=[case.pk, "note"])
    typed = {"text": "What did the silence say?", "lens": "client"}
    assert "Draft saved at" in client.post(keep, typed).content.decode()
    assert typed["text"] in page(client, "supervision-case", case.pk)
    assert typed["text"] not in page(sign_in(cast.athena), "supervision-case", case.pk)
    client.post(reverse("supervision-note-add", args=[case.pk]), typed)
    # What was typed arrives after what was sent.
    assert "said already" in client.post(keep, typed).content.decode()
    assert "Your draft from" not in page(client, "supervision-case", case.pk)
    # Nobody who runs anything learns from a draft who is in supervision.
    assert not audit.events_of(cast.penelope).filter(actor_id=cast.nestor.pk).exists()


def test_what_one_takes_from_a_case_is_kept_while_it_is_typed(cast: Cast, sign_in) -> None:
    case, client = supervising.shared(cast, supervising.opened(cast)), sign_in(cast.athena)
    address = reverse("supervision-case-close", args=[case.pk])
    client.post(address, {"takeaway": "I count to ten.", "save_draft": "1"})
    assert "I count to ten." in page(client, "supervision-case", case.pk)
    client.post(address, {"save_draft": "1"})
    assert "I count to ten." not in page(client, "supervision-case", case.pk)
    keep = reverse("supervision-step-draft", args=[case.pk, "close"])
    client.post(keep, {"takeaway": "I wait."})
    assert sign_in(cast.nestor).post(keep, {"takeaway": "Not mine."}).status_code == 200
    client.post(reverse("supervision-case-remove", args=[case.pk]))
    assert not Draft.objects.exists()


def test_who_left_a_room_finds_and_takes_back_what_they_said_there(cast: Cast, sign_in) -> None:
    room = supervising.opened(cast)
    case = supervising.shared(cast, room)
    note = cases.note(case=case, text="You fill the silence.", by=cast.nestor, now=NOW)
    rooms.leave(room=room, by=cast.nestor, now=NOW)
    client = sign_in(cast.nestor)
    shown = page(client, "supervision")
    assert note.text in shown
    assert case.title not in shown
    after = client.post(reverse("supervision-note-remove", args=[note.pk]), follow=True).content.decode()
    assert "Taken back." in after
    assert note.text not in after
    assert not case.notes.exists()
