"""Refuse an XLSX file that is none, is damaged, or would expand beyond the limits, before it is expanded.

The reader holds a sheet as one dense block and copies every shared text into each cell that shows it, so
besides the size of the parts the extent of each sheet and the sum of its texts are bounded here.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from telemachy.core.roster.files import ByteStream, Limits, refuse

_CHUNK = 1 << 20
_ENTRY = b"PK\x01\x02"
_LOCAL_HEADER = struct.Struct("<4s22xHH")
#: A start tag may be cut by a chunk's end; this much is carried over.
_CARRY = 2048

_CELL_START = re.compile(rb"<(?:[^\s<>/]*:)?c[\s/>]")
_CELL = re.compile(
    rb"""<(?:[^\s<>/]*:)?c(?=\s)([^<>]*?)\sr\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["']([^<>]*)>(?:<v>(\d{1,9})</v>)?"""
)
_ROW = re.compile(rb"""<(?:[^\s<>/]*:)?row(?=\s)[^<>]*?\sr\s*=\s*["'](\d+)["']""")
_SHARED_TYPE = re.compile(rb"""\st\s*=\s*["']s["']""")
_TEXT_ITEM = re.compile(rb"<(?:[^\s<>/]*:)?si[\s>/]")


def check(stream: ByteStream, limits: Limits) -> None:
    """Raise unless the stream is a workbook that stays within the limits.

    Raises
    ------
    RosterFileError
        `zip`, `ods`, `xlsb`, `password`, `damaged_workbook`, `workbook_bomb` or `too_many_cells`.
    """
    if _n_entries(stream) > limits.max_entries:
        raise refuse("workbook_bomb")
    try:
        with zipfile.ZipFile(_Whole(stream)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, EOFError) as error:
        raise refuse("damaged_workbook") from error
    _check_kind({part.filename for part in parts})
    _check_declared(parts, limits)
    sizes = {part.filename: part for part in parts}
    lengths: list[int] = []
    for name in sorted(sizes, key=lambda name: "sharedstrings" not in name.lower()):
        content = _expanded(stream, sizes[name])
        lowered = name.lower()
        if "sharedstrings" in lowered:
            lengths = _text_lengths(content)
        elif lowered.startswith("xl/worksheets/") and lowered.endswith(".xml"):
            _check_sheet(content, lengths, limits)
        else:
            for _ in content:
                pass


class _Whole(io.RawIOBase):
    """The stream as zipfile wants it, left open when the archive is closed."""

    def __init__(self, stream: ByteStream) -> None:
        super().__init__()
        self._stream = stream
        self._at = stream.seek(0)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0, /) -> int:
        self._at = self._stream.seek(offset, whence)
        return self._at

    def tell(self) -> int:
        return self._at

    def read(self, size: int | None = -1, /) -> bytes:
        data = self._stream.read(-1 if size is None else size)
        self._at += len(data)
        return data


def _n_entries(stream: ByteStream) -> int:
    """Count directory entries by their mark, before zipfile makes an object of each."""
    stream.seek(0)
    count, carry = 0, b""
    while chunk := stream.read(_CHUNK):
        joined = carry + chunk
        count += joined.count(_ENTRY)
        carry = joined[-3:]
    return count


def _check_kind(names: set[str]) -> None:
    if "EncryptedPackage" in names:
        raise refuse("password")
    if "xl/workbook.bin" in names:
        raise refuse("xlsb")
    if "mimetype" in names and "content.xml" in names:
        raise refuse("ods")
    if "xl/workbook.xml" not in names and not any(name.lower().endswith("workbook.xml") for name in names):
        raise refuse("zip")


