"""Hints for moderators: what is marked, what must not be, and that no text can break or slow them."""

import pytest

from app.rules.marks import Caution, Mark, MarkKind, Piece, marks_of, pieces, seems_written_in
from app.rules.words import CAUTIONS, MARKS


def marked(text: str, language: str = "en", **more) -> list[tuple[str, str]]:
    return [(mark.kind.value, text[mark.start : mark.end]) for mark in marks_of(text, language=language, **more)]


NEAR_MISSES = [
    ("en", "Regulation (EU) 2016/679, EU 2024/1689 and Directive 2016/680"),
    ("en", "ISO/IEC 19795-1:2021, ISO/IEC 30107-3:2023 and NISTIR 8280"),
    ("en", "Cases C-311/18 and T-323/16, paragraphs 168-202"),
    ("en", "docket FTC-2022-0053-1088, file LGO-22-014-552"),
    ("en", "A/HRC/41/35, paragraphs 12 and 50, and resolution 48/4"),
    ("en", "from 12/03/2021 to 2027-01-31, that is 2021-2027"),
    ("en", "$1,250,000.00, EUR 20 000 000, £86,400.50 and 4 %"),
    ("en", "between 06:30 and 22:45 on 3 May 2023"),
    ("en", "18 270 420 images of 8 490 000 people"),
    ("en", "clauses 2.1, 2.2.14 and 4.1.3 (b)"),
    ("en", "doi 10.1145/3287560.3287596, ISBN 978-0-00-000000-2"),
    ("en", "version 10.4.2.11 of the software"),
    ("en", "138 S. Ct. 2206, 585 U.S. 296 (2018)"),
    ("en", "The bank account of the town grew by 1 250 000 in 2016-2019."),
    ("en", "Passports issued in 2016-2019 hold 641,000 faces."),
    ("en", "Call for papers of 12/03/2021, pages 2210-2245"),
    ("en", "The police.It is e.g.in the a.m.to be. Node.js, No.45.in"),
    ("en", "Look at the point of this. Meet me at dot."),
    ("en", "Cameras in Main Street and at 24 stations, 3 Sample people"),
    ("en", "No, no and no. Agreed, agreed, agreed!!!"),
    ("en", "Name: ______________ Date: ............"),
    ("en", "| --- | --- | --- |"),
    ("fr", "CE, 10e chambre, 26 avril 2022, n° 442364, ECLI:FR:CECHR:2022:442364.20220426"),
    ("fr", "délibération n° 2019-160, loi n° 78-17 du 6 janvier 1978"),
    ("fr", "Les lycées de la rue de la République ont 24 caméras."),
    ("es", "expediente PS/00120/2021, Ley 1581 de 2012, 2.520.000 euros"),
    ("es", "La calle Mayor tiene 24 cámaras; calle Mayor 24 cámaras."),
    ("pt", "processo 0010616-86.2019.8.26.0053"),
    ("de", "Aktenzeichen 1 BvR 1547/19, Drucksache 19/27654, 1.250.000 €"),
    ("de", "Am Bahnhof 24 Kameras, am Montag 7 Uhr"),
    ("ru", "№ 152-ФЗ от 27.07.2006, дело № 33-12345/2020, 3 400 000 рублей"),
    ("ru", "На Тверской улице 24 камеры, ГОСТ Р ИСО/МЭК 19795-1-2007"),
    ("zh", "法释〔2021〕15号，（2019）浙0111民初6971号，GB/T 35273-2020"),
    ("zh", "2019年花了1250000元，中山路有24台摄像头"),
    ("ar", "القانون رقم 151 لسنة 2020، 1,250,000 دولار، ٤٣١٨ شخصًا"),
    ("ar", "في ميدان التحرير 24 كاميرا"),
]


@pytest.mark.parametrize(("language", "text"), NEAR_MISSES)
def test_what_only_looks_like_it_is_not_marked(language, text):
    assert marked(text, language) == []


