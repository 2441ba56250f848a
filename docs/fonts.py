"""Make the fonts of the reports from their packages: only what is needed to set text, without hints for screens.

    python -m docs.fonts FOLDER

FOLDER holds the unpacked packages that app/reports/fonts/README.md names.
"""

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FONTS = Path(__file__).parents[1] / "app" / "reports" / "fonts"
LATIN = ["0020-036F", "0370-052F", "1C80-1C8F", "1D00-1DBF", "1E00-1FFF", "2000-206F", "2070-209F", "20A0-20CF"]
LATIN += ["2100-218F", "2190-21FF", "2200-22FF", "2500-257F", "25A0-25FF", "2C60-2C7F", "2DE0-2DFF", "A640-A69F"]
LATIN += ["A720-A7FF", "FB00-FB06", "FE20-FE2F", "FFFC-FFFD"]
ARABIC = ["0600-06FF", "0750-077F", "08A0-08FF", "200C-200F", "25CC", "FB50-FDFF", "FE70-FEFE"]
FIRST_OF_OTHERS = 0x0530
"""Where the scripts begin that come after Latin, Greek and Cyrillic."""
SPREADS = {"latin": LATIN, "arabic": ARABIC}
KANA_AND_SIGNS = ["00B7", "2000-206F", "2190-21FF", "2200-22FF", "2460-24FF", "25A0-25FF", "3000-30FF", "31F0-31FF"]
KANA_AND_SIGNS += ["3200-33FF", "FE10-FE1F", "FE30-FE4F", "FF00-FFEF"]
PACKAGES = {
    "NotoSans-Regular": ("noto-sans", "400Regular/NotoSans_400Regular", "latin"),
    "NotoSans-Bold": ("noto-sans", "700Bold/NotoSans_700Bold", "latin"),
    "NotoSerif-Regular": ("noto-serif", "400Regular/NotoSerif_400Regular", "latin"),
    "Amiri-Regular": ("amiri", "400Regular/Amiri_400Regular", "arabic"),
    "Amiri-Bold": ("amiri", "700Bold/Amiri_700Bold", "arabic"),
    "NotoSansDevanagari-Regular": ("noto-sans-devanagari", "400Regular/NotoSansDevanagari_400Regular", "own"),
    "NotoSansHebrew-Regular": ("noto-sans-hebrew", "400Regular/NotoSansHebrew_400Regular", "own"),
    "NotoSansBengali-Regular": ("noto-sans-bengali", "400Regular/NotoSansBengali_400Regular", "own"),
    "NotoSansTamil-Regular": ("noto-sans-tamil", "400Regular/NotoSansTamil_400Regular", "own"),
    "NotoSansThai-Regular": ("noto-sans-thai", "400Regular/NotoSansThai_400Regular", "own"),
    "NotoSansEthiopic-Regular": ("noto-sans-ethiopic", "400Regular/NotoSansEthiopic_400Regular", "own"),
    "NotoSansArmenian-Regular": ("noto-sans-armenian", "400Regular/NotoSansArmenian_400Regular", "own"),
    "NotoSansGeorgian-Regular": ("noto-sans-georgian", "400Regular/NotoSansGeorgian_400Regular", "own"),
    "NotoSansSC-Regular": ("noto-sans-sc", "400Regular/NotoSansSC_400Regular", "han"),
    "NotoSansSC-Bold": ("noto-sans-sc", "700Bold/NotoSansSC_700Bold", "simplified"),
    "NotoSansKR-Regular": ("noto-sans-kr", "400Regular/NotoSansKR_400Regular", "hangul"),
    "NotoEmoji-Regular": ("noto-emoji", "400Regular/NotoEmoji_400Regular", "whole"),
}


def main(folder: Path) -> None:
    """Write every font, and what all of them together can show."""
    shown: set[int] = set()
    for name, (package, file, part) in PACKAGES.items():
        [source] = folder.glob(f"*-{package}-[0-9]*/package/{file}.ttf")
        font = TTFont(source, recalcTimestamp=False)
        options = subset.Options(hinting=False, notdef_outline=True, recommended_glyphs=True)
        options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
        options.drop_tables += ["vhea", "vmtx", "BASE", "STAT"]
        chosen = subset.Subsetter(options)
        chosen.populate(unicodes=set(font.getBestCmap()) & set(_wanted(part, font)))
        chosen.subset(font)
        target = FONTS / f"{name}.ttf"
        font.save(target, reorderTables=True)
        shown |= {sign for sign in font.getBestCmap() if sign >= ord(" ")}
        print(hashlib.sha256(target.read_bytes()).hexdigest(), target.stat().st_size, target.name)
    (FONTS / "coverage.txt").write_text("".join(f"{line}\n" for line in ranges(shown)), encoding="ascii")


def ranges(signs: set[int]) -> list[str]:
    """Numbers as lines of `first last`, in hexadecimal."""
    ordered = sorted(signs)
    starts = [sign for sign in ordered if sign - 1 not in signs]
    ends = [sign for sign in ordered if sign + 1 not in signs]
    return [f"{first:X} {last:X}" for first, last in zip(starts, ends, strict=True)]


def _wanted(part: str, font: TTFont) -> Iterator[int]:
    if part == "whole":
        yield from font.getBestCmap()
    elif part == "own":
        yield from (sign for sign in font.getBestCmap() if sign >= FIRST_OF_OTHERS)
    elif part in SPREADS:
        yield from _spread(SPREADS[part])
    elif part == "hangul":
        yield from _spread(["3130-318F"])
        yield from _encoded("euc_kr", range(0xB0, 0xC9), range(0xA1, 0xFF))
    else:
        yield from _spread(KANA_AND_SIGNS)
        yield from _encoded("gb2312", range(0xB0, 0xD8), range(0xA1, 0xFF))
    if part == "han":
        yield from _encoded("gb2312", range(0xD8, 0xF8), range(0xA1, 0xFF))
        yield from _encoded("big5", range(0xA4, 0xC7), range(0x40, 0xFF))
        yield from _encoded("euc_jp", range(0xB0, 0xD0), range(0xA1, 0xFF))


def _spread(written: list[str]) -> Iterator[int]:
    for piece in written:
        first, _, last = piece.partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)


def _encoded(encoding: str, firsts: range, seconds: range) -> Iterator[int]:
    """The characters of a national standard of two bytes each."""
    for first in firsts:
        for second in seconds:
            sign = bytes((first, second)).decode(encoding, "ignore")
            if len(sign) == 1:
                yield ord(sign)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
