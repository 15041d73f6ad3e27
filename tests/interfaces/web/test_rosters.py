"""The pages of a roster import."""

from __future__ import annotations

import csv
import io
from urllib.parse import quote

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from telemachy.apps.people.models import Person
from telemachy.apps.programmes import jobs
from telemachy.apps.programmes.models import Enrolment, RosterImport
from telemachy.core.roster.fields import Field

pytestmark = pytest.mark.django_db

CREW = """Name,E-mail,Role,Capacity
Mentes,mentes@ithaca.example,Mentor,3
Halitherses,halitherses@ithaca.example,Mentee,
=Evil(),not an address,Captain,99
"""


def upload(client, cast, text: str = CREW, name: str = "people.csv") -> RosterImport:
    """Upload one file and return the import."""
    file = SimpleUploadedFile(name, text.encode())
    response = client.post(reverse("roster-upload", args=[cast.programme.pk]), {"people": file})
    assert response.status_code == 302, response.content.decode()
    return RosterImport.objects.latest("created_at")


def columns(roster: RosterImport, **changed: str) -> dict[str, str]:
    """Return the mapping form as the page fills it."""
    data = {}
    for number, file in enumerate(roster.files):
        data[f"file{number}_role"] = file["role"]
        for index, column in enumerate(file["columns"]):
            data[f"file{number}_column{index}"] = column["field"]
    return data | changed


def preview(client, cast, text: str = CREW, **changed: str) -> RosterImport:
    """Upload, map and check a file."""
    roster = upload(client, cast, text)
    response = client.post(reverse("roster-columns", args=[roster.pk]), columns(roster, **changed))
    assert response.status_code == 302, response.content.decode()
    jobs.check_roster.call(roster_import_id=str(roster.pk))
    roster.refresh_from_db()
    return roster


def test_from_a_spreadsheet_to_people_with_places(cast, sign_in):
    client = sign_in(cast.eurycleia)
    roster = preview(client, cast)
    page = client.get(reverse("roster", args=[roster.pk])).content.decode()
    assert "Take in 2 rows" in page
    assert "Write name@example.org" in page or "Write it like name@example.org" in page
    assert not Person.objects.filter(email="mentes@ithaca.example").exists()

    client.post(reverse("roster-commit", args=[roster.pk]))
    assert "Taking the people in" in client.get(reverse("roster", args=[roster.pk])).content.decode()
    jobs.commit_roster.call(roster_import_id=str(roster.pk))
    page = client.get(reverse("roster", args=[roster.pk])).content.decode()
    assert "The roster is in" in page
    assert reverse("match-run-list", args=[cast.programme.pk]) in page
    assert Enrolment.objects.get(person__email="mentes@ithaca.example").capacity == 3


def test_each_header_is_shown_with_values_a_guess_and_its_reason(cast, sign_in):
    client = sign_in(cast.eurycleia)
    roster = upload(client, cast)
    page = client.get(reverse("roster-columns", args=[roster.pk])).content.decode()
    assert "Mentes · Halitherses · =Evil()" in page
    assert "The column is called that." in page
    assert '<option value="email" selected>' in page


def test_two_files_go_in_together(cast, sign_in):
    client = sign_in(cast.eurycleia)
    files = {
        name: SimpleUploadedFile(f"{name}.csv", f"Name,E-mail\n{name},{name}@ithaca.example\n".encode())
        for name in ("mentors", "learners")
    }
    url = reverse("roster-upload", args=[cast.programme.pk])
    assert client.post(f"{url}?way=two", files).status_code == 302
    roster = RosterImport.objects.get()
    client.post(reverse("roster-columns", args=[roster.pk]), columns(roster))
    jobs.check_roster.call(roster_import_id=str(roster.pk))
    assert {tuple(row.person["seats"]) for row in roster.rows.all()} == {("mentor",), ("learner",)}


def test_cells_pasted_from_a_spreadsheet_are_a_file_too(cast, sign_in):
    client = sign_in(cast.eurycleia)
    url = reverse("roster-upload", args=[cast.programme.pk])
    cells = "Name\tE-mail\tRole\nMentes\tmentes@ithaca.example\tMentor\n"
    assert client.post(f"{url}?way=paste", {"table": cells}).status_code == 302
    assert RosterImport.objects.get().files[0]["header"] == ["Name", "E-mail", "Role"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty."),
        (b"Name,E-mail\n", "no people below"),
        (b"%PDF-1.7", "This is a PDF document."),
        (b"PK\x03\x04 not really", "damaged"),
        (b"Name\x00\x01\x02\xff" * 50, "binary"),
    ],
)
def test_a_file_that_is_no_roster_is_refused_at_its_field(cast, sign_in, content, said):
    client = sign_in(cast.eurycleia)
    url = reverse("roster-upload", args=[cast.programme.pk])
    response = client.post(url, {"people": SimpleUploadedFile("x.csv", content)})
    assert response.status_code == 200
    assert any(said in error for error in response.context["form"].errors["people"]), response.context[
        "form"
    ].errors
    assert not RosterImport.objects.exists()


