"""Recordings: consent before anything, both seats told apart, coded, corrected, withdrawn, expired."""

from __future__ import annotations

from datetime import timedelta
from errno import ENOSPC

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, default_storage

from telemachy.apps.audit.models import Event
from telemachy.apps.people.models import Notification
from telemachy.apps.programmes.actions import programmes
from telemachy.apps.relationships.actions import erasure
from telemachy.apps.relationships.queries import own_data
from telemachy.apps.supervision import jobs
from telemachy.apps.supervision.actions import codes, consents, evidence, recordings, rules, transcripts
from telemachy.apps.supervision.models import Consent, Correction, Evidence, Recording, RecordingRules
from telemachy.apps.supervision.queries import evidence as pins
from telemachy.apps.supervision.queries import recordings as queries
from telemachy.core.conversation import TranscriptError, kinds
from telemachy.core.shared.errors import BadInput, NotAllowed
from telemachy.interfaces.common import clock
from tests import conversations
from tests.cast import NOW, Cast, person


def stored_files() -> list[str]:
    """Return every file that the storage holds."""
    found, folders = [], [""]
    while folders:
        folder = folders.pop()
        if not default_storage.exists(folder or "."):
            continue
        inner, files = default_storage.listdir(folder)
        folders += [f"{folder}/{name}".strip("/") for name in inner]
        found += [f"{folder}/{name}" for name in files]
    return found


def offer(*listeners, days: int = 30, **more) -> consents.Offer:
    return consents.Offer("feedback", (NOW + timedelta(days=days)).date(), listeners, **more)


def ask(cast: Cast, *listeners, by=None, **more) -> Recording:
    return consents.ask(
        relationship=cast.relationship,
        title="A talk",
        held_on=NOW.date(),
        offer=offer(*listeners, **more),
        by=by or cast.athena,
        now=NOW,
    )


def upload(recording: Recording, cast: Cast, data: bytes | None = None, **more) -> None:
    file = ContentFile(conversations.zoom_vtt() if data is None else data, name="talk.vtt")
    recordings.upload(recording=recording, transcript=file, by=cast.athena, now=NOW, **more)


# --- consent ------------------------------------------------------------------------------------


def test_nothing_can_be_uploaded_before_both_agreed(cast) -> None:
    recording = ask(cast)
    with pytest.raises(NotAllowed, match="Both of you agree first"):
        upload(recording, cast)
    assert stored_files() == []


def test_each_agrees_in_their_own_name_and_words(cast) -> None:
    recording = conversations.agreed(cast, cast.nestor)
    given = {one.person: one.wording for one in Consent.objects.filter(terms=recording.terms)}
    assert set(given) == {cast.athena, cast.telemachus}
    assert all("heard and read by Nestor" in words for words in given.values())
    assert recording.state == "agreed"


def test_the_coach_cannot_agree_for_the_client(cast) -> None:
    recording = ask(cast)
    with pytest.raises(NotAllowed, match="You have agreed already"):
        consents.agree(recording=recording, terms=recording.versions.get(), by=cast.athena, now=NOW)


def test_terms_that_changed_meanwhile_are_not_agreed_to(cast) -> None:
    recording = ask(cast)
    old = recording.versions.get()
    consents.change_terms(recording=recording, offer=offer(cast.nestor), by=cast.athena, now=NOW)
    with pytest.raises(BadInput, match="changed meanwhile"):
        consents.agree(recording=recording, terms=old, by=cast.telemachus, now=NOW)


def test_new_terms_let_nobody_in_before_both_agreed(cast) -> None:
    recording = conversations.ready(cast)
    consents.change_terms(recording=recording, offer=offer(cast.nestor), by=cast.athena, now=NOW)
    assert not queries.named_in(cast.nestor).exists()
    terms = queries.proposed(recording)
    assert terms is not None
    consents.agree(recording=recording, terms=terms, by=cast.telemachus, now=NOW)
    assert queries.named_in(cast.nestor).get() == recording
    assert Notification.objects.filter(person=cast.nestor, kind="recording.shared").count() == 1


@pytest.mark.parametrize("who", ["eurycleia", "athena", "antinous", "argus"])
def test_some_people_cannot_be_named(cast, who: str) -> None:
    with pytest.raises(BadInput) as refused:
        ask(cast, getattr(cast, who))
    assert refused.value.field == "addresses"
    assert Recording.objects.count() == 0


