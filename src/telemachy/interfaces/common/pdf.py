"""Tagged PDFs from Typst templates; what people wrote goes in as data and is never read as markup."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

#: The only folder a template can read from.
TEMPLATES = Path(__file__).parent / "typst"


def compile_pdf(template: str, data: Mapping[str, Any], *, now: datetime) -> bytes:
    """Return the PDF of `typst/<template>.typ`, which reads `data` as JSON from sys.inputs.

    It meets PDF/UA-1. Where somebody wrote in a script for which no font is installed, that standard
    refuses the file; it is then tagged all the same, and boxes stand for the missing letters.
    """
    try:
        return _compile(template, data, now, ["ua-1"])
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        return _compile(template, data, now, [])


def _compile(
    template: str, data: Mapping[str, Any], now: datetime, standards: list[typst.PDFStandard]
) -> bytes:
    return typst.compile(
        str(TEMPLATES / f"{template}.typ"),
        root=str(TEMPLATES),
        format="pdf",
        sys_inputs={"data": json.dumps(data)},
        pdf_standards=standards,
        timestamp=int(now.timestamp()),
    )