HITS = [
    ("en", "email", "a.b+c@example.co.uk"),
    ("en", "email", "jo(at)example.com"),
    ("en", "email", "jane.doe (at) example (dot) org"),
    ("en", "email", "jane at example dot org"),
    ("es", "email", "ana arroba example punto es"),
    ("fr", "email", "cabinet [arobase] example [point] fr"),
    ("ru", "email", "kontora (собака) example (точка) org"),
    ("en", "phone", "020 7946 0123"),
    ("en", "phone", "(202) 555-0143"),
    ("en", "phone", "+44 161 496 0188"),
    ("fr", "phone", "06.39.98.12.34"),
    ("es", "phone", "600 00 01 23"),
    ("de", "phone", "030 23125 012"),
    ("de", "phone", "030/23125012"),
    ("ru", "phone", "8 (812) 000-01-23"),
    ("ar", "phone", "٠١٠٠٠٠٠١٢٣٤"),
    ("zh", "phone", "１３９００００１２３４"),
    ("pt", "phone", "(11) 90000-1234"),
    ("en", "identity_number", "219-09-9999"),
    ("en", "identity_number", "QQ 12 34 56 C"),
    ("en", "identity_number", "943 476 5919"),
    ("en", "identity_number", "2341 2341 2346"),
    ("en", "identity_number", "784-1980-1234567-8"),
    ("fr", "identity_number", "2 55 08 14 168 025 38"),
    ("es", "identity_number", "12345678Z"),
    ("es", "identity_number", "X1234567L"),
    ("es", "identity_number", "12.345.678-5"),
    ("es", "identity_number", "BOXW310820HNERXN09"),
    ("en", "identity_number", "RSSMRA80A01H501U"),
    ("pt", "identity_number", "111.444.777-35"),
    ("pt", "identity_number", "52998224725"),
    ("ru", "identity_number", "112-233-445 95"),
    ("ru", "identity_number", "500100732259"),
    ("de", "identity_number", "86 095 742 719"),
    ("zh", "identity_number", "11010519491231002X"),
    ("ar", "identity_number", "29001010100015"),
    ("en", "card_number", "4111 1111 1111 1111"),
    ("en", "card_number", "5555-5555-5555-4444"),
    ("en", "card_number", "378282246310005"),
    ("ru", "card_number", "2200 0000 0000 0053"),
    ("zh", "card_number", "6200000000000005"),
    ("en", "account_number", "GB29 NWBK 6016 1331 9268 19"),
    ("de", "account_number", "DE89370400440532013000"),
    ("en", "address", "42 Sample Street"),
    ("en", "address", "Flat 3, 17 Rosemary Lane, M1 1AA"),
    ("en", "address", "P.O. Box 1234"),
    ("fr", "address", "12 bis, rue de l'Exemple"),
    ("es", "address", "calle del Ejemplo, 24, 3.º B"),
    ("pt", "address", "Avenida das Amostras, n.º 1450"),
    ("de", "address", "Musterstraße 24a, 12345 Musterstadt"),
    ("ru", "address", "ул. Примерная, д. 24, кв. 17"),
    ("ar", "address", "شارع المثال رقم 24"),
    ("zh", "address", "示例市样本区和平路24号3单元502室"),
    ("en", "link", "https://example.org/a?b=1&c=(2)"),
    ("en", "link", "www.example.com/deals"),
    ("en", "link", "example.org"),
    ("en", "link", "hxxps://example.org/x"),
    ("en", "link", "example[.]org"),
    ("ru", "link", "пример.рф"),
    ("en", "repeated", "no no no no no"),
    ("en", "repeated", "Buy it now, buy it now, buy it now"),
    ("en", "repeated", "Stop the scans. Stop the scans. Stop the scans"),
    ("en", "repeated", "!!!!!!!!!!"),
    ("en", "repeated", "Nooooooooo"),
    ("zh", "repeated", "还我脸还我脸还我脸"),
]


@pytest.mark.parametrize(("language", "expected", "passage"), HITS)
def test_each_kind_is_found_alone_and_in_a_sentence(language, expected, passage):
    assert marked(passage, language)[0][0] == expected
    before, after = ("他说：", "，对。") if language == "zh" else ("They wrote “", "”, and left.")
    (found,) = marked(before + passage + after, language)
    assert found[0] == expected
    assert found[1] in passage
    assert 2 * len(found[1]) > len(passage)


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "my account 0000-1111-22 was frozen", ("account_number", "0000-1111-22")),
        ("en", "account number: 55779911.", ("account_number", "55779911")),
        ("en", "passport number 123456789 was read", ("identity_number", "123456789")),
        ("fr", "Mon compte n° 00012345678 est bloqué", ("account_number", "00012345678")),
        ("ru", "Паспорт, серия и номер 4500 123456, висит", ("identity_number", "4500 123456")),
        ("ru", "на счёт 40817810099910004312 и", ("account_number", "40817810099910004312")),
        ("zh", "银行账户1202000009000012345因", ("account_number", "1202000009000012345")),
        ("zh", "我的护照E00001234被拒", ("identity_number", "E00001234")),
        ("ar", "رقم الحساب 0001-2345-6789 جُمّد", ("account_number", "0001-2345-6789")),
        ("en", "I live at 9 sample road now", ("address", "9 sample road")),
        ("en", "phone: 12 34 56 78", ("phone", "12 34 56 78")),
    ],
)
def test_words_before_a_number_say_what_it_is(language, text, found):
    assert marked(text, language) == [found]


