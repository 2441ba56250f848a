"""Messages, dates and numbers in the reader's language."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app import language
from app.language import _, ngettext, speaking

ARABIC = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 "
": n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5);\n"

msgid "Closed on %(date)s."
msgstr "أُغلق في %(date)s."

msgid "%(num)s voice"
msgid_plural "%(num)s voices"
msgstr[0] "لا صوت"
msgstr[1] "صوت واحد"
msgstr[2] "صوتان"
msgstr[3] "%(num)s أصوات"
msgstr[4] "%(num)s صوتًا"
msgstr[5] "%(num)s صوت"

msgid "Broken %(name)s"
msgstr "Broken %(nom)s"

#, fuzzy
msgid "Doubtful"
msgstr "Wrong"
"""
MOMENT = datetime(2026, 12, 10, 23, 59, tzinfo=UTC)


@pytest.fixture
def arabic(tmp_path, monkeypatch):
    """An installation with an Arabic catalogue and no other."""
    path = tmp_path / "ar" / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    path.write_text(ARABIC, encoding="utf-8")
    monkeypatch.setattr(language, "_CATALOGUES", tmp_path)
    language.available.cache_clear()
    language._catalogue.cache_clear()
    yield
    language.available.cache_clear()
    language._catalogue.cache_clear()


def test_a_message_speaks_when_it_is_shown(arabic):
    message = _("Closed on %(date)s.", date=date(2026, 12, 10))
    assert str(message) == "Closed on 10 December 2026."
    with speaking("ar"):
        assert str(message) == "أُغلق في 10 ديسمبر 2026."
    assert message.text("ar") == "أُغلق في 10 ديسمبر 2026."


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (0, "لا صوت"),
        (1, "صوت واحد"),
        (2, "صوتان"),
        (5, "5 أصوات"),
        (11, "11 صوتًا"),
        (100, "100 صوت"),
        (1003, "1,003 أصوات"),
    ],
)
def test_plural_forms_follow_the_catalogue(arabic, n, words):
    assert ngettext("%(num)s voice", "%(num)s voices", n).text("ar") == words


def test_english_needs_no_catalogue():
    assert str(ngettext("%(num)s voice", "%(num)s voices", 1)) == "1 voice"
    assert str(ngettext("%(num)s voice", "%(num)s voices", 1234)) == "1,234 voices"


def test_what_is_missing_doubtful_or_broken_is_said_in_english(arabic):
    with speaking("ar"):
        assert str(_("Nobody translated this")) == "Nobody translated this"
        assert str(_("Doubtful")) == "Doubtful"
        assert str(_("Broken %(name)s", name="x")) == "Broken x"


def test_values_are_written_in_the_language_of_the_sentence():
    message = _(
        "%(n)s %(day)s %(list)s %(inner)s %(text)s 5%%",
        n=1234,
        day=MOMENT,
        list=["a", "b", "c"],
        inner=_("x"),
        text="y",
    )
    assert str(message) == "1,234 10 December 2026 a, b, and c x y 5%"


def test_messages_can_be_compared_and_kept():
    assert _("a", n=1) == _("a", n=1) != _("a", n=2)
    assert len({_("a", n=1), _("a", n=1)}) == 1


def test_choosing(arabic):
    assert language.available() == ("ar", "en")
    assert language.best(["fr-CA", "ar-EG", "en"]) == "ar"
    assert language.best(["de"]) == "en"
    language.set_language("xx")
    assert language.language() == "en"
    with speaking("ar"):
        assert language.language() == "ar"
        with speaking("de"):
            assert language.language() == "en"
        assert language.language() == "ar"
    assert language.language() == "en"


@pytest.mark.parametrize(
    ("code", "way"), [("ar", "rtl"), ("fa-IR", "rtl"), ("en", "ltr"), ("zh_Hans", "ltr"), ("", "ltr")]
)
def test_direction(code, way):
    assert language.direction(code) == way


def test_formats():
    assert language.format_date(MOMENT) == "10 December 2026"
    assert language.format_datetime(MOMENT) == "10 December 2026, 23:59 UTC"
    assert language.format_datetime(MOMENT, ZoneInfo("Europe/Paris")) == "11 December 2026, 00:59 CET"
    assert language.format_hour("2026-12-10T23Z") == "10 December 2026, 23:00 UTC"
    assert language.format_number(1234.5) == "1,234.5"
    assert language.format_percent(66) == "66%"
    assert language.format_list(["a", "b", "c"]) == "a, b, and c"
    assert language.format_list([]) == ""
    assert language.format_duration(timedelta(hours=31)) == "31 hrs"
    assert language.format_duration(timedelta(days=4)) == "4 days"


@pytest.mark.parametrize("code", language.LANGUAGES)
def test_every_language_has_formats(code, monkeypatch):
    monkeypatch.setattr(language, "available", lambda: tuple(language.LANGUAGES))
    with speaking(code):
        shown = [language.format_date(MOMENT), language.format_datetime(MOMENT), language.format_percent(6)]
        shown += [language.format_list(["a", "b"]), language.format_duration(timedelta(hours=2))]
    assert all(shown)
    assert not any("duration" in words for words in shown)


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(days=18, hours=2), "18 days left"),
        (timedelta(days=1), "1 day left"),
        (timedelta(hours=3), "Less than a day left"),
        (timedelta(0), "Time is up"),
    ],
)
def test_days_left(left, words):
    assert str(language.days_left(MOMENT + left, MOMENT)) == words
