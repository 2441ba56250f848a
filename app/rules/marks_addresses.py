"""Street addresses in a text, as far as a pattern can honestly tell: a street's word together with a house's number.

A street alone ("the cameras in Main Street") is a place, not somebody's address, and is left alone.
"""

import re
from collections.abc import Iterator

from app.rules.marks_cues import HOME
from app.rules.marks_found import Mark, MarkKind
from app.rules.marks_reading import counts_something

_UP = "A-ZÀ-ÖØ-ÞŁŚŠŽĐČŒ"  # capital letters
_TOWN = rf"[{_UP}][^\W\d_]{{1,24}}(?:[-'’][^\W\d_]{{1,24}}){{0,2}}"
_CAPITAL = rf"(?:[{_UP}][\w'’-]{{0,24}}|[{_UP}]\w{{0,3}}\.)"  # "Rosemary", "St."
_NUMBER = r"\d{1,5}(?: ?(?:bis|ter|quater)\b|[A-Za-z]\b)?(?:[-/]\d{1,4}\b)?"
_HOUSE = rf"(?<![\w.,/#$€£-])(?<!\d ){_NUMBER}"

_ENGLISH_STREET = (
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Terrace|Crescent|Close|Way|Place|Square|Highway|Hwy"
    r"|Parkway|Pkwy|Gardens|Grove|Mews|Row|Walk|Hill|Estate)\b\.?"
)
_ENGLISH = re.compile(
    rf"(?:\b(?:Flat|Apartment|Apt|Unit|Suite|Room)\.? \w{{1,5}}, ?)?{_HOUSE},? (?:{_CAPITAL} ){{1,3}}?{_ENGLISH_STREET}"
    r"(?:,? (?:Apartment|Apt|Unit|Suite|Flat|Floor|#)\.? ?\w{1,5}\b)?"
    rf"(?:, {_TOWN}(?: {_TOWN})?)?(?:,? (?:[A-Z]{{2}} )?\d{{5}}(?:-\d{{4}})?\b)?"
    r"(?:,? [A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b)?"
)
_BOX = re.compile(
    r"\b(?:(?i:P\. ?O\. ?Box|PO Box|Post Office Box|Postfach|Boîte postale|Apartado (?:postal|de correos)"
    r"|Caixa postal)|B\.P\.|BP"
    rf"|а/я|абонентский ящик|ص\. ?ب\.?|صندوق بريد|邮政信箱)\s?\d{{1,6}}\b(?:, {_TOWN}(?: {_TOWN}){{0,2}})?"
)
_SMALL = r"(?:d['’]|l['’]|de la |de l['’]|des |de |du |les |la |le |dos |das |do |da |los |las |el |del |y |e )"
_NAMED = rf"{_SMALL}{{0,2}}{_CAPITAL}(?:[ -]{_SMALL}{{0,2}}{_CAPITAL}){{0,3}}"
_FRENCH = re.compile(
    rf"{_HOUSE},? (?:[Rr]ue|[Aa]venue|[Aa]v\.|[Bb]oulevard|[Bb]d|[Pp]lace|[Cc]hemin|[Aa]llée|[Ii]mpasse"
    rf"|[Qq]uai|[Rr]oute|[Cc]ours|[Ss]quare|[Pp]assage|[Vv]oie|[Rr]uelle|[Ff]aubourg) {_NAMED}"
    r"(?:, (?:bât\.|bâtiment|appt?\.?|appartement|étage|escalier) ?\w{1,4})?"
    rf"(?:,? \d{{5}} {_TOWN}(?: {_TOWN}){{0,2}})?"
)
_IBERIAN_STREET = (
    r"(?:[Cc]alle|C/|[Aa]venida|[Aa]v\.|[Aa]vda\.?|[Pp]laza|[Pp]aseo|[Pp]º|[Cc]arrera|[Cc]ra\.|[Cc]amino|[Rr]onda|[Tt]ravesía"
    r"|[Pp]asaje|[Cc]alzada|[Bb]ulevar|[Rr]ua|[Tt]ravessa|[Ll]argo|[Pp]raça|[Aa]lameda|[Ee]strada|[Rr]odovia|[Bb]eco)"
)
_IBERIAN_NUMBER = r"(?:,? (?:n\.?[ºo°]|núm\.|nº|número|#)?|,) ?\d{1,5}(?:-\d{1,4})?[A-Za-z]?\b(?![.,]\d|/\d)"
_FLOOR = (
    r"(?:,? \d{1,2}\.?[ºªo°] ?(?:[A-Z]\b|esq\.|dto?\.|dcha\.|izq\.|andar)?"
    r"|,? (?:apto?\.?|ap\.|piso|puerta|bloco|sala) ?\w{1,4}\b)"
)
_IBERIAN = re.compile(
    rf"(?<!\w){_IBERIAN_STREET} (?:{_NAMED}|\d{{1,3}}[A-Z]?\b){_IBERIAN_NUMBER}{_FLOOR}{{0,2}}"
    rf"(?:, (?:\d{{4,5}}(?:-\d{{3}})? )?{_TOWN}(?: {_TOWN})?)?"
)
_GERMAN = re.compile(
    rf"(?<!\w)(?:(?:An der|An den|Am|An|Im|In der|Auf der|Auf dem|Zum|Zur|Unter den) )?"
    rf"(?:[{_UP}][a-zäöüß-]{{0,20}}[ -]){{0,2}}[{_UP}][a-zäöüß]{{1,25}}"
    r" \d{1,4} ?[a-z]?\b(?![.,]\d|\.? [A-Z]?[a-zäöü]+(?:jahr|tag)|/\d)"
    rf"(?:, (?:D-)?\d{{5}} {_TOWN}(?: {_TOWN})?)?"
)
_GERMAN_STREET = re.compile(
    r"(?:stra(?:ß|ss)e|str|weg|platz|gasse|allee|ring|damm|ufer|chaussee|steig|markt|hof) \d", re.IGNORECASE
)
_GERMAN_SHORT = re.compile(rf"(?<!\w)[{_UP}][\w-]{{1,25}}[Ss]tr\. ?\d{{1,4}} ?[a-z]?\b(?:, \d{{5}} {_TOWN})?")
_RUSSIAN_STREET = (
    r"(?:ул\.|улиц[аеуы]|пр-т\.?|пр\.|просп\.|проспект[ае]?|пер\.|переул(?:ок|ке)|бульвар[е]?|б-р|наб\.|набережн(?:ая|ой)|шоссе|ш\."
    r"|площад[ьи]|пл\.|проезд[е]?|тупик[е]?|мкр\.?|микрорайон[е]?)"
)
_RUSSIAN_NAME = r"(?:\d{1,2}-(?:я|й|го) )?[А-ЯЁ][а-яё.-]{1,24}(?: [А-ЯЁ][а-яё.-]{1,24}){0,2}"
_RUSSIAN_HOUSE = (
    r",? (?:(?:д\.|дом[е]?) ?)?\d{1,4}[а-яА-Я]?\b(?:/\d{1,3})?"
    r"(?:,? (?:корп?\.|к\.|стр\.|кв\.|квартир[аеы]|оф\.|подъезд) ?\d{1,4}){0,3}"
)
_RUSSIAN = re.compile(
    rf"(?<!\w)(?:(?:г\. ?[А-ЯЁ][а-яё-]{{1,24}}, )?{_RUSSIAN_STREET} ?{_RUSSIAN_NAME}"
    rf"|{_RUSSIAN_NAME} {_RUSSIAN_STREET}){_RUSSIAN_HOUSE}"
)
_ARABIC_WORD = r"[\u0621-\u065f\u0670-\u06d3]{2,20}"
_ARABIC_STREET = r"(?:شارع|طريق|زقاق|نهج|زنقة|ميدان|ساحة)"
_ARABIC_ROOM = r"(?:[،,] ?(?:عمارة|بناية|مبنى|شقة|الدور|الطابق|طابق|منزل|فيلا|بيت)(?: رقم)? \d{1,4}){1,3}"
_ARABIC = re.compile(
    rf"(?:{_HOUSE} {_ARABIC_STREET} {_ARABIC_WORD}(?: ال{_ARABIC_WORD})?(?:{_ARABIC_ROOM})?"
    rf"|{_ARABIC_STREET} {_ARABIC_WORD}(?: {_ARABIC_WORD})?"
    rf"(?:[،,]? رقم \d{{1,4}}\b|[،,]? \d{{1,4}}\b(?=\s*(?:[،,.؛\n]|$)))(?:{_ARABIC_ROOM})?"
    rf"|(?:حي|{_ARABIC_STREET}) {_ARABIC_WORD}(?: {_ARABIC_WORD})?{_ARABIC_ROOM})"
)
_HAN = "\u3400-\u9fff"
_CHINESE = re.compile(
    r"(?:路|街|大道|巷|弄|胡同|道|小区|花园|公寓|新村|苑)\d{1,5}(?:号楼|号|弄|栋|幢)院?(?:\d{1,3}(?:单元|栋|幢|号楼|层|楼))?"
    r"(?:\d{1,5}(?:室|号|房))?"
)
_CHINESE_NAME = re.compile(rf"[{_HAN}]*$")
_CHINESE_VERB = re.compile(".*(?:地址为|位于|搬到|送到|寄到|住|在|是|到)")  # what comes before an address
_LONGEST_CHINESE_NAME = 24  # characters from the province to the street
_CHINESE_STREET = 4  # characters of a street's name where nothing shows where it begins

