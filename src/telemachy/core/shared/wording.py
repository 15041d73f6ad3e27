"""Sentences that core can say in English and a page can say in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

Param = str | int | float


def gettext_noop(text: str) -> str:
    """Mark `text` for translation and return it unchanged; message extraction knows this name."""
    return text


def fill(template: str, params: Mapping[str, Param]) -> str:
    """Fill a template of named % placeholders, for example `"%(n)d of %(total)d"`."""
    return template % dict(params)
