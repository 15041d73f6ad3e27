"""`telemachy unlock`: for somebody who lost the second factor and the recovery codes, and is locked out."""

from __future__ import annotations

import argparse

from telemachy.apps.people.actions import sign_ins
from telemachy.apps.people.queries import sign_in_of
from telemachy.core.shared.errors import BadInput
from telemachy.interfaces.common import clock


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe whom it is for."""
    parser.add_argument("email", help="the address the person signs in with")


def run(options: argparse.Namespace) -> int:
    """Remove the second factors, passkeys and recovery codes of one sign-in. Raises BadInput."""
    user = sign_in_of(options.email)
    if user is None:
        raise BadInput(f"Nobody signs in as {options.email}.")
    sign_ins.remove_second_factors(user=user, by=None, now=clock.now())
    print(f"{user.email} signs in by the password alone now. Be sure that it was they who asked.")
    return 0
