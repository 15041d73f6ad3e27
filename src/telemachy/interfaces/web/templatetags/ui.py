"""The component library. A misspelt argument raises.

Each tag renders `components/<name>.html`, save those that a page shows by the hundred (icon, button,
badge, level, person, moment, score, timeline item, disclosure): a template for each would cost the most.

What a component needs is passed to it by name; nothing is read from the page's context. The gallery
at `/_gallery/` shows each in every state, and docs/design-system.md says when to use which.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Literal

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField, CheckboxInput
from django.template import Context, TemplateSyntaxError
from django.template.loader import render_to_string
from django.utils import dateformat
from django.utils.formats import get_format
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timesince import timesince
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachy.core.shared.scales import GuidanceLevel
from telemachy.interfaces.web.icons import drawing_of, silent_icon

register = template.Library()

TONES = ("neutral", "accent", "positive", "caution", "danger")
VARIANTS = ("primary", "secondary", "quiet", "danger")

Tone = Literal["neutral", "accent", "positive", "caution", "danger"]

LEVELS = {
    GuidanceLevel.ANSWER: ("answer", gettext_lazy("Answer")),
    GuidanceLevel.EXAMPLE: ("example", gettext_lazy("Example")),
    GuidanceLevel.QUESTION: ("question", gettext_lazy("Question")),
    GuidanceLevel.DEBRIEF: ("debrief", gettext_lazy("Debrief")),
    GuidanceLevel.INDEPENDENT: ("independent", gettext_lazy("Independent")),
}
NOTICE_ICONS = {
    "neutral": "info",
    "accent": "info",
    "positive": "check",
    "caution": "warning",
    "danger": "warning",
}

MESSAGE_TONES = {"success": "positive", "warning": "caution", "error": "danger"}


def _one_of(what: str, value: str, allowed: Iterable[str]) -> str:
    if value not in allowed:
        raise TemplateSyntaxError(f"{value!r} is not a {what}; choose from {', '.join(sorted(allowed))}.")
    return value


def _trimmed(content: str) -> SafeString:
    """Strip a block's content, which the template has escaped already, so that an empty one is false."""
    return mark_safe(content.strip())  # noqa: S308


@register.simple_tag
def icon(name: str, *, label: str = "", inline: bool = False) -> SafeString:
    """Draw an icon: decorative unless labelled; `inline` sizes it with the text around it."""
    if not label:
        return silent_icon(name, inline)
    box = "icon icon-inline" if inline else "icon"
    return format_html('<span class="{}" role="img" aria-label="{}">{}</span>', box, label, drawing_of(name))


def _mark(name: str) -> SafeString:
    return silent_icon(name) if name else SafeString()


def _attributes(**given: object) -> SafeString:
    """Write attributes in this order, those without a value left out."""
    named = ((name.replace("_", "-"), value) for name, value in given.items() if value)
    return format_html_join("", ' {}="{}"', named)


@register.simple_block_tag
def page_header(
    content: str, *, title: str, lead: str = "", eyebrow: str = "", back_url: str = "", back_label: str = ""
) -> SafeString:
    """Open a page: one h1, one sentence, and in the block the page's actions."""
    context = {"title": title, "lead": lead, "eyebrow": eyebrow, "back_url": back_url}
    context |= {"back_label": back_label or _("Back"), "actions": _trimmed(content)}
    return render_to_string("components/page_header.html", context)


@register.simple_tag
def button(
    *,
    label: str,
    variant: str = "secondary",
    href: str = "",
    type: Literal["submit", "button"] = "submit",
    icon: str = "",
    name: str = "",
    value: str = "",
    form: str = "",
    confirm: str = "",
    small: bool = False,
    disabled: bool = False,
) -> SafeString:
    """Draw a link that looks like a button (`href`) or a button; `confirm` asks before it submits."""
    look = f"button button-{_one_of('variant', variant, VARIANTS)}{' button-small' if small else ''}"
    if href and not disabled:
        return format_html('<a class="{}" href="{}">{}{}</a>', look, href, _mark(icon), label)
    attributes = _attributes(type=type, name=name, value=value, form=form, data_confirm=confirm)
    switch = " disabled" if disabled else ""
    return format_html('<button class="{}"{}{}>{}{}</button>', look, attributes, switch, _mark(icon), label)


