"""`telemachy organisation`: the first thing on a new installation, which nobody can sign in to yet."""

from __future__ import annotations

import argparse
from zoneinfo import available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.text import slugify

from telemachy.apps.people.actions import organisations
from telemachy.core.shared.errors import BadInput
from telemachy.interfaces.common import clock

LONGEST_NAME, LONGEST_SLUG = 200, 60


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe what is to be known of it."""
    parser.add_argument("name", help="what the organisation is called")
    parser.add_argument("--administrator", metavar="NAME", required=True, help="who administers it first")
    parser.add_argument("--email", metavar="ADDRESS", required=True, help="where the invitation goes")
    parser.add_argument("--short-name", metavar="WORD", default="", help="letters, digits and hyphens")
    parser.add_argument(
        "--language",
        choices=[code for code, _name in settings.LANGUAGES],
        default="en",
        help="of its mail (en)",
    )
    parser.add_argument("--time-zone", metavar="ZONE", default="UTC", help="such as Europe/Athens (UTC)")


def run(options: argparse.Namespace) -> int:
    """Found it and print the link by which the administrator comes in. Raises BadInput."""
    name, administrator = (" ".join(text.split()) for text in (options.name, options.administrator))
    slug = slugify(options.short_name or name)[:LONGEST_SLUG]
    _check(name, administrator, slug, options)
    url = organisations.start(
        name=name,
        slug=slug,
        administrator=administrator,
        email=options.email,
        language=options.language,
        time_zone=options.time_zone,
        by=None,
        now=clock.now(),
    )
    print(
        f"{name} is founded. {administrator} comes in by this link, which is on its way by mail, too:\n{url}"
    )
    return 0


def _check(name: str, administrator: str, slug: str, options: argparse.Namespace) -> None:
    if not all(0 < len(text) <= LONGEST_NAME for text in (name, administrator)):
        raise BadInput(f"A name has 1 to {LONGEST_NAME} characters.")
    if not slug:
        raise BadInput("Give a short name of letters and digits by --short-name.")
    try:
        validate_email(options.email.strip())
    except ValidationError:
        raise BadInput(f"{options.email} is no e-mail address.") from None
    if options.time_zone not in available_timezones():
        raise BadInput(f"No time zone is called {options.time_zone}; they are called like Europe/Athens.")
