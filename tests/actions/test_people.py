"""Accounts: joining the site, signing in and out, links that work once."""

import pytest
from sqlalchemy import select

from app.actions import people as actions
from app.errors import NotFound
from app.events import AccountCreated, PasswordChanged, PasswordResetAsked
from app.models.people import Account, MailedLink, Purpose, SignIn
from app.queries import people as queries
from app.queries.people import ANYBODY
from tests.answers import invalid
from tests.factories import people
from tests.factories.viewers import history

pytestmark = pytest.mark.usefixtures("stopped_clock")
NEW = "another few plain words"


def looking(session, token: str):
    """Who is signed in with this token."""
    return queries.viewer(session, actions.token_hash(token))


def test_an_address_has_one_account_however_it_is_written(session):
    people.account(session, email="Zoë.Müller@Example.ORG")
    for again in ("zoë.müller@example.org", "  ZOË.MÜLLER@EXAMPLE.ORG ", "zoë.müller@example.org"):
        with invalid("email"):
            people.account(session, email=again)
    assert len(session.scalars(select(Account)).all()) == 1


@pytest.mark.parametrize("email", ["", "somebody", "somebody@", "@example.org", "a b@example.org", "x@exa mple.org"])
def test_what_is_no_address_is_refused(session, email):
    with invalid("email"):
        actions.create_account(session, email=email, password=people.PASSWORD, display_name="Somebody")


@pytest.mark.parametrize("password", ["", "x" * 9, "x" * 201])
def test_a_password_has_ten_to_two_hundred_characters(session, password):
    with invalid("password"):
        actions.create_account(session, email="a@example.org", password=password, display_name="A")
    account = people.account(session)
    with invalid("password"):
        actions.change_password(session, account, current=people.PASSWORD, password=password)


def test_only_a_hash_of_the_password_is_kept(session):
    account = people.account(session)
    assert account.password_hash.startswith("$argon2id$")
    assert people.PASSWORD not in account.password_hash


def test_an_unproved_account_asks_for_its_proof_and_says_nothing_in_public(session):
    account = people.account(session, proved=False)
    people.account(session, proved=True)
    assert history(session, None) == [AccountCreated(consultation_id=None, account_id=account.id)]


@pytest.mark.parametrize(
    ("email", "password"),
    [("known@example.org", "wrong words in a row"), ("unknown@example.org", people.PASSWORD), ("not an address", "")],
)
def test_a_wrong_sign_in_does_not_say_what_was_wrong(session, email, password):
    people.account(session, email="known@example.org")
    with invalid("email"):
        actions.sign_in(session, email=email, password=password)
    assert session.scalars(select(SignIn)).all() == []


def test_signing_out_kills_the_token_of_this_browser_alone(session):
    account = people.account(session, email="a@example.org")
    _account, phone = actions.sign_in(session, email="A@example.org", password=people.PASSWORD)
    _account, desk = actions.sign_in(session, email="a@example.org", password=people.PASSWORD)
    assert phone != desk
    actions.sign_out(session, phone)
    assert looking(session, phone) is ANYBODY
    assert looking(session, desk).account_id == account.id


def test_a_token_is_not_kept_and_grows_old(session, stopped_clock):
    account = people.account(session)
    token = actions.start_sign_in(session, account)
    assert token not in {row.token_hash for row in session.scalars(select(SignIn))}
    stopped_clock.forward(days=13, hours=23)
    assert looking(session, token).account_id == account.id
    stopped_clock.forward(hours=1)
    assert looking(session, token) is ANYBODY


def test_a_new_sign_in_sweeps_out_the_old_ones(session, stopped_clock):
    account = people.account(session)
    actions.start_sign_in(session, account)
    stopped_clock.forward(days=15)
    actions.start_sign_in(session, account)
    assert len(session.scalars(select(SignIn)).all()) == 1


