"""Taking passages out: nothing of them stays, whatever the text is written in."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import text as rendering
from app.language import best
from app.rules.redactions import WHAT, in_place_of, read, taken_out
from app.rules.statements import Redaction

SIGN = "[removed: passage]"
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)


def out(text: str, *passages: str, language: str = "en", block: bool = False) -> str:
    return taken_out(text, [Redaction(passage) for passage in passages], language=language, block=block)[0]


def even(text: str) -> str:
    return " ".join(text.split())


def test_there_is_a_word_for_whatever_is_taken_out() -> None:
    assert set(WHAT) == {"name", "health", "contact", "place", "number", "insult", "threat", "link", "other"}
    assert len({str(in_place_of(what)) for what in WHAT}) == len(WHAT)
    assert str(in_place_of("no such thing")) == SIGN


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", ()),
        (" \n\n ", ()),
        ("Ingrid Sample", (Redaction("Ingrid Sample"),)),
        ("Ingrid Sample | name", (Redaction("Ingrid Sample", "name"),)),
        (
            "Ingrid Sample|name\r\n  0612345678 |number  ",
            (Redaction("Ingrid Sample", "name"), Redaction("0612345678", "number")),
        ),
        ("a | b | name", (Redaction("a | b", "name"),)),
        ("a | nonsense", (Redaction("a | nonsense"),)),  # a bar of the text itself
        ("| name", (Redaction("| name"),)),
        ("twice | name\ntwice | name", (Redaction("twice", "name"),)),
        ("twice | name\ntwice | place", (Redaction("twice", "name"), Redaction("twice", "place"))),
    ],
)
def test_the_passages_of_a_form(typed: str, expected) -> None:
    assert read(typed) == expected


@given(st.lists(WORDS, max_size=5), st.lists(WORDS, min_size=1, max_size=4))
def test_nothing_of_a_passage_that_was_found_is_left(between, passages) -> None:
    written = " ".join(word for pair in zip([*between, *passages], [*passages, *between], strict=True) for word in pair)
    redactions = [Redaction(passage.strip()) for passage in passages if passage.strip()]
    after, found = taken_out(written, redactions, language="en")
    left = after.replace(SIGN, "\0")
    for redaction in found:
        assert even(redaction.passage) not in [even(part) for part in left.split("\0")]
        if even(redaction.passage) not in SIGN:
            assert not re.search(r"\s+".join(map(re.escape, redaction.passage.split())), left)


@given(
    st.lists(st.sampled_from("abcde"), min_size=1, max_size=30),
    st.sets(st.text("abcde", min_size=2, max_size=4), min_size=1),
)
def test_of_passages_inside_one_another_the_longest_goes_first(letters, passages) -> None:
    written = "".join(letters)
    after = out(written, *passages).replace(SIGN, " ")
    assert not [passage for passage in passages if passage in after]


@pytest.mark.parametrize("passages", [("Ingrid", "Ingrid Sample"), ("Ingrid Sample", "Ingrid")])
def test_the_order_in_which_passages_are_named_does_not_matter(passages) -> None:
    assert out("Ask Ingrid Sample or Ingrid.", *passages) == f"Ask {SIGN} or {SIGN}."


def test_every_place_where_a_passage_stands_loses_it_and_what_is_not_there_is_not_found() -> None:
    there, absent = Redaction("Ingrid", "name"), Redaction("Olaf", "name")
    after, found = taken_out("Ingrid met Ingrid.", [there, absent], language="en")
    assert after == "[removed: name] met [removed: name]."
    assert found == {there}


@pytest.mark.parametrize(
    "written",
    [
        "Ingrid  Sample",
        "Ingrid\nSample",
        "Ingrid\r\nSample",
        "Ingrid\u00a0Sample",
        "Ingrid\t\n Sample",
        "Ingrid\u3000Sample",
    ],
)
def test_spaces_and_line_ends_count_alike(written: str) -> None:
    assert out(f"Ask {written} now", "Ingrid Sample") == f"Ask {SIGN} now"
    assert out("Ask Ingrid Sample now", written) == f"Ask {SIGN} now"


def test_a_passage_of_nothing_takes_nothing() -> None:
    assert out("Some words", "", "  ") == "Some words"


@pytest.mark.parametrize(
    "passage", ["**bold** (a+b)*", "[a](https://x.example/?q=1)", "\\1 \\g<0>", "$^.|?", "`code`", "# Title"]
)
def test_signs_of_markdown_and_of_patterns_are_words_like_others(passage: str) -> None:
    assert out(f"Before {passage} after", passage) == f"Before {SIGN} after"


@pytest.mark.parametrize(
    ("language", "text", "passage", "left"),
    [
        ("de", "Frag Ingrid Beispiel.", "Ingrid Beispiel", ("Frag ", ".")),  # a language that the pages do not speak
        ("zh-Hans", "请联系王小明先生。", "王小明", ("请联系", "先生。")),
        ("zh", "请联系王小明先生。", "王小明", ("请联系", "先生。")),
        ("ar", "اتصل بالسيد أحمد المثال غدا", "أحمد المثال", ("اتصل بالسيد ", " غدا")),
        ("ru", "Позвоните Ивану Примерову.", "Ивану Примерову", ("Позвоните ", ".")),
        ("en", "Zoe\u0308 👩‍👩‍👧 lives there", "👩‍👩‍👧", ("Zoe\u0308 ", " lives there")),
    ],
)
def test_in_every_script(language: str, text: str, passage: str, left) -> None:
    sign = in_place_of("name").text(best([language]))
    after, found = taken_out(text, [Redaction(passage, "name")], language=language)
    assert (after, len(found)) == (sign.join(left), 1)
    assert sign.startswith("[")


@pytest.mark.parametrize(
    "body",
    [
        "Ask Ingrid Sample.",
        "**Ingrid Sample**",
        "> Ingrid Sample",
        "- Ingrid Sample\n- b",
        "[Ingrid Sample](https://x.example)",
        "    Ingrid Sample",
        "`Ingrid Sample`",
    ],
)
def test_what_stays_in_its_place_can_be_read_wherever_it_stood(body: str) -> None:
    shown = rendering.render(out(body, "Ingrid Sample", block=True))
    assert "Ingrid" not in shown
    assert "Sample" not in shown
    assert SIGN in shown
