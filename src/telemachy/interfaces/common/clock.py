"""The one place where the interfaces read the clock; actions are handed the result as `now=`."""

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """Return the present moment in UTC."""
    return timezone.now()  # noqa: TID251 - this is the place
