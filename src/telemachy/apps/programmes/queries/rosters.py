"""What may be known of roster imports, and the words for what was found in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from telemachy.apps.programmes import queries
from telemachy.apps.programmes.models import Programme, RosterImport, RosterRow
from telemachy.core.roster import files, problems
from telemachy.core.shared.lifecycles import ROSTER_IMPORT

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person

Wording = tuple[str, str]

#: What is found by comparing rows with people, places and other files: errors, then warnings.
ERRORS: dict[str, Wording] = {
    "known_two_people": (
        _("The e-mail address belongs to %(name)s and the personnel number to %(other)s."),
        _("Correct the one that is wrong."),
    ),
    "known_other_id": (
        _("The e-mail address belongs to %(name)s, whose personnel number is %(number)s."),
        _("Correct the e-mail address or the personnel number."),
    ),
    "known_other_email": (
        _("The personnel number belongs to %(name)s, who signs in as %(email)s."),
        _("Write that address; only the person can change the one they sign in with."),
    ),
    "has_left": (
        _("%(name)s has left the organisation."),
        _("Take the row out, or write the details of whoever came instead."),
    ),
    "file_two_people": (
        _("Row %(other)s of %(file)s has the e-mail address, and another row the personnel number."),
        _("Correct the one that is wrong."),
    ),
    "file_other_id": (
        _("Row %(other)s of %(file)s has the same e-mail address with another personnel number."),
        _("Correct the one that is wrong."),
    ),
    "file_other_email": (
        _("Row %(other)s of %(file)s has the same personnel number with another e-mail address."),
        _("Correct the one that is wrong."),
    ),
    "file_other_name": (
        _("Row %(other)s of %(file)s has the same person under another name."),
        _("Write the same name in both rows, or correct what identifies them."),
    ),
}
WARNINGS: dict[str, Wording] = {
    "withdrawn": (
        _("%(name)s has withdrawn from this programme and stays out."),
        _("If they want to come back, take them in by hand on the participants page."),
    ),
    "style_unknown": (
        _("The style was not understood and left out."),
        _("Write reflective, direct, exploring or practical."),
    ),
    "manager_unknown": (
        _("Nobody here is known by this; the line manager was left open."),
        _("Write the e-mail address or the personnel number of the line manager."),
    ),
    "manager_ambiguous": (
        _("Several people have this name; the line manager was left open."),
        _("Write the e-mail address or the personnel number of the line manager."),
    ),
    "manager_self": (
        _("A person cannot be their own line manager; it was left open."),
        _("Write whom the person reports to."),
    ),
    "manager_not_taken": (
        _("The line manager's own row is rejected, so the line manager was left open."),
        _("Mend that row and import the file again."),
    ),
    "wish_unknown": (
        _("Nobody here is known by this; the wish was left out."),
        _("Write the e-mail address or the personnel number of a person in the file or the organisation."),
    ),
    "wish_ambiguous": (
        _("Several people have this name; the wish was left out."),
        _("Write the e-mail address or the personnel number."),
    ),
    "wish_self": (
        _("A wish that names the person themselves was left out."),
        _("Write whom the person would like, or rather not, to be matched with."),
    ),
    "wish_both": (
        _("Somebody is named in both columns of wishes; “rather not” was kept."),
        _("Name each person in one of the two columns."),
    ),
    "wish_many": (
        _("More than five people are named; this one was left out."),
        _("Name five people at most, the dearest first."),
    ),
    "wish_not_taken": (
        _("The row of somebody named here is rejected, so that wish was left out."),
        _("Mend that row and import the file again."),
    ),
}
#: Why an import failed as a whole, beyond what a file can have wrong.
FAILURES: dict[str, Wording] = {
    "stale": (
        _("People or places changed since the preview, so nothing was taken in."),
        _("Check the file again: the preview will show what is true now."),
    ),
    "not_allowed": (
        _("Whoever confirmed this import does not run the programme any more, so nothing was taken in."),
        _("Ask somebody who runs the programme to check the file again and confirm it."),
    ),
    "broken": (
        _("The work broke off for a reason on our side, so nothing was taken in."),
        _("Try again. If it happens twice, tell your administrator the time: the reason is in the log."),
    ),
}
#: Why a column is taken for what it is, beyond core's own reasons.
REASONS = {
    "remembered": _("Chosen for a file with the same columns before."),
    "not_kept": _("Groups are not kept."),
}

_WORDINGS: dict[str, Wording] = (
    {code: (wording.message, wording.mend) for code, wording in problems.WORDINGS.items()} | ERRORS | WARNINGS
)


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem of a staged row in the reader's language."""

    column: str
    value: str
    message: str
    mend: str
    is_error: bool


