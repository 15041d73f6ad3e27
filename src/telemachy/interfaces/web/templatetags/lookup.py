"""Small filters that templates need to look things up, and to quote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def of(mapping: Mapping[Any, Any], key: Any) -> Any:
    """Return the mapping's value for a key, or the number 0 where there is none."""
    return mapping.get(key, 0)


@register.filter
def join_url(token: str) -> str:
    """Return the full address of an enrolment link."""
    return settings.BASE_URL + reverse("join", args=[token])


@register.filter
def element_id(key: object) -> str:
    """Return a key as an element's id, which must begin with a letter."""
    return f"id-{key}"


@register.filter
def options(choices: Iterable[dict[str, Any]]) -> SafeString:
    """Write the options of one group of a select; Django includes two templates for each."""
    rows = ((str(one["value"]), " selected" if one["selected"] else "", one["label"]) for one in choices)
    return format_html_join("", '<option value="{}"{}>{}</option>', rows)


@register.filter
def shortened(text: str, n_chars: int) -> str:
    """Cut a text as `truncatechars` does, which looks at each letter even where nothing is to be cut."""
    return text if len(text) <= n_chars else Truncator(text).chars(n_chars)


@register.filter
def quoted(text: str) -> str:
    """Put what somebody said in the quotation marks of the reader's language."""
    return _("“%(words)s”") % {"words": text}