def test_a_changed_password_signs_out_every_browser_and_the_owner_is_told(session):
    account = people.account(session, email="a@example.org")
    tokens = [actions.start_sign_in(session, account) for _ in range(2)]
    with invalid("current"):
        actions.change_password(session, account, current="wrong words in a row", password=NEW)
    assert looking(session, tokens[0]).account_id == account.id
    actions.change_password(session, account, current=people.PASSWORD, password=NEW)
    assert [looking(session, token) for token in tokens] == [ANYBODY, ANYBODY]
    assert actions.sign_in(session, email="a@example.org", password=NEW)[0] is account
    with invalid("email"):
        actions.sign_in(session, email="a@example.org", password=people.PASSWORD)
    assert history(session, None) == [PasswordChanged(consultation_id=None, account_id=account.id)]


def test_asking_for_a_reset_is_the_same_for_a_stranger(session):
    account = people.account(session, email="a@example.org")
    actions.ask_for_reset(session, email="nobody@example.org")
    actions.ask_for_reset(session, email="no address")
    assert history(session, None) == []
    actions.ask_for_reset(session, email=" A@EXAMPLE.org")
    assert history(session, None) == [PasswordResetAsked(consultation_id=None, account_id=account.id)]


def test_a_reset_link_works_once_signs_out_everywhere_and_proves_the_address(session):
    account = people.account(session, email="a@example.org", proved=False)
    browser = actions.start_sign_in(session, account)
    token = actions.make_link(session, account.id, Purpose.RESET_PASSWORD)
    assert actions.set_new_password(session, token=token, password=NEW) is account
    assert looking(session, browser) is ANYBODY
    assert account.proved_at is not None
    assert actions.sign_in(session, email="a@example.org", password=NEW)[0] is account
    with pytest.raises(NotFound):
        actions.set_new_password(session, token=token, password="yet another password")


def test_a_bad_new_password_does_not_use_the_link_up(session):
    account = people.account(session)
    token = actions.make_link(session, account.id, Purpose.RESET_PASSWORD)
    with invalid("password"):
        actions.set_new_password(session, token=token, password="short")
    assert actions.set_new_password(session, token=token, password=NEW) is account


def test_a_proof_works_once(session):
    account = people.account(session, proved=False)
    token = actions.make_link(session, account.id, Purpose.PROVE_ADDRESS)
    assert actions.prove_address(session, token=token) is account
    with pytest.raises(NotFound):
        actions.prove_address(session, token=token)


@pytest.mark.parametrize(("purpose", "hours"), [(Purpose.RESET_PASSWORD, 2), (Purpose.PROVE_ADDRESS, 24 * 7)])
def test_a_link_grows_old(session, stopped_clock, purpose, hours):
    account = people.account(session, proved=False)
    use = {
        Purpose.RESET_PASSWORD: lambda token: actions.set_new_password(session, token=token, password=NEW),
        Purpose.PROVE_ADDRESS: lambda token: actions.prove_address(session, token=token),
    }[purpose]
    late = actions.make_link(session, account.id, purpose)
    stopped_clock.forward(hours=hours, seconds=1)
    assert not queries.link_works(session, actions.token_hash(late), purpose)
    with pytest.raises(NotFound):
        use(late)
    just = actions.make_link(session, account.id, purpose)
    stopped_clock.forward(hours=hours)
    assert queries.link_works(session, actions.token_hash(just), purpose)
    assert use(just) is account


def test_a_link_serves_its_own_purpose_and_the_newest_counts(session):
    account = people.account(session, proved=False)
    older = actions.make_link(session, account.id, Purpose.PROVE_ADDRESS)
    newer = actions.make_link(session, account.id, Purpose.PROVE_ADDRESS)
    reset = actions.make_link(session, account.id, Purpose.RESET_PASSWORD)
    assert {older, newer, reset}.isdisjoint({link.token_hash for link in session.scalars(select(MailedLink))})
    for wrong in (older, reset, "", "x" * 500):
        with pytest.raises(NotFound):
            actions.prove_address(session, token=wrong)
    with pytest.raises(NotFound):
        actions.set_new_password(session, token=newer, password=NEW)
    assert actions.prove_address(session, token=newer) is account