def limits() -> files.Limits:
    """Return the bounds of a roster file in this installation."""
    return files.Limits(max_bytes=settings.MAX_ROSTER_BYTES)


def visible_to(person: Person) -> QuerySet[RosterImport]:
    """Return the imports of the programmes that the person runs or administers."""
    programmes = queries.visible_to(person).values("pk")
    return RosterImport.objects.filter(programme__in=programmes).select_related("programme", "uploaded_by")


def of_programme(programme: Programme) -> QuerySet[RosterImport]:
    """Return the imports of a programme, latest first."""
    imports = RosterImport.objects.filter(programme=programme).select_related("uploaded_by")
    return imports.order_by("-created_at")


def locked(roster_import: RosterImport) -> RosterImport:
    """Return the row as it is now, held until the transaction ends: two clicks at once make one step."""
    rows = RosterImport.objects.select_for_update(of=("self",)).select_related("programme")
    return rows.get(pk=roster_import.pk)


def at_rest(roster_import: RosterImport) -> RosterImport | None:
    """Return `locked`, or None while it is being taken in: whoever does that holds the row to the end."""
    rows = RosterImport.objects.select_for_update(of=("self",), skip_locked=True)
    return rows.select_related("programme").filter(pk=roster_import.pk).first()


def abandoned(before: datetime) -> QuerySet[RosterImport]:
    """Return the imports older than that on which nobody has decided."""
    states = [step.source for step in ROSTER_IMPORT.steps if step.verb == "discard"]
    return RosterImport.objects.filter(state__in=states, created_at__lt=before)


def files_among(names: Iterable[str]) -> set[str]:
    """Return which of the names of files, each below the key of its import, an import still needs."""
    imports = RosterImport.objects.filter(pk__in={name.split("/")[1] for name in names})
    return {file["path"] for files in imports.values_list("files", flat=True) for file in files}


def rows_of(roster_import: RosterImport, shown: str) -> QuerySet[RosterRow]:
    """Return the staged rows with an effect, or those with "warnings", in the order of the files."""
    rows = roster_import.rows.order_by("file", "line")
    return rows.filter(n_warnings__gt=0) if shown == "warnings" else rows.filter(effect=shown)


def told(problem: Mapping[str, Any]) -> Problem:
    """Return a stored problem in the reader's language."""
    code = problem["code"]
    message, mend = (filled(text, problem["params"]) for text in _WORDINGS[code])
    is_error = code in ERRORS or (
        code in problems.WORDINGS and problems.WORDINGS[code].severity is problems.Severity.ERROR
    )
    return Problem(problem["column"], problem["value"], message, mend, is_error)


def failure(roster_import: RosterImport) -> Wording:
    """Return why the import failed and what to do, in the reader's language."""
    problem = roster_import.problem
    message, mend = FAILURES.get(problem["code"]) or files.WORDINGS[problem["code"]]
    return filled(message, problem["params"]), filled(mend, problem["params"])


def filled(text: str, params: Mapping[str, str]) -> str:
    """Return a sentence of core in the reader's language."""
    return gettext(text) % params


def rejected_header(roster_import: RosterImport) -> list[str]:
    """Return the column names of the table of rejected rows."""
    names = [gettext("File"), gettext("Row"), gettext("What is wrong"), gettext("How to mend it")]
    widest = max((file["header"] for file in roster_import.files), key=len)
    return [*widest, *names]


def rejected(roster_import: RosterImport) -> Iterator[list[str]]:
    """Yield the rejected rows as they came, each with its file, row, reasons and mends."""
    width = max(len(file["header"]) for file in roster_import.files)
    rows = rows_of(roster_import, RosterRow.Effect.REJECTED)
    for row in rows.iterator(chunk_size=1000):
        found = [problem for each in row.problems if (problem := told(each)).is_error]
        cells = [*row.cells[:width], *[""] * (width - len(row.cells))]
        yield [
            *cells,
            roster_import.files[row.file]["name"],
            str(row.line),
            " ".join(f"{each.column}: {each.message}" if each.column else each.message for each in found),
            " ".join(dict.fromkeys(each.mend for each in found)),
        ]