@register.simple_block_tag
def card(
    content: str,
    *,
    title: str = "",
    icon: str = "",
    href: str = "",
    tone: str = "neutral",
    look: Literal["plain", "focus", "sunken"] = "plain",
    level: int = 2,
    id: str = "",
) -> SafeString:
    """Box a thing of its own; with `href` the whole card leads there; `level` is that of its heading."""
    _one_of("tone", tone, TONES)
    _one_of("look", look, ("plain", "focus", "sunken"))
    context = {"content": content, "title": title, "icon": icon, "href": href, "tone": tone, "look": look}
    return render_to_string("components/card.html", context | {"heading": f"h{level}", "id": id})


@register.simple_tag
def badge(*, label: str, tone: str = "neutral", icon: str = "") -> SafeString:
    """Name a state in a pill."""
    _one_of("tone", tone, TONES)
    return format_html('<span class="badge tone-{}">{}{}</span>', tone, _mark(icon), label)


@register.simple_tag
def level(value: int, *, mark_only: bool = False, label: str = "") -> SafeString:
    """Show a guidance level by colour, icon and word (or `mark_only`, the word for screen readers)."""
    name, own_word = LEVELS[GuidanceLevel(value)]
    word = label or own_word
    if mark_only:
        mark = icon(name, label=word)
        box = '<span class="badge level-mark level-{}" title="{}">{}</span>'
        return format_html(box, int(value), word, mark)
    return format_html('<span class="badge level-{}">{}{}</span>', int(value), _mark(name), word)


@register.inclusion_tag("components/awaiting.html")
def awaiting(
    *, who: str = "", since: datetime, mine: bool = False, late: bool = False, now: datetime | None = None
) -> dict[str, Any]:
    """Say whose turn it is and for how long; `mine` when it is the reader's, `late` when it is too long."""
    how_long, nothing = timesince(since, now, depth=1), timesince(since, since)
    return {
        "who": who,
        "since": since,
        "for_how_long": how_long if how_long != nothing else "",
        "mine": mine,
        "late": late,
    }


@register.simple_tag
def person(
    *,
    name: str,
    meta: str = "",
    href: str = "",
    agent: bool = False,
    small: bool = False,
    avatar_only: bool = False,
) -> SafeString:
    """Show a person: initials, name, one line about them; agents carry a mark and a word."""
    avatar = format_html(
        '<span class="avatar{}"{}>{}</span>',
        " avatar-small" if small else "",
        _attributes(role="img", aria_label=name, title=name)
        if avatar_only
        else _attributes(aria_hidden="true"),
        _mark("agent") if agent else _initials(name),
    )
    text = SafeString() if avatar_only else _about(name, meta, href, agent)
    box = "person person-agent" if agent else "person"
    return format_html('<span class="{}">{}{}</span>', box, avatar, text)


def _initials(name: str) -> str:
    words = [word for word in name.split() if word[0].isalnum()] or ["?"]
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def _about(name: str, meta: str, href: str, agent: bool) -> SafeString:
    shown = format_html('<a href="{}">{}</a>', href, name) if href else name
    line = " · ".join(str(part) for part in (_("AI agent") if agent else "", meta) if part)
    below = format_html('<span class="person-meta">{}</span>', line) if line else ""
    return format_html('<span class="person-text"><span class="person-name">{}</span>{}</span>', shown, below)


@register.simple_block_tag
def empty(content: str, *, title: str, text: str = "", icon: str = "note") -> SafeString:
    """Say what will be here and teach the next step; the block holds the action."""
    context = {"title": title, "text": text, "icon": icon, "action": _trimmed(content)}
    return render_to_string("components/empty.html", context)


