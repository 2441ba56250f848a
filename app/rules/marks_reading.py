"""What stands around a number and says what it is not: laws, dates, amounts, dockets and parts of a text."""

import re

# Han and Arabic letters touch a number without being part of it.
_LETTER = "A-Za-z\u00c0-\u04ff"
# Signs that join a number to something longer: a law, a path, a fraction, a decimal, a docket.
_JOINED_BEFORE = re.compile(rf"[{_LETTER}0-9_/$€£¥₽#§%][-.,:_/]?$|[/$€£¥₽§№%]\s?$")
_JOINED_AFTER = re.compile(rf"^(?:[{_LETTER}0-9_/%‰€£$₽¥]|[-–][{_LETTER}0-9]|[.,:]\d|\s?[%‰€£$₽¥元年°])")
_DATE = re.compile(
    r"(?:19|20)\d\d[-./ ](?:0?[1-9]|1[0-2])[-./ ](?:0?[1-9]|[12]\d|3[01])"
    r"|(?:0?[1-9]|[12]\d|3[01])[-./ ](?:0?[1-9]|[12]\d|3[01])[-./ ](?:19|20)?\d\d"
    r"|(?:19|20)\d\d ?[-–] ?(?:19|20)\d\d"
)
_AMOUNT = re.compile(r"[1-9]\d{0,2}(?:([ .,])\d{3})(?:\1\d{3})*(?:[.,]\d{1,2})?")


def _one_of(words: str) -> str:
    return f"(?:{'|'.join(line.strip() for line in words.strip().splitlines())})"


_CURRENCY_BEFORE = r"\b(?:EUR|USD|GBP|CHF|RUB|CNY|R|US|SAR|EGP|AED|n)\s?[$=]?\s?"
_PARTS_AND_LAWS = _one_of(
    r"""
    pages?|pp?|paragraphs?|paras?|lines?|sections?|articles?|arts?|clauses?|cases?|dockets?|laws?|acts?|bills?
    resolutions?|directives?|regulations?|versions?|v|vol|ISO|IEC|EN|DIN|NIST|UNE|GB/T
    ley|loi|lei|décret|decreto|décision|délibération|règlement|reglamento|regulamento|directiva
    article|artículo|artigo|artikel|processo|expediente|contrato|contrat|vertrag|drucksache|urteil
    gesetz|verordnung|amendement|enmienda|página|seite|rn
    """
)
_RUSSIAN_LAWS = _one_of(
    r"""
    закон|указ|дело|делу|контракт|контракте|жалобе|договор|приказ|пункт|пункты|статья|страница|ГОСТ\sР|ИСО/МЭК
    """
)
_ARABIC_LAWS = _one_of(
    """
    القانون|قانون|المرسوم|القضية|العقد|القرار|المادة|البند|الفقرة|صفحة
    """
)
_UNIT_BEFORE = re.compile(
    rf"(?:{_CURRENCY_BEFORE}|\b{_PARTS_AND_LAWS}\b[.\s]{{0,2}}(?:n\s?[°º.]+|no\.|nr\.|№|nº|n\.º)?\s?\(?"
    rf"|\b{_RUSSIAN_LAWS}\w*\s?№?\s?|{_ARABIC_LAWS}\s(?:رقم\s)?|(?:编号|第|合同|条例|指令|案号)[:：]?\s?)$",
    re.IGNORECASE,
)
_COUNTED = _one_of(
    r"""
    million|thousand|billion|people|persons?|images?|faces?|cameras?|euros?|dollars?|pounds?|met(?:er|re|ro)s?
    years? old|hours?|days?|years?|votes?|pupils|times|records|km|m2|m²|minutes?
    personnes|visages|millions?|caméras?|ans|mètres?|fiches|personas|millones|caras|rostros|imágenes|pesos?|años|minutos
    c[áâ]m[ae]ras?|reais|pessoas|anos|millionen|menschen|personen|kameras?|jahre
    """
)
_UNIT_AFTER = re.compile(
    rf"\s?(?:{_COUNTED}\b|(?:рубл|человек|тысяч|млн|лиц|раз|дней|лет|года|камер)"
    "|(?:كاميرا|عام|سنة|شخص|دولار|صورة|ألف|مليون|يوم)|[台岁人元张万次天个名条年月])",
    re.IGNORECASE,
)
_BEFORE, _AFTER = 32, 16  # characters around a number that say what it is


def is_joined(text: str, start: int, end: int) -> bool:
    """Whether the number goes on in front of it or behind it, as in "C-311/18", "A/HRC/41/35", "3.12" or "4 %"."""
    return bool(_JOINED_BEFORE.search(text, max(0, start - 3), start) or _JOINED_AFTER.search(text[end : end + 3]))


def is_date(number: str) -> bool:
    """Whether the whole of it is a date, or years from one to another."""
    return _DATE.fullmatch(number) is not None


def is_amount(number: str) -> bool:
    """Whether it is written in thousands: "1 250 000", "3.400.000", "641,000"."""
    return _AMOUNT.fullmatch(number) is not None


def is_counted(text: str, start: int, end: int) -> bool:
    """Whether the words around a number make it a law, a part of a text, an amount or a count of something."""
    return bool(_UNIT_BEFORE.search(text[max(0, start - _BEFORE) : start])) or counts_something(text, end)


def counts_something(text: str, end: int) -> bool:
    """Whether the word behind a number that ends here says what there are so many of: people, years, cameras."""
    return _UNIT_AFTER.match(text, end, end + _AFTER) is not None
