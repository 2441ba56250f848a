"""A small report that has every kind of block, in any of the six languages."""

from app.language import direction
from app.reports.blocks import (
    Block,
    Clauses,
    Columns,
    Facts,
    Figure,
    Grid,
    Head,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Quotation,
    Report,
    Section,
    Side,
    Sides,
    Span,
    State,
    Tone,
    theirs,
    words,
)

SENTENCES = {
    "ar": "التعرّف على الوجه ليس سببًا للاعتقال؛ يجب أن يقرّر إنسان، وأن يُسمع المتضرّرون أولًا.",
    "zh": "人脸匹配只是线索，绝不是逮捕的理由；必须由人来决定，并且首先听取受影响者的意见。",
    "en": "A face match is a lead, never a ground for arrest: a person decides, and those affected are heard first.",
    "fr": "Une correspondance n’est qu’une piste, jamais un motif d’arrestation : « l’œuvre d’un être humain ».",
    "ru": "Совпадение лица — лишь зацепка, а не основание для ареста; решает человек, и пострадавших слышат первыми.",
    "es": "Una coincidencia es una pista, nunca motivo de detención: ¿quién decide? ¡Una persona, señoría!",
}
TRADITIONAL = "辨識結果不得作為逮捕的唯一依據，應由人員覆核。"
OTHERS = {
    "el": "Η ταυτοποίηση είναι ένδειξη, ποτέ λόγος σύλληψης.",
    "ja": "顔の一致は手がかりにすぎない。",
    "ko": "얼굴 일치는 단서일 뿐입니다.",
    "hi": "चेहरे का मिलान केवल एक सुराग है।",
    "vi": "Một kết quả trùng khớp chỉ là manh mối.",
    "he": "התאמת פנים היא רק רמז.",
    "fa": "تطبیق چهره فقط یک سرنخ است، نه دلیل بازداشت.",
    "ur": "چہرے کی مماثلت صرف ایک اشارہ ہے۔",
    "bn": "মুখের মিল কেবল একটি সূত্র।",
    "ta": "முகப் பொருத்தம் ஒரு துப்பு மட்டுமே.",
    "th": "การจับคู่ใบหน้าเป็นเพียงเบาะแส",
    "am": "የፊት ተዛማጅነት ፍንጭ ብቻ ነው።",
    "hy": "Դեմքի համընկնումը միայն հուշում է։",
    "ka": "სახის დამთხვევა მხოლოდ მინიშნებაა.",
    "pl": "Dopasowanie twarzy to tylko wskazówka, źródło żółci.",
}
STATES = {
    "too_early": "Too early to say",
    "not_yet_heard": "Not yet heard",
    "consensus": "Consensus",
    "supported_with_recorded_objection": "Supported, with a recorded objection",
    "contested": "Contested",
    "no_consensus": "No consensus",
    "withdrawn": "Withdrawn",
}


def bar(share: int, label: str = "") -> Picture:
    """A bar of this many percent, with a word beside it."""
    drawn = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="220" height="22" viewBox="0 0 220 22">'
        '<rect x="0.5" y="0.5" width="160" height="15" fill="none" stroke="#14181f"/>'
        f'<rect x="0" y="0" width="{share * 160 // 100}" height="16" fill="#0b5394"/>'
        f'<text x="165" y="13" font-family="sans-serif" font-size="12" fill="#14181f">{label or share}</text></svg>'
    )
    return Picture(drawn, 220, 22, f"{share} of 100 approve")


def quotation(language: str, text: str = "") -> Quotation:
    """A quotation in this language."""
    said = text or SENTENCES.get(language) or OTHERS[language]
    return Quotation(
        said, language, (Span("Carla", theirs=True), Span(", "), Span("standard 2", href="/comments/8124"))
    )


def grid(rows: int, caption: str = "Positions by group") -> Grid:
    """A table with words, pictures and numbers."""
    heads = (Head("Stakeholder group"), Head("Positions"), Head("Support", number=True), Head("Object", number=True))
    groups = [
        (theirs(f"Group {row}: people scanned or watched"), bar(row % 101), words(str(row)), words(str(3 * row)))
        for row in range(rows)
    ]
    return Grid(caption, heads, tuple(groups), "Numbers under 5 are not shown.")


