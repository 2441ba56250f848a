"""Times of a time zone, its two hours that come twice and its hour that does not exist included."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.language import Message
from app.rules.local_time import as_typed, in_words, kept, moment, zone, zones

BERLIN = "Europe/Berlin"


@pytest.mark.parametrize(
    ("typed", "later", "expected"),
    [
        ("2027-01-15T18:00", False, datetime(2027, 1, 15, 17, tzinfo=UTC)),
        ("2027-07-15T18:00", False, datetime(2027, 7, 15, 16, tzinfo=UTC)),
        ("2027-07-15 18:00", False, datetime(2027, 7, 15, 16, tzinfo=UTC)),
        ("2027-10-31T02:30", False, datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),  # comes twice: the earlier one
        ("2027-10-31T02:30", True, datetime(2027, 10, 31, 1, 30, tzinfo=UTC)),  # or the later, for endings
    ],
)
def test_what_is_typed_is_a_moment_there(typed: str, later: bool, expected: datetime) -> None:
    assert moment(typed, BERLIN, later=later) == expected


@pytest.mark.parametrize("typed", ["", "soon", "2027-02-30T10:00", "0000-01-01T00:00", "9999-12-31T23:59", "١٢"])
def test_what_is_no_time_gets_a_sentence(typed: str) -> None:
    found = moment(typed, BERLIN)
    assert isinstance(found, Message)
    assert "such as 2027-03-26 18:00" in str(found)


@pytest.mark.parametrize("later", [False, True])
def test_an_hour_that_does_not_exist_names_the_next_one(later: bool) -> None:
    found = moment("2027-03-28T02:30", BERLIN, later=later)
    assert isinstance(found, Message)
    assert "2027-03-28 03:30" in str(found)


def test_an_unknown_zone_is_read_as_utc() -> None:
    assert zone("Nowhere/At_all").key == zone("").key == "UTC"
    assert BERLIN in zones()
    assert zones()[0] == "UTC"


@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - the strategy adds the zone
    st.sampled_from(["UTC", BERLIN, "America/Sao_Paulo", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia"]),
)
def test_a_moment_that_is_shown_and_sent_back_is_the_same_minute(at: datetime, name: str) -> None:
    whole = at.replace(second=0, microsecond=0)
    shown = as_typed(whole, name)
    assert whole in (moment(shown, name), moment(shown, name, later=True))
    assert kept(shown, at, name)


def test_the_record_names_the_zone() -> None:
    assert in_words(datetime(2027, 7, 15, 16, tzinfo=UTC), BERLIN) == "2027-07-15 18:00 Europe/Berlin"
    assert as_typed(None, BERLIN) == ""
