"""What the fonts of the reports show, and what happens to the rest."""

from pathlib import Path

from fontTools.ttLib import TTFont

from app.reports import glyphs
from docs.fonts import ranges
from tests.factories import reports

FONTS = Path(glyphs.__file__).parent / "fonts"


def test_the_list_of_signs_is_what_the_fonts_show():
    found = set()
    for file in FONTS.glob("*.ttf"):
        with TTFont(file) as font:
            found |= {sign for sign in font.getBestCmap() if sign >= 0x20}
    assert (FONTS / "coverage.txt").read_text(encoding="ascii").split("\n")[:-1] == ranges(found)
    quick = [chr(sign) for sign in range(0x530) if glyphs._PLAIN.fullmatch(chr(sign))]
    assert [sign for sign in quick if sign != "\n" and ord(sign) not in found] == []


def test_a_sentence_stays_as_it_is():
    for sentence in [*reports.SENTENCES.values(), *reports.OTHERS.values(), reports.TRADITIONAL, "a\nb"]:
        assert glyphs.shown(sentence) == sentence


def test_what_no_font_has_becomes_a_box_and_what_is_unseen_goes():
    assert glyphs.shown("a𐌰𒀀b") == "a□□b"
    assert glyphs.shown("a\x00\x07\U000e0041b\tc\rd") == "ab c\nd"


def test_the_fonts_are_small_enough_to_keep():
    assert sum(file.stat().st_size for file in FONTS.iterdir()) < 9_000_000
    readme = (FONTS / "README.md").read_text(encoding="utf-8")
    assert all(f"`{file.name}`" in readme for file in FONTS.glob("*.ttf"))


def test_endless_words_may_be_broken_and_others_stay_as_they_are():
    broken = glyphs.breakable(f"See {'W' * 50} and {'é' * 25}.")
    assert max(len(part) for part in broken.replace(" ", "\u200b").split("\u200b")) <= 20
    assert broken.replace("\u200b", "") == f"See {'W' * 50} and {'é' * 25}."
    for plain in ("Nobody is arrested because of a match alone.", "个" * 50, "ไทย" * 20, "👩‍👩‍👧" * 20):
        assert glyphs.breakable(plain) == glyphs.shown(plain)
