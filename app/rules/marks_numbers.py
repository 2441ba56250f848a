"""Identity, card and account numbers in a text. Check digits are counted by the library python-stdnum.

A number is marked when its form says what it is and its check digit holds, or when the words before it say it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from stdnum import iban, luhn, verhoeff
from stdnum.br import cpf
from stdnum.cl import rut
from stdnum.de import idnr
from stdnum.es import dni, nie
from stdnum.fr import nir
from stdnum.gb import nhs
from stdnum.iso7064 import mod_11_2, mod_97_10
from stdnum.it import codicefiscale
from stdnum.mx import curp
from stdnum.pl import pesel
from stdnum.ru import inn

from app.rules.marks_cues import ACCOUNT, CARD, IDENTITY, is_said_before
from app.rules.marks_found import Mark, MarkKind, digits_of
from app.rules.marks_reading import is_amount, is_date

_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"  # month and day


@dataclass(frozen=True, slots=True)
class _Form:
    """How a number is written, and whether one that is written so is right. `languages`: where it is looked for."""

    written: re.Pattern[str]
    holds: Callable[[str], bool]
    languages: Sequence[str] = ()


def _form(written: str, holds: Callable[[str], bool], *languages: str) -> _Form:
    return _Form(re.compile(rf"(?<![\w.,/+-])(?<!\d )(?:{written})(?![\w/]|[-.,]\w)", re.ASCII), holds, languages)


def _always(_number: str) -> bool:
    return True


def _snils(number: str) -> bool:
    """The insurance number of Russia: nine digits weighed 9 to 1, modulo 101 (Pension Fund, order 192p of 2006)."""
    digits = digits_of(number)
    weighed = sum(int(digit) * (9 - place) for place, digit in enumerate(digits[:9]))
    return weighed % 101 % 100 == int(digits[9:])


def _compact(check: Callable[[str], bool]) -> Callable[[str], bool]:
    return lambda number: check(re.sub(r"[ .-]", "", number))


# In any language: the form is the number's own.
_IDENTITY = (
    _form(r"(?!000|666)\d{3}-(?!00)\d\d-(?!0000)\d{4}", _always),  # United States, social security and tax
    _form(r"[A-Z]{2} ?\d\d ?\d\d ?\d\d ?[A-D]", _always),  # United Kingdom, national insurance
    _form(r"\d{3}\.\d{3}\.\d{3}-\d\d", cpf.is_valid),  # Brazil
    _form(r"\d{3}-\d{3}-\d{3}[ -]\d\d", _snils),  # Russia
    _form(r"(?:\d{8}|\d\d\.\d{3}\.\d{3})-?[A-Z]", dni.is_valid),  # Spain
    _form(r"[XYZ]-?\d{7}-?[A-Z]", nie.is_valid),
    _form(r"[12] ?\d\d ?(?:0\d|1[0-2]|[2-9]\d) ?(?:\d\d|2[AB]) ?\d{3} ?\d{3} ?\d\d", nir.is_valid),  # France
    _form(
        rf"[1-9]\d{{5}} ?(?:18|19|20)\d\d{_DAY} ?\d{{3}}[\dXx]", _compact(lambda n: mod_11_2.is_valid(n.upper()))
    ),  # China
    _form(r"\d{1,2}\.\d{3}\.\d{3}-[\dkK]", rut.is_valid),  # Chile
    _form(r"[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z\d]\d", curp.is_valid),  # Mexico
    _form(r"[A-Z]{6}\d\d[A-EHLMPRST]\d\d[A-Z]\d{3}[A-Z]", codicefiscale.is_valid),  # Italy
    _form(r"[2-9]\d{3} \d{4} \d{4}", _compact(verhoeff.is_valid)),  # India
    _form(r"784-?(?:19|20)\d\d-?\d{7}-?\d", _compact(luhn.is_valid)),  # United Arab Emirates
    _form(r"\d{3} \d{3} \d{4}", nhs.is_valid, "en"),  # United Kingdom, health service
    _form(r"\d{2} ?\d{3} ?\d{3} ?\d{3}", idnr.is_valid, "de"),  # Germany, tax
    _form(r"\d{12}", inn.is_valid, "ru"),
    _form(r"\d{11}", _snils, "ru"),
    _form(r"\d{11}", cpf.is_valid, "pt"),
    _form(r"\d{11}", pesel.is_valid, "pl"),
    _form(rf"[23]\d\d{_DAY}\d{{7}}", _always, "ar"),  # Egypt
)
# Where a number may stand: capitals, digits and what joins them. A form may end before a letter that comes after it.
_WINDOW = re.compile(r"[0-9A-Z][0-9A-Zk .-]{7,}")
_LOOK_BEHIND = 2
_CUES = (
    (IDENTITY, MarkKind.IDENTITY_NUMBER, range(5, 21)),
    (ACCOUNT, MarkKind.ACCOUNT_NUMBER, range(5, 31)),
    (CARD, MarkKind.CARD_NUMBER, range(13, 20)),
)
"""Which words make a number what it is, and how many digits it then has."""
_NAMED = re.compile(
    r"(?<![A-Za-z0-9./])[A-Z]{0,3}-?\d(?:[ .-]?(?:\d|[A-Z]{1,3}(?=[ .-]?\d|\b))){4,25}(?![\w/%]|[.,]\d)", re.ASCII
)
_CARD = re.compile(r"(?<![\w.,/+-])(?<!\d )[2-6](?:[ -]?\d){12,18}(?![\w/]|[-.,]\w| \d)", re.ASCII)
# What the first digits say (ISO/IEC 7812-1): the schemes in use, with the lengths of their numbers.
_SCHEMES = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2(?:2[2-9]|[3-6]\d|7[01])\d{13}|2720\d{12}|220[0-4]\d{12,15}|3[47]\d{13}"
    r"|3(?:0[0-5]|[689]\d)\d{11,16}|35(?:2[89]|[3-8]\d)\d{12}|6(?:011|4[4-9]\d|5\d\d)\d{12}|62\d{14,17}|(?:50|5[6-8]|6\d)\d{11,17}"
)
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d\d(?: ?[A-Z0-9]){11,30}", re.ASCII)
_SHORTEST_IBAN = 15  # characters (Norway)


def cards_in(text: str) -> Iterator[Mark]:
    """Numbers of payment cards (Luhn) of a text that went through `plain_signs`."""
    for found in _CARD.finditer(text):
        number = digits_of(found[0])
        if _SCHEMES.fullmatch(number) and luhn.is_valid(number) and len(set(number)) > 1:
            yield Mark(MarkKind.CARD_NUMBER, found.start(), found.end())


def ibans_in(text: str) -> Iterator[Mark]:
    """International account numbers (ISO 13616) with a right check number."""
    for found in _IBAN.finditer(text):
        end = found.end()
        while end - found.start() >= _SHORTEST_IBAN:
            number = text[found.start() : end].replace(" ", "")
            if mod_97_10.is_valid(number[4:] + number[:4]) and iban.is_valid(number, check_country=False):
                yield Mark(MarkKind.ACCOUNT_NUMBER, found.start(), end)
                break
            end -= 2 if text[end - 2] == " " else 1


def identity_numbers_in(text: str, language: str) -> Iterator[Mark]:
    """Numbers of people at states and insurances, of a text that went through `plain_signs`."""
    forms = [form for form in _IDENTITY if not form.languages or language in form.languages]
    for window in _WINDOW.finditer(text):
        start, end = window.start(), min(window.end() + _LOOK_BEHIND, len(text))
        for form in forms:
            for found in form.written.finditer(text, start, end):
                if form.holds(found[0]):
                    yield Mark(MarkKind.IDENTITY_NUMBER, found.start(), found.end())


def named_numbers_in(text: str) -> Iterator[Mark]:
    """Numbers that the words before them call an account's, a passport's, a licence's, a card's."""
    for found in _NAMED.finditer(text):
        size = len(digits_of(found[0]))
        if is_date(found[0]) or is_amount(found[0]):
            continue
        for cue, kind, sizes in _CUES:
            if size in sizes and is_said_before(cue, text, found.start()):
                yield Mark(kind, found.start(), found.end())
                break
