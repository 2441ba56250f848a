"""Messages, dates and numbers in the reader's language. No web framework here: rules, reports and mails speak too.

Say something: ``_("Closed on %(date)s.", date=day)`` and ``ngettext("%(num)s voice", "%(num)s voices", n)`` give a
``Message``, which is put into words only when it is shown. Values are passed as they are: numbers, days, lists and
other messages are written in the language of the sentence (a moment as its day). A literal percent sign is `%%`.

Choose a language: ``set_language(code)`` for a request, ``with speaking(code):`` for a mail, ``language()`` to ask.
What can be chosen: ``LANGUAGES`` (all, with their own names), ``available()`` (those with a catalogue), ``best()``.

Write a value at once: ``format_date`` and its sisters, in the current language.
"""

import gettext as standard_gettext
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from pathlib import Path
from typing import Literal

from babel import Locale, UnknownLocaleError, dates, lists, numbers, units
from babel.messages.pofile import read_po

LANGUAGES: Mapping[str, str] = {
    "ar": "العربية",
    "zh": "中文",
    "en": "English",
    "fr": "Français",
    "ru": "Русский",
    "es": "Español",
}
SOURCE = "en"

_CATALOGUES = Path(__file__).parent / "translations"
# The day before the month and a clock of 24 hours, as in the other five languages.
_LOCALES = {"en": "en_GB"}
_RIGHT_TO_LEFT = frozenset(("ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"))

_current: ContextVar[str] = ContextVar("language", default=SOURCE)


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence that is put into words when it is shown. `number` chooses between `msgid` and `plural`."""

    msgid: str
    params: Mapping[str, object] = field(default_factory=dict, hash=False)
    plural: str = ""
    number: int = 1

    def __str__(self) -> str:
        return self.text(_current.get())

    def text(self, language: str) -> str:
        """The sentence in this language, or in English where the catalogue lacks it."""
        values = {name: spoken(value, language) for name, value in self.params.items()}
        try:
            return translated(self.msgid, self.plural, self.number, language) % values
        except (KeyError, TypeError, ValueError):  # a translator's slip must not take the page down
            return (self.plural if self.plural and self.number != 1 else self.msgid) % values


def gettext(msgid: str, /, **params: object) -> Message:
    """A message; the catalogue is asked when it is shown."""
    return Message(msgid, params)


def ngettext(msgid: str, plural: str, number: int, /, **params: object) -> Message:
    """A message that depends on a number, which it may name as `%(num)s`."""
    return Message(msgid, {"num": number, **params}, plural, number)


_ = gettext


def language() -> str:
    """The code of the language that is being spoken."""
    return _current.get()


def set_language(code: str) -> None:
    """Speak this language from here on in this request or task; an unknown one becomes English."""
    _current.set(code if code in available() else SOURCE)


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak this language inside the block."""
    before = _current.set(code if code in available() else SOURCE)
    try:
        yield
    finally:
        _current.reset(before)


@cache
def available() -> tuple[str, ...]:
    """The codes of the languages that have a catalogue, and English, in the order of LANGUAGES."""
    return tuple(code for code in LANGUAGES if code == SOURCE or _catalogue_path(code).is_file())


def best(wanted: Iterable[str]) -> str:
    """The first wanted language (`fr-CA` counts as `fr`) that is available, else English."""
    return next((code for tag in wanted if (code := _primary(tag)) in available()), SOURCE)


def direction(code: str) -> Literal["ltr", "rtl"]:
    """The way a language is written; any language tag will do."""
    return "rtl" if _primary(code) in _RIGHT_TO_LEFT else "ltr"


def translated(msgid: str, plural: str, number: int, code: str) -> str:
    """The catalogue's wording with its placeholders still in it; English where there is none."""
    if code != SOURCE:
        forms, which = _catalogue(code)
        found = forms.get(msgid, ())
        index = which(abs(number)) if plural else 0
        if index < len(found) and found[index]:
            return found[index]
    return plural if plural and number != 1 else msgid


def spoken(value: object, code: str) -> object:
    """A message's value in a language: numbers, days, lists and messages become words, all else stays as it is."""
    if isinstance(value, Message):
        return value.text(code)
    if isinstance(value, bool | str):
        return value
    if isinstance(value, int | float):
        return numbers.format_decimal(value, locale=_locale(code))
    if isinstance(value, date):
        return dates.format_date(value, "long", _locale(code))
    if isinstance(value, list | tuple):
        return _joined([str(spoken(item, code)) for item in value], code)
    return value


