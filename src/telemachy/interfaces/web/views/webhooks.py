"""Webhooks: which addresses are told of events, and how each telling went."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from telemachy.apps.integrations.actions import webhooks
from telemachy.apps.integrations.queries import webhooks as queries
from telemachy.core.shared.errors import BadInput, TelemachyError
from telemachy.interfaces.web.forms.integrations import TOPIC_NAMES, WebhookForm
from telemachy.interfaces.web.views.base import add_error
from telemachy.interfaces.web.views.organisation import AdministratorView

if TYPE_CHECKING:
    from uuid import UUID

    from telemachy.apps.integrations.models import Delivery, Webhook

PAGE_SIZE = 30

#: What to do about a delivery that got no answer, by the word its error begins with.
UNANSWERED = {
    "not_allowed": _lazy("An operator does not allow this host any more."),
    "not_public": _lazy("The host leads into a private network; nothing is sent there."),
    "timeout": _lazy("The receiver took longer than ten seconds to answer."),
    "unknown_host": _lazy("The host was not found. Check how the address is written."),
    "refused": _lazy("Nobody listens at this address. Check whether the receiver runs."),
    "certificate": _lazy("The receiver's certificate could not be checked. Renew it there."),
    "no_answer": _lazy("The connection broke off before an answer came."),
}


class ListWebhooks(AdministratorView):
    """The addresses that are told of events."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them, and the form for a new one."""
        return self._page(WebhookForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make one and show the key that signs what it is sent."""
        form = WebhookForm(request.POST)
        if not form.is_valid():
            return self._page(form)
        try:
            made = webhooks.make(by=self.person, now=self.now, **form.cleaned_data)
        except TelemachyError as error:
            add_error(form, error)
            return self._page(form)
        return self._page(WebhookForm(), made=made, signing_key=queries.signing_key(made))

    def _page(self, form: WebhookForm, **made: Any) -> HttpResponse:
        found = [(row, _topics(row)) for row in queries.of_organisation(self.person)]
        hosts = settings.WEBHOOK_HOSTS
        return self.page(
            "integrations/webhooks.html", "webhook-list", form=form, rows=found, hosts=hosts, **made
        )


class ShowWebhook(AdministratorView):
    """One address and the log of what it was sent."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show it."""
        return self._page(self._webhook(pk))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Send a trial, take a new key, or end it."""
        webhook = self._webhook(pk)
        verb = request.POST.get("verb", "")
        rest = {"webhook": webhook, "by": self.person, "now": self.now}
        if verb == "rotate":
            return self._page(webhook, signing_key=webhooks.rotate(**rest))
        if verb == "end":
            webhooks.end(**rest)
            messages.success(request, _("This address is told nothing any more."))
            return redirect("webhook-list")
        webhooks.try_out(**rest)
        messages.success(request, _("A trial is on its way. Its line below tells how it went."))
        return redirect("webhook", webhook.pk)

    def _webhook(self, pk: UUID) -> Webhook:
        return self.find(queries.of_organisation(self.person), pk=pk)

    def _page(self, webhook: Webhook, signing_key: str = "") -> HttpResponse:
        found = queries.deliveries_of(self.person).filter(webhook=webhook)
        page = Paginator(found, PAGE_SIZE).get_page(self.request.GET.get("page"))
        return self.page(
            "integrations/webhook.html",
            "webhook-list",
            webhook=webhook,
            topics=_topics(webhook),
            page_obj=page,
            deliveries=[(one, went(one)) for one in page],
            signing_key=signing_key,
        )


class SendAgain(AdministratorView):
    """Try a delivery again that was given up."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Put it on its way again."""
        delivery = self.find(queries.deliveries_of(self.person), pk=pk)
        try:
            webhooks.send_again(delivery=delivery, by=self.person, now=self.now)
        except BadInput as error:
            messages.error(request, str(error))
        return redirect("webhook", delivery.webhook_id)


def went(delivery: Delivery) -> str:
    """Return in a sentence what the receiver answered, or why nothing came; "" before the first attempt."""
    status = delivery.last_status
    if status is None:
        if not delivery.last_error:
            return ""
        return str(UNANSWERED.get(delivery.last_error.partition(":")[0], UNANSWERED["no_answer"]))
    if status < 300:
        return _("The receiver took it (%(status)d).") % {"status": status}
    if status < 400:
        words = _("The address leads on to another one (%(status)d), which is not followed. Enter that one.")
    elif status in (401, 403):
        words = _("The receiver refused it (%(status)d). Check the key that it knows.")
    elif status in (404, 410):
        words = _("The receiver knows no such address (%(status)d). Check how it is written.")
    elif status < 500:
        words = _("The receiver could not use it (%(status)d). Its own log says why.")
    else:
        words = _("The receiver failed (%(status)d). Its own log says why.")
    return words % {"status": status}


def _topics(webhook: Webhook) -> list[str]:
    return [str(TOPIC_NAMES.get(topic, topic)) for topic in webhook.topics]
