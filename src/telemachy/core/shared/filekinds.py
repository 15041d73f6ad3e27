"""What a file is by its content, for the few kinds that people may attach."""

from __future__ import annotations

import codecs
import zipfile
from dataclasses import dataclass
from typing import IO

#: Bytes of a text file that are looked at.
TEXT_SAMPLE = 65_536
#: An office file has a few hundred parts; an archive with more is something else.
MAX_ZIP_ENTRIES = 5_000

_OFFICE = "application/vnd.openxmlformats-officedocument"
_ODT = b"application/vnd.oasis.opendocument.text"


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: its media type and the endings its names may have."""

    media_type: str
    endings: tuple[str, ...]


PDF = FileKind("application/pdf", (".pdf",))
PNG = FileKind("image/png", (".png",))
JPEG = FileKind("image/jpeg", (".jpg", ".jpeg"))
WEBP = FileKind("image/webp", (".webp",))
GIF = FileKind("image/gif", (".gif",))
TXT = FileKind("text/plain", (".txt",))
CSV = FileKind("text/csv", (".csv",))
DOCX = FileKind(f"{_OFFICE}.wordprocessingml.document", (".docx",))
XLSX = FileKind(f"{_OFFICE}.spreadsheetml.sheet", (".xlsx",))
PPTX = FileKind(f"{_OFFICE}.presentationml.presentation", (".pptx",))
ODT = FileKind(_ODT.decode(), (".odt",))

KINDS = (PDF, PNG, JPEG, WEBP, GIF, TXT, CSV, DOCX, XLSX, PPTX, ODT)
ENDINGS = tuple(ending for kind in KINDS for ending in kind.endings)

_OFFICE_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX, "ppt/presentation.xml": PPTX}


def kind_of(name: str, file: IO[bytes]) -> FileKind | None:
    """Return what a file is if its name and its content agree on an allowed kind, else None.

    Parameters
    ----------
    name : str
        The file's name; its ending must fit what the content shows.
    file : binary file
        Seekable; left at its start. Only the head is read, and of an office file the list of its parts;
        nothing is unpacked.
    """
    file.seek(0)
    head = file.read(TEXT_SAMPLE)
    found = _magic(head) or _zipped(head, file) or _text(name, head)
    file.seek(0)
    if found is None or not name.lower().endswith(found.endings):
        return None
    return found


def _magic(head: bytes) -> FileKind | None:
    if head.startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith((b"GIF87a", b"GIF89a")):
        return GIF
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return WEBP
    return None


def _zipped(head: bytes, file: IO[bytes]) -> FileKind | None:
    if not head.startswith(b"PK\x03\x04"):
        return None
    if head[30:38] == b"mimetype" and head[38 : 38 + len(_ODT) + 2] == _ODT + b"PK":
        return ODT
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        return None
    if len(names) > MAX_ZIP_ENTRIES or "[Content_Types].xml" not in names:
        return None
    return next((kind for part, kind in _OFFICE_PARTS.items() if part in names), None)


def _text(name: str, head: bytes) -> FileKind | None:
    if not head or not name.lower().endswith((".txt", ".csv")) or not _readable(head):
        return None
    return CSV if name.lower().endswith(".csv") else TXT


def _readable(head: bytes) -> bool:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    return not any(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head)