def test_nobody_is_named_who_has_left(cast) -> None:
    cast.nestor.left_at = NOW
    cast.nestor.save()
    with pytest.raises(BadInput, match="Nestor cannot be named"):
        ask(cast, cast.nestor)


def test_a_line_manager_is_not_named(cast) -> None:
    boss = person(cast.ithaca, "Odysseus")
    cast.telemachus.line_manager = boss
    cast.telemachus.save()
    with pytest.raises(BadInput, match="Odysseus"):
        ask(cast, boss)


@pytest.mark.parametrize("days", [-1, 91])
def test_the_last_day_lies_within_what_is_kept(cast, days: int) -> None:
    with pytest.raises(BadInput) as refused:
        ask(cast, days=days)
    assert refused.value.field == "keep_until"


def test_only_the_mentor_asks_and_a_circle_is_not_recorded(cast) -> None:
    with pytest.raises(NotAllowed, match="The mentor or coach asks"):
        ask(cast, by=cast.telemachus)
    cast.relationship.parties.create(person=cast.nestor, seat="learner", accepted_at=NOW)
    with pytest.raises(NotAllowed, match="circle"):
        ask(cast)


def test_running_the_programme_or_the_organisation_opens_nothing(cast) -> None:
    conversations.ready(cast, cast.nestor)
    for stranger in (cast.eurycleia, cast.penelope, cast.antinous):
        assert not queries.named_in(stranger).exists()


def run_the_programme(cast, who) -> None:
    cast.programme.managers.create(person=who, since=NOW)


def lead_the_client(cast, who) -> None:
    cast.telemachus.line_manager = who
    cast.telemachus.save()


@pytest.mark.parametrize("become", [run_the_programme, lead_the_client])
def test_a_listener_who_gets_a_say_over_the_two_hears_it_no_more(cast, become) -> None:
    recording = conversations.ready(cast, cast.nestor)
    assert queries.named_in(cast.nestor).exists()
    become(cast, cast.nestor)
    assert not queries.named_in(cast.nestor).exists()
    assert queries.listeners(recording) == []
    with pytest.raises(NotAllowed, match="for those whom both of you named"):
        evidence.pin(recording=recording, number=1, note="mine", by=cast.nestor, now=NOW, competency="")
    assert queries.named_in(cast.athena).get() == recording
    # What was agreed to stands; with the role, the bar is gone.
    cast.programme.managers.filter(person=cast.nestor).delete()
    lead_the_client(cast, None)
    assert queries.named_in(cast.nestor).exists()


# --- handing in ---------------------------------------------------------------------------------


def test_a_transcript_is_mapped_coded_and_measured(cast) -> None:
    recording = conversations.ready(cast)
    found = [kinds.kind_of(turn.holds) for turn in queries.turns_of(recording)]
    assert recording.state == "ready"
    assert recording.n_turns == len(found) == 12  # "Mm-hmm." joins what follows it
    assert found[0] == "open_question"
    assert found[8] == "input"
    assert recording.measures["talk_share"]["value"] == pytest.approx(0.5, abs=0.15)