@register.inclusion_tag("components/progress.html")
def progress(*, label: str, value: float | None = None, max: float = 1, note: str = "") -> dict[str, Any]:
    """Show how far something is; without a value, that it is under way."""
    percent = None if value is None else round(100 * min(value / max, 1)) if max else 0
    return {"label": label, "percent": percent, "note": note}


@register.inclusion_tag("components/field.html")
def field(
    bound: BoundField,
    *,
    rows: int = 0,
    autosave_url: str = "",
    look: Literal["plain", "writing", "cards"] = "plain",
    label_hidden: bool = False,
) -> dict[str, Any]:
    """Render a bound field with label, help and error; `autosave_url` receives it while it is typed."""
    if not isinstance(bound, BoundField):
        raise TemplateSyntaxError(f"{{% field %}} takes a field of a form, not {bound!r}.")
    _one_of("look", look, ("plain", "writing", "cards"))
    widget = bound.field.widget
    described_by = [f"{bound.auto_id}_helptext"] if bound.help_text else []
    described_by += [f"{bound.auto_id}_error"] if bound.errors else []
    attrs: dict[str, Any] = {"aria-describedby": " ".join(described_by)} if described_by else {}
    if rows:
        attrs["rows"] = rows
    if autosave_url:
        attrs |= {
            "data-autosave": True,
            "hx-post": autosave_url,
            # Of a choice the value never changes, only which one is checked.
            "hx-trigger": "change" if widget.use_fieldset else "input changed delay:1500ms, blur changed",
            "hx-target": f"#{bound.auto_id}_saved",
            "hx-swap": "innerHTML",
            "hx-sync": "closest main:queue all",  # each sends the whole form: the last must be kept last
            "hx-request": '{"timeout": 10000}',
        }
    return {
        "field": bound,
        "control": bound.as_widget(attrs=None if widget.use_fieldset and not attrs else attrs),
        "look": look,
        "grouped": widget.use_fieldset,
        "box": "fieldset" if widget.use_fieldset else "div",
        "checkbox": isinstance(widget, CheckboxInput),
        "autosave": bool(autosave_url),
        "label_hidden": label_hidden,
    }


@register.inclusion_tag("components/form_errors.html")
def form_errors(form: BaseForm) -> dict[str, Any]:
    """Sum up what is wrong at the head of a form, each line a link to its field; takes the focus."""
    lines = [
        (bound.id_for_label or f"{bound.auto_id}_0", bound.label, error)
        for bound in form
        for error in bound.errors
    ]
    return {"general": form.non_field_errors(), "lines": lines}


@register.inclusion_tag("components/tabs.html")
def tabs(items: Sequence[Any], *, label: str) -> dict[str, Any]:
    """Show the pages of one thing as tabs; items have `label`, `url`, `current`, `badge` (see NavItem)."""
    return {"items": items, "label": label}


@register.simple_block_tag
def table(content: str, *, caption: str, caption_hidden: bool = False) -> SafeString:
    """Frame a table: the block holds thead and tbody; it scrolls sideways by touch and by keyboard."""
    context = {"content": content, "caption": caption, "caption_hidden": caption_hidden}
    return render_to_string("components/table.html", context)


@register.inclusion_tag("components/stat.html")
def stat(
    *, label: str, value: object, note: str = "", href: str = "", tone: str = "neutral"
) -> dict[str, Any]:
    """Show one figure with its name; wrap several in `<div class="grid grid-stats">`."""
    _one_of("tone", tone, TONES)
    return {"label": label, "value": value, "note": note, "href": href, "tone": tone}


@register.simple_block_tag
def disclosure(content: str, *, summary: str, open: bool = False, load: str = "") -> SafeString:
    """Fold away what most skip; a fragment from `load` replaces the block, a link to it, once it is open."""
    fetch = _attributes(hx_get=load, hx_trigger="toggle once", hx_target="find .disclosure-body")
    head = format_html("<summary>{}{}</summary>", silent_icon("chevron-down"), summary)
    box = '<details class="disclosure"{}{}>{}<div class="disclosure-body">{}</div></details>'
    return format_html(box, " open" if open else "", fetch if load else "", head, content)


