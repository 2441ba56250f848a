"""A moderator groups letters without a script; the pages have no barrier, wide and narrow."""

import pytest

from tests import browsers
from tests.factories import campaigns as making
from tests.factories import comments, consultations, people, standards


@pytest.fixture
def moderator(database):
    """A consultation with a group of letters that waits; the address with which its moderator signs in."""
    with database.write() as session:
        consultation = consultations.opened(session, slug="faces")
        standard = standards.published(session, consultation)
        making.letters(session, standard, 4)
        comments.published(session, standard, body="I alone say this, in words that nobody else would ever think of.")
        email = people.email_of(session, consultations.moderators(session, consultation)[0])
        session.commit()
        return email


def sign_in(page, email):
    page.goto("/signin")
    page.fill("#email", email)
    page.fill("#password", people.PASSWORD)
    page.click("main button")


def test_letters_are_grouped_and_put_back_without_a_script(chromium, live, moderator):
    with browsers.window(chromium, live, java_script_enabled=False) as page:
        sign_in(page, moderator)
        page.goto("/moderation/campaigns")
        page.check("input[name=campaign]")
        page.click("text=Confirm what is ticked")
        assert page.locator("text=1 group confirmed.").count()
        page.goto("/consultations/faces/standards/1")
        page.click("text=Sent by 4 people")
        assert page.locator("ins", has_text=making.OWN_WORDS).count() == 1
        page.goto("/moderation/campaigns")
        page.goto(page.locator("a[href^='/moderation/campaigns/']").first.get_attribute("href"))
        page.locator("button", has_text="Take this letter out").last.click()
        page.click("text=Dissolve the group")
        page.click("text=Put back")
        assert page.locator("text=The group is put back as it was.").count()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_have_no_barrier(browser, barriers, moderator, database, scheme):
    sign_in(browser, moderator)
    browser.goto("/moderation/campaigns")
    group = browser.locator("a[href^='/moderation/campaigns/']").first.get_attribute("href")
    proposed = [barriers(path, color_scheme=scheme) for path in ("/moderation/campaigns", group)]
    browser.goto(group)
    browser.click("text=Confirm the group")
    paths = (
        "/consultations/faces/campaigns/1",
        "/consultations/faces/standards/1",
        group,
        "/consultations/faces/summary",
    )
    assert [*proposed, *(barriers(path, color_scheme=scheme) for path in paths)] == [[]] * 6
