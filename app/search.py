"""One text analyser for every language: text to index terms.

Both databases store these terms in a plain index, so the same words find the same texts on either of them and neither
needs an extension. Case, accents and letter forms are folded, words are reduced to their stems, and scripts written
without spaces become overlapping pairs of characters.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Protocol, cast

import snowballstemmer

STEMMERS = {
    "ar": "arabic",
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "hi": "hindi",
    "hu": "hungarian",
    "id": "indonesian",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}
SHORTEST_STEMMED = 4  # stems of shorter words would find everything
LONGEST_TERM = 80  # what the index column holds

# Accents of Latin, Greek, Cyrillic, Hebrew and Arabic script; the short i of Russian is a letter of its own, and so are
# the vowel signs of Indic and Thai script.
_ACCENTS = re.compile(
    "(?<!и)[\u0300-\u036f]|(?<=и)[\u0300-\u0305\u0307-\u036f]"
    "|[\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc"
    "\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
# Letters and digits of any script, with the vowel signs of Indic, Thai, Lao, Tibetan, Myanmar and Khmer script.
_WORD = re.compile(
    "(?:[^\\W_]|[\u0900-\u0963\u0966-\u096f\u0981-\u0df3\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd"
    "\u0f71-\u0f84\u102b-\u103e\u17b4-\u17d3])+"
)
# Thai, Lao, Tibetan, Myanmar, Khmer, kana and Han put no space between words.
_UNSPACED = re.compile(
    "[\u0e01-\u0e4e\u0e81-\u0ece\u0f40-\u0fbc\u1000-\u103f\u1780-\u17d3\u3005-\u3007\u3041-\u30ff\u3400-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff]+"
)
# The article in l'école and d'accord, the ending of Anna's.
_ELISION = re.compile(r"\b[^\W\d_]{1,2}['’](?=[^\W\d_]{2})|['’]s\b", re.IGNORECASE)
_LETTERS = str.maketrans(
    dict.fromkeys("أإآٱ", "ا")
    | dict.fromkeys("ىیئ", "ي")
    | {"ک": "ك", "ة": "ه", "ؤ": "و", "ـ": None}
    | {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
# Which languages are written in a script, the most likely first.
_SCRIPTS = {
    "\u0600-\u06ff\u0750-\u077f": ("ar", "fa", "ur", "ps", "ckb", "ug"),
    "\u3041-\u30ff": ("ja",),
    "\uac00-\ud7a3\u1100-\u11ff": ("ko",),
    "\u3400-\u9fff": ("zh", "ja", "yue"),
    "\u0400-\u04ff": ("ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg"),
    "\u0370-\u03ff\u1f00-\u1fff": ("el",),
    "\u0590-\u05ff": ("he", "yi"),
    "\u0e01-\u0e4e": ("th",),
    "\u0900-\u097f": ("hi", "mr", "ne"),
    "\u0980-\u09ff": ("bn", "as"),
    "\u0a00-\u0a7f": ("pa",),
    "\u0a80-\u0aff": ("gu",),
    "\u0b80-\u0bff": ("ta",),
    "\u0c00-\u0c7f": ("te",),
    "\u0530-\u058f": ("hy",),
    "\u10a0-\u10ff": ("ka",),
    "\u1200-\u137f": ("am", "ti"),
    "\u0e80-\u0eff": ("lo",),
    "\u1000-\u109f": ("my",),
    "\u1780-\u17ff": ("km",),
}
_SCRIPT_LETTERS = tuple((re.compile(f"[{letters}]"), languages) for letters, languages in _SCRIPTS.items())
_SAMPLE = 2_000  # characters are enough to see which script a text is in
_KANA_SHARE = 10  # Japanese mixes kana with Han; one kana in ten letters tells it from Chinese


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 (the library's own name)


def terms(text: str, language: str) -> list[str]:
    """The index terms of `text` in their order, repeated as often as they occur; at most 80 characters each.

    `language` is a language tag such as `fr` or `pt-BR`; without a stemmer for it, words are only folded. Texts and
    queries must pass through here with the same language to meet.
    """
    primary = _primary(language)
    text = _ELISION.sub(" ", text)
    if primary == "ar":  # the Arabic stemmer reads letter forms that folding removes
        text = _WORD.sub(lambda word: _stem("ar", word.group()), unicodedata.normalize("NFC", text))
        primary = ""
    return [
        _stem(primary, part)[:LONGEST_TERM] if whole else part
        for word in _WORD.findall(fold(text))
        for part, whole in _parts(word)
    ]


def fold(text: str) -> str:
    """`text` without case, accents and variants of letters that people do not tell apart when they search."""
    text = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", _ACCENTS.sub("", text).translate(_LETTERS))


def language_of(text: str, default: str) -> str:
    """The likely language of `text` by its script alone; `default` for Latin script or where it fits the script.

    A guess for a form that the author can change, never a decision.
    """
    letters = [character for character in text[:_SAMPLE] if character.isalpha()]
    sample = "".join(letters)
    best: tuple[str, ...] = ()
    most = len(sample) // 2
    for script, languages in _SCRIPT_LETTERS:
        count = len(script.findall(sample))
        if languages == ("ja",) and count * _KANA_SHARE >= len(sample) > 0:
            count = len(sample)
        if count > most:
            best, most = languages, count
    return default if not best or _primary(default) in best else best[0]


def _primary(language: str) -> str:
    return re.split("[-_]", language.lower(), maxsplit=1)[0]


def _parts(word: str) -> Iterator[tuple[str, bool]]:
    """What one run of letters is made of: words to stem, and pairs of characters where a script has no spaces."""
    position = 0
    for found in _UNSPACED.finditer(word):
        if found.start() > position:
            yield word[position : found.start()], True
        run = found.group()
        yield from ((run[start : start + 2], False) for start in range(max(1, len(run) - 1)))
        position = found.end()
    if position < len(word):
        yield word[position:], True


@lru_cache(50_000)
def _stem(language: str, word: str) -> str:
    if language not in STEMMERS or len(word) < SHORTEST_STEMMED:
        return word
    return _stemmer(language).stemWord(word)


@cache
def _stemmer(language: str) -> _Stemmer:
    return cast("_Stemmer", snowballstemmer.stemmer(STEMMERS[language]))
