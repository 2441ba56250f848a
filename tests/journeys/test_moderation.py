"""The queue of the demonstration cleared by two people with the keyboard alone, and what becomes of a removed text."""

import os
import re

import pytest

READING, KEY = (6000, 150) if os.environ.get("HUMAN_SPEED") else (0, 0)  # milliseconds for a text, and for a key
MOST = 60
RESTRICTED = {  # words of an item -> decision, first letters of its reason, passages to take out
    "his number is 020 7946": ("Publish with redactions", "Personal d", "020 7946 0857 | contact"),
    "Ingrid Sample": ("Publish with redactions", "Personal d", "Ingrid Sample | name\nwho has dementia | health"),
    "Karin Muster": ("Decline", "Personal d", ""),
    "14 Sample Lane": ("Decline", "Personal d", ""),
    "cheap passport photos": ("Decline", "Adv", ""),
    "doorbell cameras": ("Decline", "Adv", ""),
    "parking at the town hall": ("Decline", "Off", ""),
    "worst idiot": ("Return", "Personal a", ""),
    "ashamed to call herself": ("Return", "Personal a", ""),
    "breed like rats": ("Decline", "Hate", ""),
    "always cheat at borders": ("Decline", "Hate", ""),
    "asdf gh": ("Return", "Unr", ""),
    "my file number is 77": ("Return", "Own", ""),
    "bit.ly": ("Publish with redactions", "Unsafe", "http://bit.ly/3examp1e | link"),
    "break his windows": ("Warn", "Threat", ""),
    "Dr. Lena Sommer": ("Return", "Falsely", ""),
    "As the head of Example Vision": ("Return", "Suspected", ""),
}


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_timeout(KEY)


def decide_by_keys(page):
    """Read the case that is open, decide it with keys, and return what was decided."""
    page.wait_for_timeout(READING)
    if page.locator("[data-distress]").count():
        press(page, "v")
    text = page.locator("#main").inner_text()
    shown = page.locator("section[aria-labelledby=h-item]").inner_text()
    action, reason, passages = next((how for words, how in RESTRICTED.items() if words in shown), ("Publish", "", ""))
    choices = page.locator("#decide input[name=action]").evaluate_all(
        "boxes => boxes.map((box) => box.closest('label').querySelector('span').textContent)"
    )
    press(page, str(next(place for place, choice in enumerate(choices, 1) if choice.startswith(action))))
    if reason:
        press(page, "r")
        page.keyboard.type(reason, delay=KEY)
    if passages:
        press(page, "Escape", "p")
        page.keyboard.type(passages, delay=KEY)
    with page.expect_navigation():
        press(page, "Control+Enter")
    assert not page.locator("#errors").count(), page.locator("#errors").inner_text()
    return re.sub(r"\s+", " ", text)[:80], action


def clear(page):
    """Decide whatever this person may, one case after the other."""
    page.goto("/moderation")
    decided = []
    press(page, "j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/moderation/cases/*")
    while "/cases/" in page.url and len(decided) < MOST:
        decided.append(decide_by_keys(page))
    return decided


@pytest.fixture
def desk(chromium, demo, live):
    """`desk("moderator")` is the browser of one of the team."""
    from tests import browsers

    windows = []

    def enter(who):
        window = browsers.window(chromium, live)
        page = window.__enter__()
        windows.append(window)
        page.goto("/signin")
        page.fill("#email", f"{who}@demo.example")
        page.fill("#password", "standpoint-demo")
        page.click("main button")
        return page

    yield enter
    for window in windows:
        window.__exit__(None, None, None)


def test_fifty_two_mixed_items_are_cleared_by_keyboard_alone(desk):
    first, second = desk("moderator"), desk("moderator2")
    assert "52 waiting" in first.goto("/moderation").text()
    decided = clear(first)
    assert len(decided) == 52
    assert {action for _text, action in decided} == {"Publish", "Publish with redactions", "Return", "Decline", "Warn"}
    assert "1 waiting" in first.goto("/moderation").text()
    assert "You read it first" in first.content()
    assert len(clear(second)) == 1
    assert "Nothing waits for review" in second.content()
    public = second.goto("/consultations/facial-recognition/standards/5").text()
    assert "[removed: name]" in public
    assert "Ingrid Sample" not in public
