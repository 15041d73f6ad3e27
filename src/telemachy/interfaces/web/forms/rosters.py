"""Forms of a roster: the files, and what their columns mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachy.apps.programmes.actions.rosters import NOT_KEPT, Mapped, Upload
from telemachy.apps.programmes.queries.rosters import REASONS, filled
from telemachy.core.roster import headers
from telemachy.core.roster.fields import LABELS, Field
from telemachy.core.roster.files import WORDINGS
from telemachy.core.shared.scales import Seat

MAX_PASTED = 1_000_000

#: Guesses that deserve a second look.
UNSURE = frozenset({"similar", "content", "taken", "unknown"})

ROLES = [
    ("", gettext_lazy("As the role column says")),
    (Seat.MENTOR.value, gettext_lazy("Everybody without a role is a mentor")),
    (Seat.LEARNER.value, gettext_lazy("Everybody without a role is a learner")),
]


class RosterFileField(forms.FileField):
    """A spreadsheet within the bounds of the installation; what is in it is the reader's to judge."""

    widget = forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_empty_file=True, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> UploadedFile | None:
        """Refuse a file that is too large, before it is read."""
        file = super().clean(data, initial)
        if file and file.size > settings.MAX_ROSTER_BYTES:
            limit = settings.MAX_ROSTER_BYTES // (1024 * 1024)
            message, mend = WORDINGS["too_large"]
            raise forms.ValidationError(f"{filled(message, {'limit': str(limit)})} {_(mend)}")
        return file


class UploadPeople(forms.Form):
    """One file with everybody in it."""

    #: The fields that hold files, in order, with the seat of everybody in each.
    SOURCES: ClassVar[dict[str, str]] = {"people": ""}

    people = RosterFileField(
        label=gettext_lazy("Spreadsheet"),
        help_text=gettext_lazy("CSV or XLSX, one person in each row, column names on top."),
    )

    def uploads(self) -> list[Upload]:
        """Return the files as the upload takes them."""
        files = [(self.cleaned_data[name], role) for name, role in self.SOURCES.items()]
        return [Upload(file.name or "", file, role) for file, role in files if file]


class UploadTwoFiles(UploadPeople):
    """One file of mentors, one of learners."""

    SOURCES: ClassVar[dict[str, str]] = {"mentors": Seat.MENTOR.value, "learners": Seat.LEARNER.value}

    people = None  # type: ignore[assignment]  # Django's way to leave out an inherited field
    mentors = RosterFileField(
        label=gettext_lazy("Mentors"), help_text=gettext_lazy("Everybody in this file becomes a mentor.")
    )
    learners = RosterFileField(
        label=gettext_lazy("Learners"), help_text=gettext_lazy("Everybody in this file becomes a learner.")
    )


class PasteTable(forms.Form):
    """Cells copied from a spreadsheet."""

    SOURCES: ClassVar[dict[str, str]] = {"table": ""}

    table = forms.CharField(
        label=gettext_lazy("Cells from your spreadsheet"),
        help_text=gettext_lazy("Select the cells with their column names, copy, and paste them here."),
        widget=forms.Textarea(attrs={"spellcheck": "false", "autocomplete": "off"}),
        max_length=MAX_PASTED,
        strip=False,
    )

    def uploads(self) -> list[Upload]:
        """Return the cells as a file of text."""
        # A lone surrogate can be sent and is no character.
        content = self.cleaned_data["table"].encode("utf-8", errors="replace")
        return [Upload(_("Pasted table"), ContentFile(content))]


WAYS: dict[str, type[UploadPeople] | type[PasteTable]] = {
    "one": UploadPeople,
    "two": UploadTwoFiles,
    "paste": PasteTable,
}


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """One line of the mapping step."""

    field: forms.BoundField
    samples: list[str]
    reason: str
    is_sure: bool


@dataclass(frozen=True, slots=True)
class FileChoice:
    """The mapping step of one file."""

    name: str
    role: forms.BoundField
    columns: list[ColumnChoice]


class MapColumns(forms.Form):
    """What each column of each file means, and the role of whoever's row names none."""

    def __init__(
        self, *args: Any, files: list[dict[str, Any]], mappings: list[dict[str, Any]], **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        self._files = files
        choices = [(Field.IGNORE.value, _(LABELS[Field.IGNORE]))]
        choices += [(f.value, _(LABELS[f])) for f in Field if f != Field.IGNORE and f not in NOT_KEPT]
        for number, file in enumerate(files):
            chosen = mappings[number] if number < len(mappings) else None
            role = chosen["role"] if chosen else file["role"]
            self.fields[self.role_name(number)] = forms.ChoiceField(
                label=_("Role in this programme"), choices=ROLES, initial=role, required=False
            )
            for index, column in enumerate(file["columns"]):
                field = chosen["columns"].get(str(index), Field.IGNORE.value) if chosen else column["field"]
                self.fields[f"file{number}_column{index}"] = forms.ChoiceField(
                    label=file["header"][index], choices=choices, initial=field
                )

    @staticmethod
    def role_name(number: int) -> str:
        """Return the name of a file's role field, where errors of the file as a whole are shown."""
        return f"file{number}_role"

    def tables(self) -> list[FileChoice]:
        """Return the fields as the page shows them."""
        return [
            FileChoice(
                name=file["name"],
                role=self[self.role_name(number)],
                columns=[
                    ColumnChoice(
                        self[f"file{number}_column{index}"],
                        column["samples"],
                        _reason(column),
                        column["reason"] not in UNSURE,
                    )
                    for index, column in enumerate(file["columns"])
                ],
            )
            for number, file in enumerate(self._files)
        ]

    def mapped(self) -> list[Mapped]:
        """Return what was chosen."""
        data = self.cleaned_data
        return [
            Mapped(
                {i: Field(data[f"file{number}_column{i}"]) for i in range(len(file["columns"]))},
                data[self.role_name(number)],
            )
            for number, file in enumerate(self._files)
        ]


def _reason(column: dict[str, Any]) -> str:
    reason = column["reason"]
    return filled(REASONS.get(reason) or headers.REASONS[reason], column["params"])
