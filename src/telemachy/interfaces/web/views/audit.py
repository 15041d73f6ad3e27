"""What happened in the organisation, which mail did not arrive, which jobs failed."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from telemachy.apps.audit import policies, queries
from telemachy.apps.audit.actions import dead_letters, exports, outbox
from telemachy.apps.people.queries import administered_by
from telemachy.core.roster.export import write_csv
from telemachy.core.shared.errors import TelemachyError
from telemachy.interfaces.common.ratelimit import DownloadView
from telemachy.interfaces.web.forms.audit_facts import facts, named_in
from telemachy.interfaces.web.forms.audit_words import deed
from telemachy.interfaces.web.forms.organisation import TrailForm
from telemachy.interfaces.web.views.base import PersonView, require_visible
from telemachy.interfaces.web.views.organisation import AdministratorView, tabs

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from telemachy.apps.audit.models import Event, OutboxMessage

PAGE_SIZE = 50
#: An export longer than this is narrowed down by date first.
MAX_EXPORTED = 100_000


#: What happened to a mail and what to do about it: by how the server's answer begins, or the word for none.
NOT_SENT = {
    "535": _lazy("The mail server did not let Telemachy sign in. Whoever runs the installation mends that."),
    "552": _lazy("The mailbox is full, or the message too large for it."),
    "550 5.1": _lazy("The mail server knows no such address. Correct it on the person's page."),
    "553": _lazy("The mail server does not take this address. Correct it on the person's page."),
    "5": _lazy("The mail server refused the message."),
    "4": _lazy("The mail server could not take the message just then."),
    "unwritable": _lazy("The address or the subject holds a character that mail cannot carry."),
    "broke_off": _lazy("The mail server broke off before it answered."),
    "timeout": _lazy("The mail server took too long to answer."),
    "unknown_host": _lazy("The mail server was not found. Whoever runs the installation checks its name."),
    "not_listening": _lazy("The mail server could not be reached. Whoever runs the installation checks it."),
    "certificate": _lazy("The mail server's certificate could not be checked."),
    "no_answer": _lazy("No answer came from the mail server."),
}


class ShowTrail(AdministratorView):
    """The audit trail of the organisation."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show a page of it, filtered."""
        form, found = self.filtered(request)
        page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
        people = administered_by(self.person).filter(pk__in=named_in(page))
        names = {str(key): name for key, name in people.values_list("pk", "name")}
        return self.page(
            "organisation/audit.html",
            "audit-trail",
            form=form,
            page_obj=page,
            events=[(event, deed(event.verb), facts(event.data, names)) for event in page],
            query=request.GET.urlencode(),
        )

    def filtered(self, request: HttpRequest) -> tuple[TrailForm, QuerySet[Event]]:
        """Return the filter and what it leaves; a filter that makes no sense leaves everything."""
        trail = queries.events_of(self.person)
        form = TrailForm(request.GET, verbs=queries.verbs_of(self.person))
        if not form.is_valid():
            return form, trail
        chosen = form.cleaned_data
        return form, queries.narrowed(
            trail,
            verb=chosen["verb"],
            actor=chosen["person"],
            since=_start_of(chosen["since"]),
            until=_start_of(chosen["until"] + timedelta(days=1)) if chosen["until"] else None,
        )


class ExportTrail(DownloadView, ShowTrail):
    """The same as a spreadsheet."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Hand over the CSV, whole or not at all: nobody would see that lines are missing."""
        _form, found = self.filtered(request)
        if found.count() > MAX_EXPORTED:
            said = _("These are more than %(n)s events. Narrow them down by day, then export each part.")
            messages.error(request, said % {"n": number_format(MAX_EXPORTED, force_grouping=True)})
            return redirect(f"{reverse('audit-trail')}?{request.GET.urlencode()}")
        exports.note(what="audit trail", by=self.person, now=self.now)
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="audit.csv"'
        header = ["at", "who", "what", "subject", "subject id", "facts", "request"]
        write_csv(response, header, (_exported(event) for event in found.iterator()))
        return response


class ListMail(AdministratorView):
    """Mail that did not arrive, and why."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it."""
        page = Paginator(queries.undelivered_mail(self.person), PAGE_SIZE).get_page(request.GET.get("page"))
        rows = [(message, *why(message)) for message in page]
        return self.page("organisation/mail.html", "undelivered-mail", page_obj=page, rows=rows)


class ResendMail(AdministratorView):
    """Try a dead message again."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Queue it."""
        message = self.find(queries.undelivered_mail(self.person), pk=pk)
        try:
            outbox.resend(message=message, by=self.person, now=self.now)
            messages.success(request, _("The mail is on its way again."))
        except TelemachyError as error:
            messages.error(request, str(error))
        return redirect("undelivered-mail")


class OperatorView(PersonView):
    """A page for operators of the installation; it does not exist for anyone else."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        """Answer 404 to those who do not operate it."""
        if request.user.is_authenticated:
            require_visible(bool(policies.see_dead_letters(request.person)))
        return super().dispatch(request, *args, **kwargs)


class ListDeadLetters(OperatorView):
    """Background jobs that failed for good."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them with their reasons."""
        page = Paginator(queries.dead_letters(self.person), PAGE_SIZE).get_page(request.GET.get("page"))
        context = {"page_obj": page, "tabs": tabs(self.person, "dead-letters")}
        context["organisation"] = self.person.organisation
        return render(request, "organisation/dead_letters.html", context)


class RetryJob(OperatorView):
    """Run a failed job again."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Queue it."""
        letter = self.find(queries.dead_letters(self.person), pk=pk)
        try:
            dead_letters.retry(letter=letter, by=self.person, now=self.now)
            messages.success(request, _("The job is queued again."))
        except TelemachyError as error:
            messages.error(request, str(error))
        return redirect("dead-letters")


def why(message: OutboxMessage) -> tuple[str, str]:
    """Return in a sentence why a mail was not sent, and the server's own words where it answered."""
    error = message.last_error
    words = next((words for begins, words in NOT_SENT.items() if error.startswith(begins)), None)
    return str(words or NOT_SENT["no_answer"]), error if error[:1].isdigit() else ""


def _start_of(day: date | None) -> datetime | None:
    """Return the first moment of a day where the reader is."""
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None


def _exported(event: Event) -> list[str]:
    return [
        event.at.isoformat(),
        event.actor_name,
        event.verb,
        event.subject_type,
        event.subject_id,
        json.dumps(event.data, ensure_ascii=False, sort_keys=True) if event.data else "",
        event.request_id,
    ]
