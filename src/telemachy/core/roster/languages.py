"""Languages by code, English name or native name."""

from __future__ import annotations

import re
from functools import lru_cache

from babel import Locale

from telemachy.core.roster.problems import Finding
from telemachy.core.roster.values import Findings, quoted, split_many

#: Languages people work in: code and native name. English, German, French and Spanish names come from Babel.
_NATIVE = """
af afrikaans; am አማርኛ; ar العربية; az azərbaycan; be беларуская; bg български; bn বাংলা; bs bosanski;
ca català; cs čeština; cy cymraeg; da dansk; de deutsch; el ελληνικά; en english; es español;
et eesti; eu euskara; fa فارسی; fi suomi; fil filipino; fr français; ga gaeilge; gl galego;
gu ગુજરાતી; he עברית; hi हिन्दी; hr hrvatski; hu magyar; hy հայերեն; id indonesia; is íslenska;
it italiano; ja 日本語; ka ქართული; kk қазақ тілі; km ខ្មែរ; kn ಕನ್ನಡ; ko 한국어; ku kurdî; ky кыргызча;
lo ລາວ; lb lëtzebuergesch; lt lietuvių; lv latviešu; mk македонски; ml മലയാളം; mn монгол; mr मराठी;
ms melayu; mt malti; my မြန်မာ; nb norsk bokmål; ne नेपाली; nl nederlands; nn norsk nynorsk;
no norsk; pa ਪੰਜਾਬੀ; pl polski; ps پښتو; pt português; ro română; ru русский; rw ikinyarwanda;
si සිංහල; sk slovenčina; sl slovenščina; so soomaali; sq shqip; sr српски; sv svenska; sw kiswahili;
ta தமிழ்; te తెలుగు; tg тоҷикӣ; th ไทย; tk türkmen dili; tl filipino; tr türkçe; uk українська;
ur اردو; uz o‘zbek; vi tiếng việt; xh isixhosa; yo èdè yorùbá; yue 粵語; zh 中文; zu isizulu
"""
_CODES = {code: name for code, _, name in (entry.strip().partition(" ") for entry in _NATIVE.split(";"))}
_ALSO = {
    "mandarin": "zh", "mandarin chinese": "zh", "putonghua": "zh", "cantonese": "zh", "kantonesisch": "zh",
    "hochdeutsch": "de", "castellano": "es", "castilian": "es", "brazilian portuguese": "pt", "farsi": "fa",
    "flemish": "nl", "flämisch": "nl", "bahasa": "id", "bahasa indonesia": "id", "bahasa melayu": "ms",
    "tagalog": "fil", "tl": "fil", "nb": "no", "nn": "no", "bokmål": "no", "nynorsk": "no", "eng": "en",
    "ger": "de", "deu": "de", "fra": "fr", "fre": "fr", "spa": "es", "ita": "it", "por": "pt", "nld": "nl",
    "dut": "nl", "pol": "pl", "rus": "ru", "zho": "zh", "chi": "zh", "jpn": "ja", "kor": "ko", "ara": "ar",
    "hin": "hi", "tur": "tr", "swe": "sv", "dan": "da", "fin": "fi", "nor": "no", "ukr": "uk",
    "swiss german": "de", "schweizerdeutsch": "de", "american english": "en", "british english": "en",
    "hebreo": "he", "gb": "en", "uk english": "en", "dansk": "da", "ua": "uk", "jp": "ja", "cz": "cs",
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
    for code, native in _CODES.items():
        names[code] = code
        names.setdefault(native, code)
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
