"""Links and e-mail addresses in a text, those in disguise too.

linkify-it finds links as the renderer of texts does, so that a moderator sees marked what readers could click.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from urllib.parse import urlsplit

import idna
from linkify_it import LinkifyIt

from app.rules.marks_found import Caution, Mark, MarkKind

# Beside the country codes and old endings that linkify-it knows: those seen most in advertising and campaigns.
_ENDINGS = (
    "agency app blog click cloud club dev digital email example icu info link live news online page press site "
    "shop space store support tech today top vip wiki win work world xyz"
)
# Endings that are also words: "the police.It is", "la velocitat.si". Without a path they need "www" or "http".
_ENDINGS_THAT_ARE_WORDS = frozenset("al am as at be do in is it la me my no si so to us".split())
_SHORTENERS = frozenset(
    (
        "bit.ly bitly.com buff.ly clck.ru cli.re cutt.ly dwz.cn fb.me goo.gl goo.su is.gd j.mp kutt.it lnkd.in ow.ly "
        "qr.ae qrco.de rb.gy rebrand.ly s.id shorturl.at soo.gd suo.im surl.li t.cn t.co t.ly t2m.io tiny.cc "
        "tinyurl.com tny.im u.to url.cn v.gd vk.cc x.co"
    ).split()
)
# Letters of Cyrillic and Greek that look like Latin ones: a whole name of them in front of a Latin ending deceives.
_LIKE_LATIN = frozenset("асԁеһіјӏорԛѕԝхуъьвкмнтгαικνορτυχ")
_CONFUSED_SCRIPTS = frozenset(("ARMENIAN", "CHEROKEE", "CYRILLIC", "GREEK"))
_NEVER_REGISTERED = "\u0430a"  # two scripts in one label

_WORTH_A_LOOK = re.compile(r"\S*(?:://|[^\s.]\.[^\s.]|@)\S*")
_WIDE = "\u0600-\u06ff\u3041-\u30ff\u3400-\u9fff"  # scripts whose letters touch a link without being part of it
_WIDE_BEFORE_SCHEME = re.compile(rf"[{_WIDE}、。，：（「《](?=https?://|www\.)")
_GLUED = re.compile(r"[^\x00-\x7f]+(?=[A-Za-z0-9][A-Za-z0-9-]*\.[A-Za-z])")
_WIDE_STOP = re.compile("[、。，；：！？」』）》〉⟩】“”‘’«»،؛؟\u3400-\u9fff]")
_SENTENCE_ENDS = ".,;:!?\"'»”’]}>、。，；：！？」』）》،؛؟"
_DEFANGED = re.compile(
    r"\bhxxps?://\S{4,300}|\b(?:[a-z0-9-]{1,63}\[\.\]){1,5}[a-z]{2,24}\b(?:/\S{0,300})?", re.IGNORECASE
)
_AT = r"\s?[\[({<]\s?(?:at|@|arroba|arobase|собака|ät|в|艾特)\s?[\])}>]\s?"
_DOT = r"(?:\.|\s?[\[({<]\s?(?:dot|\.|punto|point|punkt|ponto|точка|点)\s?[\])}>]\s?)"
_NAME = r"(?<![\w.+-])\w[\w.+-]{0,62}"
_BRACKETS = re.compile(
    rf"{_NAME}(?:{_AT}|@)[\w-]{{1,63}}(?:(?:{_DOT}|\sdot\s)[\w-]{{2,63}}){{1,3}}(?![\w-])", re.IGNORECASE
)
# Without brackets only words that say it, and no ending that is also a word.
_SPOKEN_DOT = r" (?:dot|punto|ponto|point|punkt|точка) "
_SPOKEN = re.compile(
    rf"{_NAME}(?:{_SPOKEN_DOT}[\w-]{{1,63}})?(?: at | arroba | arobase | chez | собака )[\w-]{{1,63}}"
    rf"(?:{_SPOKEN_DOT}[\w-]{{2,63}}){{0,2}}{_SPOKEN_DOT}"
    r"(?:com|org|net|info|edu|gov|br|cn|co|de|es|eu|fr|gr|io|ir|jp|ma|mx|nl|pl|pt|ru|tn|tr|ua|uk|za|рф|ру|ком|орг)\b",
    re.IGNORECASE,
)
_LINKIFY = LinkifyIt().tlds(_ENDINGS.split(), keep_old=True)


def links_in(text: str) -> Iterator[Mark]:
    """Links and e-mail addresses of a text that went through `plain_signs`."""
    words, places = _worth_a_look(_WIDE_BEFORE_SCHEME.sub(" ", text))
    begins = [begin for begin, _ in places]
    for match in _LINKIFY.match(words) or ():
        begin, original = places[bisect_right(begins, match.index) - 1]
        moved = original - begin
        start, end = _bounds(text, match.index + moved, match.last_index + moved)
        if match.schema == "mailto:":
            yield Mark(MarkKind.EMAIL, start, end)
        elif match.schema or _is_host(text[start:end]):
            yield Mark(MarkKind.LINK, start, end, caution_of(text[start:end]))
    for found in _DEFANGED.finditer(text):
        yield Mark(MarkKind.LINK, *_bounds(text, found.start(), found.end()))


def _worth_a_look(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The parts of a text that could be links, one to a line, and for each where it begins there and in the text."""
    parts, places, length = [], [(0, 0)], 0
    for found in _WORTH_A_LOOK.finditer(text):
        places.append((length, found.start()))
        parts.append(found[0])
        length += len(found[0]) + 1
    return "\n".join(parts), places


