"""Times in the time zone of a consultation: what was typed there as a moment, and a moment as it is read there."""

from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from app.language import Message, _
from app.models.consultations import Consultation

TYPED = "%Y-%m-%dT%H:%M"
_SHAPES = (TYPED, "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S")
_FIRST_YEAR, _LAST_YEAR = 1970, 9990  # far enough from the ends of the calendar that no time zone crosses them


@cache
def zones() -> tuple[str, ...]:
    """The names of the time zones that can be chosen: places, and UTC."""
    places = sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    return ("UTC", *places)


def zone(name: str) -> ZoneInfo:
    """The time zone with this name; an unknown one is read as UTC."""
    return ZoneInfo(name if name in zones() else "UTC")


def local(consultation: Consultation, moment: datetime) -> datetime:
    """A moment as the clocks of the consultation show it; sentences name its day there."""
    return moment.astimezone(zone(consultation.time_zone))


def as_typed(moment: datetime | None, zone_name: str) -> str:
    """A moment as it stands in a form."""
    return "" if moment is None else moment.astimezone(zone(zone_name)).strftime(TYPED)


def moment(typed: str, zone_name: str, *, later: bool = False) -> datetime | Message:
    """The moment that was typed, in UTC, or what to do when it cannot be understood.

    Where clocks go back a time comes twice: the earlier one is meant, or the `later`, as ends of phases are read. Where
    they go forward an hour does not exist, and the sentence names the next time that does.
    """
    parsed = _parsed(typed.strip())
    if parsed is None or not _FIRST_YEAR <= parsed.year <= _LAST_YEAR:
        return _("Enter a day and a time, such as 2027-03-26 18:00.")
    there = parsed.replace(tzinfo=zone(zone_name), fold=int(later))
    found = there.astimezone(UTC)
    read_again = found.astimezone(there.tzinfo)
    if read_again.replace(tzinfo=None) != parsed:
        after = there.replace(fold=0).astimezone(UTC).astimezone(there.tzinfo)
        return _(
            "This time does not exist in %(zone)s, because clocks go forward then. Enter %(next)s instead.",
            zone=zone_name,
            next=f"{after:%Y-%m-%d %H:%M}",
        )
    return found


def kept(typed: str, stored: datetime | None, zone_name: str) -> bool:
    """Whether a form still shows what is stored, so that saving it changes nothing, whichever hour of two it was."""
    return stored is not None and _parsed(typed.strip()) == _parsed(as_typed(stored, zone_name))


def in_words(moment: datetime, zone_name: str) -> str:
    """A moment for the public record, the same in every language: `2027-03-26 18:00 Europe/Berlin`."""
    return f"{moment.astimezone(zone(zone_name)):%Y-%m-%d %H:%M} {zone_name}"


def _parsed(typed: str) -> datetime | None:
    for shape in _SHAPES:
        try:
            return datetime.strptime(typed, shape)  # noqa: DTZ007 - the time zone is the consultation's
        except ValueError:
            continue
    return None
