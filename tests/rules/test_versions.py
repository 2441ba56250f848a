"""New versions: how much they change, which numbers clauses keep, and which positions still count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.consultations import Consultation, ConsultationState, Membership, Role
from app.models.contributions import State
from app.models.standards import ChangeClass, Standard, StandardVersion
from app.rules.versions import (
    counts_from,
    leads_text,
    least_class,
    next_number,
    numbered,
    still_counts,
    why_not_based_on,
    why_not_class,
    why_not_publish,
)

EDITORIAL, SUBSTANTIVE, NEW = ChangeClass
BEFORE = [{"number": "1", "text": "A buyer should tell people."}, {"number": "2", "text": "A buyer may wait 14 days."}]


def clauses(**texts: str) -> list[dict[str, str]]:
    return [{"number": name.removeprefix("c"), "text": text} for name, text in texts.items() if text]


@pytest.mark.parametrize(
    ("after", "least"),
    [
        (clauses(c1="A buyer should tell people.", c2="A buyer may wait 14 days."), EDITORIAL),
        (clauses(c1="A buyer should inform people.", c2="A buyer may wait 14 days."), EDITORIAL),
        (clauses(c1="A buyer shall tell people.", c2="A buyer may wait 14 days."), SUBSTANTIVE),
        (clauses(c1="A buyer should not tell people.", c2="A buyer may wait 14 days."), SUBSTANTIVE),
        (clauses(c1="A buyer should tell people.", c2="A buyer may wait 30 days."), SUBSTANTIVE),
        (clauses(c1="A buyer should tell people."), SUBSTANTIVE),
        (clauses(c1="A buyer should tell people.", c2="A buyer may wait 14 days.", c3="A buyer may ask."), SUBSTANTIVE),
        (clauses(c1="A buyer should tell people.", c2="A buyer may wait 14 days.", c3="A buyer shall ask."), NEW),
        (clauses(c1="A buyer should tell people.", c2="A buyer may wait 14 days.", c3="L'acheteur doit dire."), NEW),
    ],
)
def test_the_smallest_class_of_a_change(after, least):
    assert least_class(BEFORE, after) == least
    order = list(ChangeClass)
    for chosen in ChangeClass:
        refused = why_not_class(chosen, BEFORE, after) is not None
        assert refused == (order.index(chosen) < order.index(least)), chosen


def test_a_clause_keeps_its_number_and_none_is_given_twice():
    again = numbered(["First, changed.", "Third."], ["1", ""], ["1", "2"], ["1", "2"])
    assert again == clauses(c1="First, changed.", c3="Third.")
    later = numbered(["First.", "Fourth."], ["1", ""], ["1"], ["1", "2", "3"])
    assert [clause["number"] for clause in later] == ["1", "4"]


@given(
    st.lists(st.sampled_from(["", "1", "2", "3", "9", "x"]), max_size=6),
    st.sets(st.sampled_from(["4", "5.2", "٣", "x"])),
)
def test_numbers_are_distinct_whatever_is_sent(kept, used):
    current = ["1", "2", "3"]
    found = [c["number"] for c in numbered(["text"] * len(kept), kept, current, {*current, *used})]
    assert len(set(found)) == len(found)
    new = [number for number in found if number not in current]
    assert not set(new) & used


def test_the_next_number():
    assert [next_number(used) for used in ([], ["1", "2"], ["3.4", "1"], ["x", "²"])] == [1, 3, 4, 1]


@pytest.mark.parametrize(
    ("classes", "in_force", "first"),
    [
        ([SUBSTANTIVE], 1, 1),
        ([SUBSTANTIVE, EDITORIAL], 2, 1),
        ([SUBSTANTIVE, SUBSTANTIVE], 2, 2),
        ([SUBSTANTIVE, SUBSTANTIVE, EDITORIAL, EDITORIAL], 4, 2),
        ([SUBSTANTIVE, EDITORIAL, NEW], 3, 3),
        ([SUBSTANTIVE, EDITORIAL, NEW], 2, 1),  # the third was taken away again
    ],
)
def test_positions_count_across_editorial_changes_alone(classes, in_force, first):
    assert counts_from(list(enumerate(classes, start=1)), in_force) == first


def test_a_position_counts_for_the_text_it_was_taken_on():
    standard = Standard(version=3, counts_from=2)
    assert [still_counts(standard, number) for number in (1, 2, 3, 4)] == [False, True, True, False]


def test_a_version_for_an_earlier_text_is_not_published():
    consultation, standard = Consultation(state=ConsultationState.OPEN), Standard(version=2)

    def why(based_on, number=None, state=State.PUBLISHED, change_class=SUBSTANTIVE):
        version = StandardVersion(based_on=based_on, number=number, change_class=change_class)
        refusal = why_not_publish(consultation, standard, version, state)
        return refusal and refusal.code

    assert (why(2), why(None), why(1, number=2), why(1, state=State.RETURNED)) == (None, None, None, None)
    assert why(1) == "based_on_earlier"
    consultation.state = ConsultationState.CLOSED
    assert (why(2), why(2, change_class=EDITORIAL)) == ("text_after_closing", None)


def test_the_author_and_the_chair_answer_for_the_text():
    standard = Standard(membership_id=1)
    cases = [(1, Role.PARTICIPANT), (2, Role.CHAIR), (2, Role.DEPUTY), (2, Role.MODERATOR), (2, Role.PARTICIPANT)]
    assert [leads_text(standard, Membership(id=key, role=role)) for key, role in cases] == [
        True,
        True,
        True,
        False,
        False,
    ]
    assert not leads_text(standard, None)


def test_a_stale_page_is_refused():
    standard = Standard(version=2)
    assert why_not_based_on(standard, 2) is None
    assert why_not_based_on(standard, None) is None
    assert why_not_based_on(standard, 1).code == "stale_version"
