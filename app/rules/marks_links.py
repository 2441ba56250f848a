"""Links and e-mail addresses in a text, those in disguise too, read in time that grows as the text does.

linkify-it, which renders links elsewhere, is not asked: on hosts such as "xn--a.xn--xn--a.xn--" its time doubles with
every few characters, and these texts come from anybody.
"""

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import urlsplit

import idna
import phonenumbers

from app.rules.marks_found import Caution, Mark, MarkKind

# Country codes, the old endings, and of the others those seen most in advertising and campaigns.
_ENDING_NAMES = """
com org net edu gov mil int info biz pro name museum asia coop aero eu su uk рф рус бел укр қаз 中国 香港 台湾 مصر
agency app blog click cloud club dev digital email example icu link live news online page press site shop space
store support tech today top vip wiki win work world xyz
"""
_ENDINGS = frozenset(_ENDING_NAMES.split()) | {region.lower() for region in phonenumbers.SUPPORTED_REGIONS}
# Endings that are also words: "the police.It is", "la velocitat.si". Without a path they need "www" or "http".
_WORDS = "al am as at be do in is it la me my no si so to us"
_ENDINGS_THAT_ARE_WORDS = frozenset(_WORDS.split())
_SHORTENER_NAMES = """
bit.ly bitly.com buff.ly clck.ru cli.re cutt.ly dwz.cn fb.me goo.gl goo.su is.gd j.mp kutt.it lnkd.in ow.ly qr.ae
qrco.de rb.gy rebrand.ly s.id shorturl.at soo.gd suo.im surl.li t.cn t.co t.ly t2m.io tiny.cc tinyurl.com tny.im u.to
url.cn v.gd vk.cc x.co
"""
_SHORTENERS = frozenset(_SHORTENER_NAMES.split())
# Letters of Cyrillic and Greek that look like Latin ones: a whole name of them in front of a Latin ending deceives.
_LIKE_LATIN = frozenset("асԁеһіјӏорԛѕԝхуъьвкмнтгαικνορτυχ")
_CONFUSED_SCRIPTS = frozenset(("ARMENIAN", "CHEROKEE", "CYRILLIC", "GREEK"))
_NEVER_REGISTERED = "\u0430a"  # two scripts in one label

_SPOKEN_DOT = r" (?:dot|punto|ponto|point|punkt|точка) "
# Without these the patterns of addresses need not be tried.
_SIGN_OF_EMAIL = re.compile("@")
_SIGN_OF_BRACKETS = re.compile(r"[\[({<]\s?(?:at|@|arroba|arobase|собака|ät|в|艾特|dot|\.)\s?[\])}>]|@", re.IGNORECASE)
_SIGN_OF_SPOKEN = re.compile(_SPOKEN_DOT, re.IGNORECASE)
_SCHEME = re.compile(r"(?:https?|ftp)://[^\s<>\"]{2,2000}", re.IGNORECASE)
_HOST = re.compile(
    r"(?<![\w@.-])(?:[\w-]{1,63}\.){1,8}([^\W\d_]{2,24})(?![\w@-])(?::\d{2,5}\b)?(?:[/?#][^\s<>\"]{0,2000})?"
)
_EMAIL = re.compile(r"(?<![\w.+-])\w[\w.+-]{0,63}@(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}(?![\w-])")
_WIDE = "\u0600-\u06ff\u3041-\u30ff\u3400-\u9fff"  # their letters touch an address without being part of it
_GLUED = re.compile(r"[^\x00-\x7f]+(?=[A-Za-z0-9][A-Za-z0-9-]*\.[A-Za-z])")
_GLUED_NAME = re.compile(rf"[{_WIDE}]+(?=[\x00-\x7f])")
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
_SPOKEN = re.compile(
    rf"{_NAME}(?:{_SPOKEN_DOT}[\w-]{{1,63}})?(?: at | arroba | arobase | chez | собака )[\w-]{{1,63}}"
    rf"(?:{_SPOKEN_DOT}[\w-]{{2,63}}){{0,2}}{_SPOKEN_DOT}"
    r"(?:com|org|net|info|edu|gov|br|cn|co|de|es|eu|fr|gr|io|ir|jp|ma|mx|nl|pl|pt|ru|tn|tr|ua|uk|za|рф|ру|ком|орг)\b",
    re.IGNORECASE,
)


def emails_in(text: str) -> Iterator[Mark]:
    """E-mail addresses of a text that went through `plain_signs`, also in disguise: "name (at) host (dot) org"."""
    for pattern, sign in ((_EMAIL, _SIGN_OF_EMAIL), (_BRACKETS, _SIGN_OF_BRACKETS), (_SPOKEN, _SIGN_OF_SPOKEN)):
        for found in pattern.finditer(text) if sign.search(text) else ():
            glued = _GLUED_NAME.match(found[0])
            yield Mark(MarkKind.EMAIL, found.start() + (glued.end() if glued else 0), found.end())


def links_in(text: str) -> Iterator[Mark]:
    """Links with a scheme of a text that went through `plain_signs`, also those made harmless: "example[.]org"."""
    for pattern in (_SCHEME, _DEFANGED):
        for found in pattern.finditer(text):
            start, end = _bounds(text, *found.span())
            yield Mark(MarkKind.LINK, start, end, caution_of(text[start:end].replace("[.]", ".")))


def hosts_in(text: str) -> Iterator[Mark]:
    """Links without a scheme: "www.example.org", "example.org/faces"."""
    for found in _HOST.finditer(text):
        start, end = _bounds(text, *found.span())
        if _is_host(text[start:end], found[1]):
            yield Mark(MarkKind.LINK, start, end, caution_of(text[start:end]))


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


def _is_host(address: str, ending: str) -> bool:
    """Whether an address without a scheme is one, and not two sentences or an abbreviation as in "e.g.in"."""
    host, slash, _ = address.partition("/")
    if ending.lower() not in _ENDINGS or (not ending.islower() and not host.isupper()):
        return False
    if host.startswith("www."):
        return True
    if ending in _ENDINGS_THAT_ARE_WORDS and not slash:
        return False
    label = host.rpartition("." + ending)[0].rpartition(".")[2]
    return bool(slash) or (len(label) > 1 and not label.isdigit())


def _bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """The range of a link without the words and signs of a sentence that touch it."""
    if glued := _GLUED.match(text, start, end):
        start = glued.end()
    if stop := _WIDE_STOP.search(text, start + 1, end):
        before = text[start : stop.start()]
        if "." in before or ":" in before:
            end = stop.start()
    while end > start + 1 and (text[end - 1] in _SENTENCE_ENDS or _is_open(text[start:end])):
        end -= 1
    return start, end


def _is_open(link: str) -> bool:
    """Whether a link ends with a bracket that began in front of it."""
    return link.endswith(")") and link.count(")") > link.count("(")
