"""Nothing that is not published is found by anybody who may not read it, wherever they look."""

import re

import pytest

from app.web import limits
from tests.crawling import crawl
from tests.web import nests

pytestmark = [pytest.mark.sqlite, pytest.mark.usefixtures("stopped_clock", "unlimited")]

EVERYWHERE = ("stranger", "participant", "moderator", "moderator of another one")
IN_PART = (
    *("flagger", "policymaker", "chair", "deputy", "second moderator", "administrator"),
    *("chair of another one", "chair of what is prepared"),
)
STATES = (*nests.canaries.STATES, *nests.canaries.BESIDE)
PARTS = 4
AROUND = "/me|/contributions|/objections|/consultations/aviary/(standards$|standards/{number}|commitments|objections)"


@pytest.fixture
def unlimited(monkeypatch):
    monkeypatch.setattr(limits.limiter, "enabled", False)


@pytest.fixture
def everything(stages):
    return stages["everything"]


def walked(stage, app, role, starts, **within) -> list[str]:
    """What is wrong with the pages that somebody comes to, in sentences."""
    wrong, pages = list[str](), 0
    for visit in crawl(stage.browser(app, role), starts, **within):
        pages += 1
        wrong += stage.leaks(role, visit)
        if visit.status >= 500 or visit.status == 429:
            wrong.append(f"{role} gets {visit.status} at {visit.path}")
        if not rightly_kept(visit.headers, known=stage.account_of(role) is not None):
            wrong.append(f"a shared cache may keep {visit.path} of {role}: {visit.headers.get('Cache-Control')}")
    assert pages > 30
    print(f"{role}: {pages} pages")  # noqa: T201 - what the crawl covers
    return wrong


def rightly_kept(headers, *, known) -> bool:
    """Whether no cache between us and them answers anybody else with it."""
    asked = {part.strip() for part in headers.get("Cache-Control", "").split(",")}
    private = "no-store" in asked and "public" not in asked
    return private if known or "Set-Cookie" in headers else private or ("no-cache" in asked and "public" not in asked)


@pytest.mark.parametrize("role", EVERYWHERE)
def test_nobody_finds_a_word_that_is_not_for_them(role, everything):
    with everything.app() as app:
        assert walked(everything, app, role, everything.addresses.starts(app)) == []


@pytest.mark.parametrize("role", IN_PART)
def test_nobody_of_another_role_finds_one_either(role, everything):
    with everything.app() as app:
        starts = everything.addresses.starts(app, part=IN_PART.index(role) % PARTS, of=PARTS)
        assert walked(everything, app, role, starts) == []


@pytest.mark.parametrize("state", STATES)
def test_authors_find_words_of_their_own_alone(state, everything):
    role = f"author of what is {state}"
    number = everything.canaries.standards[state].number
    starts = ["/", "/me", "/me/contributions", "/me/notices", "/me/data", "/consultations/aviary/standards"]
    with everything.app() as app:
        own = everything.addresses.of_author(app, everything.account_of(role))
        within = re.compile(AROUND.format(number=number))
        assert walked(everything, app, role, [*starts, *own], within=within) == []


def test_the_net_catches_what_is_there(everything):
    with everything.app() as app:
        page = everything.browser(app, "author of what is pending").get("/me/contributions").text
    found = everything.canaries.flock.found_in(page)
    assert {"comment", "proposal", "update"} <= {
        kind for kind in ("comment", "proposal", "update") for one in found if f"{kind}pending" in one.word
    }
