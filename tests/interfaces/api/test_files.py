"""Files are sent as they are and come out as downloads; a conversation goes all the way to its measures."""

from __future__ import annotations

from datetime import timedelta

import pytest

from telemachy.apps.audit.models import Event
from telemachy.apps.relationships.models import Attachment, Situation
from telemachy.interfaces.common import clock
from tests import conversations
from tests.apps.supervision import reviewing
from tests.cast import NOW
from tests.interfaces.api.test_calls import code_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(cast) -> str:
    """Where files of a situation are sent."""
    situation = Situation.objects.create(
        relationship=cast.relationship, learner=cast.telemachus, title="The suitors", logged_at=NOW
    )
    return f"/situations/{situation.pk}/attachments"


def test_a_letter_tells_whose_note_stands_beside_a_quote(cast, call_as) -> None:
    here = reviewing.room(cast)
    pins = [reviewing.pinned(here, here.mentes, 3), reviewing.pinned(here, here.nestor)]
    address = f"/recording-reviews/{reviewing.rated(here).pk}/letter"
    given = {"strengths": "Clear.", "development": "Wait.", "evidence_ids": [str(pin.pk) for pin in pins]}
    assert call_as(here.nestor)("PUT", address, given).status_code == 200
    call_as(here.nestor).post(f"{address}/send")
    told = call_as(here.coach).get(address).json()["quotes"]
    assert [(one["author"]["name"], one["note"]) for one in told] == [
        ("Mentes", "opens it"),
        ("Nestor", "opens it"),
    ]
    pins[0].delete()
    told = call_as(here.coach).get(address).json()["quotes"]
    assert [one["author"] and one["author"]["name"] for one in told] == [None, "Nestor"]


def test_a_file_goes_in_as_it_is_and_comes_out_the_same(cast, call_as, address) -> None:
    telemachus = call_as(cast.telemachus)
    added = telemachus.post(f"{address}?name=chart.txt", b"North by north-east")
    assert added.status_code == 201, added.content
    fetched = call_as(cast.athena).get(f"/attachments/{added.json()['id']}")
    assert b"".join(fetched.streaming_content) == b"North by north-east"
    assert fetched["Content-Disposition"].startswith("attachment")
    assert call_as(cast.eurycleia).get(f"/attachments/{added.json()['id']}").status_code == 404


def test_a_file_sent_twice_with_a_key_is_there_once(cast, call_as, address) -> None:
    telemachus = call_as(cast.telemachus)
    sent = {"method": "POST", "path": f"{address}?name=chart.txt", "idempotency_key": "chart-0001"}
    first, again = telemachus(body=b"North", **sent), telemachus(body=b"North", **sent)
    assert (first.json(), again["Idempotent-Replayed"]) == (again.json(), "true")
    assert code_of(telemachus(body=b"South", **sent)) == "key-used-otherwise"
    assert Attachment.objects.count() == 1


def test_what_is_no_file_or_goes_nowhere_is_named(cast, call_as, address, settings) -> None:
    telemachus = call_as(cast.telemachus)
    assert code_of(telemachus.post(f"{address}?name=chart.txt", {"file": "chart"})) == "no-file"
    assert code_of(telemachus.post("/me/reflections", b"North")) == "not-json"
    assert code_of(telemachus.post(f"{address}?name=chart.txt", b"MZ\x90\x00")) == "invalid"
    settings.MAX_ATTACHMENT_BYTES = 4
    assert code_of(telemachus.post(f"{address}?name=chart.txt", b"North")) == "too-large"
    assert not Attachment.objects.exists()


def test_a_conversation_goes_from_consent_to_measures(cast, call_as) -> None:
    athena, telemachus = call_as(cast.athena), call_as(cast.telemachus)
    today = clock.now().date()
    terms = {
        "title": "Fourth session",
        "held_on": str(today),
        "purpose": "feedback",
        "keep_until": str(today + timedelta(days=20)),
        "listener_ids": [str(cast.nestor.pk)],
    }
    asked = athena.post(f"/relationships/{cast.relationship.pk}/recordings", terms)
    assert asked.status_code == 201, asked.content
    place = f"/recordings/{asked.json()['id']}"
    assert code_of(athena("PUT", f"{place}/transcript", conversations.zoom_vtt())) == "not-allowed"
    proposed = telemachus.get(f"{place}/consent").json()["proposed"]
    assert telemachus.post(f"{place}/agreement", {"terms_id": proposed["id"]}).status_code == 200
    assert athena("PUT", f"{place}/transcript", conversations.zoom_vtt()).json()["state"] == "mapping"
    speakers = [{"name": one["name"], "seat": one["seat"]} for one in athena.get(f"{place}/speakers").json()]
    assert athena("PUT", f"{place}/speakers", {"speakers": speakers}).json()["state"] == "ready"
    turns = call_as(cast.nestor).get(f"{place}/turns").json()["items"]
    assert (turns[0]["seat"], turns[0]["kind"]) == ("coach", "open_question")
    assert athena.get(f"{place}/measures").json()
    assert call_as(cast.eurycleia).get(place).status_code == 404


def test_nobody_is_told_who_practises_not_even_of_a_refused_call(cast, call_as) -> None:
    athena = call_as(cast.athena)
    assert code_of(athena.post("/practice/role-plays", {"scenario": "none"})) == "invalid"
    begun = athena.post("/practice/role-plays", {"scenario": "silence"})
    assert begun.status_code == 201, begun.content
    turns = f"/practice/role-plays/{begun.json()['id']}/turns"
    said = athena.post(turns, {"text": "What would help?", "after": 0})
    assert said.json()["exchanges"][0]["text"] == "What would help?"
    assert not Event.objects.filter(verb="call.refused").exists()
    assert call_as(cast.penelope).get(f"/practice/role-plays/{begun.json()['id']}").status_code == 404


def test_what_has_gone_on_in_another_window_is_neither_answered_nor_taken_back(cast, call_as) -> None:
    athena = call_as(cast.athena)
    begun = athena.post("/practice/role-plays", {"scenario": "silence"}).json()["id"]
    turns = f"/practice/role-plays/{begun}/turns"
    for text, status in (("Are you all right?", 201), ("What else?", 422)):
        assert athena.post(turns, {"text": text, "after": 0}).status_code == status
    assert athena("DELETE", f"{turns}/last?after=2").status_code == 422
    assert athena("DELETE", f"{turns}/last?after=1").json() == {"text": "Are you all right?"}
    answer = {"item": "ask-01", "answer": "What now?"}
    checked_at = athena.post("/practice/checks", answer).json()["checked_at"]
    rate = {**answer, "grade": 3, "checked_at": checked_at}
    rated = athena.post("/practice/answers", rate)
    assert athena.post("/practice/answers", rate).status_code == 422
    assert athena("DELETE", f"/practice/answers/last?answer_id={begun}").status_code == 422
    assert athena("DELETE", f"/practice/answers/last?answer_id={rated.json()['id']}").status_code == 204
