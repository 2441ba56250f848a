"""The pages of stored summaries have no barrier, and the page of one that is made says when it has come to its end."""

import pytest

from app.jobs.summaries import make_waiting
from app.models.consultations import Role
from tests.factories import comments, consultations, people, standards, summary_runs

RUNS = "/consultations/faces/summary/runs"


@pytest.fixture
def policymaker(database):
    """Somebody who may store summaries, where one is stored already and something was said since."""
    with database.write() as session:
        consultation = consultations.opened(session, slug="faces")
        standard = standards.published(session, consultation)
        summary_runs.stored(session, consultation)
        comments.published(session, standard, language="fr")
        member = people.member(session, consultation, role=Role.POLICYMAKER)
        email = people.email_of(session, member)
        session.commit()
    return email


def test_a_version_is_stored_and_found_again(browser, barriers, database, policymaker):
    browser.goto("/signin")
    browser.fill("#email", policymaker)
    browser.fill("#password", people.PASSWORD)
    browser.click("main button")
    browser.goto(RUNS)
    browser.get_by_text("Choose parts of it").click()
    assert barriers(RUNS) == []
    browser.get_by_role("button", name="Store the summary").click()
    browser.wait_for_url(f"**{RUNS}/2")
    make_waiting(database)
    browser.locator("[role=status]", has_text="It has come to its end").wait_for()
    browser.get_by_role("link", name="Look again").click()
    assert browser.get_by_role("heading", name="How to cite it").is_visible()
    assert barriers(f"{RUNS}/2?languages=fr") == []
