"""The everyday mirror: a mentor's own mix over time, marks while typing, and the switch."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from telemachy.apps.practice.actions import mirror as actions
from telemachy.apps.practice.queries import mirror as queries
from telemachy.core.conversation import mark_sentences
from telemachy.interfaces.web.charts import WritingReport
from telemachy.interfaces.web.views.base import PersonView

#: Sentences that are pointed at beneath a note; a longer list would no longer be gentle.
MAX_MARKED = 3


class ShowMirror(PersonView):
    """What one's guidance asked and told, month by month, for one's own eyes."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the page."""
        months = queries.months(self.person, self.now)
        context = {"on": queries.is_on(self.person), "report": WritingReport(months) if months else None}
        return render(request, "mirror/show.html", context)


class SwitchMirror(PersonView):
    """Switch marks and mix on or off."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the choice."""
        on = request.POST.get("on") == "yes"
        actions.choose(on=on, by=self.person, now=self.now)
        messages.success(
            request,
            _("The mirror is on.") if on else _("The mirror is off: nothing is marked and nothing counted."),
        )
        return redirect("mirror")


class MarkNote(PersonView):
    """Mark what is being written in a note; it is read, answered and forgotten."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Answer with a few lines below the box; with nothing while the mirror is off."""
        marks = mark_sentences(request.POST.get("text", "")) if queries.is_on(self.person) else ()
        context = {
            "advice": [mark for mark in marks if mark.cue and not mark.asks][:MAX_MARKED],
            "questions": [mark for mark in marks if mark.asks and not mark.cue][:MAX_MARKED],
            "dressed": [mark for mark in marks if mark.asks and mark.cue][:MAX_MARKED],
        }
        return render(request, "mirror/_marks.html", context)