def test_a_file_over_the_bound_is_refused_with_the_bound(cast, sign_in, monkeypatch):
    monkeypatch.setattr("django.conf.settings.MAX_ROSTER_BYTES", 1024 * 1024)
    client = sign_in(cast.eurycleia)
    file = SimpleUploadedFile("x.csv", b"Name,E-mail\n" + b"x" * 1024 * 1024)
    response = client.post(reverse("roster-upload", args=[cast.programme.pk]), {"people": file})
    assert "larger than 1 MB" in response.content.decode()


def test_a_mapping_that_cannot_work_says_why_and_starts_nothing(cast, sign_in):
    client = sign_in(cast.eurycleia)
    roster = upload(client, cast)
    data = columns(roster, file0_column1="ignore")
    page = client.post(reverse("roster-columns", args=[roster.pk]), data).content.decode()
    assert "No column holds an e-mail address or a personnel number." in page
    roster.refresh_from_db()
    assert roster.state == "uploaded"


def test_progress_is_shown_and_the_page_moves_on_by_itself(cast, sign_in):
    client = sign_in(cast.eurycleia)
    roster = upload(client, cast)
    client.post(reverse("roster-columns", args=[roster.pk]), columns(roster))
    progress = reverse("roster-progress", args=[roster.pk])
    RosterImport.objects.update(n_done=30_000, n_total=100_000)
    shown = client.get(progress, headers={"HX-Request": "true"})
    assert "30,000 of about 100,000 rows" in shown.content.decode()
    assert client.get(progress).url == reverse("roster", args=[roster.pk])
    jobs.check_roster.call(roster_import_id=str(roster.pk))
    assert client.get(progress, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"


def test_rows_are_shown_by_what_would_happen_to_them(cast, sign_in):
    client = sign_in(cast.eurycleia)
    text = CREW + "Telemachus,telemachus@ithaca.example,Mentee,\nAthena,athena@ithaca.example,Mentor,6\n"
    roster = preview(client, cast, text)
    url = reverse("roster", args=[roster.pk])
    assert "is not an e-mail address" in client.get(url).content.decode()
    assert "Learners at once" in client.get(url, {"show": "update"}).content.decode()
    assert "mentes@ithaca.example" in client.get(url, {"show": "create"}).content.decode()
    assert "exactly like this" in client.get(url, {"show": "same"}).content.decode()
    assert client.get(url, {"show": "nonsense", "page": "x"}).status_code == 200


def test_the_same_file_again_is_told_kindly(cast, sign_in):
    client = sign_in(cast.eurycleia)
    text = "Name,E-mail,Role\nTelemachus,telemachus@ithaca.example,Mentee\n"
    page = client.get(reverse("roster", args=[preview(client, cast, text).pk])).content.decode()
    assert "Everything is in already" in page
    assert "Take in" not in page


def test_rejected_rows_come_back_with_reasons_and_without_formulas(cast, sign_in):
    client = sign_in(cast.eurycleia)
    roster = preview(client, cast)
    response = client.get(reverse("roster-rejected", args=[roster.pk, "csv"]))
    assert response.headers["Content-Disposition"] == 'attachment; filename="rejected-rows.csv"'
    header, row = csv.reader(io.StringIO(b"".join(response).decode("utf-8-sig")))
    assert header[-3:] == ["Row", "What is wrong", "How to mend it"]
    assert row[0] == "'=Evil()"
    assert "is not an e-mail address" in row[-2]
    assert "Write mentor, learner or both." in row[-1]

    response = client.get(reverse("roster-rejected", args=[roster.pk, "xlsx"]))
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response))).active
    assert sheet["A2"].value == "'=Evil()"
    assert sheet["A2"].data_type == "s"
    assert client.get(reverse("roster-rejected", args=[roster.pk, "exe"])).status_code == 404


def test_a_second_click_on_commit_or_a_late_discard_is_answered_plainly(cast, sign_in):
    client = sign_in(cast.eurycleia)
    roster = preview(client, cast)
    commit, discard = (reverse(f"roster-{verb}", args=[roster.pk]) for verb in ("commit", "discard"))
    assert client.post(commit).status_code == 302
    assert "has moved on in the meantime" in client.post(commit, follow=True).content.decode()
    assert client.post(discard, follow=True).status_code == 200
    jobs.commit_roster.call(roster_import_id=str(roster.pk))
    roster.refresh_from_db()
    assert roster.state == "committed"


def test_a_discarded_import_stays_in_the_list(cast, sign_in):
    client = sign_in(cast.eurycleia)
    roster = preview(client, cast)
    page = client.post(reverse("roster-discard", args=[roster.pk]), follow=True).content.decode()
    assert "Nothing was taken in." in page
    assert "Discarded" in client.get(reverse("roster-list", args=[cast.programme.pk])).content.decode()
    assert "was discarded" in client.get(reverse("roster", args=[roster.pk])).content.decode()
    assert client.get(reverse("roster-columns", args=[roster.pk])).status_code == 302


