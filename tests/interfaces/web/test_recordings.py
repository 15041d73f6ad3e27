"""Recordings in the browser's eyes: who gets in, what is said, and what stays when something is wrong."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from telemachy.apps.audit.models import Event
from telemachy.apps.supervision.actions import codes, consents, evidence, recordings, rules
from telemachy.apps.supervision.models import Correction, Recording, Utterance
from telemachy.apps.supervision.queries import recordings as queries
from telemachy.interfaces.web.charts import ribbon
from tests import conversations
from tests.apps.supervision.test_recordings import stored_files
from tests.cast import NOW, pair
from tests.interfaces.web.test_authorisation import RULES


def at(name: str, recording: Recording, *more: object) -> str:
    return reverse(name, args=[recording.pk, *more])


def text_of(response) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


# --- who gets in --------------------------------------------------------------------------------


def test_whom_the_terms_do_not_name_finds_nothing(cast, sign_in) -> None:
    recording = conversations.ready(cast, audio=True)
    own = [name for name, rule in RULES.items() if dict(rule.rows).get("pk") == "recording"]
    assert len(own) > 10
    client = sign_in(cast.nestor)  # everybody else is asked for by test_authorisation
    for name in own:
        address = reverse(name, kwargs={"pk": recording.pk, **dict(RULES[name].literals)})
        assert 404 in {client.get(address).status_code, client.post(address).status_code}, name
    assert "Fourth talk" not in text_of(client.get(reverse("recording-list")))


def test_a_listener_hears_and_reads_but_does_not_decide(cast, sign_in) -> None:
    recording = conversations.ready(cast, cast.nestor)
    client = sign_in(cast.nestor)
    page = text_of(client.get(at("recording", recording)))
    assert "What have you tried so far?" in page
    assert "Withdraw my consent" not in text_of(client.get(at("recording-consent", recording)))
    assert client.post(at("recording-withdraw", recording)).status_code == 404
    assert Recording.objects.get().state == "ready"


def test_a_listener_is_let_in_with_the_consent_and_out_with_its_end(cast, sign_in) -> None:
    recording = conversations.asked(cast, cast.nestor)
    client = sign_in(cast.nestor)
    assert client.get(at("recording", recording)).status_code == 404
    consents.agree(recording=recording, terms=recording.versions.get(), by=cast.telemachus, now=NOW)
    assert client.get(at("recording", recording)).status_code == 200
    consents.withdraw(recording=recording, by=cast.telemachus, now=NOW)
    assert client.get(at("recording", recording)).status_code == 404


# --- from the question to the ribbon ------------------------------------------------------------


def test_the_coach_asks_and_the_client_reads_what_it_means(cast, sign_in) -> None:
    coach, client = sign_in(cast.athena), sign_in(cast.telemachus)
    today = coach.get(reverse("recording-ask", args=[cast.relationship.pk])).context["form"]
    answer = coach.post(
        reverse("recording-ask", args=[cast.relationship.pk]),
        {
            "title": "Fourth talk",
            "held_on": today.initial["held_on"],
            "purpose": "feedback",
            "addresses": "nestor@ithaca.example",
            "keep_until": today.initial["held_on"] + timedelta(days=20),
        },
    )
    recording = Recording.objects.get()
    assert answer.url == at("recording", recording)
    page = client.get(at("recording-consent", recording))
    assert "heard and read by Nestor" in text_of(page)
    terms = page.context["proposed"]
    client.post(at("recording-agree", recording), {"terms": terms.pk})
    recording.refresh_from_db()
    assert recording.state == "agreed"


@pytest.mark.parametrize(
    ("addresses", "says"),
    [
        ("nobody@ithaca.example", "Nobody in your organisation signs in with nobody@ithaca.example"),
        ("antinous@suitors.example", "Nobody in your organisation signs in with antinous@suitors.example"),
        ("not an address", "Enter a valid email address"),
        ("eurycleia@ithaca.example", "a recording is not for them"),
        ("\n".join(f"a{n}@ithaca.example" for n in range(6)), "Name at most 5 people"),
    ],
)
def test_a_wrong_listener_is_named(cast, sign_in, addresses: str, says: str) -> None:
    client = sign_in(cast.athena)
    address = reverse("recording-ask", args=[cast.relationship.pk])
    today = client.get(address).context["form"].initial["held_on"]
    given_ = {"title": "T", "held_on": today, "purpose": "feedback", "keep_until": today}
    answer = client.post(address, {**given_, "addresses": addresses})
    assert answer.status_code == 422
    assert says in text_of(answer)
    assert not Recording.objects.exists()


def test_nobody_is_asked_to_record_a_talk_with_an_agent(cast, sign_in) -> None:
    pair(cast.programme, cast.athena, cast.argus)
    page = text_of(sign_in(cast.athena).get(reverse("recording-list")))
    assert cast.telemachus.name in page
    assert cast.argus.name not in page


def test_a_third_voice_is_pointed_out_before_anything_is_coded(cast, sign_in) -> None:
    recording = conversations.agreed(cast)
    coach = sign_in(cast.athena)
    text = b"Athena: Why?\nTelemachus: So.\nMentor: So too.\nAthena: And now?\nMentor: Nothing.\n"
    file = SimpleUploadedFile("three.txt", text)
    page = text_of(coach.post(at("recording-upload", recording), {"transcript": file}, follow=True))
    assert "It names more than two. Only the two of you have agreed" in page
    assert "More than two people speak; all who are not left out count as coach or client." in page


def test_a_zoom_transcript_becomes_a_ribbon(cast, sign_in) -> None:
    recording = conversations.agreed(cast)
    coach = sign_in(cast.athena)
    file = SimpleUploadedFile("zoom.vtt", conversations.zoom_vtt())
    page = coach.post(at("recording-upload", recording), {"transcript": file}, follow=True)
    assert "Who is who?" in text_of(page)
    answer = coach.post(
        at("recording-speakers", recording), {"name_0": "coach", "name_1": "client"}, follow=True
    )
    html = answer.content.decode()
    assert 'class="ribbon-turn kind-open_question' in html
    assert 'class="ribbon-turn kind-input' in html
    assert html.count('class="turn turn-coach') == 6


def test_a_refused_transcript_names_the_line_and_the_mend(cast, sign_in) -> None:
    recording = conversations.agreed(cast)
    file = SimpleUploadedFile("talk.txt", b"\n\nno names in here at all\njust words\n")
    answer = sign_in(cast.athena).post(at("recording-upload", recording), {"transcript": file})
    assert answer.status_code == 422
    assert "Put the name and a colon before each passage" in text_of(answer)
    assert stored_files() == []


def test_what_was_left_out_is_told(cast, sign_in) -> None:
    data = conversations.zoom_vtt() + b"\n90\n00:99:xx --> broken\nAthena: Still here.\n"
    recording = conversations.agreed(cast)
    file = SimpleUploadedFile("zoom.vtt", data)
    page = sign_in(cast.athena).post(at("recording-upload", recording), {"transcript": file}, follow=True)
    assert "left out or assumed" in text_of(page)


MUTABLE = (
    conversations.zoom_vtt(),
    conversations.zoom_vtt().replace(b".000", b",000").removeprefix(b"WEBVTT\n\n"),
    b'{"segments": [{"start": 0.0, "end": 2.5, "text": "How are you?", "speaker": "A"},'
    b' {"start": 3, "end": 1e999, "text": "Well.", "speaker": "B"}]}',
    b"Athena  0:03\nWhat would help?\n\nTelemachus  0:09\nA ship.\n\nTranscribed by a machine\n",
    "\ufeffCOACH: \u202eWhat now?\r\nCLIENT: [pause] <b>Nothing</b>.\r\n".encode("utf-16"),
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    base=st.sampled_from(MUTABLE),
    cuts=st.lists(st.tuples(st.integers(0, 1200), st.integers(0, 60), st.binary(max_size=12)), max_size=4),
)
def test_no_file_breaks_it_or_stays_half(cast, base: bytes, cuts: list[tuple[int, int, bytes]]) -> None:
    data = base
    for place, n_gone, put in cuts:
        data = data[:place] + put + data[place + n_gone :]
    recording = conversations.agreed(cast)
    coach = Client(raise_request_exception=True)
    coach.force_login(cast.athena.user, backend="django.contrib.auth.backends.ModelBackend")
    before = len(stored_files())
    answer = coach.post(at("recording-upload", recording), {"transcript": SimpleUploadedFile("t.vtt", data)})
    recording.refresh_from_db()
    if answer.status_code == 422:
        assert (recording.state, bool(recording.transcript)) == ("agreed", False)
        assert len(stored_files()) == before
        return
    assert (answer.status_code, recording.state) == (302, "mapping")
    page = coach.get(at("recording-speakers", recording))
    assert page.status_code == 200
    names = page.context["form"].fields
    seats = {name: "client" if number else "coach" for number, name in enumerate(names)}
    assert coach.post(at("recording-speakers", recording), seats).status_code in (302, 422)
    assert coach.get(at("recording", recording), follow=True).status_code == 200
    assert coach.get(at("recording-measures", recording), follow=True).status_code == 200


# --- sound --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "status", "says"),
    [
        ("", 200, None),
        ("bytes=0-99", 206, "bytes 0-99/4044"),
        ("bytes=4000-", 206, "bytes 4000-4043/4044"),
        ("bytes=-44", 206, "bytes 4000-4043/4044"),
        ("bytes=4044-", 416, "bytes */4044"),
        ("bytes=9-3", 416, "bytes */4044"),
        ("bytes=0-1,5-6", 200, None),
        ("seconds=3", 200, None),
    ],
)
def test_sound_is_played_from_anywhere(cast, sign_in, asked: str, status: int, says: str | None) -> None:
    recording = conversations.ready(cast, audio=True)
    answer = sign_in(cast.telemachus).get(at("recording-audio", recording), headers={"range": asked})
    assert answer.status_code == status
    assert answer.get("Content-Range") == says
    assert "no-store" in answer["Cache-Control"]
    body = answer.getvalue()
    if status != 416:
        whole = conversations.wav()
        first = int(says.split()[1].split("-")[0]) if says else 0
        assert body == whole[first : first + len(body)]
        assert len(body) == int(answer["Content-Length"])


def test_a_long_sound_comes_in_pieces(cast, sign_in, monkeypatch) -> None:
    monkeypatch.setattr("telemachy.interfaces.common.ranges.CHUNK", 1000)
    recording = conversations.ready(cast, audio=True)
    answer = sign_in(cast.athena).get(at("recording-audio", recording), headers={"range": "bytes=0-"})
    assert answer["Content-Range"] == "bytes 0-999/4044"


# --- codes, evidence, measures ------------------------------------------------------------------


def test_a_short_conversation_says_beside_its_measures_that_it_is_short(cast, sign_in) -> None:
    recording = conversations.ready(cast)
    page = text_of(sign_in(cast.athena).get(at("recording", recording)))
    assert "Fewer than ten turns of the coach: too few for a share." in page


def test_one_key_corrects_a_turn_and_the_measures_follow(cast, sign_in) -> None:
    recording = conversations.ready(cast, cast.nestor)
    client = sign_in(cast.nestor)
    answer = client.post(
        at("recording-turn", recording, 8), {"kind": "open_question"}, headers={"hx-request": "true"}
    )
    html = answer.content.decode()
    assert 'id="turn-8"' in html
    assert 'data-kind="open_question"' in html
    assert 'id="measures" hx-swap-oob="true"' in html
    assert Correction.objects.get().author == cast.nestor
    assert "Nestor says: Open question." in text_of(client.get(at("recording-turn", recording, 8)))


def test_a_turn_is_corrected_without_a_script(cast, sign_in) -> None:
    recording = conversations.ready(cast)
    answer = sign_in(cast.athena).post(at("recording-turn", recording, 8), {"kind": "other"})
    assert answer.url == f"{at('recording', recording)}#turn-8"
    assert recording.utterances.get(number=8).corrected["behaviour"] == "other"


def test_unsure_is_shown_as_unsure(cast, sign_in) -> None:
    recording = conversations.ready(cast)
    for turn in recording.utterances.exclude(code={}):
        turn.code = {**turn.code, "unsure": turn.number == 0}
        turn.save()
    html = sign_in(cast.athena).get(at("recording", recording)).content.decode()
    assert '<span class="kind-doubt">unsure</span>' in html
    page = text_of(sign_in(cast.athena).get(at("recording-measures", recording)))
    assert "It is unsure of 1 turn. Of the others it has about one in five wrong, too." in page


def test_every_measure_tells_its_source_and_its_limits(cast, sign_in) -> None:
    recording = conversations.ready(cast)
    page = text_of(sign_in(cast.athena).get(at("recording-measures", recording)))
    assert "MITI 4.2.1" in page
    assert "fair from 1.0, good from 2.0" in page
    assert "Fewer than ten turns of the coach" in page
    assert "None" not in page


def test_what_is_known_of_a_measure_is_todays(cast, sign_in) -> None:
    recording = conversations.ready(cast)
    recording.measures["advice"] |= {"caveats": ["Trust it."], "source": "A hunch."}
    recording.measures["retired"] = recording.measures["advice"]
    recording.save()
    page = text_of(sign_in(cast.athena).get(at("recording-measures", recording)))
    assert "A hint only: in counselling it finds one of five turns with advice" in page
    assert not any(old in page for old in ("Trust it.", "A hunch.", "retired"))


def test_evidence_is_pinned_and_taken_off(cast, sign_in) -> None:
    recording = conversations.ready(cast, cast.nestor)
    nestor = sign_in(cast.nestor)
    refused = nestor.post(at("evidence-pin", recording, 2), {"competency": "", "note": " "})
    assert refused.status_code == 422
    nestor.post(at("evidence-pin", recording, 2), {"competency": "", "note": "Hears both sides"})
    pin = recording.evidence.get()
    assert "Hears both sides" in text_of(sign_in(cast.athena).get(at("recording", recording)))
    assert sign_in(cast.athena).post(reverse("evidence-remove", args=[pin.pk])).status_code == 404
    nestor.post(reverse("evidence-remove", args=[pin.pk]))
    assert not recording.evidence.exists()


def test_turns_are_taken_along_with_both_codes(cast, sign_in) -> None:
    recording = conversations.ready(cast)
    codes.correct(recording=recording, number=8, kind="reflection", by=cast.athena, now=NOW)
    answer = sign_in(cast.telemachus).get(at("recording-codes", recording))
    table = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert (table[8]["code"], table[8]["corrected"]) == ("input", "reflection")
    assert table[0]["corrected"] == ""


def test_names_in_the_transcript_are_text_and_nothing_else(cast, sign_in) -> None:
    data = conversations.zoom_vtt().replace(b"Good to see you.", b"<script>alert(1)</script> Good.")
    recording = conversations.agreed(cast)
    file = ContentFile(data, name="z.vtt")
    recordings.upload(recording=recording, transcript=file, by=cast.athena, now=NOW)
    recording.refresh_from_db()
    recordings.map_speakers(recording=recording, seats=recording.seats, by=cast.athena, now=NOW)
    assert "<script>alert" not in sign_in(cast.athena).get(at("recording", recording)).content.decode()


def test_a_longer_recording_asks_no_more_questions_and_comes_in_parts(
    cast, sign_in, count_queries, monkeypatch
) -> None:
    monkeypatch.setattr(queries, "PART", 30)
    short = conversations.ready(cast)
    client = sign_in(cast.athena)
    few = count_queries(client, at("recording", short))
    last = short.utterances.order_by("-number").first()
    Utterance.objects.bulk_create(
        Utterance(
            recording=short, number=last.number + n, seat="client", start=200.0 + n, text="So.", code={}
        )
        for n in range(1, 40)
    )
    Recording.objects.update(n_turns=last.number + 40)
    for number in (0, 2):
        evidence.pin(recording=short, number=number, note="x", by=cast.athena, now=NOW)
    assert count_queries(client, at("recording", short)) <= few
    second = client.get(at("recording", short) + "?part=2").content.decode()
    assert f'id="turn-{queries.PART}"' in second
    assert 'id="turn-0"' not in second


# --- the end, and the organisation's rules ------------------------------------------------------


def test_the_page_says_what_goes_before_it_goes(cast, sign_in) -> None:
    recording = conversations.ready(cast, cast.nestor, audio=True)
    client = sign_in(cast.telemachus)
    page = text_of(client.get(at("recording-withdraw", recording)))
    assert "the transcript with 12 turns" in page
    assert "hours in the coach's log" in page
    answer = client.post(at("recording-withdraw", recording), follow=True)
    assert "It is deleted" in text_of(answer)
    assert not recording.utterances.exists()


def test_an_expired_recording_keeps_its_shape_without_words(cast, sign_in) -> None:
    recording = conversations.ready(cast)
    recordings.expire(recording=recording, by=None, now=NOW)
    page = sign_in(cast.athena).get(at("recording", recording))
    assert "Sound and words are deleted" in text_of(page)
    assert "What have you tried" not in text_of(page)
    assert 'class="ribbon-turn kind-' in page.content.decode()
    assert 'class="turn-open"' not in page.content.decode()


def test_an_administrator_sets_the_days_and_sees_no_recording(cast, sign_in) -> None:
    client = sign_in(cast.penelope)
    refused = client.post(reverse("recording-rules"), {"keep_days": 400})
    assert refused.status_code == 422
    client.post(reverse("recording-rules"), {"keep_days": 14, "learning": "on"})
    assert queries.keep_days(cast.ithaca) == 14
    assert queries.learns(cast.ithaca)


def test_corrections_leave_only_with_everybodys_consent(cast, sign_in) -> None:
    rules.set_rules(organisation=cast.ithaca, keep_days=30, learning=True, by=cast.penelope, now=NOW)
    for allowed in (False, True):
        recording = conversations.ready(cast, for_learning=allowed)
        Utterance.objects.filter(recording=recording, number=8).update(
            text="Telemachus, you should hire a ship." if allowed else "Nobody may see this."
        )
        codes.correct(recording=recording, number=8, kind="other", by=cast.athena, now=NOW)
    table = sign_in(cast.penelope).get(reverse("corrections")).content.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(table)))[1:] == [["…, you should hire a ship.", "input", "other"]]
    assert Event.objects.filter(verb__contains="export").exists()


# --- the drawing --------------------------------------------------------------------------------


def turn(number: int, start: float | None, end: float | None, **more) -> ribbon.RibbonTurn:
    kept = {"seat": "coach", "kind": "other", "unsure": False, "n_words": 10, "n_pins": 0, "title": ""}
    return ribbon.RibbonTurn(number=number, start=start, end=end, **{**kept, **more})


@given(
    st.lists(
        st.tuples(
            st.one_of(st.none(), st.floats(0, 20_000)),
            st.one_of(st.none(), st.floats(0, 20_000)),
            st.integers(1, 400),
        ),
        max_size=30,
    )
)
def test_every_turn_is_drawn_inside_the_frame(times) -> None:
    turns = [turn(n, start, end, n_words=words) for n, (start, end, words) in enumerate(times)]
    drawn = ribbon.draw_ribbon(turns, 1000, 10, 4)
    bars = [bar for line in drawn.lines for bar in line.bars]
    assert {bar.number for bar in bars} == {one.number for one in turns}
    assert len(drawn.lines) <= 4
    for bar in bars:
        assert 0 <= float(bar.x) <= 1000
        assert float(bar.x) + float(bar.width) <= 1000


def test_a_pin_stands_where_its_turn_begins() -> None:
    drawn = ribbon.draw_ribbon([turn(0, 0, 250, n_pins=2), turn(1, 260, 1190)], 1000, 10, 4)
    pinned = [(row, bar.n_pins) for row, line in enumerate(drawn.lines) for bar in line.bars if bar.n_pins]
    assert pinned == [(0, 2)]


def test_who_cannot_sign_in_any_more_is_not_proposed_as_a_listener_again(cast, sign_in) -> None:
    recording = conversations.asked(cast, cast.nestor)
    consents.agree(recording=recording, terms=recording.versions.get(), by=cast.telemachus, now=NOW)
    client, address = sign_in(cast.athena), reverse("recording-ask", args=[cast.relationship.pk])
    assert client.get(address).context["form"].initial["addresses"] == cast.nestor.email
    cast.nestor.user = None
    cast.nestor.save()
    assert client.get(address).context["form"].initial["addresses"] == ""


def test_the_form_says_that_one_of_the_two_is_needed(cast, sign_in) -> None:
    recording = conversations.agreed(cast)
    shown = text_of(sign_in(cast.athena).get(at("recording", recording)))
    assert "One of the two is needed." in shown
    assert "(optional)" not in shown


def test_a_transcript_that_the_storage_has_lost_can_be_thrown_away(cast, sign_in) -> None:
    recording = conversations.agreed(cast)
    file = ContentFile(conversations.zoom_vtt(), name="talk.vtt")
    recordings.upload(recording=recording, transcript=file, by=cast.athena, now=NOW)
    recording.refresh_from_db()
    recording.transcript.storage.delete(recording.transcript.name)
    client = sign_in(cast.athena)
    shown = client.get(at("recording-speakers", recording))
    assert (shown.status_code, "Delete this transcript" in text_of(shown)) == (200, True)
    client.post(at("recording-speakers", recording), {"discard": "1"})
    recording.refresh_from_db()
    assert recording.state == "agreed"


def test_the_days_of_the_terms_fill_their_boxes_in_german_too(cast, sign_in) -> None:
    rules.set_rules(organisation=cast.ithaca, keep_days=30, learning=True, by=cast.penelope, now=NOW)
    recording, athena = conversations.agreed(cast, for_learning=True), sign_in(cast.athena)
    athena.post(reverse("set_language"), {"language": "de"})
    html = athena.get(at("recording-terms", recording)).content.decode()
    assert f'value="{recording.terms.keep_until:%Y-%m-%d}"' in html
    assert re.search(r'name="for_learning"[^>]* checked', html)


def test_a_turn_that_is_corrected_keeps_its_pins(cast, sign_in) -> None:
    recording, athena = conversations.ready(cast), sign_in(cast.athena)
    athena.post(at("evidence-pin", recording, 8), {"competency": "", "note": "Hears both sides"})
    answer = athena.post(
        at("recording-turn", recording, 8), {"kind": "other"}, headers={"hx-request": "true"}
    )
    assert "1 piece of evidence" in text_of(answer)


def test_whoever_was_signed_out_gets_no_sign_in_page_into_a_turn(cast, client) -> None:
    recording = conversations.ready(cast)
    answer = client.get(at("recording-turn", recording, 8), headers={"hx-request": "true"})
    assert (answer.status_code, answer.content) == (401, b"")


def test_what_was_never_read_shows_no_empty_measures_when_its_day_is_over(cast, sign_in) -> None:
    recording = conversations.agreed(cast)
    recordings.expire(recording=recording, by=None, now=NOW)
    page = text_of(sign_in(cast.athena).get(at("recording", recording)))
    assert "Its day was over before there was a conversation to read." in page
    assert "Measures" not in page
