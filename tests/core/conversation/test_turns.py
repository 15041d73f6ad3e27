"""Names become two seats, and passages become turns."""

from __future__ import annotations

import pytest

from telemachy.core.conversation import TranscriptError, read_transcript, seats, turns


def seat_of(text: str, coach: str = "") -> dict[str, str]:
    return dict(seats(read_transcript(text.encode()), coach))


def test_a_name_that_says_it_is_the_coach_or_the_others_say_they_are_clients():
    assert seat_of("Coach: So.\nAnna: Why?\n") == {"Coach": "coach", "Anna": "client"}
    assert seat_of("Anna: So.\nMentee: Why?\n") == {"Anna": "coach", "Mentee": "client"}


def test_without_such_a_name_the_one_who_asks_most_coaches():
    assert seat_of("Anna: I was late.\nBen: Why?\nAnna: Rain.\n") == {"Anna": "client", "Ben": "coach"}


def test_the_coach_may_be_named_by_a_part_in_any_case():
    assert seat_of("Pallas, Athena: So.\nTelemachus: Why?\n", "ATHENA")["Pallas, Athena"] == "coach"


@pytest.mark.parametrize("name", ["Zeus", "a", "?"])
def test_a_coach_who_is_not_there_is_refused_with_the_names(name):
    with pytest.raises(TranscriptError, match="Athena, Telemachus") as caught:
        seat_of("Athena: So.\nTelemachus: Why?\n", name)
    assert caught.value.code == "unknown_coach"


def test_a_name_that_two_people_share_is_refused():
    with pytest.raises(TranscriptError):
        seat_of("Ajax Major: So.\nAjax Minor: Why?\n", "Ajax")


def test_without_names_nobody_can_coach():
    with pytest.raises(TranscriptError) as caught:
        seat_of("so\nwhy\n")
    assert caught.value.code == "no_speakers"


def test_spellings_of_one_person_share_a_seat_and_a_turn():
    transcript = read_transcript(b"COACH: One.\nCoach: Two?\nAnna: So.\nAnna: And so.\n")
    found = turns(transcript, seats(transcript))
    assert [(one["speaker"], one["text"]) for one in found] == [
        ("coach", "One. Two?"),
        ("client", "So. And so."),
    ]


def test_three_people_are_one_coach_and_two_clients_who_do_not_share_turns():
    transcript = read_transcript(b"Coach: Why?\nAnna: So.\nBen: So too.\n")
    assert [one["speaker"] for one in turns(transcript, seats(transcript))] == ["coach", "client", "client"]


def test_a_third_voice_is_noted_where_it_first_speaks_and_another_spelling_is_none():
    notes = read_transcript(b"Doe, Jane: Why?\nAnna: So.\nJane Doe: Oh.\nBen: So too.\nBen: Yes.\n").notes
    assert [(one.code, one.line) for one in notes] == [("more_than_two", 4)]
    assert not read_transcript(b"Doe, Jane: Why?\nAnna: So.\nJane Doe: Oh.\n").notes


def test_a_long_silence_parts_turns():
    text = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\nAnna: One.\n\n00:03.000 --> 00:04.000\nAnna: Two.\n\n"
        "00:07.000 --> 00:08.000\nAnna: Three?\n\n00:09.000 --> 00:10.000\nBen: So.\n"
    )
    transcript = read_transcript(text.encode())
    found = turns(transcript, seats(transcript))
    assert [(one["text"], one["start"], one["end"]) for one in found] == [
        ("One. Two.", 1.0, 4.0),
        ("Three?", 7.0, 8.0),
        ("So.", 9.0, 10.0),
    ]