_BEGIN_OF_WORD = re.compile(r"(?<!\w)[^\W\d_]")
_HOME_REACH = 80  # characters after the word for living somewhere

_PATTERNS = (_ENGLISH, _BOX, _FRENCH, _IBERIAN, _GERMAN_SHORT, _RUSSIAN, _ARABIC)


def addresses_in(text: str) -> Iterator[Mark]:
    """Street addresses and boxes of a text that went through `plain_signs`, in any of the languages known here."""
    for start, end in _streets_in(text):
        yield Mark(MarkKind.ADDRESS, start, end)
    for said in HOME.finditer(text):  # after "lives at" people write street names small, too
        window = _BEGIN_OF_WORD.sub(_as_capital, text[said.end() : said.end() + _HOME_REACH])
        for start, end in _streets_in(window):
            if not counts_something(text, said.end() + end):  # what it counts may stand beyond the window
                yield Mark(MarkKind.ADDRESS, said.end() + start, said.end() + end)
    for found in _CHINESE.finditer(text):
        yield Mark(MarkKind.ADDRESS, _begin_of_chinese(text, found.start()), found.end())


def _streets_in(text: str) -> Iterator[tuple[int, int]]:
    for pattern in _PATTERNS:
        for found in pattern.finditer(text):
            if not (found[0][-1].isdigit() and counts_something(text, found.end())):
                yield found.span()
    for found in _GERMAN.finditer(text):
        if _GERMAN_STREET.search(found[0]) and not counts_something(text, found.end()):
            yield found.span()


def _as_capital(letter: re.Match[str]) -> str:
    capital = letter[0].upper()
    return capital if len(capital) == 1 else letter[0]


def _begin_of_chinese(text: str, street: int) -> int:
    """Where an address begins whose street ends at `street`: no space tells it from the words before."""
    before = text[max(0, street - _LONGEST_CHINESE_NAME) : street]
    before = before[_CHINESE_NAME.search(before).start() :]  # type: ignore[union-attr] # it matches nothing, too
    if verb := _CHINESE_VERB.match(before):
        return street - len(before) + verb.end()
    if re.search("[省市区县镇乡村]", before):
        return street - len(before)
    return street - min(len(before), _CHINESE_STREET)
