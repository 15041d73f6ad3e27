"""What an organisation lays down for its recordings, and the sentences that pairs let it train on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import exports
from telemachy.apps.supervision.actions import rules as actions
from telemachy.apps.supervision.queries import recordings
from telemachy.core.conversation import kinds
from telemachy.core.roster.export import write_csv
from telemachy.core.shared.errors import BadInput
from telemachy.core.shared.redaction import redact
from telemachy.interfaces.common.ratelimit import DownloadView
from telemachy.interfaces.web.forms.recordings import RulesForm
from telemachy.interfaces.web.views.base import add_error
from telemachy.interfaces.web.views.organisation import AdministratorView

if TYPE_CHECKING:
    from telemachy.apps.supervision.models import Utterance


class SetRules(AdministratorView):
    """Lay down how long an organisation's recordings are kept."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show what holds."""
        organisation = self.person.organisation
        initial = {
            "keep_days": recordings.keep_days(organisation),
            "learning": recordings.learns(organisation),
        }
        return self._rules(RulesForm(initial=initial))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Change it."""
        form = RulesForm(request.POST)
        if form.is_valid():
            try:
                actions.set_rules(
                    organisation=self.person.organisation, by=self.person, now=self.now, **form.cleaned_data
                )
            except BadInput as error:
                add_error(form, error)
            else:
                messages.success(request, _("Saved. It holds from tonight on."))
                return redirect("recording-rules")
        answer = self._rules(form)
        answer.status_code = 422
        return answer

    def _rules(self, form: RulesForm) -> HttpResponse:
        n_corrected = recordings.learnt_from(self.person.organisation).count()
        return self.page("recordings/rules.html", "recording-rules", form=form, n_corrected=n_corrected)


class TakeCorrections(DownloadView, AdministratorView):
    """The corrected sentences that pairs let the organisation train on, without the pair's names."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer with a CSV: the words, what the program said, and what a person said."""
        exports.note(what="corrected sentences", by=self.person, now=self.now)
        answer = HttpResponse(content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="corrections.csv"'
        answer["Cache-Control"] = "private, no-store"
        found = recordings.learnt_from(self.person.organisation).iterator()
        write_csv(answer, ("text", "code", "corrected"), map(_nameless, found))
        return answer


def _nameless(turn: Utterance) -> tuple[str, str, str]:
    pair = (turn.recording.coach.name, turn.recording.client.name)
    names = [part for name in pair for part in (name, *name.split())]
    return redact(turn.text, names, "…"), kinds.kind_of(turn.code), kinds.kind_of(turn.corrected or {})
