"""Words in front of a number that say whose it is: a telephone's, an account's, a passport's, a card's, a home's.

Patterns without regard to case; words of Arabic and Chinese stand without word boundaries, as they are glued to others.
"""

import re

_REACH = 64  # characters before a number in which its word may stand
_GAP = (
    r"(?:[^\d\n.!?;。！？؛]|\bn[or]?\.){0,30}$"  # what may stand between: "number", "of my son is", but no new sentence
)


def _cue(words: str, glued: str) -> re.Pattern[str]:
    alternatives = "|".join(line.strip() for line in words.strip().splitlines())
    return re.compile(rf"(?:\b(?:{alternatives})\b|{'|'.join(glued.split())}){_GAP}", re.IGNORECASE)


TELEPHONE = _cue(
    r"""
    tel|tele?phone|phone|call|calling|ring|text|mobile|cell|cellphone|whatsapp|fax|reach|dial|hotline
    téléphon\w*|appel\w*|portable|joign\w*
    móvil|llam\w*|llám\w*|teléfono|celular|ligu?\w{0,4}(?:-\w{2,3})?|telefone|telemóvel
    telefon\w*|handy|ruf\w*|anruf\w*|mobil\w*
    тел|телефон\w*|звон\w*|позвон\w*|мобильн\w*|набер\w*
    """,
    "هاتف جوال اتصل موبايل واتس تلفون 电话 手机 致电 拨打 打",
)
IDENTITY = _cue(
    r"""
    passports?|identity (?:card|number|document)|ID (?:card|number|no)|national id|social security|national insurance
    (?:student|employee|staff|member|patient|inmate|prisoner|resident|citizen|customer) ID
    NHS number|drivers?['’]?s? licen[cs]e|driving licen[cs]e|tax (?:number|id|payer)\w*|SSN|NINO
    passeports?|carte (?:nationale )?d['’]identité|sécurité sociale|permis de conduire|titre de séjour
    numéro (?:fiscal|NIR)|NIR|pasaportes?|DNI|NIE|NIF|CURP|RUT|RFC|CUIL|CUIT|cédula|documento de identidad
    licencia de conducir|seguridad social|passaportes?|CPF|RG|cartão de cidadão|bilhete de identidade
    carteira de identidade|ausweis\w*|personalausweis\w*|reisepass\w*|steuer-?(?:id|nummer|identifikations\w+)
    sozialversicherungs\w*|führerschein\w*|(?:загран)?паспорт\w*|СНИЛС|ИНН
    удостоверени\w+ личности|водительск\w+ удостоверени\w+
    """,
    r"جواز هويتها هويته هويتي رقم\sالهوية بطاق\w{1,4}\s(?:ال)?(?:وطني|شخصي|هوي) القومي رقم\sالإقامة الرقم\sالوطني "
    "رخصة 身份证 护照 社保号 驾驶证 港澳通行证 居住证",
)
ACCOUNT = _cue(
    r"""
    (?:bank )?(?:account|acct)s?|a/c|sort code|IBAN|routing number
    compte(?: bancaire)?|RIB|cuenta(?: bancaria)?|CLABE|CBU|conta(?: bancária| corrente)?|agência
    konto\w*|сч[её]т\w*|р/с
    """,
    "حساب آيبان 账号 帐号 账户 帐户",
)
CARD = _cue(
    r"(?:credit|debit|bank|payment)?\s?cards?|visa|mastercard|carte(?: bancaire)?|CB"
    r"|tarjeta|cartão|kreditkarte|karte|карт\w{1,3}",
    r"بطاق 银行卡 信用卡 卡",
)
HOME = re.compile(
    r"\b(?:lives?|living|resid\w+|address|habite\w*|vi[tv]|vive[nm]?|vivo|moro|moram?|domicili\w+|dirección|endereço|adresse"
    r"|wohn\w*)\b",
    re.IGNORECASE,
)


def is_said_before(cue: re.Pattern[str], text: str, start: int) -> bool:
    """Whether a word of this cue stands in front of the number that begins at `start`."""
    return cue.search(text[max(0, start - _REACH) : start]) is not None