def format_date(value: date, length: Literal["short", "medium", "long", "full"] = "long") -> str:
    """A day: `10 December 2026`. A moment is written as its day in its own time zone."""
    return dates.format_date(value, length, _locale(language()))


def format_when(written: str) -> str:
    """A day, a month or a year as it is kept: `2020-06` becomes `June 2020`; anything else stays as it is."""
    try:
        parts = [int(part) for part in written.split("-")]
        whole = date(*[*parts, 1, 1][:3])
    except (TypeError, ValueError):
        return written
    if len(parts) == 1:
        return dates.format_skeleton("y", whole, locale=_locale(language()))
    return dates.format_skeleton("yMMMM", whole, locale=_locale(language())) if len(parts) == 2 else format_date(whole)  # noqa: PLR2004 - year and month


def format_time(value: datetime | time, zone: tzinfo = UTC) -> str:
    """A time of day: `23:59`."""
    return dates.format_time(value, "short", zone, _locale(language()))


def format_datetime(value: datetime, zone: tzinfo = UTC) -> str:
    """A moment in a time zone, which it names: `10 December 2026, 23:59 UTC`; one without a name by its distance."""
    here = value.astimezone(zone)
    name = here.tzname() or ""
    return f"{format_date(here)}, {format_time(here, zone)} {name if name[:1].isalpha() else f'UTC{name}'}"


def format_hour(written: str) -> str:
    """An hour as summaries keep it: `2026-11-25T22Z` becomes `25 November 2026, 22:00 UTC`.

    Raises:
        ValueError: it is no hour.
    """
    return format_datetime(datetime.strptime(written, "%Y-%m-%dT%HZ").replace(tzinfo=UTC))


def format_number(value: float) -> str:
    """A number with the separators of the language: `1,234.5`."""
    return numbers.format_decimal(value, locale=_locale(language()))


def format_percent(percent: float) -> str:
    """A share given in percent: 66 becomes `66%`."""
    return numbers.format_percent(percent / 100, locale=_locale(language()))


def format_list(items: Iterable[object]) -> str:
    """`a, b, and c`."""
    return _joined([str(item) for item in items], language())


def language_name(code: str) -> str:
    """What a language is called in the current one: `fr` is `French`; an unknown code stays as it is."""
    try:
        named = Locale.parse(code, sep="-").get_language_name(_locale(language()))
    except (UnknownLocaleError, ValueError):
        named = None
    return named or code


def format_duration(span: timedelta) -> str:
    """How long something took or waits: hours up to three days, days after that."""
    hours = int(span.total_seconds() // 3600)
    unit, count = ("hour", hours) if hours < 72 else ("day", span.days)  # noqa: PLR2004 - promises are made in hours
    return units.format_unit(count, f"duration-{unit}", "short", locale=_locale(language()))


def days_left(until: datetime, at: datetime) -> Message:
    """How much time remains before `until`, in whole days; on the last day it says so."""
    days = (until - at) // timedelta(days=1)
    if until <= at:
        return _("Time is up")
    return ngettext("%(num)s day left", "%(num)s days left", days) if days else _("Less than a day left")


def _primary(tag: str) -> str:
    return tag.replace("_", "-").split("-")[0].lower()


def _joined(items: Sequence[str], code: str) -> str:
    return lists.format_list(items, locale=code) if items else ""


def _catalogue_path(code: str) -> Path:
    return _CATALOGUES / code / "LC_MESSAGES" / "messages.po"


@cache
def _locale(code: str) -> Locale:
    return Locale.parse(_LOCALES.get(code, code))


@cache
def _catalogue(code: str) -> tuple[dict[str, tuple[str, ...]], Callable[[int], int]]:
    with _catalogue_path(code).open("rb") as file:
        catalogue = read_po(file, locale=code)
    forms: dict[str, tuple[str, ...]] = {}
    for message in catalogue:
        if message.id and message.string and not message.fuzzy:
            msgid = message.id if isinstance(message.id, str) else message.id[0]
            forms[msgid] = (message.string,) if isinstance(message.string, str) else tuple(message.string)
    return forms, standard_gettext.c2py(catalogue.plural_expr)
