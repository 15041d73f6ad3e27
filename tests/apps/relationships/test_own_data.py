"""Taking one's data along, and being erased: nothing is missing, and nothing stays behind."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta
from unittest.mock import Mock

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.db import models
from django.urls import reverse

from telemachy.apps.audit.models import Event, OutboxMessage
from telemachy.apps.integrations.models import KeptAnswer, Token
from telemachy.apps.people.actions import privacy as privacy_actions
from telemachy.apps.people.actions.notifications import tell
from telemachy.apps.people.models import DataExport, Notification, User
from telemachy.apps.people.queries import news, privacy
from telemachy.apps.programmes.models import RosterImport, RosterRow
from telemachy.apps.relationships.actions import erasure, own_data, sessions
from telemachy.apps.relationships.jobs.own_data import pack_own_data
from telemachy.apps.relationships.models import (
    Attachment,
    Charter,
    Draft,
    Feedback,
    Goal,
    Guidance,
    Message,
    OwnLessons,
    Reflection,
    Session,
    SessionNote,
    Situation,
)
from telemachy.apps.relationships.queries import own_data as own_data_queries
from telemachy.core.shared.errors import NotAllowed
from tests.cast import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(cast):
    """Athena and Telemachus with something of every kind between them."""
    telemachus, athena, relationship = cast.telemachus, cast.athena, cast.relationship
    telemachus.about, telemachus.goals_text = "Raised on Ithaca.", "Send the suitors home."
    telemachus.save()
    Goal.objects.create(
        relationship=relationship, learner=telemachus, statement="Call an assembly", created_at=NOW
    )
    situation = Situation.objects.create(
        relationship=relationship,
        learner=telemachus,
        title="The suitors eat the stores",
        story="What would Telemachus do?",
        logged_at=NOW,
        awaiting="mentor",
        awaiting_since=NOW,
    )
    Guidance.objects.create(
        situation=situation, author=athena, level=2, text="What do you want, Telemachus?", given_at=NOW
    )
    Message.objects.create(situation=situation, author=telemachus, text="I will ask the crew.", sent_at=NOW)
    session = Session.objects.create(relationship=relationship, state="held", created_at=NOW)
    for author, shared, text in (
        (telemachus, True, "We agreed to sail."),
        (telemachus, False, "I am afraid of the sea."),
        (athena, False, "Watch telemachus@ithaca.example closely."),
    ):
        SessionNote.objects.create(session=session, author=author, shared=shared, text=text, updated_at=NOW)
    Reflection.objects.create(person=telemachus, prompt="What now?", text="Patience.", written_at=NOW)
    Draft.objects.create(person=telemachus, key="situation", fields={"text": "Half a thought"}, saved_at=NOW)
    Feedback.objects.create(
        relationship=relationship, author=athena, about=telemachus, helped="You asked first.", given_at=NOW
    )
    attachment = Attachment(
        situation=situation,
        name="stores.txt",
        content_type="text/plain",
        size=9,
        uploaded_by=telemachus,
        uploaded_at=NOW,
    )
    attachment.file.save("stores.txt", ContentFile(b"12 goats."), save=False)
    attachment.save(force_insert=True)
    tell(person=athena, kind="situation.asked", path="/", now=NOW, other="Telemachus")
    OutboxMessage.objects.create(
        to=athena.email,
        subject="Telemachus asks",
        text="x",
        key="a",
        organisation_id=cast.ithaca.pk,
        next_attempt_at=NOW,
        created_at=NOW,
    )
    OutboxMessage.objects.create(
        to=telemachus.email,
        subject="Yours",
        text="x",
        key="b",
        organisation_id=cast.ithaca.pk,
        next_attempt_at=NOW,
        created_at=NOW,
    )
    roster = RosterImport.objects.create(
        programme=cast.programme,
        created_at=NOW,
        files=[{"columns": [{"samples": ["Telemachus", "Athena"]}]}],
    )
    RosterRow.objects.create(
        roster_import=roster, line=2, effect="same", name="Telemachus", subject_id=telemachus.pk
    )
    RosterRow.objects.create(
        roster_import=roster, line=3, effect="same", name="Athena", changes=[{"new_name": "Telemachus"}]
    )
    return cast


def packed(person):
    export = own_data.request_export(person=person, by=person, now=NOW)
    pack_own_data.call(export_id=str(export.pk))
    export.refresh_from_db()
    return export


def test_the_package_holds_everything_the_person_may_see_and_nothing_else(pair) -> None:
    export = packed(pair.telemachus)
    archive = zipfile.ZipFile(io.BytesIO(export.file.read()))
    text = archive.read("data.json").decode()
    data = json.loads(text)
    assert archive.read("files/001-stores.txt") == b"12 goats."
    assert data["missing_files"] == []
    assert data["profile"]["about"] == "Raised on Ithaca."
    assert data["sign_in"]["email"] == "telemachus@ithaca.example"
    assert data["situations"][0]["guidance"][0]["from"] == "Athena"
    assert data["relationships"][0]["with"] == ["Athena"]
    assert {row["role"] for row in data["enrolments"]} == {"learner"}
    for words in (
        "Call an assembly",
        "The suitors eat the stores",
        "I will ask the crew.",
        "We agreed to sail.",
        "I am afraid of the sea.",
        "Patience.",
        "Half a thought",
        "You asked first.",
    ):
        assert words in text
    assert "closely" not in text, "the mentor's private note"


def test_a_mentor_takes_along_what_the_mentor_gave(pair) -> None:
    export = packed(pair.athena)
    data = json.loads(zipfile.ZipFile(io.BytesIO(export.file.read())).read("data.json"))
    assert data["given"]["guidance"][0]["text"] == "What do you want, Telemachus?"
    assert data["situations"] == []
    assert "I am afraid" not in json.dumps(data)


def test_a_package_is_told_of_fetched_by_its_person_and_gone_after_a_week(pair, sign_in) -> None:
    export = packed(pair.telemachus)
    pack_own_data.call(export_id=str(export.pk))  # a second run finds it packed
    assert pair.telemachus.notifications.filter(kind="data_export.ready").count() == 1
    address = reverse("data-export", args=[export.pk])
    response = sign_in(pair.telemachus).get(address)
    assert response["Content-Disposition"].startswith("attachment")
    assert zipfile.is_zipfile(io.BytesIO(b"".join(response.streaming_content)))
    for stranger in (pair.athena, pair.penelope, pair.antinous):
        assert sign_in(stranger).get(address).status_code == 404
    assert not privacy.exports_past(NOW + timedelta(days=6)).exists()
    export.refresh_from_db()
    privacy_actions.expire_export(export=export, by=None, now=export.expires_at)
    assert sign_in(pair.telemachus).get(address).status_code == 403


def test_a_package_that_the_storage_has_lost_is_asked_for_anew(pair, sign_in) -> None:
    export = packed(pair.telemachus)
    export.file.storage.delete(export.file.name)
    client = sign_in(pair.telemachus)
    answer = client.get(reverse("data-export", args=[export.pk]), follow=True)
    assert "Ask for a new one." in answer.content.decode()


def test_a_file_that_is_lost_is_named_in_the_package(pair) -> None:
    stored = Attachment.objects.get().file
    stored.storage.delete(stored.name)
    export = packed(pair.telemachus)
    data = json.loads(zipfile.ZipFile(io.BytesIO(export.file.read())).read("data.json"))
    assert data["missing_files"] == ["files/001-stores.txt"]


#: Where a name may stay: the audit trail is a record of facts.
KEPT = {"audit.Event"}


def traces(*words: str) -> list[str]:
    """Return every column of every table that holds one of the words."""
    found = []
    for model in apps.get_models():
        if model._meta.label in KEPT or model._meta.proxy or not model._meta.managed:
            continue
        for field in model._meta.concrete_fields:
            if isinstance(field, (models.CharField, models.TextField, models.JSONField, models.FileField)):
                for value in model._default_manager.values_list(field.name, flat=True):
                    if any(word.lower() in str(value).lower() for word in words):
                        found.append(f"{model._meta.label}.{field.name}: {value}")
    return found


def test_after_erasure_no_table_knows_the_name_or_the_address(
    pair, django_capture_on_commit_callbacks
) -> None:
    stored = Attachment.objects.get().file
    packed(pair.telemachus)
    assert traces("Telemachus")
    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase(person=pair.telemachus, by=pair.telemachus, now=NOW)
    assert (
        traces("Telemachus", "Raised on Ithaca", "suitors home", "afraid of the sea", "Half a thought") == []
    )
    assert not stored.storage.exists(stored.name)
    assert not User.objects.filter(email="telemachus@ithaca.example").exists()
    assert Event.objects.filter(verb="person.erased", subject_id=str(pair.telemachus.pk)).exists()


def test_what_the_pair_wrote_stays_for_the_other_without_the_name(pair, sign_in) -> None:
    erasure.erase(person=pair.telemachus, by=pair.telemachus, now=NOW)
    situation = Situation.objects.get()
    assert situation.story == "What would Someone do?"
    assert Guidance.objects.get().text == "What do you want, Someone?"
    assert set(SessionNote.objects.values_list("text", flat=True)) == {
        "We agreed to sail.",
        "Watch Someone closely.",
    }
    assert pair.athena.notifications.get(kind="pair.unwound").params["other"] == "Someone"
    pair.relationship.refresh_from_db()
    assert pair.relationship.state == "unwound"
    client = sign_in(pair.athena)
    assert client.get(reverse("notification-list")).status_code == 200
    for name, pk in (("relationship", pair.relationship.pk), ("situation", situation.pk)):
        response = client.get(reverse(name, args=[pk]))
        assert response.status_code == 200
        assert "Someone" in response.content.decode()


def test_who_runs_the_programme_is_told_of_an_erased_place_and_not_of_a_learner_in_the_pool(
    pair, cast
) -> None:
    erasure.erase(person=pair.telemachus, by=pair.telemachus, now=NOW)
    told = Notification.objects.get(person=cast.eurycleia)
    assert told.kind == "enrolment.erased"
    assert "Someone" not in news.sentence(told)
    erasure.erase(person=pair.athena, by=pair.athena, now=NOW)
    assert set(cast.eurycleia.notifications.values_list("kind", flat=True)) == {"enrolment.erased"}


def test_a_learner_whose_mentor_is_erased_is_said_to_be_in_the_pool(pair, cast) -> None:
    erasure.erase(person=pair.athena, by=pair.athena, now=NOW)
    told = Notification.objects.get(person=cast.eurycleia, kind="pair.free")
    assert told.params["learner"] == "Telemachus"


def test_a_name_with_an_umlaut_goes_from_lists_of_texts_too(pair) -> None:
    pair.telemachus.name = "Telemächus Laertes"
    pair.telemachus.save()
    goal = pair.relationship.goals.get()
    goal.levels = ["Telemächus Laertes waits", "", "", "", ""]
    goal.save()
    erasure.erase(person=pair.telemachus, by=pair.telemachus, now=NOW)
    goal.refresh_from_db()
    assert goal.levels[0] == "Someone waits"


def test_what_others_keep_to_themselves_loses_the_name_too(pair) -> None:
    draft = Draft.objects.create(person=pair.athena, key="a", fields={"text": "Ask Telemachus"}, saved_at=NOW)
    own = OwnLessons.objects.create(person=pair.athena, text="Telemachus knows the harbour.", changed_at=NOW)
    erasure.erase(person=pair.telemachus, by=pair.telemachus, now=NOW)
    draft.refresh_from_db()
    own.refresh_from_db()
    assert (draft.fields, own.text) == ({"text": "Ask Someone"}, "Someone knows the harbour.")


def test_calendar_entries_lose_the_name_wherever_their_lines_are_broken(pair) -> None:
    pair.telemachus.name = "Telemachus of Ithaca, son of Odysseus and Penelope"
    pair.telemachus.save()
    sessions.schedule(
        relationship=pair.relationship, starts_at=NOW + timedelta(days=3), by=pair.athena, now=NOW
    )
    erasure.erase(person=pair.telemachus, by=pair.telemachus, now=NOW)
    entries = [one["text"] for mail in OutboxMessage.objects.all() for one in mail.attachments]
    assert len(entries) == 2, "the invitation and its cancellation"
    for entry in entries:
        unbroken = entry.replace("\r\n ", "")
        assert "Telemachus" not in unbroken
        assert "telemachus@" not in unbroken
        assert "CN=Athena" in unbroken


def test_keys_of_programs_and_answers_kept_for_them_go(pair) -> None:
    token = {"kind": "personal", "prefix": "tmk_1", "created_at": NOW, "expires_at": NOW}
    Token.objects.create(person=pair.telemachus, name="Telemachus at home", digest="1", **token)
    Token.objects.create(person=pair.athena, name="Athena at home", digest="2", **token)
    KeptAnswer.objects.create(
        person=pair.telemachus, key="a" * 8, call_digest="x", body='{"story": "The suitors"}', created_at=NOW
    )
    assert [row["name"] for row in own_data_queries.everything(pair.telemachus)["tokens"]] == [
        "Telemachus at home"
    ]
    erasure.erase(person=pair.telemachus, by=pair.telemachus, now=NOW)
    assert Token.objects.get().person == pair.athena
    assert not KeptAnswer.objects.exists()


def test_nothing_is_packed_of_somebody_erased_meanwhile(pair) -> None:
    export = own_data.request_export(person=pair.telemachus, by=pair.telemachus, now=NOW)
    erasure.erase(person=pair.telemachus, by=pair.telemachus, now=NOW)
    privacy_actions.close_export(export=export, packed=ContentFile(b"all he wrote"), by=None, now=NOW)
    assert not DataExport.objects.exists()
    assert not export.file


def test_two_workers_pack_one_copy(pair) -> None:
    export = own_data.request_export(person=pair.telemachus, by=pair.telemachus, now=NOW)
    one, other = privacy.export_to_pack(export.pk), privacy.export_to_pack(export.pk)
    own_data.pack(export=one, by=None, now=NOW)
    own_data.pack(export=other, by=None, now=NOW)
    assert pair.telemachus.notifications.filter(kind="data_export.ready").count() == 1


def test_what_a_worker_left_that_was_killed_while_it_packed_stays_nowhere(
    pair, settings, tmp_path, monkeypatch, django_capture_on_commit_callbacks
) -> None:
    def files() -> list[str]:
        return [path.name for path in tmp_path.rglob("*.zip")]

    settings.MEDIA_ROOT = tmp_path
    export = own_data.request_export(person=pair.telemachus, by=pair.telemachus, now=NOW)
    with monkeypatch.context() as killed:  # the file is written, and the row is not
        killed.setattr(privacy_actions.notifications, "tell", Mock(side_effect=SystemExit))
        with pytest.raises(SystemExit):
            pack_own_data.call(export_id=str(export.pk))
    assert len(files()) == 1
    pack_own_data.call(export_id=str(export.pk))
    assert len(files()) == 1
    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase(person=pair.telemachus, by=pair.telemachus, now=NOW)
    assert files() == []


def test_a_copy_that_never_came_can_be_asked_for_again(pair) -> None:
    own_data.request_export(person=pair.telemachus, by=pair.telemachus, now=NOW)
    with pytest.raises(NotAllowed, match="being packed already"):
        own_data.request_export(person=pair.telemachus, by=pair.telemachus, now=NOW + timedelta(hours=23))
    assert own_data.request_export(person=pair.telemachus, by=pair.telemachus, now=NOW + timedelta(days=1))


def test_who_has_left_a_circle_takes_nothing_along_of_what_came_after(pair) -> None:
    left_at = NOW + timedelta(days=1)
    pair.relationship.parties.filter(person=pair.telemachus).update(left_at=left_at)
    after = {"relationship": pair.relationship, "created_at": left_at + timedelta(days=1)}
    Session.objects.create(state="scheduled", place="The new harbour", **after)
    Charter.objects.create(version=1, success="Without him", **after)
    text = str(own_data_queries.everything(pair.telemachus))
    assert "We agreed to sail." in text
    assert "The new harbour" not in text
    assert "Without him" not in text


def test_nobody_is_erased_by_another_and_the_last_administrator_stays(cast) -> None:
    for by in (cast.penelope, cast.athena):
        with pytest.raises(NotAllowed):
            erasure.erase(person=cast.telemachus, by=by, now=NOW)
    with pytest.raises(NotAllowed, match="last administrator"):
        erasure.erase(person=cast.penelope, by=cast.penelope, now=NOW)


def test_a_seat_that_was_left_long_ago_stops_nobody_and_is_nameless_too(pair) -> None:
    pair.relationship.parties.filter(person=pair.telemachus).update(left_at=NOW)
    erasure.erase(person=pair.telemachus, by=pair.telemachus, now=NOW)
    pair.relationship.refresh_from_db()
    assert pair.relationship.state == "active"
    assert traces("Telemachus") == []


def test_a_sign_in_of_two_organisations_survives_the_erasure_in_one(cast) -> None:
    cast.nestor.user = cast.antinous.user
    cast.nestor.save()
    erasure.erase(person=cast.nestor, by=cast.nestor, now=NOW)
    cast.antinous.refresh_from_db()
    assert cast.antinous.user.email == "antinous@suitors.example"
    assert cast.antinous.name == "Antinous"


def test_every_text_of_a_pair_is_looked_through() -> None:
    """A new model with text that belongs to a relationship must be added to SHARED, or be private."""
    private = {"CalendarFeed", "HealthSnapshot"}
    own_states = {"Relationship", "Party", "CharterAgreement", "SessionSlot", "Pulse", "Nudge"}
    of_programmes = {"GrowthPopulation", "GrowthStudy"}
    looked_through = {model.__name__ for model in erasure.SHARED}
    everything = {
        model.__name__
        for model in apps.get_app_config("relationships").get_models()
        if not model._meta.auto_created
    }
    assert everything == looked_through | private | own_states | of_programmes
