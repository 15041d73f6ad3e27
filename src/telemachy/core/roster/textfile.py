"""Delimited text: find its encoding and its delimiter, then read it record by record."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from telemachy.core.roster.files import ByteStream, Limits, refuse

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

DELIMITERS = (",", ";", "\t")
_CHUNK = 1 << 20
#: Bytes that text hardly ever holds.
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r"))
_SAMPLE = 1 << 16
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Follows the last line: a quotation mark that was never closed swallows it.
_END = "\x00end of file\x00"


class Borrowed(io.RawIOBase):
    """A reader on a stream that belongs to the caller and stays open; counts what it read."""

    def __init__(self, stream: ByteStream) -> None:
        super().__init__()
        self._stream = stream
        self.n_read = 0

    def readable(self) -> bool:
        """Say yes, for TextIOWrapper."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill `buffer` and return how many bytes it took."""
        view = memoryview(buffer).cast("B")
        chunk = self._stream.read(len(view))
        view[: len(chunk)] = chunk
        self.n_read += len(chunk)
        return len(chunk)


def detect_encoding(stream: ByteStream) -> str:
    """Return the name of the codec that reads the whole stream.

    A byte order mark decides; else UTF-16 shows by its NUL bytes; else UTF-8 if every byte fits; else cp1252.

    Raises
    ------
    RosterFileError
        `encoding_unknown`, `encoding_mixed` (UTF-8 with damaged characters) or `binary`.
    """
    stream.seek(0)
    start = stream.read(4096)
    for mark, name in _BOMS:
        if start.startswith(mark):
            return _proved(stream, name)
    if name := _utf16_without_mark(start):
        return _proved(stream, name)
    if len(start) - len(start.translate(None, _CONTROLS)) > len(start) // 50:
        raise refuse("binary")
    if _decodes(stream, "utf-8"):
        return "utf-8"
    _refuse_damaged_utf8(stream)
    return _proved(stream, "cp1252")


def _proved(stream: ByteStream, name: str) -> str:
    if not _decodes(stream, name):
        raise refuse("encoding_unknown")
    return name


def _utf16_without_mark(start: bytes) -> str:
    """Tell UTF-16 by the NUL halves of its Latin letters: nearly all on one side of each byte pair."""
    pairs = len(start) // 2
    if pairs == 0:
        return ""
    first, second = start[0::2].count(0) / pairs, start[1::2].count(0) / pairs
    if second > 0.25 and first < 0.05:
        return "utf-16-le"
    if first > 0.25 and second < 0.05:
        return "utf-16-be"
    return ""


def _chunks(stream: ByteStream) -> Iterator[bytes]:
    stream.seek(0)
    while chunk := stream.read(_CHUNK):
        yield chunk


def _decodes(stream: ByteStream, name: str) -> bool:
    decoder = codecs.getincrementaldecoder(name)()
    try:
        for chunk in _chunks(stream):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _refuse_damaged_utf8(stream: ByteStream) -> None:
    """Raise `encoding_mixed` when most characters beyond ASCII are sound UTF-8.

    Reading such a file as cp1252 would make gibberish of them.
    """
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    line, first_damaged, sound, damaged = 1, 0, 0, 0
    for chunk in _chunks(stream):
        text = decoder.decode(chunk)
        here = text.count("\ufffd")
        if here and not first_damaged:
            first_damaged = line + text.count("\n", 0, text.index("\ufffd"))
        line += text.count("\n")
        damaged += here
        sound += sum(1 for character in text if character > "\x7f") - here if not text.isascii() else 0
    if sound > damaged:
        raise refuse("encoding_mixed", line=first_damaged or line)


def detect_delimiter(sample: str) -> str:
    """Return the delimiter under which most records have one same width above one; else a comma."""
    best, best_score = ",", (0.0, 0)
    for delimiter in DELIMITERS:
        widths = _widths(sample, delimiter)
        common = Counter(width for width in widths if width > 1).most_common(1)
        if not common:
            continue
        width, count = common[0]
        # The first wide record counts double: a header holds no lists whose separators could mislead.
        leads = next(w for w in widths if w > 1) == width
        score = (round(count / len(widths), 1) + (1 if leads and widths[0] > 1 else 0), width)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _widths(sample: str, delimiter: str) -> list[int]:
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    widths = []
    try:
        for record in reader:
            if any(cell.strip() for cell in record):
                widths.append(len(record))
    except csv.Error:
        return []
    # The sample may end in the middle of its last record.
    return widths[:-1] if len(widths) > 1 else widths


class TextRecords:
    """Records of delimited text as (row number, cells), read on demand.

    Row numbers are those a spreadsheet shows: a record whose cells hold line breaks is one row.
    """

    def __init__(self, stream: ByteStream, n_bytes: int, limits: Limits) -> None:
        self._limits = limits
        self._n_bytes = n_bytes
        self.encoding = detect_encoding(stream)
        sample = self._text(stream).read(_SAMPLE)
        declared = sample.lstrip("\ufeff").splitlines()[0].strip('" ') if sample.strip() else ""
        self._declares = declared.lower().startswith("sep=") and declared[4:] in (*DELIMITERS, "|")
        self.delimiter = declared[4] if self._declares else detect_delimiter(sample)
        self._lines = self._text(stream)

    def _text(self, stream: ByteStream) -> io.TextIOWrapper:
        stream.seek(0)
        self._source = Borrowed(stream)
        # A TextIOWrapper reads lines ended by LF, CR or CR LF alike, untranslated within quotation marks.
        return io.TextIOWrapper(io.BufferedReader(self._source, _SAMPLE), encoding=self.encoding, newline="")

    def progress(self) -> float:
        """Return the share of the file read so far, in [0, 1]."""
        return min(1.0, self._source.n_read / max(1, self._n_bytes))

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        reader = csv.reader(self._bounded_lines(), delimiter=self.delimiter)
        line = 0
        try:
            for line, cells in enumerate(reader, start=1):
                if cells and cells[-1].endswith(_END):
                    if cells == [_END]:
                        return
                    raise refuse("quote_not_closed", line=line)
                if line == 1 and self._declares:
                    continue
                yield line, cells
        except csv.Error as error:
            raise refuse("cell_too_long", line=line + 1, limit=self._limits.max_cell) from error

    def _bounded_lines(self) -> Iterator[str]:
        bound = self._limits.max_cell * 20
        number = 0
        while text := self._lines.readline(bound):
            number += 1
            if len(text) == bound:
                raise refuse("cell_too_long", line=number, limit=self._limits.max_cell)
            yield text
        yield _END
