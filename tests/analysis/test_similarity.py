"""Letters that are the same: what is compared, found and measured."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis import similarity
from app.analysis.similarity import bands, central, contained, likeness, normalised, shingles, signature

LETTER = (
    "I support strong rules on facial recognition. Please adopt clauses 2.1 to 2.5 without change because everyone has "
    "the right to walk in public without being identified, and because nobody has asked us before the cameras came."
)
ADDED = "My brother was stopped twice at the station last year and never learned why the gate stayed closed for him."
CHINESE = "我支持对人脸识别制定严格的规则。请不加修改地通过第二条，因为每个人都有权在公共场所行走而不被识别。"
JAPANESE = (
    "私は顔認識についての厳しい規則を支持します。第二条を変更せずに採択してください。誰にでも街を歩く権利があります。"
)
THAI = "ฉันสนับสนุนกฎที่เข้มงวดเกี่ยวกับการจดจำใบหน้า โปรดรับรองข้อสองโดยไม่เปลี่ยนแปลง เพราะทุกคนมีสิทธิเดินในที่สาธารณะ"

texts = st.text(max_size=200)
letters = st.lists(
    st.sampled_from(
        ["we", "ask", "for", "a", "rule", "on", "cameras", "now", "please", "do", "not", "wait", "any", "more"]
    ),
    max_size=40,
)


def changed(text: str, every: int) -> str:
    """The text with one word in so many changed."""
    return " ".join("other" if place % every == every - 1 else word for place, word in enumerate(text.split()))


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("", ""),
        (" … !", ""),
        ("Stop it. NOW!", "stop it now"),
        ("**Stop** _it_\n\n- now", "stop it now"),
        ("ﬁne ＡＢＣ Straße", "fine abc strasse"),
        ("don’t, don't", "don t don t"),
        ("sto\u200bp so\u00adft", "stop soft"),
        ("हिन्दी में", "हिन्दी में"),
        ("cafe\u0301 café", "café café"),
    ],
)
def test_words_are_compared_without_case_signs_and_width(written, compared):
    assert normalised(written) == compared


@given(texts)
def test_normalising_twice_changes_nothing(text):
    assert normalised(normalised(text)) == normalised(text)


def test_what_a_text_is_cut_into():
    assert shingles("One two three four five, six seven eight").order == (
        "one two three four five",
        "two three four five six",
        "three four five six seven",
        "four five six seven eight",
    )
    assert shingles("I agree.").order == ("=i agree",)
    assert shingles("?!").order == ()
    for text in (CHINESE, JAPANESE, THAI):
        cut = shingles(text)
        assert (cut.size, {len(shingle) for shingle in cut.order}) == (8, {8})
    assert shingles("同意").order == ("=同意",)
    assert shingles("The sign 顔 on every camera means face in their language").size == 5


@given(texts, texts)
def test_figures_are_shares_and_know_no_order(one, other):
    first, second = shingles(one), shingles(other)
    assert likeness(first, second) == likeness(second, first)
    for figure in (likeness(first, second), contained(first, second)):
        assert 0 <= figure <= 1
    assert likeness(first, first) == contained(first, first) == (1 if normalised(one) else 0)


@given(letters, letters, letters)
def test_a_letter_is_contained_in_whatever_is_written_around_it(before, letter, behind):
    inner, outer = shingles(" ".join(letter)), shingles(" ".join([*before, *letter, *behind]))
    if len(letter) >= similarity.SHORTEST_IN_WORDS:
        assert contained(inner, outer) == contained(outer, inner) == 1


@pytest.mark.parametrize("text", [LETTER, CHINESE, JAPANESE, THAI])
def test_own_words_around_a_letter_leave_it_contained(text):
    longer = f"{ADDED if text == LETTER else text[::-1]} {text}"
    assert contained(shingles(text), shingles(longer)) == 1
    assert likeness(shingles(text), shingles(longer)) < similarity.NEAR_IDENTICAL
    assert shared(text, longer) >= similarity.SHARED_BANDS


def test_a_changed_word_costs_likeness_and_little_of_what_is_contained():
    long = " ".join(f"word{number}" for number in range(200))
    once = long.replace("word100", "other")
    assert likeness(shingles(long), shingles(once)) == pytest.approx(191 / 201)
    assert contained(shingles(long), shingles(once)) == pytest.approx(199 / 200)
    assert contained(shingles(long), shingles(changed(long, 5))) == 0  # never five words in a row
    assert contained(shingles(long), shingles(changed(long, 10))) == pytest.approx(0.9, abs=0.01)


def test_short_texts_are_alike_only_when_they_are_equal():
    assert likeness(shingles("I agree with this!"), shingles("i AGREE with this")) == 1
    assert contained(shingles("I agree with this"), shingles("I agree with that")) == 0
    assert contained(shingles("I support strong rules on"), shingles(LETTER)) == 0
    assert shared("I support strong rules on", LETTER) == 0


def test_texts_on_the_same_thing_are_not_the_same_letter():
    other = "Facial recognition needs strong rules, but clause 2.1 forgets the people who work behind the cameras."
    assert contained(shingles(LETTER), shingles(other)) < similarity.PROPOSED
    assert shared(LETTER, other) == 0
    assert likeness(shingles(LETTER), shingles(CHINESE)) == contained(shingles(CHINESE), shingles(LETTER)) == 0


def shared(one: str, other: str) -> int:
    return len(set(bands(signature(one))) & set(bands(signature(other))))


def test_bands_fit_the_column_and_know_their_place():
    found = bands(signature(LETTER))
    assert [value >> 32 for value in found] == list(range(similarity.BANDS))
    assert max(found) < 2**63
    assert bands(signature("?!")) == ()
    assert shared(LETTER, LETTER.upper() + "!!") == similarity.BANDS


def test_a_signature_is_the_same_on_every_machine():
    """A stored index is compared with new texts for years: whatever changes these numbers needs a migration."""
    assert signature(LETTER)[:16].hex() == "ae99b0010edfad2e4d12c725ecacd301"
    assert signature(CHINESE)[:16].hex() == "28738306e45d091986a305205e895501"


@pytest.mark.parametrize("seed", ["0", "1"])
def test_a_signature_is_the_same_in_every_process(seed):
    program = "import sys; from app.analysis.similarity import signature; print(signature(sys.argv[1]).hex())"
    done = subprocess.run(
        [sys.executable, "-c", program, LETTER],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
    )
    assert done.stdout.strip() == signature(LETTER).hex()


def test_the_text_that_the_others_vary_is_the_central_one():
    varied = [changed(LETTER, 12), LETTER, f"{LETTER} {ADDED}", changed(LETTER, 9)]
    assert central([shingles(text) for text in varied]) in (1, 2)
    assert central([shingles("I agree"), shingles("I agree")]) == 0
    with pytest.raises(ValueError, match="no texts"):
        central([])
