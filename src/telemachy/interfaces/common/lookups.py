"""Find a row among those that a person may see."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from telemachy.core.shared.errors import TelemachyError

M = TypeVar("M", bound=Model)


class NotFound(TelemachyError):
    """There is no such row, or none that the caller may know of: nothing tells the two apart."""

    def __init__(self, what: str) -> None:
        super().__init__(_("There is no such %(what)s, or none that you may see.") % {"what": what})


def one(visible: QuerySet[M], key: UUID) -> M:
    """Return the row with this key among those visible. Raises NotFound."""
    # Not first(): an order of one row costs a good part of building the statement.
    rows = list(visible.filter(pk=key).order_by()[:1])
    if not rows:
        raise NotFound(str(visible.model._meta.verbose_name))
    return rows[0]
