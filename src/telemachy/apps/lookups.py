"""Searching texts alike on every database."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, TextField
from django.db.models.lookups import IContains


class FoldedContains(IContains):
    """`icontains` for every letter: by itself SQLite knows capitals of A to Z alone, and not Ä, É or Ø."""

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Let `holds` compare a given text; anything else is compared as Django does."""
        if not self.rhs_is_direct_value():
            return super().as_sql(compiler, connection)
        _teach(connection)
        column, params = self.process_lhs(compiler, connection)
        return f"holds({column}, %s)", [*params, str(self.rhs)]


CharField.register_lookup(FoldedContains)
TextField.register_lookup(FoldedContains)


def _teach(connection: Any) -> None:
    """Give an SQLite connection the function, once as long as it is open."""
    connection.ensure_connection()
    opened = connection.connection
    if getattr(connection, "knows_holds", None) is not opened:
        opened.create_function("holds", 2, _holds, deterministic=True)
        connection.knows_holds = opened


def _holds(text: str | None, part: str) -> bool | None:
    return None if text is None else part.lower() in str(text).lower()