def test_an_archived_programme_takes_nobody_in(cast, sign_in):
    cast.programme.state = "archived"
    cast.programme.save()
    client = sign_in(cast.eurycleia)
    page = client.get(reverse("roster-upload", args=[cast.programme.pk])).content.decode()
    assert "Restore it first" in page
    assert 'type="file"' not in page


@pytest.mark.parametrize("who", ["athena", "telemachus", "nestor", "antinous"])
def test_nobody_else_knows_of_an_import(cast, sign_in, who):
    roster = preview(sign_in(cast.eurycleia), cast)
    client = sign_in(getattr(cast, who))
    for name in ("roster-list", "roster-upload"):
        assert client.get(reverse(name, args=[cast.programme.pk])).status_code == 404
    for name in ("roster", "roster-columns", "roster-progress"):
        assert client.get(reverse(name, args=[roster.pk])).status_code == 404
    for name in ("roster-commit", "roster-discard", "roster-columns"):
        assert client.post(reverse(name, args=[roster.pk])).status_code == 404
    assert client.get(reverse("roster-rejected", args=[roster.pk, "csv"])).status_code == 404


def test_markup_in_a_file_is_shown_as_text(cast, sign_in):
    client = sign_in(cast.eurycleia)
    text = "Name,<script>alert(1)</script>,Role\n<b>Mentes</b>,x@,Mentor\n"
    roster = preview(client, cast, text, file0_column1="email")
    page = client.get(reverse("roster", args=[roster.pk])).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_number_of_queries_does_not_grow_with_the_rows(cast, sign_in):
    client = sign_in(cast.eurycleia)

    def queries(roster: RosterImport, show: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("roster", args=[roster.pk]), {"show": show}).status_code == 200
        return len(captured)

    many = "".join(f"Crew {n},crew{n}@ithaca.example,Mentee,\nBad {n},bad,Mentee,\n" for n in range(40))
    few, full = preview(client, cast), preview(client, cast, CREW + many)
    for show in ("create", "rejected"):
        assert queries(few, show) == queries(full, show)

    def listed() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("roster-list", args=[cast.programme.pk]))
        return len(captured)

    before = listed()
    for _ in range(5):
        upload(client, cast)
    assert listed() == before


FIELDS = st.sampled_from([field.value for field in Field])
CELLS = st.text(max_size=30) | st.sampled_from(
    ["", "=1+1", "mentor", "a@b.example", "Ann", "99", "UTC+99", "\0", "\ud800", '"', "9-17", "x" * 6000]
)
TABLES = st.lists(st.lists(CELLS, max_size=5), max_size=6).map(
    lambda rows: "\n".join(";".join(cells) for cells in [["Name", "E-mail", "Role"], *rows])
)
FILES = st.binary(max_size=400) | TABLES.map(lambda text: text.encode("utf-8", errors="surrogatepass"))


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    content=FILES, fields=st.lists(FIELDS, min_size=8, max_size=8), role=st.sampled_from(["", "mentor", "x"])
)
def test_no_file_and_no_mapping_breaks_anything(cast, sign_in, content, fields, role):
    client = sign_in(cast.eurycleia)
    n_persons = Person.objects.count()
    url = reverse("roster-upload", args=[cast.programme.pk])
    response = client.post(url, {"people": SimpleUploadedFile("x.csv", content)})
    assert response.status_code in {200, 302}
    if response.status_code == 200:
        assert response.context["form"].errors
        return
    roster = RosterImport.objects.latest("created_at", "pk")
    assert client.get(reverse("roster-columns", args=[roster.pk])).status_code == 200
    data = {f"file0_column{i}": field for i, field in enumerate(fields)} | {"file0_role": role}
    assert client.post(reverse("roster-columns", args=[roster.pk]), data).status_code in {200, 302}
    roster.refresh_from_db()
    if roster.state == "checking":
        jobs.check_roster.call(roster_import_id=str(roster.pk))
        roster.refresh_from_db()
        assert roster.state in {"previewed", "failed"}
        assert roster.problem.get("code") != "broken"
        assert client.get(reverse("roster", args=[roster.pk])).status_code == 200
        assert b"".join(client.get(reverse("roster-rejected", args=[roster.pk, "xlsx"])))
    assert Person.objects.count() == n_persons


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.dictionaries(st.sampled_from(["table", "people", "way", "mentors"]), CELLS, max_size=4))
def test_no_post_to_the_upload_breaks_anything(cast, sign_in, data):
    client = sign_in(cast.eurycleia)
    sent = {key: value.encode("utf-8", errors="replace").decode() for key, value in data.items()}
    for way in ("one", "two", "paste", "\0", "none"):
        response = client.post(f"{reverse('roster-upload', args=[cast.programme.pk])}?way={quote(way)}", sent)
        assert response.status_code in {200, 302, 404}
