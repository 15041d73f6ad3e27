from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telemachy.core.shared import filekinds
from telemachy.core.shared.filekinds import ENDINGS, kind_of


def office(part: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(part, "<x/>")
    return file.getvalue()


def opendocument() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<x/>")
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.PDF", b"%PDF-1.7\n", filekinds.PDF),
        ("a.png", b"\x89PNG\r\n\x1a\n\0\0", filekinds.PNG),
        ("a.jpeg", b"\xff\xd8\xff\xe0", filekinds.JPEG),
        ("a.gif", b"GIF89a\0", filekinds.GIF),
        ("a.webp", b"RIFF\x10\0\0\0WEBPVP8 ", filekinds.WEBP),
        ("a.txt", "Grüße aus Ithaka".encode(), filekinds.TXT),
        ("a.txt", "Grüße".encode("utf-16"), filekinds.TXT),
        ("a.csv", b"name;age\r\n", filekinds.CSV),
        ("a.docx", office("word/document.xml"), filekinds.DOCX),
        ("a.xlsx", office("xl/workbook.xml"), filekinds.XLSX),
        ("a.pptx", office("ppt/presentation.xml"), filekinds.PPTX),
        ("a.odt", opendocument(), filekinds.ODT),
    ],
)
def test_kind_is_known_by_content_and_name(name: str, content: bytes, kind: filekinds.FileKind) -> None:
    file = io.BytesIO(content)
    assert kind_of(name, file) == kind
    assert file.tell() == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("a.html", b"<!doctype html>"),
        ("a.png", b"<!doctype html>"),
        ("a.pdf", b"\x89PNG\r\n\x1a\n"),
        ("a.docx", office("xl/workbook.xml")),
        ("a.docx", office("anything.bin")),
        ("a.docx", b"PK\x03\x04 broken"),
        ("a.txt", b"MZ\x90\x00\x03"),
        ("a.txt", b""),
        ("txt", b"no ending"),
    ],
)
def test_disguise_is_seen_through(name: str, content: bytes) -> None:
    assert kind_of(name, io.BytesIO(content)) is None


@given(st.sampled_from(ENDINGS), st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"%PDF-"]))
def test_any_bytes_have_a_fitting_kind_or_none(ending: str, content: bytes, head: bytes) -> None:
    kind = kind_of(f"x{ending}", io.BytesIO(head + content))
    assert kind is None or ending in kind.endings
