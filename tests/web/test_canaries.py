"""Nothing that is not published is found by anybody who may not read it, wherever they look."""

import re

import pytest

from app.web import limits
from tests.crawling import crawl
from tests.web import nests

pytestmark = [pytest.mark.sqlite, pytest.mark.usefixtures("stopped_clock", "unlimited")]

EVERYWHERE = ("stranger", "participant")
IN_PART = (
    *(
        "moderator",
        "moderator of another one",
        "flagger",
        "policymaker",
        "chair",
        "deputy",
        "second moderator",
        "administrator",
    ),
    *("chair of another one", "chair of what is prepared"),
)
STATES = (*nests.canaries.STATES, *nests.canaries.BESIDE)
PARTS = 12
AROUND = "/me|/contributions|/objections|/consultations/aviary/(standards$|standards/{number}|commitments|objections)"


@pytest.fixture
def unlimited(monkeypatch):
    monkeypatch.setattr(limits.limiter, "enabled", False)


@pytest.fixture
def everything(stages):
    return stages["everything"]


def walked(stage, role, starts, **within) -> list[str]:
    """What is wrong with the pages that somebody comes to, in sentences."""
    wrong, pages = list[str](), 0
    for visit in crawl(stage.browser(role), starts, **within):
        pages += 1
        wrong += stage.leaks(role, visit)
        if visit.status >= 500 or visit.status == 429:
            wrong.append(f"{role} gets {visit.status} at {visit.path}")
        if not rightly_kept(visit.headers, known=stage.account_of(role) is not None):
            wrong.append(f"a shared cache may keep {visit.path} of {role}: {visit.headers.get('Cache-Control')}")
    assert pages > 20
    print(f"{role}: {pages} pages")  # noqa: T201 - what the crawl covers
    return wrong


def rightly_kept(headers, *, known) -> bool:
    """Whether no cache between us and them answers anybody else with it."""
    asked = {part.strip() for part in headers.get("Cache-Control", "").split(",")}
    private = "no-store" in asked and "public" not in asked
    return private if known or "Set-Cookie" in headers else private or ("no-cache" in asked and "public" not in asked)


@pytest.mark.parametrize("role", EVERYWHERE)
def test_nobody_finds_a_word_that_is_not_for_them(role, everything):
    assert walked(everything, role, everything.addresses.starts(everything.app)) == []


@pytest.mark.parametrize("role", IN_PART)
def test_nobody_of_another_role_finds_one_either(role, everything):
    starts = everything.addresses.starts(everything.app, part=IN_PART.index(role) % PARTS, of=PARTS)
    assert walked(everything, role, starts) == []


@pytest.mark.parametrize("state", STATES)
def test_authors_find_words_of_their_own_alone(state, everything):
    role = f"author of what is {state}"
    starts = ["/", "/me", "/me/contributions", "/me/notices", "/me/data", "/consultations/aviary/standards"]
    own = everything.addresses.of_author(everything.app, everything.account_of(role))
    within = re.compile(AROUND.format(number=everything.canaries.standards[state].number))
    assert walked(everything, role, [*starts, *own], within=within) == []


def test_the_net_catches_what_is_there(everything):
    page = everything.browser("author of what is pending").get("/me/contributions").text
    found = {canary.word for canary in everything.canaries.flock.found_in(page)}
    for kind in ("comment", "proposal", "version", "amendment", "update"):
        assert any(f"{kind}pending" in word for word in found)
