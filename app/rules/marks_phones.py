"""Telephone numbers in a text. What a number must look like in a country is known by the library phonenumbers."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import phonenumbers
from phonenumbers import Leniency, PhoneNumberMatcher

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
_CUE = re.compile(
    r"(?:\b(?:tel|phone|telephone|call|calling|ring|text|mobile|cell|cellphone|whatsapp|fax|reach|dial|hotline|téléphon\w*|appel\w*"
    r"|portable|joign\w*|móvil|llam\w*|llám\w*|teléfono|celular|ligu?\w{0,4}(?:-\w{2,3})?|telefon\w*|handy|ruf\w*|anruf\w*|mobil\w*"
    r"|telemóvel|тел|телефон\w*|звон\w*|позвон\w*|мобильн\w*|набер\w*)\b|هاتف|جوال|اتصل|موبايل|واتس|تلفون|电话|手机|致电|拨打|打)"
    r"[^\d\n]{0,30}$",
    re.IGNORECASE,
)
_CUE_REACH = 48  # characters before a number in which a word may say that it is a telephone's
_LOCAL = re.compile(r"[2-9]\d\d-\d{4}")  # North America within one area


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
        number = found[0]
        if number.count("(") != number.count(")"):
            start += number.startswith("(")
            end -= number.endswith(")")
            number = text[start:end]
        if _is_phone(text, start, end, tuple(regions)):
            yield Mark(MarkKind.PHONE, start, end)


def _is_phone(text: str, start: int, end: int, regions: tuple[str, ...]) -> bool:
    number = text[start:end]
    if not _FEWEST <= len(digits_of(number)) <= _MOST or is_joined(text, start, end) or is_date(number):
        return False
    if number.startswith("+"):
        return _is_valid(number, (), strict=False)
    if _CUE.search(text[max(0, start - _CUE_REACH) : start]):
        return _is_valid(number, regions, strict=False) or not is_counted(text, start, end)
    if is_counted(text, start, end) or is_amount(number):
        return False
    return _is_valid(number, regions, strict=True) or ("US" in regions and _LOCAL.fullmatch(number) is not None)


@lru_cache(4096)
def _is_valid(number: str, regions: tuple[str, ...], *, strict: bool) -> bool:
    """Whether a country has such numbers; `strict`: grouped as people group them there."""
    leniency = Leniency.STRICT_GROUPING if strict else Leniency.VALID
    return any(PhoneNumberMatcher(number, region, leniency, 1).has_next() for region in regions or (None,))
