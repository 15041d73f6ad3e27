"""Languages by code, English name or native name."""

from __future__ import annotations

import re
from functools import lru_cache

from babel import Locale

from telemachy.core.roster.problems import Finding
from telemachy.core.roster.values import Findings, quoted, split_many

#: Languages people work in; names of each are known in English, German, French, Spanish and in itself.
_CODES = [
    "af",
    "am",
    "ar",
    "az",
    "be",
    "bg",
    "bn",
    "bs",
    "ca",
    "cs",
    "cy",
    "da",
    "de",
    "el",
    "en",
    "es",
    "et",
    "eu",
    "fa",
    "fi",
    "fil",
    "fr",
    "ga",
    "gl",
    "gu",
    "he",
    "hi",
    "hr",
    "hu",
    "hy",
    "id",
    "is",
    "it",
    "ja",
    "ka",
    "kk",
    "km",
    "kn",
    "ko",
    "ku",
    "ky",
    "lo",
    "lb",
    "lt",
    "lv",
    "mk",
    "ml",
    "mn",
    "mr",
    "ms",
    "mt",
    "my",
    "nb",
    "ne",
    "nl",
    "nn",
    "no",
    "pa",
    "pl",
    "ps",
    "pt",
    "ro",
    "ru",
    "rw",
    "si",
    "sk",
    "sl",
    "so",
    "sq",
    "sr",
    "sv",
    "sw",
    "ta",
    "te",
    "tg",
    "th",
    "tk",
    "tl",
    "tr",
    "uk",
    "ur",
    "uz",
    "vi",
    "xh",
    "yo",
    "yue",
    "zh",
    "zu",
]
_ALSO = {
    "mandarin": "zh", "mandarin chinese": "zh", "putonghua": "zh", "cantonese": "zh", "kantonesisch": "zh",
    "hochdeutsch": "de",
    "castellano": "es", "castilian": "es", "brazilian portuguese": "pt", "farsi": "fa", "flemish": "nl",
    "flämisch": "nl",
    "bahasa": "id", "bahasa indonesia": "id", "bahasa melayu": "ms", "tagalog": "fil", "tl": "fil",
    "nb": "no", "nn": "no",
    "bokmål": "no", "nynorsk": "no", "eng": "en", "ger": "de", "deu": "de", "fra": "fr", "fre": "fr",
    "spa": "es",
    "ita": "it", "por": "pt", "nld": "nl", "dut": "nl", "pol": "pl", "rus": "ru", "zho": "zh", "chi": "zh",
    "jpn": "ja",
    "kor": "ko", "ara": "ar", "hin": "hi", "tur": "tr", "swe": "sv", "dan": "da", "fin": "fi", "nor": "no",
    "ukr": "uk",
    "swiss german": "de", "schweizerdeutsch": "de", "american english": "en", "british english": "en",
    "hebreo": "he",
    "gb": "en", "uk english": "en", "dansk": "da", "ua": "uk", "jp": "ja", "cz": "cs",
}  # fmt: skip
_QUALIFIER = re.compile(
    r"\(.*?\)|\b[abc][12]\b(?:\s*[-/+]\s*[abc][12]\b)?|\b(?:native|mother tongue|fluent|fluently|basic"
    r"|basics|beginner|intermediate|advanced"
    r"|business|conversational|good|proficient|muttersprache|muttersprachlich|fließend|verhandlungssicher"
    r"|grundkenntnisse|gut"
    r"|langue maternelle|courant|natif|notions|nativo|fluido|básico|avanzado|level|niveau)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    for locale in [Locale(code) for code in ("en", "de", "fr", "es")]:
        names.update(
            {str(locale.languages[code]).casefold(): code for code in _CODES if code in locale.languages}
        )
    for code in _CODES:
        native = Locale.parse(code).get_language_name(code) if Locale.parse(code) else None
        names[code] = code
        if native:
            names.setdefault(native.casefold(), code)
    return {name: _ALSO.get(code, code) if len(code) < 4 else code for name, code in names.items()} | _ALSO


@lru_cache(maxsize=20_000)
def parse_languages(text: str) -> tuple[tuple[str, ...], Findings]:
    """Return the ISO 639 codes a cell names, in order, each once.

    Regions and levels ("en-GB", "German C1") are dropped.
    """
    parts = split_many(text)
    if len(parts) == 1:
        parts = tuple(re.split(r"\s*(?:/|\+|&|\band\b|\bund\b|\bet\b|\by\b)\s*", parts[0]))
    codes: dict[str, None] = {}
    findings: list[Finding] = []
    for part in parts:
        code = _code(part)
        if code:
            codes[code] = None
        elif part.strip():
            findings.append(Finding("language_unknown", quoted(part)))
    return tuple(codes), tuple(findings)


def _code(text: str) -> str:
    said = " ".join(_QUALIFIER.sub(" ", text).strip(" -–:,.").casefold().split())
    names = _names()
    if found := names.get(said):
        return found
    if tag := re.fullmatch(r"([a-z]{2,3})[-_][a-z0-9]{2,8}(?:[-_][a-z0-9]+)?", said):
        return names.get(tag[1], "")
    # "english - uk", "español latinoamericano": the first word names the language.
    first = re.split(r"[\s:–-]", said, maxsplit=1)[0]
    return names.get(first, "") if len(first) > 3 else ""
