"""The main job from end to end in a browser, with and without JavaScript."""

import io
import re

import openpyxl
import pytest

BASE = "/consultations/facial-recognition"
DESK = "/chair/facial-recognition"
WORDS = "A face match made my landlord doubt my name, so please say who must look a second time."


def summary_texts(page):
    """Every text in the XLSX that this person downloads."""
    answer = page.request.get(f"{BASE}/summary.xlsx")
    assert answer.ok
    workbook = openpyxl.load_workbook(io.BytesIO(answer.body()))
    return {cell for sheet in workbook for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None}


def test_a_stranger_joins_and_comments_a_moderator_publishes_and_the_policymaker_takes_it_home(people, decide):
    stranger, moderator, policymaker = people(), people("moderator"), people("policy")
    stranger.goto(BASE)
    stranger.get_by_role("link", name="Join to take part").click()
    stranger.fill("#display_name", "Second look")
    stranger.fill("#email", "second.look@example.org")
    stranger.fill("#password", "correct horse battery")
    stranger.locator("input[name=stakeholder_group][value=scanned_or_watched]").check()
    stranger.locator("input[name=consent]").check()
    stranger.locator("main form button").last.click()
    stranger.goto(f"{BASE}/standards/1")
    stranger.locator("#reply input[name=stance][value=supports]").check()
    stranger.fill("#reply textarea[name=body]", WORDS)
    stranger.get_by_role("button", name="Send for review").click()
    waiting = stranger.locator("article.mine")
    assert WORDS in waiting.inner_text()
    assert WORDS not in summary_texts(policymaker)
    policymaker.goto(f"{BASE}/standards/1?thread=newest")
    assert WORDS not in policymaker.content()

    decide(moderator, "A face match made my landlord doubt")

    policymaker.goto(f"{BASE}/standards/1?thread=newest")
    assert WORDS in policymaker.locator("#discussion").inner_text()
    assert WORDS in summary_texts(policymaker)


def test_a_proposal_becomes_a_standard_takes_positions_and_reaches_the_summary(people, decide):
    researcher, moderator, member = people("researcher"), people("moderator"), people("member")
    researcher.goto(f"{BASE}/standards/new")
    researcher.get_by_role("button", name="Send for review").click()
    assert "Give the standard a title" in researcher.locator("#errors").inner_text()
    assert researcher.evaluate("document.activeElement.id") == "errors"
    researcher.fill("#title", "Every wrong match is counted and published")
    researcher.fill("#summary", "Nobody knows how often a face match is wrong. This would make it known.")
    researcher.fill("#clauses-0-text", "A police service shall publish every confirmed wrong match within thirty days.")
    researcher.get_by_role("button", name="Save draft").click()
    assert researcher.input_value("#title") == "Every wrong match is counted and published"
    researcher.get_by_role("button", name="Send for review").click()
    assert "Every wrong match is counted" in researcher.locator("main").inner_text()

    decide(moderator, "Every wrong match is counted")

    member.goto(f"{BASE}/standards?q=wrong+match+counted")
    member.get_by_role("link", name="Every wrong match is counted and published").press("Enter")
    number = re.search(r"/standards/(\d+)", member.url)[1]
    assert "names no right" in member.locator("#grounded").inner_text()
    member.locator("#stand input[name=position][value=object]").check()
    member.get_by_role("button", name="Record my position").click()
    assert "Give the reason for your objection" in member.locator("#errors").inner_text()
    member.fill("#stand textarea[name=reason]", "Thirty days are too long for somebody who sits in a cell.")
    member.get_by_role("button", name="Record my position").click()
    assert "Your position: Object." in member.locator("#stand").inner_text()
    member.goto(f"{BASE}/summary")
    title = member.locator(f"#s{number}").inner_text()
    shown = member.locator("#standards").inner_text().split(title, 1)[1]
    assert "0 support, 0 with reservations, 0 abstain, 1 object." in shown
    assert "Reason not published" in shown


@pytest.mark.parametrize(
    ("who", "paths"),
    [
        (None, ["/", BASE, f"{BASE}/standards", f"{BASE}/standards/1", f"{BASE}/summary", f"{BASE}/record"]),
        (None, [f"{BASE}/moderation-report", "/join", "/signin", "/reset-password", "/about", "/privacy", "/nowhere"]),
        ("member", [f"{BASE}/standards/2", f"{BASE}/standards/new", "/me/contributions"]),
        ("member", ["/me/notices", "/me", "/me/data"]),
        ("moderator", ["/moderation", "/moderation?q=Sample", "/moderation?q=breed"]),
        ("moderator", ["/moderation/appeals", "/moderation/appeals/2", f"{BASE}/standards/3?clause=1"]),
        (None, [f"{BASE}/standards/9", f"{BASE}/standards/9/diff/1...3", f"{BASE}/standards/1/amendments"]),
        (None, [f"{BASE}/standards/1/amendments/1", f"{BASE}/standards/2/objections", f"{BASE}/answers"]),
        (None, [f"{BASE}/commitments", f"{BASE}/commitments/c-ibm-2020", f"{BASE}/evidence", f"{BASE}/opinions"]),
        ("member", [f"{BASE}/standards/1/amendments/new?clause=1", f"{BASE}/standards/1/impact"]),
        ("chair", [DESK, f"{DESK}/set-up", f"{DESK}/team", f"{DESK}/phases"]),
        ("chair", [f"{DESK}/objections", f"{DESK}/comments", f"{DESK}/outcomes", f"{BASE}/responses"]),
        ("chair", ["/chair", "/chair/new", f"{BASE}/standards/10/reorganisation", f"{BASE}/standards/1/versions/new"]),
    ],
    ids=[
        *(
            "reading",
            "entering",
            "taking part",
            "my account",
            "moderating",
            "hearing appeals",
            "changed texts",
            "deliberating",
        ),
        *("promises and evidence", "proposing", "setting up", "resolving", "changing texts"),
    ],
)
def test_no_page_has_a_barrier(demo, browser, barriers, who, paths):
    if who:
        browser.goto("/signin")
        browser.fill("#email", f"{who}@demo.example")
        browser.fill("#password", "standpoint-demo")
        browser.click("main button")
    for place, link in ((path, "/moderation/cases/") for path in paths if "?q=" in path):
        browser.goto(place)
        paths = [*paths, browser.locator(f"a[href^='{link}']").first.get_attribute("href")]
    for place in [path for path in paths if "/standards/3?" in path]:
        browser.goto(place)
        paths = [*paths, browser.locator("a[href$='/flag']").first.get_attribute("href")]
    assert [found for path in paths for found in barriers(path)] == []