def blocks(language: str = "en", rows: int = 4) -> tuple[Block, ...]:
    """Every kind of block; the words are a sentence of this language."""
    own = SENTENCES[language]
    linked = (
        Span(own + " "),
        Span("Strong words. ", strong=True),
        Span("A page", href="/consultations/faces"),
        Span(", "),
        Span("elsewhere", href="https://example.org/a?b=1&c=2"),
        Span(", "),
        Span("nowhere", href="#nowhere"),
        Span(", "),
        Span("standard 2", href="#standard-2"),
        Span(" and "),
        Span('#import "x"; $x$ *not bold* <b>', theirs=True),
        Span(" by "),
        Span(SENTENCES["ar"], language="ar", theirs=True),
        Span("."),
    )
    return (
        Columns(
            (
                (Heading(words("State of each standard")), Listing((words(own), words(own)))),
                (Heading(words("Strongest objections")), Listing((theirs(own),))),
                (Heading(words("What is asked of you")), Listing((words("Answer."),))),
            )
        ),
        Heading(words(own), 4, "standard-1"),
        Paragraph(linked),
        Paragraph(words(own), Tone.SMALL),
        Paragraph((Span("Response owed. ", strong=True), Span(own)), Tone.NOTICE),
        Paragraph((Span("Not yet heard: ", strong=True), Span(own)), Tone.UNHEARD),
        Heading(words("Standard 2"), 3, "standard-2"),
        *(State(state, name, own) for state, name in STATES.items()),
        *spoken(),
        *figures(rows),
    )


def spoken() -> tuple[Block, ...]:
    """The words of standards and of people, in every language."""
    reasons = tuple(quotation(one) for one in ("en", "ar"))
    against = tuple(quotation(one) for one in ("en", "zh"))
    return (
        Heading(words("Text"), 4),
        Clauses((("2.1", SENTENCES["en"]), ("2.2", SENTENCES["fr"])), "en"),
        Clauses((("2.1", SENTENCES["ar"]), ("2.2", SENTENCES["ar"])), "ar"),
        Listing((words("One"), (Span("Two", strong=True), Span(" words")))),
        *(quotation(one) for one in SENTENCES),
        *(quotation(one) for one in OTHERS),
        quotation("zh-Hant", TRADITIONAL),
        quotation("en", "First.\n\nSecond,\nbroken 😀 line, and signs that no font has: 𐌰𒀀."),
        Sides(Side("Reasons for", reasons, ""), Side("Reasons against", against, "")),
        Sides(Side("Reasons for", (), "Nobody gave one."), Side("Reasons against", against[:1], "")),
    )


def figures(rows: int) -> tuple[Block, ...]:
    """Facts, tables and pictures."""
    return (
        Facts((("Open", words("7 September to 10 December 2026")), ("Languages and channels", words("Three")))),
        grid(rows),
        Figure("Support", bar(40), grid(2, "What the figure shows")),
        Figure("Support in words", bar(40, SENTENCES["ar"][:10]), grid(1, "")),
        Grid("Nothing yet", (Head("Group"), Head("People", number=True)), ()),
    )


def report(language: str = "en", rows: int = 4, extra: tuple[Section, ...] = ()) -> Report:
    """A report of every kind of block."""
    own = SENTENCES[language]
    cover = (
        ("Consultation", (Span("Facial recognition", theirs=True),)),
        ("Period", words("7 September to 10 December 2026")),
        ("Fingerprint", words("9f2c41d7" * 8)),
        ("How to cite", (Span("https://site.example/x", href="/consultations/faces/summary"),)),
    )
    return Report(
        title=own,
        subtitle="Summary for policymakers",
        language=language,
        direction=direction(language),
        address="https://site.example",
        running="Summary for policymakers: facial recognition",
        cover=Facts(cover),
        sections=(
            Section("page", "On one page", (Paragraph(words(own)), Listing((words(own),)))),
            Section("standards", own[:40], blocks(language, rows)),
            *extra,
        ),
    )