def _check_declared(parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len({part.filename for part in parts}) != len(parts):
        raise refuse("damaged_workbook")
    if any(part.flag_bits & 0x1 for part in parts):
        raise refuse("password")
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
        raise refuse("damaged_workbook")
    if sum(part.file_size for part in parts) > limits.max_expanded:
        raise refuse("workbook_bomb")
    for part in parts:
        # Small parts may be as repetitive as they like.
        if part.file_size > _CHUNK and part.file_size > limits.max_ratio * max(1, part.compress_size):
            raise refuse("workbook_bomb")


def _expanded(stream: ByteStream, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield a part's bytes in bounded chunks; refuse it if it is not exactly as large as it declares."""
    stream.seek(part.header_offset)
    head = stream.read(_LOCAL_HEADER.size)
    if len(head) < _LOCAL_HEADER.size or not head.startswith(b"PK\x03\x04"):
        raise refuse("damaged_workbook")
    _, n_name, n_extra = _LOCAL_HEADER.unpack(head)
    at = part.header_offset + _LOCAL_HEADER.size + n_name + n_extra
    left, size = part.compress_size, 0
    inflate = zlib.decompressobj(-zlib.MAX_WBITS) if part.compress_type == zipfile.ZIP_DEFLATED else None
    while left:
        stream.seek(at)
        packed = stream.read(min(_CHUNK, left))
        if not packed:
            raise refuse("damaged_workbook")
        at += len(packed)
        left -= len(packed)
        while packed:
            try:
                chunk = inflate.decompress(packed, _CHUNK) if inflate else packed
            except zlib.error as error:
                raise refuse("damaged_workbook") from error
            packed = inflate.unconsumed_tail if inflate else b""
            size += len(chunk)
            if size > part.file_size:
                raise refuse("workbook_bomb")
            yield chunk
    if size != part.file_size:
        raise refuse("damaged_workbook")


def _text_lengths(content: Iterator[bytes]) -> list[int]:
    """Return the length in bytes of each shared text, an upper bound of its characters."""
    starts: list[int] = []
    offset, carry = 0, b""
    for chunk in content:
        if b"\0" in chunk:
            raise refuse("damaged_workbook")
        joined = carry + chunk
        starts.extend(offset + match.start() for match in _TEXT_ITEM.finditer(joined))
        cut = max(joined.rfind(b"<"), 0) if len(joined) - joined.rfind(b"<") < _CARRY else len(joined)
        # A tag cut by the chunk's end is seen again with the next chunk.
        while starts and starts[-1] >= offset + cut:
            starts.pop()
        offset, carry = offset + cut, joined[cut:]
    starts.append(offset + len(carry))
    return [end - start for start, end in pairwise(starts)]


def _check_sheet(content: Iterator[bytes], lengths: list[int], limits: Limits) -> None:
    """Bound the extent of a sheet and the text its cells show together."""
    n_columns = n_rows = 0
    shown: Counter[bytes] = Counter()
    longest, carry = max(lengths, default=0), b""
    for chunk in _whole_tags(content):
        joined = carry + chunk
        cells = _CELL.findall(joined)
        if len(cells) != len(_CELL_START.findall(joined)):
            # Cells without a reference could stand anywhere; no spreadsheet program writes them.
            raise refuse("damaged_workbook")
        rows = [int(row) for row in _ROW.findall(joined)] + [int(row) for row in {cell[2] for cell in cells}]
        n_rows = max(n_rows, *rows) if rows else n_rows
        n_columns = max([n_columns, *(_column_number(letters) for letters in {cell[1] for cell in cells})])
        if n_columns * n_rows > limits.max_cells:
            raise refuse("too_many_cells", rows=n_rows, columns=n_columns)
        shown.update(cell[4] for cell in cells if b't="s"' in cell[0] or b't="s"' in cell[3] or _shared(cell))
    n_text = sum(n * _length(index, lengths, longest) for index, n in shown.items())
    if n_text > limits.max_expanded:
        raise refuse("workbook_bomb")


def _shared(cell: tuple[bytes, ...]) -> bool:
    return bool(_SHARED_TYPE.search(b" " + cell[0]) or _SHARED_TYPE.search(b" " + cell[3]))


def _length(index: bytes, lengths: list[int], longest: int) -> int:
    return lengths[int(index)] if index and int(index) < len(lengths) else longest


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _whole_tags(content: Iterator[bytes]) -> Iterator[bytes]:
    """Cut the content only in front of a cell or row, so that no cell is torn."""
    carry = b""
    for chunk in content:
        if b"\0" in chunk:
            raise refuse("damaged_workbook")
        joined = carry + chunk
        last = [match.start() for match in _CELL_START.finditer(joined, max(0, len(joined) - _CARRY))]
        cut = last[-1] if last else joined.rfind(b"<")
        if cut <= 0:
            if len(joined) > 4 * _CHUNK:
                raise refuse("damaged_workbook")
            cut = 0
        yield joined[:cut]
        carry = joined[cut:]
    yield carry
