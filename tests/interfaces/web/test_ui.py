"""The component library: what a reader sees and hears, and what is refused."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import translation

from telemachy.interfaces.web import icons
from telemachy.interfaces.web.context import NavItem
from telemachy.interfaces.web.templatetags import ui
from telemachy.interfaces.web.views.gallery import Gallery

WEB = Path(ui.__file__).parents[1]
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def render(source: str, **context: object) -> str:
    return " ".join(Template("{% load ui %}" + source).render(Context(context)).split())


class Login(forms.Form):
    email = forms.EmailField(label="E-mail", help_text="The one you were invited by.")
    seat = forms.ChoiceField(choices=[("m", "Mentor"), ("l", "Learner")], widget=forms.RadioSelect)
    note = forms.CharField(widget=forms.Textarea, required=False)
    agreed = forms.BooleanField(label="I agree")


@pytest.mark.parametrize(
    "source",
    [
        '{% button lable="Save" %}',
        '{% button "Save" %}',
        '{% button label="Save" variant="loud" %}',
        '{% card titel="x" %}{% endcard %}',
        '{% card title="x" tone="pink" %}{% endcard %}',
        '{% badge label="x" tone="pink" %}',
        '{% icon "unicorn" %}',
        '{% icon "../css/main" %}',
        '{% field "name" %}',
        '{% stat label="x" %}',
    ],
)
def test_a_slip_in_a_template_raises(source: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        render(source)


def test_text_from_people_is_escaped_everywhere() -> None:
    evil = "<script>alert(1)</script>"
    html = render(
        "{% page_header title=e lead=e eyebrow=e %}{% endpage_header %}{% card title=e %}{{ e }}{% endcard %}"
        "{% person name=e meta=e %}{% badge label=e %}{% empty title=e text=e %}{% endempty %}"
        "{% notice title=e %}{{ e }}{% endnotice %}{% awaiting who=e since=now %}{% stat label=e value=e %}"
        "{% timeline label=e %}{% timeline_item title=e %}{{ e }}{% endtimeline_item %}{% endtimeline %}"
        "{% table caption=e %}{% endtable %}{% disclosure summary=e %}{{ e }}{% enddisclosure %}"
        "{% button label=e name=e value=e confirm=e %}{% progress label=e %}{% score label=e value=0.5 %}",
        e=evil,
        now=NOW,
    )
    assert "<script" not in html
    assert html.count("&lt;script&gt;") > 20


def test_an_icon_is_silent_unless_it_is_labelled() -> None:
    assert 'aria-hidden="true"' in render('{% icon "lock" %}')
    labelled = render('{% icon "lock" label="Locked pair" %}')
    assert 'role="img" aria-label="Locked pair"' in labelled
    assert "aria-hidden" not in labelled


@pytest.mark.parametrize("name", icons.icon_names())
def test_an_icon_is_drawn_on_the_grid_in_the_colour_of_its_text(name: str) -> None:
    drawing = (WEB / "static/icons" / f"{name}.svg").read_text()
    assert 'viewBox="0 0 20 20"' in drawing
    assert 'stroke="currentColor"' in drawing
    assert "<script" not in drawing
    assert len(drawing) < 1000


@pytest.mark.parametrize(
    ("value", "word"), [(4, "Answer"), (3, "Example"), (2, "Question"), (1, "Debrief"), (0, "Independent")]
)
def test_a_guidance_level_has_a_word_besides_its_colour(value: int, word: str) -> None:
    assert word in render("{% level value %}", value=value)
    mark = render("{% level value mark_only=True %}", value=value)
    assert f'aria-label="{word}"' in mark
    assert f"level-{value}" in mark


def test_a_level_off_the_ladder_raises() -> None:
    with pytest.raises(ValueError, match="5"):
        render("{% level 5 %}")


def test_waiting_says_for_whom_and_since_when() -> None:
    since = NOW - timedelta(days=2, hours=5)
    html = render('{% awaiting who="Athena" since=since now=now %}', since=since, now=NOW)
    assert (
        "awaiting Athena for 2\xa0days" in html.replace("&nbsp;", "\xa0")
        or "awaiting Athena for 2 days" in html
    )
    assert 'datetime="2026-02-27T07:00:00+00:00"' in html


def test_waiting_on_the_reader_is_told_as_their_turn() -> None:
    html = render("{% awaiting since=since mine=True now=now %}", since=NOW - timedelta(hours=3), now=NOW)
    assert "your turn for 3" in html


def test_a_wait_that_has_just_begun_counts_no_minutes() -> None:
    assert "your turn now" in render("{% awaiting since=since mine=True now=since %}", since=NOW)
    assert "minutes" not in render('{% awaiting who="Athena" since=since now=since %}', since=NOW)


def test_a_day_is_written_as_the_language_writes_it() -> None:
    assert "1 Mar 2026, " in render("{% moment at %}", at=NOW)
    with translation.override("de"):
        assert "1. M" in render("{% moment at %}", at=NOW)


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Athena Pallas", "AP"), ("Argus", "A"), ("Telemachus of Ithaca", "TI"), ("élan", "É"), ("", "?")],
)
def test_a_person_is_shown_by_initials(name: str, initials: str) -> None:
    assert f">{initials}</span>" in render("{% person name=name %}", name=name)


def test_an_agent_is_never_mistaken_for_a_human() -> None:
    assert "AI agent" in render('{% person name="Argus" agent=True %}')
    assert "AI agent" not in render('{% person name="Athena" %}')


def test_a_field_ties_label_help_and_error_to_its_control() -> None:
    form = Login({"email": "athena"})
    html = render("{% field form.email %}", form=form)
    assert '<label class="field-label" for="id_email">E-mail</label>' in html
    assert 'aria-describedby="id_email_helptext id_email_error"' in html
    assert 'id="id_email_helptext"' in html
    assert 'id="id_email_error"' in html
    assert 'aria-invalid="true"' in html


def test_choices_are_a_fieldset_with_a_legend() -> None:
    html = render("{% field form.seat %}", form=Login())
    assert html.startswith("<fieldset")
    assert "<legend" in html
    assert html.endswith("</fieldset>")


def test_a_checkbox_stands_before_its_words_in_one_label() -> None:
    html = render("{% field form.agreed %}", form=Login())
    assert re.search(
        r'<label class="choice" for="id_agreed"><input[^>]+><span class="field-label">I agree', html
    )


def test_what_may_be_left_empty_says_so() -> None:
    assert "(optional)" in render("{% field form.note %}", form=Login())
    assert "(optional)" not in render("{% field form.email %}", form=Login())


def test_a_draft_box_posts_itself_and_reports_beside_it() -> None:
    html = render('{% field form.note autosave_url="/drafts/1" %}', form=Login())
    assert 'hx-post="/drafts/1"' in html
    assert 'hx-target="#id_note_saved"' in html
    assert 'id="id_note_saved" role="status"' in html
    # All boxes of a page in one row, or what is sent first could be kept last.
    assert 'hx-sync="closest main:queue all"' in html


def test_the_error_summary_leads_to_each_field_and_takes_the_focus() -> None:
    form = Login({"email": "athena"})
    form.add_error(None, "The invitation has expired.")
    html = render("{% form_errors form %}", form=form)
    assert 'href="#id_email"' in html
    assert 'href="#id_seat_0"' in html
    assert "The invitation has expired." in html
    assert 'tabindex="-1" data-focus-after-swap' in html
    assert render("{% form_errors form %}", form=Login()) == ""


def test_the_tab_in_view_is_marked_for_screen_readers() -> None:
    items = [NavItem("Goals", "/goals", current=True), NavItem("Sessions", "/sessions", badge=2)]
    html = render('{% tabs items label="Relationship" %}', items=items)
    assert html.count('aria-current="page"') == 1
    assert '<a href="/goals" aria-current="page">' in html


def test_pages_keep_the_search_that_led_to_them() -> None:
    request = RequestFactory().get("/people", {"q": "ship & sail", "page": "2"})
    html = render("{% pagination page %}", page=Paginator(range(60), 20).page(2), request=request)
    assert 'href="?q=ship+%26+sail&amp;page=1"' in html
    assert 'href="?q=ship+%26+sail&amp;page=3"' in html
    assert "21 to 40 of 60" in html


def test_a_single_page_needs_no_navigation() -> None:
    request = RequestFactory().get("/people")
    assert render("{% pagination page %}", page=Paginator(range(3), 20).page(1), request=request) == ""


def test_the_parts_of_a_score_follow_one_another() -> None:
    with translation.override("de"):
        html = render(
            '{% score label="Fit" value=0.75 parts=parts %}', parts=[("Skills", 0.505), ("Hours", 0.245)]
        )
    assert 'x="0.00" width="50.50"' in html
    assert 'x="50.50" width="24.50"' in html
    assert "75 %" in html


def test_progress_without_an_end_claims_no_percentage() -> None:
    html = render('{% progress label="Matching" %}')
    assert "value=" not in html
    assert "%" not in html
    assert 'value="64"' in render('{% progress label="Import" value=640 max=1000 %}')


def test_an_empty_block_leaves_no_empty_box() -> None:
    assert "actions" not in render('{% page_header title="x" %} {% endpage_header %}')
    assert '<div class="actions"><a' in render(
        '{% page_header title="x" %} <a href="/">y</a> {% endpage_header %}'
    )


def test_a_disabled_link_is_a_button_that_cannot_be_followed() -> None:
    html = render('{% button label="Publish" href="/publish" disabled=True %}')
    assert "href" not in html
    assert "disabled" in html


def test_the_gallery_shows_every_component() -> None:
    source = (WEB / "templates/gallery/gallery.html").read_text()
    shown = set(re.findall(r"\{% (\w+)", source))
    assert set(ui.register.tags) - shown == set()


def test_the_gallery_page_is_drawn_without_a_person() -> None:
    request = RequestFactory().get("/_gallery/")
    html = Gallery.as_view()(request).rendered_content
    assert '<a class="skip-link" href="#main">' in html
    assert '<main class="site-main" id="main"' in html
    assert html.count("<h1>") == 1


PAGES = sorted(set((WEB / "templates").rglob("*.html")) - set((WEB / "templates/mail").glob("*.html")))


@pytest.mark.parametrize("template", PAGES, ids=lambda path: str(path.relative_to(WEB / "templates")))
def test_no_template_needs_what_the_content_security_policy_forbids(template: Path) -> None:
    source = template.read_text()
    assert not re.search(r"\sstyle\s*=|<style|\son[a-z]+\s*=\s*[\"']|javascript:|hx-on", source)
    for opening in re.findall(r"<script[^>]*>", source):
        assert "src=" in opening or 'type="application/json"' in opening


def test_scripts_stay_small() -> None:
    lines = {path.name: len(path.read_text().splitlines()) for path in (WEB / "static/js").glob("*.js")}
    # The ribbon of a recording is the one component that lives by its script.
    assert lines.pop("ribbon.js") <= 150
    assert sum(lines.values()) <= 185
