"""Hints on clauses: each for what it is meant for, none for a good clause, none in another language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.demo.content import part
from app.rules.hints import hints_of, modal_verbs


def codes(clause: str, **more) -> list[str]:
    return [hint.code for hint in hints_of(clause, **more)]


GOOD = [
    "A police service shall keep a log of every search.",
    "A police service shall not arrest a person on a match alone.",
    "Buyers should publish the contract and should name the supplier.",
    "A tenant may ask for a key or a card at no cost.",
    "Every search shall be recorded by the investigator who ran it.",
    "The log may be read by the person searched for.",
]


@pytest.mark.parametrize("clause", GOOD)
def test_a_good_clause_gets_none(clause):
    assert codes(clause) == []


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("A police service keeps a log.", ["no_verb"]),
        ("A police service must keep a log.", ["other_verb"]),
        ("Vendors have to publish error rates.", ["other_verb"]),
        ("A landlord shall offer a key and should publish the costs.", ["several_verbs"]),
        ("A landlord SHALL offer a key and May charge for a second one.", ["several_verbs"]),
        ("Shall keep a log.", ["no_actor"]),
        ("It shall keep a log.", ["no_actor"]),
        ("There shall be a log.", ["no_actor"]),
        ("Every match shall be recorded.", ["passive"]),
        ("Footage may not be kept by default.", ["passive"]),
        ("A police service shall balance security and freedom from torture.", ["balanced_absolute_right"]),
        ("A vendor shall use the software in an ethical way.", ["cannot_be_checked"]),
        ("A vendor shall take appropriate measures.", ["cannot_be_checked"]),
        ("It must be ethical.", ["other_verb", "cannot_be_checked"]),
        ("", []),
        ("   ", []),
    ],
)
def test_each_hint_is_given_for_what_it_means(clause, expected):
    assert codes(clause) == expected


def test_what_may_be_weighed_depends_on_the_right():
    clause = "A court shall weigh the interest of the press against privacy."
    assert codes(clause) == []
    assert codes(clause, absolute=True) == ["balanced_absolute_right"]


@pytest.mark.parametrize("language", ["fr", "ar", "zh", "ca"])
def test_there_are_no_hints_in_other_languages(language):
    assert codes("Un service de police tient un registre.", language=language) == []
    assert codes("It must be ethical.", language="en-GB") == ["other_verb", "cannot_be_checked"]


def test_words_inside_other_words_are_no_verbs():
    assert modal_verbs("Mayors and shoulders marshall dismay.") == ()


def test_the_standards_of_the_demonstration_have_a_verb_each():
    clauses = [clause["text"] for standard in part("standards")["standards"] for clause in standard["clauses"]]
    told = [code for clause in clauses for code in codes(clause)]
    assert set(told) <= {"several_verbs", "passive", "cannot_be_checked"}
    assert told.count("no_verb") == 0
    assert len(told) < len(clauses) / 3  # hints are for the exception


@given(st.text(max_size=300))
def test_whatever_is_typed_gets_an_answer(clause):
    assert len(hints_of(clause)) <= 4
