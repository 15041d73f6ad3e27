"""Files that no row names go at night; all others stay."""

from __future__ import annotations

import os
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import FileField

from telemachy.apps.audit import jobs
from telemachy.apps.people.actions import privacy
from telemachy.apps.programmes import jobs as programme_jobs
from telemachy.apps.programmes.actions import rosters
from telemachy.apps.programmes.models import MatchRun
from telemachy.apps.programmes.queries.match_blocks import Blocks
from telemachy.apps.relationships.actions import attachments, situations
from telemachy.interfaces.common import clock
from tests import conversations
from tests.cast import NOW, Cast

FOLDERS = {
    str(field.upload_to).partition("/")[0]
    for model in apps.get_models()
    for field in model._meta.concrete_fields
    if isinstance(field, FileField)
}


def kept() -> set[str]:
    return {path.relative_to(settings.MEDIA_ROOT).as_posix() for path in all_files()}


def all_files() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def age(*names: str, days: int = 2) -> None:
    then = (clock.now() - timedelta(days=days)).timestamp()
    for name in names:
        os.utime(Path(settings.MEDIA_ROOT) / name, (then, then))


def put(name: str) -> str:
    return default_storage.save(name, ContentFile(b"left behind"))


def sweep() -> None:
    jobs.sweep_files.call()
    programme_jobs.sweep_files.call()


def use_every_kind(cast: Cast) -> None:
    case = situations.log(relationship=cast.relationship, title="A refund", by=cast.telemachus, now=NOW)
    file = ContentFile(b"The letter")
    attachments.attach(situation=case, file=file, name="letter.txt", by=cast.telemachus, now=NOW)
    conversations.ready(cast, cast.nestor, audio=True)
    export = privacy.open_export(person=cast.athena, by=cast.athena, now=NOW)
    privacy.close_export(export=export, packed=ContentFile(b"PK"), by=None, now=NOW)
    table = ContentFile(b"Name,E-mail\nMentes,mentes@taphos.example\n")
    sheet = rosters.Upload("people.csv", table, "mentor")
    rosters.upload(programme=cast.programme, uploads=[sheet], by=cast.eurycleia, now=NOW)
    run = MatchRun.objects.create(programme=cast.programme, number=1, created_at=NOW, state="running")
    Blocks(run).keep("0", b"block")


def test_every_file_that_a_row_names_stays(cast: Cast) -> None:
    use_every_kind(cast)
    before = kept()
    assert {name.partition("/")[0] for name in before} == FOLDERS | {"rosters", "match-runs"}
    age(*before)
    sweep()
    assert kept() == before


def test_a_file_that_no_row_names_goes_after_a_day(cast: Cast, caplog) -> None:
    use_every_kind(cast)
    named = kept()
    old = [put(f"{folder}/2026/03/{uuid.uuid4().hex}.wav") for folder in sorted(FOLDERS)]
    old += [put(f"rosters/{uuid.uuid4()}/0"), put(f"match-runs/{uuid.uuid4()}/0")]
    age(*old)
    young = {put(f"recordings/2026/03/{uuid.uuid4().hex}.wav"), put(f"rosters/{uuid.uuid4()}/0")}
    sweep()
    assert kept() == named | young
    assert "files deleted that no row named" in caplog.text


@pytest.mark.django_db
def test_what_others_put_there_is_not_touched() -> None:
    theirs = {
        "recordings/2026/03/notes.txt",
        "recordings/.keep",
        "rosters/people.csv",
        "backup/2026/03/a.dump",
    }
    for name in theirs:
        put(name)
    age(*theirs)
    sweep()
    assert kept() == theirs


@pytest.mark.django_db
def test_one_night_deletes_no_more_than_its_share(monkeypatch) -> None:
    monkeypatch.setattr(jobs, "SWEPT_AT_ONCE", 3)
    age(*[put(f"recordings/2026/03/{uuid.uuid4().hex}.wav") for _ in range(7)])
    left = []
    for _night in range(3):
        sweep()
        left.append(len(kept()))
    assert left == [4, 1, 0]
