"""What is not published is in no mail, notice, count or search, and no form that names it does or says anything."""

import re

import pytest
from sqlalchemy import func, select

from app.models.contributions import Contribution
from app.models.notices import Mail, Notice
from app.reports import runs
from app.reports.document import as_json
from app.reports.gather import gather
from app.web import limits
from tests.crawling import Visit, crawl, fetch
from tests.factories.canary_words import What, words_of
from tests.factories.viewers import frame
from tests.web import nests

pytestmark = [pytest.mark.sqlite, pytest.mark.usefixtures("stopped_clock", "unlimited")]

DOORS = ("stranger", "participant", "flagger", "policymaker", "moderator of another one", "administrator", "moderator")
TYPED = {
    **dict.fromkeys(("body", "text", "why", "title", "summary", "explanation", "answer", "words", "reasons"), "Typed."),
    **dict.fromkeys(("note", "gist", "supporter", "change", "proposed_change", "would_change", "clauses-0-text"), "T."),
    "reason": "illegal_content",
    "action": "publish",
    "choice": "object",
    "stance": "neutral",
    "do": "send",
    "disposition": "noted",
    "kind": "noted",
    "reply": "not_satisfied",
    "decision": "overruled",
    "revision": "1",
    "clause": "1",
    "change_class": "editorial",
    "outcome": "overturned",
    "happened_on": "2025-11",
    "event": "reported_concern",
    "what": "Typed.",
    "source": "https://example.org/typed",
}
PARTS = 4
NAMES_SOMETHING = re.compile(r"/\d{6,}|/objections/|/cases/|/appeals/|/drafts/")
REFUSED = {403, 404, 405, 409}
NOT_COMPARED = re.compile(
    r"/metrics|/consultations/aviary/(moderation-report|record|summary(\?|$)|summary\.(csv|xlsx|html|pdf|docx))"
)
"""What was received and decided is counted in public, and the ledger has an entry for it; one format speaks for all."""
TOTALS = re.compile(
    r'"(ledger_entries|received|returned|declined|appeals)": \d+|"due_process": [^\n]*'
    r'|[0-9a-f]{64}|name="csrf_token"[^>]*'
)
IN_LABELS = re.compile("title|summary|clause|body|what$")
NONSENSE = "qzqxqzxnonsense"


@pytest.fixture
def unlimited(monkeypatch):
    monkeypatch.setattr(limits.limiter, "enabled", False)


@pytest.mark.parametrize("role", DOORS)
def test_no_form_tells_or_changes_what_is_not_for_its_sender(role, stages):
    wrong = []
    part = DOORS.index(role)
    with stages["everything"].copy(f"doors-{part}") as stage:
        client, before = stage.browser(role), states(stage)
        for address in stage.addresses.posts(stage.app, part=part % PARTS, of=PARTS):
            if role in nests.REVIEWERS and address.startswith("/moderation"):
                continue  # their work
            if address in ("/signout", "/me/sign-out-everywhere", "/me/password"):
                continue
            answer = client.post(address, data=TYPED)
            visit = Visit(address, answer.status_code, answer.headers, words_of(answer.data))
            wrong += stage.leaks(role, visit)
            sent_to_sign_in = (answer.status_code, (answer.location or "")[:8]) == (303, "/signin?")
            refused = answer.status_code in REFUSED or sent_to_sign_in
            if answer.status_code >= 500 or (NAMES_SOMETHING.search(address) and not refused):
                wrong.append(f"{role} gets {answer.status_code} from POST {address}")
        assert wrong == []
        after = states(stage)
        assert {key: state for key, state in after.items() if key in before} == before


def states(stage) -> dict[int, tuple[object, ...]]:
    """The state and revision of every contribution."""
    with stage.app.extensions["database"].read() as session:
        rows = session.execute(select(Contribution.id, Contribution.state, Contribution.revision))
        return {row[0]: tuple(row[1:]) for row in rows}


def test_mails_and_notices_carry_only_words_of_whoever_gets_them(stages):
    stage, wrong = stages["everything"], []
    with stage.app.extensions["database"].read() as session:
        mails = [(one.account_id, one.subject, f"{one.subject}\n{one.body}") for one in session.scalars(select(Mail))]
        notices = [(one.account_id, one.code, str(one.values)) for one in session.scalars(select(Notice))]
        assert session.scalar(select(func.count()).where(Notice.code == "followed_version")) > 0
    assert len(mails) > 50
    flock = stage.canaries.flock
    for account_id, name, said in mails:
        wrong += [f"{name} to {account_id}: {c.word}" for c in flock.found_in(said) if account_id not in c.owners]
    for account_id, code, said in notices:
        if (
            code == "followed_version"
        ):  # it keeps the title of a version that was hidden since; the crawl reads the page
            continue
        wrong += [f"{code} to {account_id}: {c.word}" for c in flock.found_in(said) if account_id not in c.owners]
    assert wrong == []


def test_what_was_never_published_changes_no_page_and_no_figure(stages):
    before, after = (public_pages(stages[name]) for name in ("before", "planted"))
    assert len(before) > 150
    assert sorted(before.keys() ^ after.keys()) == []
    assert [path for path, said in before.items() if after[path] != said] == []


def public_pages(stage) -> dict[str, str]:
    """What every page says to a stranger, without the totals of moderation that are public."""
    starts = ["/", *nests.filled_slugs(stage.app)]
    visits = crawl(stage.browser("stranger"), starts)
    return {visit.path: TOTALS.sub("", visit.text) for visit in visits if not NOT_COMPARED.match(visit.path)}


def test_no_stored_summary_says_what_was_removed_since(stages):
    stage, wrong, before = stages["everything"], [], 0
    flock = stage.canaries.flock
    with stage.app.extensions["database"].read() as session:
        seen = frame(session, stage.canaries.consultation)
        live = gather(session, seen)
        for number, pieces in enumerate(stage.canaries.summaries):
            stored, _published = runs.unpacked(pieces)
            before += len(flock.found_in(str(as_json(stored))))
            mended, _texts = runs.compared(session, seen, stored, live)
            wrong += [f"summary {number}: {canary.word}" for canary in flock.found_in(str(as_json(mended)))]
    assert before > 20
    assert wrong == []


@pytest.mark.parametrize(
    ("role", "page"),
    [
        ("stranger", "/consultations/aviary/standards"),
        ("policymaker", "/consultations/aviary/standards"),
        ("moderator of another one", "/moderation"),
    ],
)
def test_search_for_a_hidden_word_answers_as_for_nonsense(role, page, stages):
    stage, wrong = stages["everything"], []
    client = stage.browser(role)
    nothing = searched(client, page, NONSENSE)
    for canary in stage.canaries.flock.canaries.values():
        of_text = canary.what in (What.TEXT, What.ORIGINAL, What.UNDER, What.DRAFT)
        if of_text and IN_LABELS.search(canary.word) and searched(client, page, canary.word) != nothing:
            wrong.append(canary.word)
    assert wrong == []


def searched(client, page, word) -> str:
    """What a search answers, but for the word that was typed and the tokens of forms."""
    answer = fetch(client, f"{page}?q={word}")
    assert answer.status == 200
    return re.sub(r'name="csrf_token"[^>]*', "", answer.text.replace(word, NONSENSE))