@register.simple_block_tag
def notice(content: str, *, tone: str = "neutral", title: str = "", icon: str = "") -> SafeString:
    """Tell something that stands beside the reader's task; danger and caution are announced by their icon."""
    _one_of("tone", tone, TONES)
    context = {"content": content, "tone": tone, "title": title, "icon": icon or NOTICE_ICONS[tone]}
    return render_to_string("components/notice.html", context)


@register.filter
def message_tone(level_tag: str) -> str:
    """Turn the level of one of Django's messages into a tone."""
    return MESSAGE_TONES.get(level_tag, "neutral")


@register.simple_block_tag
def timeline(content: str, *, label: str) -> SafeString:
    """Hold timeline items in order of time."""
    return render_to_string("components/timeline.html", {"content": content, "label": label})


@register.simple_block_tag
def timeline_item(
    content: str,
    *,
    title: str,
    at: datetime | None = None,
    icon: str = "note",
    tone: str = "neutral",
    level: int | None = None,
) -> SafeString:
    """Tell one thing that happened; a guidance `level` brings its own colour and icon."""
    _one_of("tone", tone, TONES)
    style = f"tone-{tone}" if level is None else f"level-{int(level)}"
    mark = icon if level is None else LEVELS[GuidanceLevel(level)][0]
    when = format_html('<span class="timeline-when">{}</span>', moment(at)) if at else ""
    return format_html(
        '<li class="timeline-item"><span class="timeline-mark {}">{}</span><div class="timeline-content">'
        '<p class="timeline-head"><span class="timeline-title">{}</span>{}</p>{}</div></li>',
        *(style, silent_icon(mark), title, when, _trimmed(content)),
    )


@register.simple_tag
def moment(at: datetime | None, *, zone: bool = False, time: bool = True) -> SafeString:
    """Show a moment in the reader's zone; `zone` names it, for when another party's differs."""
    if not at:
        return SafeString()
    local = localtime(at)
    pattern = f"{get_format('DATE_FORMAT')}{', H:i' if time else ''}{' T' if zone else ''}"
    words = dateformat.format(local, pattern)
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), words)


@register.simple_tag
def score(*, label: str, value: float, parts: Sequence[tuple[str, float]] = ()) -> SafeString:
    """Draw a score in [0, 1] as a bar of named parts, whose shares add up to the score."""
    bars, names, start = "", "", 0.0
    for n, (name, share) in enumerate(parts or [(label, value)]):
        look = f'class="score-part-{n % 6}"'
        bars += f'<rect {look} x="{100 * start:.2f}" width="{100 * share:.2f}" height="4" />'
        names += f"<li {look}>{conditional_escape(name)} {round(100 * share)}</li>"
        start += share
    legend = SafeString(f'<ul class="score-legend">{names}</ul>' if parts else "")
    box = (
        '<div class="score"><p class="score-head"><span>{}</span><span class="score-total">{} %</span></p>'
        '<svg class="score-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" '
        'focusable="false"><rect class="track" width="100" height="4" />{}</svg>{}</div>'
    )
    return format_html(box, label, round(100 * value), SafeString(bars), legend)


@register.inclusion_tag("components/copyable.html")
def copyable(*, id: str, label: str, value: str) -> dict[str, Any]:
    """Show a value to take along (an invitation link, a feed URL) with a button that copies it."""
    return {"id": id, "label": label, "value": value}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any], *, label: str = "") -> dict[str, Any]:
    """Lead to the neighbouring pages, keeping the rest of the query string."""
    query = context["request"].GET.copy()

    def url(number: int) -> str:
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    return {
        "page": page,
        "label": label or _("Pages"),
        "previous_url": url(page.previous_page_number()) if page.has_previous() else "",
        "next_url": url(page.next_page_number()) if page.has_next() else "",
    }
