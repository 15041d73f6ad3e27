"""The signed part of a one-click sign-in, which only a demo installation honours."""

from __future__ import annotations

from django.core import signing

_SALT = "telemachy.demo-enter"


def sign(user_id: int) -> str:
    """Return the token that stands for a user."""
    return signing.dumps(user_id, salt=_SALT)


def read(token: str) -> int | None:
    """Return whose token it is, or None when this installation did not sign it."""
    try:
        user_id = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    return user_id if isinstance(user_id, int) else None
