"""Marks on any text at all, and how often they are right on the labelled ones."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.rules import (
    marks_addresses,
    marks_cues,
    marks_links,
    marks_numbers,
    marks_phones,
    marks_reading,
    marks_repeated,
)
from app.rules.marks import marks_of, pieces, seems_written_in
from bench.hints.measure import HELD_OUT, TUNING, scored, texts

LANGUAGES = ("ar", "de", "en", "es", "fr", "pt", "ru", "zh")
SIGNS = """
1 12 020 7946 0123 +44 ( ) - . / @ : # € % www. http:// .org a@b.example (at) (dot) rue calle Street улица شارع 路 号
A Aa account passport IBAN GB29 no 中 ١ １
\u200f xn-- é 😀 ! lives Weg
"""
BITS = (*SIGNS.split(), "\n")
texts_of_bits = st.lists(st.sampled_from(BITS), max_size=60).flatmap(
    lambda bits: st.sampled_from(["", " "]).map(lambda glue: glue.join(bits))
)


@given(st.one_of(st.text(max_size=300), texts_of_bits), st.sampled_from(LANGUAGES))
@settings(deadline=None)
def test_marks_lie_inside_the_text_in_order_and_apart(text, language):
    marks = marks_of(text, language=language)
    edges = [edge for mark in marks for edge in (mark.start, mark.end)]
    assert edges == sorted(edges)
    assert all(0 <= mark.start < mark.end <= len(text) for mark in marks)
    assert "".join(piece.text for piece in pieces(text, marks)) == text
    assert [piece.kind for piece in pieces(text, marks) if piece.kind] == [mark.kind for mark in marks]
    seems_written_in(text, language)


HOSTILE = (
    "1", "12 ", "A1", "GB29 ", "AB12", "12.345.678-", "020 7946 0123 ", "(1", "+1", "A ", "12 Aa Aa ", "12 rue de la ",
    "calle A B ", "ул. Аа Аа ", "شارع ابابا ", "中", "市", "中路", "Flat 1, ", "12 A.A.A.A.A", "d'A ", ".", "a.b",
    "www.", "http://", "@", "a@", "a.com ", "((http://a.com", "://", "a at b dot c dot ", "a (at) ", "no ", "no no. ",
    "xn--a.xn--", "http://xn--a.xn--", "lives at ", "tel 1", "account ", "passport 1", "vivo vivo 1 ", "0 1/2 ", "[.]",
    "\ud800", "é",
)  # fmt: skip


MODULES = (marks_addresses, marks_cues, marks_links, marks_numbers, marks_phones, marks_reading, marks_repeated)
PATTERNS = [
    pytest.param(pattern.pattern, id=f"{module.__name__.rpartition('.')[2]}{name}")
    for module in MODULES
    for name, pattern in vars(module).items()
    if isinstance(pattern, re.Pattern)
] + [pytest.param(form.written.pattern, id=f"form{n}") for n, form in enumerate(marks_numbers._IDENTITY)]


def endless_inside_endless(parsed, inside=False):
    """Whether a repeat without end holds another one: what lets a pattern try a text in exponentially many ways."""
    for operator, argument in parsed:
        endless = str(operator) in {"MAX_REPEAT", "MIN_REPEAT"} and argument[1] >= re._constants.MAXREPEAT
        if endless and inside:
            return True
        for part in parts_of(argument):
            if endless_inside_endless(part, inside or endless):
                return True
    return False


def parts_of(argument):
    if isinstance(argument, re._parser.SubPattern):
        yield argument
    elif isinstance(argument, (tuple, list)):
        for part in argument:
            yield from parts_of(part)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_no_pattern_can_be_made_to_try_for_ever(pattern):
    assert not endless_inside_endless(re._parser.parse(pattern))


def test_the_law_bites():
    assert endless_inside_endless(re._parser.parse(r"a(?:xn--(\w+\.)*)+"))


@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_texts_end_and_give_few_marks(unit):
    text = (unit * 4000)[:4000]
    for language in ("ar", "de", "en"):
        assert len(marks_of(text, language=language)) <= len(text) // 4


def test_a_third_or_more_of_the_texts_is_held_out_in_every_language():
    for language in LANGUAGES:
        parts = [text.part for text in texts() if text.language == language]
        assert 0.3 < parts.count(HELD_OUT) / len(parts) < 0.5
    assert len(texts()) >= 330
    assert 0.4 < sum(not text.marks for text in texts()) / len(texts()) < 0.6


@pytest.mark.parametrize(
    ("part", "precision", "recall"),
    [(TUNING, 0.99, 0.99), (HELD_OUT, 0.97, 0.94)],
)
def test_marks_stay_as_right_as_they_were(part, precision, recall):
    scores = scored(text for text in texts() if text.part == part)
    assert scores.total.precision >= precision
    assert scores.total.recall >= recall
    assert scores.clean_marked == 0
    for score in scores.by_language.values():
        assert score.recall >= 0.85
