"""Telephone numbers in a text. What a number must look like in a country is known by the library phonenumbers."""

import re
from collections.abc import Iterator, Mapping, Sequence

import phonenumbers
from phonenumbers import Leniency, PhoneNumberMatcher

from app.rules.marks_cues import TELEPHONE, is_said_before
from app.rules.marks_found import Mark, MarkKind, digits_of
from app.rules.marks_reading import is_amount, is_counted, is_date, is_joined

REGIONS: Mapping[str, Sequence[str]] = {
    "ar": ("EG", "SA", "AE", "JO", "MA", "DZ", "TN", "IQ", "LB"),
    "de": ("DE", "AT", "CH"),
    "en": ("GB", "US", "IN", "AU", "KE", "ZA"),
    "es": ("ES", "MX", "AR", "CO", "CL", "PE"),
    "fr": ("FR", "BE", "CH", "CA", "MA", "SN"),
    "pt": ("BR", "PT", "AO"),
    "ru": ("RU", "UA", "BY"),
    "zh": ("CN", "HK", "TW", "SG"),
}
"""Where a number without a country's prefix may belong, by the language of the text."""

_FEWEST, _MOST = 7, 15  # digits (ITU-T E.164; seven for a number within one town)
_CANDIDATE = re.compile(r"(?<![\d+])(?:\+ ?|\()?\d(?:(?: ?[-.()] ?| )?\d){6,17}(?!\d)")
# Ways of writing that need no other proof: pairs in France, a slash behind the area code in German, North America's
# number within one area.
_PAIRS = re.compile(r"0[1-9](?:([ .-])\d\d)(?:\1\d\d){3}")
_SLASHED = re.compile(r"(?<![\d+/.,-])\(?0(?: ?\d){2,4}\)? ?/ ?\d(?:[ -]?\d){4,8}(?![\d/]|[-.,]\d)")
_LOCAL = re.compile(r"[2-9]\d\d-\d{4}")
_SLASH_REGIONS = frozenset(("AT", "BE", "CH", "DE"))


def regions_of(language: str) -> Sequence[str]:
    """Where a text in this language is likely to have its telephones; `language` is a tag such as `pt-BR`."""
    primary, _, region = language.replace("_", "-").partition("-")
    known = REGIONS.get(primary.lower(), REGIONS["en"])
    named = region.upper()
    return (named, *known) if named in phonenumbers.SUPPORTED_REGIONS else known


def phones_in(text: str, regions: Sequence[str]) -> Iterator[Mark]:
    """Telephone numbers of a text that went through `plain_signs`."""
    for found in _CANDIDATE.finditer(text):
        start, end = found.span()
        if found[0].count("(") != found[0].count(")"):
            start += found[0].startswith("(")
            end -= found[0].endswith(")")
        if _is_phone(text, start, end, regions):
            yield Mark(MarkKind.PHONE, start, end)
    if not _SLASH_REGIONS.isdisjoint(regions):
        for found in _SLASHED.finditer(text):
            if _is_valid(found[0].replace("/", " "), regions, Leniency.VALID):
                yield Mark(MarkKind.PHONE, found.start(), found.end())


def _is_phone(text: str, start: int, end: int, regions: Sequence[str]) -> bool:
    number = text[start:end]
    if not _FEWEST <= len(digits_of(number)) <= _MOST or is_joined(text, start, end) or is_date(number):
        return False
    if number.startswith("+"):
        return _is_valid(number, ("ZZ",), Leniency.POSSIBLE)
    if is_said_before(TELEPHONE, text, start):
        return _is_valid(number, regions, Leniency.VALID) or not is_counted(text, start, end)
    if is_counted(text, start, end) or is_amount(number):
        return False
    return _is_written_like_one(number, regions) or _is_valid(number, regions, Leniency.STRICT_GROUPING)


def _is_written_like_one(number: str, regions: Sequence[str]) -> bool:
    return ("US" in regions and _LOCAL.fullmatch(number) is not None) or (
        "FR" in regions and _PAIRS.fullmatch(number) is not None
    )


def _is_valid(number: str, regions: Sequence[str], leniency: int) -> bool:
    """Whether one of these countries has such numbers; strict grouping asks for gaps where people there leave them."""
    return any(PhoneNumberMatcher(number, region, leniency, 1).has_next() for region in regions)
