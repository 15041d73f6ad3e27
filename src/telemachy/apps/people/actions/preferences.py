"""How a person is addressed: in which language, and how often by mail."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.people.models import Person, User
from telemachy.apps.people.queries import clocks
from telemachy.core.shared.errors import BadInput


@action
def choose_language(*, user: User, language: str, by: Person | None, now: datetime) -> None:
    """Keep the language of a sign-in's pages and mail. Raises BadInput for one that is not shipped."""
    if language not in dict(settings.LANGUAGES):
        raise BadInput(_("Choose one of the languages on the list."), field="language")
    user.language = language
    user.save(update_fields=["language"])
    if by is None:
        events.unchanged()
    else:
        events.record("language.chosen", by=by, now=now, on=by, language=language)


@action
def choose_mail(*, person: Person, mail: str, by: Person, now: datetime) -> None:
    """Choose mail right away, once a day, or never.

    `by` is the person; the link in a mail stands for them. Raises BadInput for another choice.
    """
    if mail not in Person.Mail.values:
        raise BadInput(_("Choose one of the ways on the list."), field="mail")
    if mail == person.mail:
        events.unchanged()
        return
    person.mail = mail
    # The first daily mail comes tomorrow morning, not for a morning that is over.
    person.digest_on = clocks.local_day(person, now)
    person.save(update_fields=["mail", "digest_on"])
    events.record("mail.chosen", by=by, now=now, on=person, mail=mail)
