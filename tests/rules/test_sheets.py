"""What the last column of a commenting sheet says, written and read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.dispositions import DispositionKind
from app.rules.sheets import Observation, read, written

K = DispositionKind
SENTENCES = (
    st.text(min_size=1).map(str.strip).filter(lambda text: bool(text) and not text.startswith((":", ".", ",", ";")))
)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Accepted", Observation(K.ACCEPTED)),
        ("accepted with modification: Clause 2 says so.", Observation(K.MODIFIED, "Clause 2 says so.")),
        ("Accepted with modification (version 3): Why.", Observation(K.MODIFIED, "Why.", version=3)),
        ("Rejected. The courts asked for it.", Observation(K.NOT_ACCEPTED, "The courts asked for it.")),
        ("Not accepted: No.", Observation(K.NOT_ACCEPTED, "No.")),
        ("NOTED", Observation(K.NOTED)),
        ("Duplicate ([123]): It asks the same.", Observation(K.DUPLICATE, "It asks the same.", duplicate_of=123)),
        ("Deferred (version 2): Later.", Observation(K.DEFERRED, "Later.", version=2, deferred_to="version 2")),
        ("Out of scope: line one\nline two", Observation(K.OUT_OF_SCOPE, "line one\nline two")),
    ],
)
def test_words_of_the_secretariat_are_understood(cell, expected):
    assert read(cell) == expected


@pytest.mark.parametrize(
    "cell", ["", "To do", "Acceptedly", "See minutes", "Accepted by most", "Noted (", "Partly accepted"]
)
def test_free_text_fits_no_word(cell):
    assert read(cell) is None


@given(st.sampled_from(K), SENTENCES)
def test_what_is_written_is_read_back(kind, reason):
    said = Observation(kind, reason)
    assert read(written(said)) == said


@pytest.mark.parametrize(
    "said",
    [
        Observation(K.ACCEPTED, version=2),
        Observation(K.MODIFIED, "Why not: because.", version=12),
        Observation(K.DUPLICATE, "The same.", duplicate_of=2**53 - 1),
        Observation(K.DEFERRED, "Later.", deferred_to="the second round"),
    ],
)
def test_what_it_points_to_is_read_back(said):
    assert read(written(said)) == said
