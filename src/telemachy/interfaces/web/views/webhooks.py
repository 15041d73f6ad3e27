"""Webhooks: which addresses are told of events, and how each telling went."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from telemachy.apps.integrations.actions import webhooks
from telemachy.apps.integrations.queries import webhooks as queries
from telemachy.core.shared.errors import BadInput, TelemachyError
from telemachy.interfaces.web.forms.integrations import TOPIC_NAMES, WebhookForm
from telemachy.interfaces.web.views.base import add_error
from telemachy.interfaces.web.views.organisation import AdministratorView

if TYPE_CHECKING:
    from uuid import UUID

    from telemachy.apps.integrations.models import Webhook

PAGE_SIZE = 30


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


def _topics(webhook: Webhook) -> list[str]:
    return [str(TOPIC_NAMES.get(topic, topic)) for topic in webhook.topics]
