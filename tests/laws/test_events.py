"""What follows from an event is written in one dictionary; an event without consequences says so there."""

from tests.laws.sources import hold


def leaves(parent: type) -> set[type]:
    children = parent.__subclasses__()
    return {leaf for child in children for leaf in leaves(child) or {child}}


def offences(parent: type, handlers: dict) -> list[str]:
    known = leaves(parent)
    missing = [f"{event.__name__} has no entry in HANDLERS" for event in known - set(handlers)]
    return sorted(missing) + [f"HANDLERS knows {key}, which is no event" for key in set(handlers) - known]


def test_each_event_has_an_entry():
    from app.events import Event
    from app.jobs.handlers import HANDLERS

    assert len(leaves(Event)) > 5
    hold(offences(Event, HANDLERS))


def test_the_law_bites():
    class Event: ...

    class OfPerson(Event): ...

    class Joined(OfPerson): ...

    class Left(OfPerson): ...

    assert offences(Event, {Joined: []}) == ["Left has no entry in HANDLERS"]
    assert offences(Event, {Joined: [], Left: [], int: []}) == ["HANDLERS knows <class 'int'>, which is no event"]
