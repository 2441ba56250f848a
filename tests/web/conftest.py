"""Where stories at the pages take place; nothing is committed until somebody signs in."""

from contextlib import ExitStack

import pytest

from tests.factories import consultations, people, standards
from tests.web import nests
from tests.web.desk import browser


@pytest.fixture
def consultation(session):
    """An open consultation with two moderators, at /consultations/faces."""
    return consultations.opened(session, slug="faces")


@pytest.fixture
def standard(session, consultation):
    """Its first standard."""
    return standards.published(session, consultation, title="A match is a lead")


@pytest.fixture
def me(session, consultation):
    """Somebody who takes part."""
    return people.member(session, consultation, name="R.", group="wrongly")


@pytest.fixture
def moderators(session, consultation):
    return consultations.moderators(session, consultation)


@pytest.fixture
def desk(app, session, moderators):
    """The browser of the first moderator; what was made before is committed."""
    return browser(app, session, moderators[0])


@pytest.fixture(scope="session")
def stages(sqlite, tmp_path_factory):
    """A site full of canaries, before anything is planted, with what was never published, and with everything."""
    with ExitStack() as closing:
        yield nests.built(tmp_path_factory.mktemp("nests"), sqlite.template, closing)
