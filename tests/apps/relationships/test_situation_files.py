"""Files of situations: bounded in size, number and kind; gone when removed."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from telemachy.apps.relationships.actions import attachments, situations
from telemachy.apps.relationships.models import Attachment, Situation
from telemachy.apps.relationships.queries.attachments import MAX_ATTACHMENTS
from telemachy.core.shared.errors import BadInput, NotAllowed
from tests.cast import NOW, Cast


@pytest.fixture
def situation(cast: Cast) -> Situation:
    return situations.log(relationship=cast.relationship, by=cast.telemachus, now=NOW, title="The suitors")


def attach(
    cast: Cast, situation: Situation, content: bytes = b"12 jars", name: str = "stores.txt"
) -> Attachment:
    file = ContentFile(content, name=name)
    return attachments.attach(situation=situation, file=file, name=name, by=cast.telemachus, now=NOW)


def test_stored_name_tells_nothing(cast: Cast, situation: Situation) -> None:
    attachment = attach(cast, situation, name="../../etc/secret plan.txt")
    assert attachment.name == "secret plan.txt"
    assert "secret" not in attachment.file.name
    assert attachment.content_type == "text/plain"


def test_removed_file_is_gone_from_the_disk(
    cast: Cast, situation: Situation, django_capture_on_commit_callbacks
) -> None:
    attachment = attach(cast, situation)
    path = Path(attachment.file.path)
    assert path.exists()
    with django_capture_on_commit_callbacks(execute=True):
        attachments.detach(attachment=attachment, by=cast.telemachus, now=NOW)
    assert not path.exists()
    assert not Attachment.objects.exists()


def test_file_beyond_the_bound_is_refused(cast: Cast, situation: Situation, settings) -> None:
    settings.MAX_ATTACHMENT_BYTES = 1024 * 1024
    with pytest.raises(BadInput, match="larger than 1 MB"):
        attach(cast, situation, content=b"x" * (1024 * 1024 + 1))
    assert not Attachment.objects.exists()


def test_one_file_too_many_is_refused(cast: Cast, situation: Situation) -> None:
    for _number in range(MAX_ATTACHMENTS):
        attach(cast, situation)
    with pytest.raises(NotAllowed):
        attach(cast, situation)
    assert Attachment.objects.count() == MAX_ATTACHMENTS


def test_only_the_parties_attach_and_only_the_giver_removes(cast: Cast, situation: Situation) -> None:
    attachment = attach(cast, situation)
    with pytest.raises(NotAllowed):
        attachments.detach(attachment=attachment, by=cast.athena, now=NOW)
    with pytest.raises(NotAllowed):
        attachments.attach(
            situation=situation, file=ContentFile(b"x"), name="x.txt", by=cast.eurycleia, now=NOW
        )
