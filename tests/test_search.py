"""One analyser for all languages: what people type finds what people wrote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search import LONGEST_TERM, fold, language_of, terms


@pytest.mark.parametrize(
    ("language", "text", "query"),
    [
        ("en", "Independent audits of face recognition", "auditing FACES independently"),
        ("en", "The officer’s notebook", "officer's notebooks"),
        ("fr", "L’école refuse la reconnaissance faciale", "ecole reconnaissances"),
        ("fr", "Sécurité", "securites"),
        ("ca", "Més participació ciutadana d'aquí", "PARTICIPACIO ciutadana"),
        ("es", "Más protección", "proteccion"),
        ("es-MX", "los derechos humanos", "derecho humano"),
        ("de", "Die Häuser an der Straße", "haus strasse"),
        ("pt-BR", "A decisão automatizada", "decisao automatizadas"),
        ("tr", "IŞIKLAR ısı", "ışıklar isi"),
        ("ru", "Новые стандарты для людей", "новый стандарт"),
        ("ru", "учёт", "учет"),
        ("ar", "المعايير الإنسانية", "معايير الانسانية"),
        ("ar", "مُعَلِّم", "معلم"),
        ("hi", "बच्चों की सुरक्षा", "सुरक्षा"),
        ("el", "Τα δικαιώματα των ανθρώπων", "δικαιωματα ανθρωπων"),
        ("zh", "我們覺得面部辨識應該停止", "面部辨識"),
        ("ja", "顔認識の基準が必要です", "基準"),
        ("th", "การจดจำใบหน้าต้องหยุด", "ใบหน้า"),
        ("sw", "Haki za binadamu", "haki BINADAMU"),
    ],
)
def test_a_query_finds_the_text(language: str, text: str, query: str) -> None:
    wanted = terms(query, language)
    assert wanted
    assert set(wanted) <= set(terms(text, language))


def test_terms_keep_order_and_repetitions() -> None:
    assert terms("no face, no case", "en") == ["no", "face", "no", "case"]


def test_scripts_without_spaces_become_pairs() -> None:
    assert terms("UberX自用車載客 是", "zh") == ["uberx", "自用", "用車", "車載", "載客", "是"]


def test_words_of_other_scripts_stay_whole() -> None:
    assert terms("सुरक्षा தகவல்", "en") == ["सुरक्षा", "தகவல்"]
    assert terms("가나다 얼굴", "ko") == ["가나다", "얼굴"]


@pytest.mark.parametrize("text", ["", " ", "…!?", "__", "\u0301", "' OR 1=1 --", '" NEAR(a b)'])
def test_only_letters_and_digits_come_out(text: str) -> None:
    assert all(term.isalnum() for term in terms(text, "en"))


def test_short_words_are_not_stemmed() -> None:
    assert terms("as is", "en") == ["as", "is"]


@given(st.text(max_size=200), st.sampled_from(["en", "ar", "ru", "zh", "hi", "xx", ""]))
def test_any_text_can_be_analysed(text: str, language: str) -> None:
    found = terms(text, language)
    assert all(0 < len(term) <= LONGEST_TERM for term in found)
    assert not any(character.isspace() for term in found for character in term)


def test_a_very_long_word_fits_the_index() -> None:
    assert [len(term) for term in terms("x" * 5_000, "en")] == [LONGEST_TERM]


def test_folding_keeps_letters_that_are_no_accented_ones() -> None:
    assert fold("Й ё が ไม้ Straße Æ") == "й е が ไม้ strasse ae"


@pytest.mark.parametrize(
    ("text", "default", "expected"),
    [
        ("Standards for all", "en", "en"),
        ("Des normes pour tous", "fr", "fr"),
        ("المعايير", "en", "ar"),
        ("معیار", "fa", "fa"),
        ("我們覺得 Uber 很好", "en", "zh"),
        ("顔認識の基準", "en", "ja"),
        ("얼굴 인식", "en", "ko"),
        ("Стандарты", "en", "ru"),
        ("Стандарти", "uk", "uk"),
        ("πρότυπα", "en", "el"),
        ("תקנים", "en", "he"),
        ("มาตรฐาน", "en", "th"),
        ("मानक", "en", "hi"),
        ("", "es", "es"),
        ("12 %", "es", "es"),
        ("Uber uber uber 是", "en", "en"),
        ("我們", "zh-TW", "zh-TW"),
    ],
)
def test_the_script_suggests_a_language(text: str, default: str, expected: str) -> None:
    assert language_of(text, default) == expected
