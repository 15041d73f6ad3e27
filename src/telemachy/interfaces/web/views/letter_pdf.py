"""The feedback letter as the data of a PDF."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from telemachy.apps.supervision.queries import rubrics
from telemachy.interfaces.common.pdf import compile_pdf
from telemachy.interfaces.web.forms import recording_words

if TYPE_CHECKING:
    from telemachy.apps.supervision.models import DevelopmentPoint, Letter, LetterQuote, Review
    from telemachy.core.assessment import Rubric


def draw(
    review: Review,
    letter: Letter,
    quotes: Sequence[LetterQuote],
    points: Sequence[DevelopmentPoint],
    now: datetime,
) -> bytes:
    """Return the PDF."""
    return compile_pdf("letter", data_of(review, letter, quotes, points), now=now)


def data_of(
    review: Review, letter: Letter, quotes: Sequence[LetterQuote], points: Sequence[DevelopmentPoint]
) -> dict[str, Any]:
    """Return everything the template shows, as strings."""
    content = rubrics.content(review.version)
    written = date_format(timezone.localtime(letter.sent_at or letter.saved_at).date())
    held = date_format(review.recording.held_on)
    return {
        "lang": (get_language() or "en")[:2],
        "title": _("Feedback for %(name)s") % {"name": review.coach.name},
        "lead": _("On the conversation of %(day)s. Written by %(name)s on %(written)s.")
        % {"day": held, "name": review.writer.name, "written": written},
        "draft": "" if letter.sent_at else _("Draft, not sent"),
        "footer": _("Feedback letter · %(name)s · %(written)s")
        % {"name": review.coach.name, "written": written},
        "greeting": letter.greeting,
        "sections": [
            {"title": _("What went well"), "text": letter.strengths},
            {"title": _("What could be next"), "text": letter.development},
        ],
        "quotes_title": _("Passages from the recording"),
        "quotes": [_quote(content, quote, review) for quote in quotes],
        "points_title": _("To work on"),
        "points": [{"text": point.text, "about": _name(content, point.competency)} for point in points],
        "closing": letter.closing,
        "rubric": _("Rated against “%(name)s”, version %(n)d.")
        % {"name": review.version.rubric.name, "n": review.version.number},
    }


def note_of(quote: LetterQuote, review: Review) -> str:
    """Return what was noted beside a quote, with the name of whoever noted it where the writer did not."""
    if not quote.note or quote.evidence is None or quote.evidence.author_id == review.writer_id:
        return quote.note
    return f"{quote.evidence.author.name}: {quote.note}"


def _quote(content: Rubric, quote: LetterQuote, review: Review) -> dict[str, str]:
    seat = str(recording_words.SEATS.get(quote.seat, ""))
    source = " · ".join(
        filter(None, (recording_words.clock(quote.start), seat, _name(content, quote.competency)))
    )
    return {"words": quote.words, "source": source, "note": note_of(quote, review)}


def _name(content: Rubric, code: str) -> str:
    found = content.competency(code)
    return f"{found.code} {found.name}" if found else ""