def disguised_addresses_in(text: str) -> Iterator[Mark]:
    """E-mail addresses written for people, such as "name (at) host (dot) org"."""
    for pattern in (_BRACKETS, _SPOKEN):
        for found in pattern.finditer(text):
            yield Mark(MarkKind.EMAIL, found.start(), found.end())


def caution_of(link: str) -> Caution | None:
    """Whether a link hides where it leads, or its host looks like another one (Unicode TS 39, mixed scripts)."""
    address = link if "://" in link else "//" + link.removeprefix("//")
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return Caution.LOOK_ALIKE
    if host.removeprefix("www.") in _SHORTENERS:
        return Caution.SHORTENER
    if parts.username is not None or re.fullmatch(r"[\d.]+|\[?[0-9a-f:]+\]?|0x[0-9a-f]+", host):
        return Caution.LOOK_ALIKE
    labels = [_readable(label) for label in host.split(".")]
    return Caution.LOOK_ALIKE if any(_deceives(label, labels[-1]) for label in labels) else None


def _readable(label: str) -> str:
    """The letters behind an ASCII label of a domain in another script; the label itself where there are none."""
    if not label.startswith("xn--"):
        return label
    try:
        return idna.decode(label)
    except (idna.IDNAError, UnicodeError):
        return _NEVER_REGISTERED


def _deceives(label: str, ending: str) -> bool:
    letters = [letter for letter in label if letter.isalpha()]
    scripts = {unicodedata.name(letter, "?").partition(" ")[0] for letter in letters}
    if "LATIN" in scripts and scripts & _CONFUSED_SCRIPTS:
        return True
    return bool(letters) and ending.isascii() and _LIKE_LATIN.issuperset(letters)


def _is_host(address: str) -> bool:
    """Whether an address without a scheme is one, and not two sentences or an abbreviation as in "e.g.in"."""
    host, slash, _ = address.partition("/")
    labels = host.partition(":")[0].split(".")
    if host.startswith("www."):
        return True
    if len(labels) == 1 or (not labels[-1].islower() and not host.isupper()):
        return False
    if labels[-1].lower() in _ENDINGS_THAT_ARE_WORDS and not slash:
        return False
    return bool(slash) or (len(labels[-2]) > 1 and not labels[-2].isdigit())


def _bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """The range of a link without the words and signs of a sentence that touch it."""
    if glued := _GLUED.match(text, start, end):
        start = glued.end()
    if stop := _WIDE_STOP.search(text, start + 1, end):
        before = text[start : stop.start()]
        if "." in before or ":" in before:
            end = stop.start()
    while end > start + 1 and text[end - 1] in _SENTENCE_ENDS:
        end -= 1
    return start, end
