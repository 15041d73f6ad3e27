"""One click enters the demo as one of its people, and only the demo."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from telemachy.core.shared.errors import WrongState
from telemachy.interfaces.cli import main as cli
from telemachy.interfaces.common import demo_links
from telemachy.interfaces.demo import command, links


@pytest.fixture
def demo_mode(settings) -> None:
    settings.DEMO = True


def enter(client: Client, token: str):
    return client.get(reverse("demo-enter", args=[token]))


@pytest.mark.usefixtures("demo_mode")
def test_a_link_signs_in(client, cast):
    answer = enter(client, demo_links.sign(cast.athena.user_id))

    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(cast.athena.user_id)


def test_outside_of_demo_mode_there_is_no_such_page(client, cast):
    answer = enter(client, demo_links.sign(cast.athena.user_id))

    assert answer.status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("demo_mode")
def test_a_link_that_was_not_signed_here_does_not_exist(client, cast):
    good = demo_links.sign(cast.athena.user_id)

    assert enter(client, good[:-1] + ("a" if good[-1] != "a" else "b")).status_code == 404
    assert enter(client, str(cast.athena.user_id)).status_code == 404


@pytest.mark.usefixtures("demo_mode")
def test_an_operator_of_the_installation_is_never_entered_as(client, cast):
    cast.athena.user.is_staff = True
    cast.athena.user.save()

    assert enter(client, demo_links.sign(cast.athena.user_id)).status_code == 404


@pytest.mark.usefixtures("demo_mode")
def test_before_loading_there_are_no_links_and_the_text_says_what_to_do(db):
    assert links.links() == []
    assert "demo load" in links.text([])


def test_the_command_refuses_outside_of_demo_mode(settings):
    settings.DEMO = False

    with pytest.raises(WrongState, match="TELEMACHY_DEMO"):
        command.run(_options("load"))


def test_the_command_is_one_of_telemachys():
    assert cli.COMMANDS["demo"].module == command.__name__


def _options(step: str):
    import argparse

    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return parser.parse_args([step])