def test_a_broken_file_leaves_nothing_behind(cast) -> None:
    recording = conversations.agreed(cast)
    sound = ContentFile(conversations.wav(), name="a.wav")
    with pytest.raises(TranscriptError) as refused:
        upload(recording, cast, b"\x00\x01\x02 not a transcript", audio=sound)
    recording.refresh_from_db()
    assert refused.value.line == 1
    assert recording.state == "agreed"
    assert not recording.audio
    assert stored_files() == []


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"Athena: Hello there, how are you?\n", "names Athena alone"),
        ("\n".join(f"Person {n}: hello there" for n in range(20)).encode(), "names 20 people"),
    ],
)
def test_a_conversation_is_of_two(cast, data: bytes, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        upload(conversations.agreed(cast), cast, data)
    assert stored_files() == []


def test_a_full_disk_leaves_no_half_of_an_upload(cast, monkeypatch) -> None:
    recording, save = conversations.agreed(cast), Storage.save

    def save_sound_alone(storage, name, content, **options):
        if name.endswith(".txt"):
            raise OSError(ENOSPC, "No space left on device")
        return save(storage, name, content, **options)

    monkeypatch.setattr(Storage, "save", save_sound_alone)
    with pytest.raises(OSError, match="No space"):
        upload(recording, cast, audio=ContentFile(conversations.wav(), name="talk.wav"))
    assert stored_files() == []


def test_sound_is_known_by_its_content(cast) -> None:
    recording = conversations.agreed(cast)
    film = b"\x00\x00\x00\x18ftypisom" + bytes(12) + b"\x00\x00\x00\x20moov" + b"vide" + bytes(20)
    for content in (b"", b"not a sound at all", film):
        with pytest.raises(BadInput) as refused:
            recordings.upload(
                recording=recording, audio=ContentFile(content, name="a.mp3"), by=cast.athena, now=NOW
            )
        assert refused.value.field == "audio"
        assert ("belongs under “Transcript”" in str(refused.value)) == content.startswith(b"not")
    sound = ContentFile(conversations.wav(), name="named-wrong.mp3")
    recordings.upload(recording=recording, audio=sound, by=cast.athena, now=NOW)
    recording.refresh_from_db()
    assert recording.audio_type == "audio/wav"


def test_sound_among_the_transcripts_is_told_where_it_belongs(cast) -> None:
    with pytest.raises(BadInput, match="belongs under “Sound”") as refused:
        upload(conversations.agreed(cast), cast, conversations.wav())
    assert refused.value.field == "transcript"


def test_a_speaker_can_be_left_out(cast) -> None:
    data = conversations.zoom_vtt() + b"\n99\n00:03:00.000 --> 00:03:04.000\nNotetaker: This is recorded.\n"
    recording = conversations.agreed(cast)
    upload(recording, cast, data)
    recording.refresh_from_db()
    seats = {**recording.seats, "Notetaker": ""}
    recordings.map_speakers(recording=recording, seats=seats, by=cast.athena, now=NOW)
    assert not recording.utterances.filter(text__contains="This is recorded").exists()


def test_both_seats_are_needed(cast) -> None:
    recording = conversations.agreed(cast)
    upload(recording, cast)
    recording.refresh_from_db()
    with pytest.raises(BadInput, match="both are needed"):
        recordings.map_speakers(
            recording=recording, seats=dict.fromkeys(recording.seats, "coach"), by=cast.athena, now=NOW
        )
    recording.refresh_from_db()
    assert recording.state == "mapping"
    assert not recording.utterances.exists()


def test_a_long_recording_is_coded_by_a_job_that_may_run_twice(cast, monkeypatch) -> None:
    monkeypatch.setattr(recordings, "AT_ONCE", 3)
    recording = conversations.ready(cast)
    assert recording.state == "coding"
    jobs.code_recording.call(recording_id=str(recording.pk))
    jobs.code_recording.call(recording_id=str(recording.pk))
    recording.refresh_from_db()
    assert recording.state == "ready"
    assert Event.objects.filter(verb="recording.coded").count() == 1


# --- codes and evidence -------------------------------------------------------------------------


def test_a_correction_is_kept_with_its_author_and_moves_the_measures(cast) -> None:
    recording = conversations.ready(cast, cast.nestor)
    before = recording.measures["advice"]["value"]
    codes.correct(recording=recording, number=8, kind="reflection", by=cast.nestor, now=NOW)
    recording.refresh_from_db()
    turn = recording.utterances.get(number=8)
    assert kinds.kind_of(turn.holds) == "reflection"
    assert kinds.kind_of(turn.code) == "input"
    assert recording.measures["advice"]["value"] == before - 1
    made = Correction.objects.get()
    assert (made.author, made.was, made.kind) == (cast.nestor, "input", "reflection")
    codes.correct(recording=recording, number=8, kind="", by=cast.athena, now=NOW)
    recording.refresh_from_db()
    assert recording.measures["advice"]["value"] == before


def test_after_an_update_a_recording_is_counted_anew_and_what_people_said_stays(cast) -> None:
    recording = conversations.ready(cast, cast.nestor)
    codes.correct(recording=recording, number=8, kind="reflection", by=cast.nestor, now=NOW)
    today = Recording.objects.get().measures
    unsure = [turn.code.get("unsure") for turn in recording.utterances.all()]
    # As an earlier engine had left it: narrower ranges, and nothing marked as unsure.
    earlier = {name: {**one, "low": one["value"], "high": one["value"]} for name, one in today.items()}
    Recording.objects.update(measures=earlier)
    for turn in recording.utterances.filter(seat="coach"):
        turn.code["unsure"] = not turn.code["unsure"]
        turn.save()
    jobs.recount_recordings.call()
    jobs.recount_recordings.call()
    assert Recording.objects.get().measures == today
    assert [turn.code.get("unsure") for turn in recording.utterances.all()] == unsure
    assert kinds.kind_of(recording.utterances.get(number=8).holds) == "reflection"
    assert Event.objects.filter(verb="recording.recounted").count() == 1


def test_an_expired_recording_keeps_the_numbers_it_had(cast) -> None:
    recordings.expire(recording=conversations.ready(cast), by=None, now=NOW)
    before = Recording.objects.get().measures
    jobs.recount_recordings.call()
    assert Recording.objects.get().measures == before != {}


def test_only_the_coach_is_coded(cast) -> None:
    recording = conversations.ready(cast)
    with pytest.raises(BadInput, match="Only what the coach says"):
        codes.correct(recording=recording, number=1, kind="reflection", by=cast.athena, now=NOW)


def test_only_those_whom_the_terms_name_correct_and_only_while_the_words_are_there(cast) -> None:
    recording = conversations.ready(cast)
    with pytest.raises(NotAllowed, match="whom both of you named"):
        codes.correct(recording=recording, number=2, kind="other", by=cast.nestor, now=NOW)
    recordings.expire(recording=recording, by=None, now=NOW)
    with pytest.raises(NotAllowed, match="words are gone"):
        codes.correct(recording=recording, number=2, kind="other", by=cast.athena, now=NOW)


def test_evidence_belongs_to_its_author(cast) -> None:
    recording = conversations.ready(cast, cast.nestor)
    pin = evidence.pin(recording=recording, number=2, note="Hears both", by=cast.nestor, now=NOW)
    assert pin.quote.startswith("So you feel")
    assert list(pins.visible_to(cast.athena, recording)) == [pin]
    with pytest.raises(NotAllowed, match="Only whoever pinned"):
        evidence.unpin(evidence=pin, by=cast.athena, now=NOW)
    evidence.unpin(evidence=pin, by=cast.nestor, now=NOW)
    assert not recording.evidence.exists()


def test_a_pin_says_something(cast) -> None:
    recording = conversations.ready(cast)
    with pytest.raises(BadInput, match="Choose a competency"):
        evidence.pin(recording=recording, number=2, note="  ", by=cast.athena, now=NOW)


def test_speakers_are_not_told_apart_anew_once_work_stands_on_them(cast) -> None:
    recording = conversations.ready(cast)
    codes.correct(recording=recording, number=8, kind="other", by=cast.athena, now=NOW)
    with pytest.raises(NotAllowed, match="they would be lost"):
        recordings.remap(recording=recording, by=cast.athena, now=NOW)


# --- the end ------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["athena", "telemachus"])
def test_either_withdraws_and_it_is_gone(cast, who: str, django_capture_on_commit_callbacks) -> None:
    recording = conversations.ready(cast, cast.nestor, audio=True)
    evidence.pin(recording=recording, number=2, note="Hears both", by=cast.nestor, now=NOW)
    assert len(stored_files()) == 2
    with django_capture_on_commit_callbacks(execute=True):
        consents.withdraw(recording=recording, by=getattr(cast, who), now=NOW)
    recording.refresh_from_db()
    assert stored_files() == []
    assert (recording.state, recording.title, recording.measures) == ("withdrawn", "", {})
    assert not recording.utterances.exists()
    assert not Evidence.objects.exists()
    assert not queries.named_in(cast.nestor).exists()
    assert Consent.objects.filter(withdrawn_at=NOW, person=getattr(cast, who)).exists()
    with pytest.raises(NotAllowed):
        consents.withdraw(recording=recording, by=cast.athena, now=NOW)


def test_a_listener_withdraws_nothing(cast) -> None:
    recording = conversations.ready(cast, cast.nestor)
    with pytest.raises(NotAllowed):
        consents.withdraw(recording=recording, by=cast.nestor, now=NOW)


def test_sound_and_words_go_on_their_day_and_quotes_stay(cast, django_capture_on_commit_callbacks) -> None:
    recording = conversations.ready(cast, audio=True)
    evidence.pin(recording=recording, number=2, note="Hears both", by=cast.athena, now=NOW)
    assert queries.to_expire(NOW + timedelta(days=30)) == []
    assert queries.to_expire(NOW + timedelta(days=31)) == [recording]
    with django_capture_on_commit_callbacks(execute=True):
        for _twice in range(2):
            recordings.expire(recording=recording, by=None, now=NOW + timedelta(days=31))
    recording.refresh_from_db()
    assert recording.state == "expired"
    assert stored_files() == []
    assert set(recording.utterances.values_list("text", flat=True)) == {""}
    assert recording.evidence.get().quote.startswith("So you feel")
    assert recording.measures["talk_share"]["value"] is not None
    assert Event.objects.filter(verb="recording.expired").count() == 1


def test_an_organisation_keeps_less_than_the_installation(cast) -> None:
    recording = conversations.ready(cast)
    rules.set_rules(organisation=cast.ithaca, keep_days=7, learning=False, by=cast.penelope, now=NOW)
    assert queries.to_expire(NOW + timedelta(days=8)) == [recording]
    with pytest.raises(BadInput) as refused:
        ask(cast, days=8)
    assert refused.value.field == "keep_until"


def test_a_programme_keeps_less_than_its_organisation_and_never_longer(cast) -> None:
    recording = conversations.ready(cast)
    programme = cast.relationship.programme
    rules.set_rules(organisation=cast.ithaca, keep_days=20, learning=False, by=cast.penelope, now=NOW)
    programmes.edit(programme=programme, recording_days=7, by=cast.eurycleia, now=NOW)
    assert queries.to_expire(NOW + timedelta(days=6)) == []
    assert queries.to_expire(NOW + timedelta(days=8)) == [recording]
    with pytest.raises(BadInput) as refused:
        ask(cast, days=8)
    assert refused.value.field == "keep_until"
    programmes.edit(programme=programme, recording_days=60, by=cast.eurycleia, now=NOW)
    assert queries.keep_days_in(programme) == 20
    assert queries.to_expire(NOW + timedelta(days=21)) == [recording]


@pytest.mark.parametrize("days", [0, 91])
def test_nobody_keeps_longer_than_the_installation(cast, days: int) -> None:
    with pytest.raises(BadInput):
        rules.set_rules(organisation=cast.ithaca, keep_days=days, learning=False, by=cast.penelope, now=NOW)
    assert not RecordingRules.objects.exists()


def test_learning_needs_the_organisation_first(cast) -> None:
    with pytest.raises(BadInput) as refused:
        ask(cast, for_learning=True)
    assert refused.value.field == "for_learning"


# --- transcription ------------------------------------------------------------------------------


def write_as_zoom(audio) -> bytes:
    assert audio.read_bytes().startswith(b"RIFF")
    return conversations.zoom_vtt()


def fail(audio) -> bytes:
    raise OSError(f"no microphone in {audio.name}")


def with_sound(cast: Cast) -> Recording:
    recording = conversations.agreed(cast)
    sound = ContentFile(conversations.wav(), name="a.wav")
    recordings.upload(recording=recording, audio=sound, by=cast.athena, now=NOW)
    recording.refresh_from_db()
    return recording


def test_nothing_is_written_down_unless_the_installation_can(cast) -> None:
    with pytest.raises(NotAllowed, match="writes no recordings down"):
        transcripts.request(recording=with_sound(cast), by=cast.athena, now=NOW)


def test_a_transcriber_of_the_settings_writes_the_transcript(cast, settings) -> None:
    settings.TRANSCRIBER = f"{__name__}.write_as_zoom"
    recording = with_sound(cast)
    transcripts.request(recording=recording, by=cast.athena, now=NOW)
    jobs.transcribe.call(recording_id=str(recording.pk))
    recording.refresh_from_db()
    assert recording.state == "mapping"
    assert set(recording.seats) == {"Athena", "Telemachus"}


def test_a_transcriber_that_fails_leaves_the_sound_and_says_so(cast, settings) -> None:
    settings.TRANSCRIBER = f"{__name__}.fail"
    recording = with_sound(cast)
    transcripts.request(recording=recording, by=cast.athena, now=NOW)
    jobs.transcribe.call(recording_id=str(recording.pk))
    recording.refresh_from_db()
    assert (recording.state, recording.problem) == ("agreed", "failed")
    assert recording.audio


def test_a_fault_of_the_settings_leaves_no_recording_waiting_and_fails_the_job(cast, settings) -> None:
    settings.TRANSCRIBER = "telemachy.interfaces.common.transcribers.command"
    settings.TRANSCRIBE_COMMAND = "whisper"
    recording = with_sound(cast)
    transcripts.request(recording=recording, by=cast.athena, now=NOW)
    with pytest.raises(ImproperlyConfigured):
        jobs.transcribe.call(recording_id=str(recording.pk))
    recording.refresh_from_db()
    assert (recording.state, recording.problem) == ("agreed", "failed")


def test_a_transcript_that_comes_after_the_withdrawal_is_let_go(cast, settings) -> None:
    settings.TRANSCRIBER = f"{__name__}.write_as_zoom"
    recording = with_sound(cast)
    transcripts.request(recording=recording, by=cast.athena, now=NOW)
    consents.withdraw(recording=recording, by=cast.telemachus, now=NOW)
    recordings.take_transcript(recording=recording, data=conversations.zoom_vtt(), by=None, now=NOW)
    recording.refresh_from_db()
    assert (recording.state, recording.transcript.name, recording.seats) == ("withdrawn", "", {})


def test_a_coach_hears_that_no_transcript_came_also_where_the_worker_was_lost(cast, settings) -> None:
    settings.TRANSCRIBER = f"{__name__}.write_as_zoom"
    recording = with_sound(cast)
    transcripts.request(recording=recording, by=cast.athena, now=NOW)
    assert not queries.waiting_too_long(NOW + timedelta(hours=11))
    Recording.objects.update(state_since=clock.now() - timedelta(hours=13))
    jobs.let_go_of_lost_transcripts.call()
    recording.refresh_from_db()
    assert (recording.state, recording.problem) == ("agreed", "failed")
    assert cast.athena.notifications.filter(kind="recording.not_transcribed").count() == 1


# --- a person's own data ------------------------------------------------------------------------


def test_whoever_is_erased_takes_their_recordings_with_them(cast) -> None:
    conversations.ready(cast, cast.nestor)
    erasure.erase(person=cast.telemachus, by=cast.telemachus, now=NOW)
    recording = Recording.objects.get()
    assert recording.state == "withdrawn"
    assert not recording.utterances.exists()
    assert not Consent.objects.filter(wording__contains="Telemachus").exists()


def test_an_erased_listener_leaves_no_pin_and_no_name(cast) -> None:
    recording = conversations.ready(cast, cast.nestor)
    evidence.pin(recording=recording, number=2, note="Hears both", by=cast.nestor, now=NOW)
    erasure.erase(person=cast.nestor, by=cast.nestor, now=NOW)
    recording.refresh_from_db()
    assert recording.state == "ready"
    assert not recording.evidence.exists()
    assert queries.listeners(recording) == []
    assert not Consent.objects.filter(wording__contains="Nestor").exists()


def test_one_takes_along_what_one_said_and_agreed_to(cast) -> None:
    conversations.ready(cast, cast.nestor)
    mine = own_data.everything(cast.telemachus)["mentor_coaching"]
    assert mine["recordings"][0]["turns"][1]["text"].startswith("I have to decide")
    assert len(mine["consents"]) == 1
    assert own_data.everything(cast.nestor)["mentor_coaching"]["recordings"] == []


def test_the_day_is_that_of_whoever_proposes_it(cast) -> None:
    cast.athena.time_zone = "America/Los_Angeles"
    cast.athena.save()
    evening_there = NOW.replace(hour=4)
    today = evening_there.date() - timedelta(days=1)
    recording = consents.ask(
        relationship=cast.relationship,
        title="A talk",
        held_on=today,
        offer=consents.Offer("feedback", today, ()),
        by=cast.athena,
        now=evening_there,
    )
    assert recording.versions.get().keep_until == today


def test_a_recording_is_there_until_its_last_day_is_over_where_the_coach_is(cast) -> None:
    recording = conversations.ready(cast)
    last_day = recording.terms.keep_until
    night = NOW.replace(year=last_day.year, month=last_day.month, day=last_day.day, hour=3, minute=40)
    cast.athena.time_zone = "America/Los_Angeles"
    cast.athena.save()
    assert queries.to_expire(night + timedelta(days=1)) == []  # it is still the evening of that day
    assert queries.to_expire(night + timedelta(days=2)) == [recording]