def test_a_wrong_check_digit_is_left_alone():
    wrong = "12345678A, X1234567A, 111.444.777-36, 4111 1111 1111 1112, GB29 NWBK 6016 1331 9268 18, 112-233-445 96"
    assert marked(wrong) == []


def test_the_more_certain_find_wins():
    assert marked("see https://example.org/t/2025550143 now") == [("link", "https://example.org/t/2025550143")]
    assert marked("mail a.b@example.org") == [("email", "a.b@example.org")]
    assert marked("https://bank.com@example.org/x") == [("link", "https://bank.com@example.org/x")]


def test_signs_of_a_sentence_are_no_part_of_a_link():
    assert marked("(https://example.com/p?u=12&x=3).") == [("link", "https://example.com/p?u=12&x=3")]
    assert marked("请看example.org/zh，谢谢", "zh") == [("link", "example.org/zh")]
    assert marked("[text](https://example.com/a)") == [("link", "https://example.com/a")]


@pytest.mark.parametrize(
    ("link", "caution"),
    [
        ("https://example.org", None),
        ("https://пример.рф", None),
        ("bit.ly/3xYz12A", Caution.SHORTENER),
        ("https://t.co/AbCd", Caution.SHORTENER),
        ("https://ex\u0430mple.com", Caution.LOOK_ALIKE),
        ("https://\u0430\u0440\u0440\u04cf\u0435.com", Caution.LOOK_ALIKE),
        ("https://xn--pple-43d.example.com", Caution.LOOK_ALIKE),
        ("https://example.org@example.com/login", Caution.LOOK_ALIKE),
        ("http://192.0.2.7/login", Caution.LOOK_ALIKE),
        ("http://[2001:db8::1", Caution.LOOK_ALIKE),
    ],
)
def test_links_that_hide_where_they_lead_are_named(link, caution):
    assert [mark.caution for mark in marks_of(link, language="en")] == [caution]


def test_regions_can_be_given():
    assert marked("Please: 2025550143") == [("phone", "2025550143")]
    assert marked("Please: 2025550143", regions=("FR",)) == []
    assert marked("Ligue 210 000 123", "pt-PT") == [("phone", "210 000 123")]


def test_what_others_leave_of_repeated_text_stays_marked():
    text = "Buy it at example.org now. Buy it at example.org now. Buy it at example.org now."
    assert [kind for kind, _ in marked(text)].count("link") == 3
    assert {kind for kind, _ in marked(text)} == {"link", "repeated"}


def test_pieces_are_for_a_page():
    text = "Ask a@example.org."
    assert pieces(text, marks_of(text, language="en")) == (
        Piece("Ask "), Piece("a@example.org", MarkKind.EMAIL), Piece("."),
    )  # fmt: skip
    assert pieces("", ()) == ()
    assert pieces("ab", (Mark(MarkKind.LINK, 0, 1), Mark(MarkKind.PHONE, 1, 2))) == (
        Piece("a", MarkKind.LINK), Piece("b", MarkKind.PHONE),
    )  # fmt: skip


def test_every_kind_and_caution_has_a_name():
    assert set(MARKS) == set(MarkKind)
    assert set(CAUTIONS) == set(Caution)


@pytest.mark.parametrize(
    ("text", "stored", "seems"),
    [
        ("The police shall not keep the pictures of people who are not charged with this.", "en", None),
        ("The police shall not keep the pictures of people who are not charged with this.", "fr", "en"),
        ("La police ne doit pas garder les images des personnes qui ne sont pas poursuivies.", "en", "fr"),
        ("La policía no debe guardar las imágenes de las personas que no están acusadas.", "pt-BR", "es"),
        ("The police shall not keep the pictures of people who are not charged with this.", "ru", "en"),
        ("Полиция не должна хранить снимки.", "en", "ru"),
        ("Полиция не должна хранить снимки.", "ru", None),
        ("Поліція не повинна зберігати знімки.", "uk", None),
        ("我同意。", "en", "zh"),
        ("أوافق", "fr", "ar"),
        ("OK, merci", "en", None),
        ("", "en", None),
    ],
)
def test_a_text_in_another_language_is_noticed(text, stored, seems):
    assert seems_written_in(text, stored) == seems


def test_a_number_with_the_prefix_of_a_country_is_one_even_where_nobody_has_it():
    text = "Call him on +44 7700 900123 and tell him."
    assert [text[mark.start : mark.end] for mark in marks_of(text, language="en")] == ["+44 7700 900123"]
