"""The drawings in static/icons, read once each."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.template import TemplateSyntaxError
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

ICONS = Path(__file__).parent / "static" / "icons"


def icon_names() -> list[str]:
    """List the names of every icon."""
    return sorted(path.stem for path in ICONS.glob("*.svg"))


@cache
def drawing_of(name: str) -> SafeString:
    """Return the SVG of an icon; raise TemplateSyntaxError without one of that name."""
    if name not in icon_names():
        raise TemplateSyntaxError(f"There is no icon {name!r} in static/icons.")
    # The files are part of the source, never uploaded.
    return mark_safe((ICONS / f"{name}.svg").read_text().strip())  # noqa: S308


@cache
def silent_icon(name: str, inline: bool = False) -> SafeString:
    """Return an icon that only decorates."""
    box = "icon icon-inline" if inline else "icon"
    return format_html('<span class="{}" aria-hidden="true">{}</span>', box, drawing_of(name))
