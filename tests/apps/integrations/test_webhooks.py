"""Webhooks against a receiver of flesh and sockets."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from telemachy.apps.integrations import jobs
from telemachy.apps.integrations.actions import webhook_posts, webhooks
from telemachy.apps.integrations.models import Delivery, Webhook
from telemachy.apps.integrations.queries import webhook_hosts
from telemachy.apps.integrations.queries import webhooks as queries
from telemachy.apps.relationships.actions import goals
from telemachy.interfaces.common import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def receiver():
    """A server that keeps what it is sent, and answers as it is told."""
    received, answers = [], [200]

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.append((dict(self.headers), body))
            self.send_response(answers[0])
            if answers[0] == 302:
                self.send_header("Location", "http://127.0.0.1/inside")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield server.server_port, received, answers
    server.shutdown()
    server.server_close()


@pytest.fixture
def webhook(cast, settings, receiver, monkeypatch):
    settings.WEBHOOK_HOSTS, settings.DEBUG = ["localhost"], True
    monkeypatch.setattr(webhook_hosts, "public_address", lambda host, port: "127.0.0.1")
    url = f"http://localhost:{receiver[0]}/hook?x=1"
    return webhooks.make(url=url, topics=["goal"], by=cast.penelope, now=clock.now() - timedelta(hours=1))


def deliver_all() -> None:
    for key in list(Delivery.objects.exclude(state="sent").values_list("pk", flat=True)):
        jobs.deliver.call(delivery_id=str(key))


def test_an_event_arrives_signed_once_and_without_content(cast, webhook, receiver) -> None:
    goals.add(
        relationship=cast.relationship,
        learner=cast.telemachus,
        statement="Sail to Pylos in secret",
        by=cast.telemachus,
        now=clock.now(),
    )
    for _ in range(2):
        webhooks.collect(webhook=webhook, by=None, now=clock.now())
    deliver_all()
    [(headers, body)] = receiver[1]
    told = json.loads(body)
    assert told["event"] == "goal.added"
    assert "Pylos" not in body.decode()
    stamp, signed = (part.split("=")[1] for part in headers["Telemachy-Signature"].split(","))
    expected = hmac.new(queries.signing_key(webhook).encode(), f"{stamp}.".encode() + body, hashlib.sha256)
    assert hmac.compare_digest(signed, expected.hexdigest())
    assert Delivery.objects.get().state == "sent"


def test_a_failure_is_tried_again_later_and_given_up_in_the_end(cast, webhook, receiver) -> None:
    receiver[2][0] = 500
    delivery = webhooks.try_out(webhook=webhook, by=cast.penelope, now=clock.now())
    deliver_all()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.last_status, delivery.n_attempts) == ("failed", 500, 1)
    assert delivery.next_attempt_at > clock.now()
    for _ in range(webhooks.MAX_ATTEMPTS):
        Delivery.objects.update(next_attempt_at=clock.now())
        deliver_all()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.n_attempts) == ("dead", webhooks.MAX_ATTEMPTS)


def test_a_redirect_is_not_followed(cast, webhook, receiver) -> None:
    receiver[2][0] = 302
    webhooks.try_out(webhook=webhook, by=cast.penelope, now=clock.now())
    deliver_all()
    assert len(receiver[1]) == 1
    assert Delivery.objects.get().last_status == 302


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.0.0.7", "169.254.169.254", "::1", "fe80::1", "::ffff:127.0.0.1", "0.0.0.0"]
)
def test_an_address_of_the_own_network_is_not_public(address) -> None:
    assert not webhook_hosts.is_public(address)


def test_a_name_that_leads_inside_is_refused_and_noted(cast, settings) -> None:
    settings.WEBHOOK_HOSTS = ["localhost"]
    webhook = webhooks.make(url="https://localhost/x", topics=["goal"], by=cast.penelope, now=clock.now())
    webhooks.try_out(webhook=webhook, by=cast.penelope, now=clock.now())
    deliver_all()
    assert Delivery.objects.get().last_error.startswith("not_public: ")


def test_a_host_taken_off_the_list_is_told_nothing_more(cast, webhook, receiver, settings) -> None:
    delivery = webhooks.try_out(webhook=webhook, by=cast.penelope, now=clock.now())
    settings.WEBHOOK_HOSTS = []
    with pytest.raises(Exception, match="TELEMACHY_WEBHOOK_HOSTS"):
        webhook_posts.post(delivery, clock.now())
    assert receiver[1] == []


def test_a_receiver_that_cannot_be_reached_holds_nobody_up(cast, webhook, receiver, monkeypatch) -> None:
    dead = Webhook.objects.create(
        organisation_id=cast.ithaca.pk,
        url="https://dead.example/",
        topics=["goal"],
        created_at=clock.now(),
        told_until=clock.now(),
    )
    for one in (dead, dead, dead, webhook):
        webhooks.try_out(webhook=one, by=cast.penelope, now=clock.now())
    Delivery.objects.update(state="failed", n_attempts=1, next_attempt_at=clock.now())
    asked = []

    def post(delivery, now) -> int:
        asked.append(delivery.webhook)
        if delivery.webhook == dead:
            raise TimeoutError
        return 200

    monkeypatch.setattr(webhook_posts, "post", post)
    jobs.tell_webhooks.call()
    assert sorted(asked, key=str) == sorted([dead, webhook], key=str)
