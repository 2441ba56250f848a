"""What I submitted, and what I can do next."""

import pytest
from sqlalchemy import select

from app.models.consultations import Review
from app.models.contributions import State
from app.models.moderation import Action, Reason
from app.models.positions import Choice, Position
from app.models.standards import Draft, Standard
from tests.factories import amendments, comments, consultations, moderation, people, standards
from tests.web.desk import browser, press, words_of

MINE = "/me/contributions"


def part(page: str, item) -> str:
    """The part of the page about one item."""
    begin = page.index(f'id="item-{item.id}"')
    end = page.find('id="item-', begin + 10)
    return page[begin : end if end > 0 else None]


def test_somebody_new_is_told_where_to_begin(app, session, me):
    page = words_of(browser(app, session, me).get(MINE))
    assert "You have submitted nothing yet" in page
    assert (
        'You appear as <b><bdi>R.</bdi></b> speaking from <span class="badge direct">People wrongly identified' in page
    )


def test_an_unproved_address_needs_its_owner(app, session, consultation):
    page = words_of(browser(app, session, people.member(session, consultation, proved=False)).get(MINE))
    assert "Needs you" in page
    assert "Confirm your e-mail address" in page


def test_each_item_says_where_it_stands(app, session, standard, me):
    waiting = comments.pending(session, standard, by=me, body="Who pays?")
    published = comments.published(session, standard, by=me)
    declined = comments.declined(session, standard, by=me, reason=Reason.OFF_TOPIC, body="They never said sorry.")
    page = words_of(browser(app, session, me).get(MINE))
    assert "Waiting for review" in part(page, waiting)
    assert "Until then only you see it." in part(page, waiting)
    assert f'href="/comments/{published.id}"' in part(page, published)
    assert "Off topic" in part(page, declined)
    assert "Please take it out." in part(page, declined)
    assert "They never said sorry." in part(page, declined)
    assert f"/comments/{declined.id}/edit" not in part(page, declined)


def test_what_was_returned_comes_first_and_is_sent_again_in_place(app, session, standard, me):
    comments.pending(session, standard, by=me)
    item = comments.returned(session, standard, by=me, body="Shame on L. And who pays?", explanation="Leave L. out.")
    client = browser(app, session, me)
    page = words_of(client.get(MINE))
    assert page.index("Needs you") < page.index(f'id="item-{item.id}"') < page.index("Comments and proposals")
    for expected in ("Personal attack", "Leave L. out.", "Shame on L. And who pays?</textarea>"):
        assert expected in part(page, item)
    answer = client.submit(MINE, {"body": "And who pays?"}, to=f"/comments/{item.id}/edit")
    assert (answer.status_code, answer.location) == (303, f"{MINE}#item-{item.id}")
    session.refresh(item)
    assert (item.state, item.body) == (State.PENDING, "And who pays?")
    assert moderation.open_case(session, item).cause == "resubmitted"
    session.rollback()
    page = words_of(client.get(MINE))
    assert "Sent. A moderator reads it" in page
    assert "Needs you" not in page


@pytest.mark.sqlite
@pytest.mark.parametrize("body", ["", " \u200b ", "x" * 4001])
def test_an_edit_that_cannot_be_sent_keeps_what_was_typed(body, app, session, standard, me):
    item = comments.returned(session, standard, by=me)
    client = browser(app, session, me)
    answer = client.submit(f"/comments/{item.id}/edit", {"body": body, "proposed_change": "Keep **this**."})
    assert answer.status_code == 422
    assert "One thing to change; nothing you typed was lost" in words_of(answer)
    assert "Keep **this**." in words_of(answer)
    assert body in answer.get_data(as_text=True)


def test_an_edit_from_a_stale_page_shows_the_newer_text(app, session, standard, me):
    item = comments.returned(session, standard, by=me, body="First.")
    client = browser(app, session, me)
    address = f"/comments/{item.id}/edit"
    client.submit(address, {"body": "Second."})
    answer = client.submit(address, {"body": "Third.", "revision": "1"})
    page = words_of(answer)
    assert answer.status_code == 422
    assert "The newer text" in page
    assert "Second.</p>" in page
    assert "Third.</textarea>" in page
    token = page.split('name="csrf_token" value="')[-1].split('"')[0]
    shown = page.split('name="revision" value="')[1].split('"')[0]
    assert client.post(address, data={"body": "Third.", "revision": shown, "csrf_token": token}).status_code == 303


def test_a_change_of_a_published_text_waits_while_the_old_one_stays(app, session, standard, me):
    item = comments.published(session, standard, by=me, body="Count matches.")
    client = browser(app, session, me)
    client.submit(f"/comments/{item.id}/edit", {"body": "Please count matches."})
    assert "Your change waits for review" in part(words_of(client.get(MINE)), item)
    assert "Please count" not in words_of(app.test_client().get("/consultations/faces/standards/1"))
    moderation.decide(session, item, Action.RETURN, explanation="Say which matches.")
    session.commit()
    about = part(words_of(client.get(MINE)), item)
    for expected in ("Your change of the text was not published", "Say which matches.", "Please count matches."):
        assert expected in about


def test_earlier_texts_are_one_click_away(app, session, stopped_clock):
    consultation = consultations.opened(session, slug="after", review=Review.AFTER)
    me = people.member(session, consultation)
    version = standards.pending(session, consultation)
    item = comments.pending(session, session.get_one(Standard, version.standard_id), by=me, body="The *first* text.")
    stopped_clock.forward(days=2)
    client = browser(app, session, me)
    client.submit(f"/comments/{item.id}/edit", {"body": "The second text."})
    page = words_of(app.test_client().get(f"/comments/{item.id}/history"))
    assert page.index("The second text.") < page.index("Until 12 June 2026") < page.index("The <em>first</em> text.")


def test_withdrawing_is_explained_and_leaves_a_line(app, session, standard, me):
    item = comments.published(session, standard, by=me)
    client = browser(app, session, me)
    assert "its author withdrew it" in part(words_of(client.get(MINE)), item)
    assert press(client, MINE, f"/comments/{item.id}/withdraw").status_code == 303
    assert "You withdrew it on" in part(words_of(client.get(MINE)), item)
    assert "Withdrawn by its author" in words_of(app.test_client().get("/consultations/faces/standards/1"))
    assert client.get(f"/comments/{item.id}/edit").status_code == 409


def test_a_returned_proposal_comes_back_as_it_was(app, session, consultation, me):
    version = standards.returned(session, consultation, by=me, title="Pubish error rates")
    client = browser(app, session, me)
    address = f"/me/contributions/{version.id}/proposal"
    assert address in part(words_of(client.get(MINE)), version)
    page = words_of(client.get(address))
    for expected in ("Change your proposal", "Personal attack", "Joy Buolamwini; Timnit Gebru", standards.CLAUSES[1]):
        assert expected in page
    answer = client.submit(address, {"title": "Publish error rates"}, to=address)
    assert answer.location == f"{MINE}#item-{version.id}"
    session.refresh(version)
    assert (version.state, version.title) == (State.PENDING, "Publish error rates")
    assert [clause["text"] for clause in version.clauses] == list(standards.CLAUSES)
    assert version.duty_bearers == [{"name": "Police services", "sector": "public"}]
    assert version.affected_groups == ["wrongly"]


@pytest.mark.sqlite
def test_a_proposal_that_cannot_be_sent_keeps_what_was_typed(app, session, consultation, me):
    version = standards.returned(session, consultation, by=me)
    address = f"/me/contributions/{version.id}/proposal"
    answer = browser(app, session, me).submit(
        address, {"title": "", "clauses-0-text": "A landlord shall ask."}, to=address
    )
    assert answer.status_code == 422
    assert "Give the standard a title." in words_of(answer)
    assert "A landlord shall ask." in words_of(answer)


def test_a_published_proposal_is_changed_no_more(app, session, standard, consultation, me):
    mine = standards.published(session, consultation, by=me)
    version = standards.version_of(session, mine)
    answer = browser(app, session, me).get(f"/me/contributions/{version.id}/proposal")
    assert answer.status_code == 409


@pytest.mark.sqlite
def test_what_is_somebody_elses_does_not_exist(app, session, consultation, standard, me):
    comment = comments.returned(session, standard)
    version = standards.returned(session, consultation)
    client = browser(app, session, me)
    for address in (f"/comments/{comment.id}/edit", f"/me/contributions/{version.id}/proposal"):
        assert client.get(address).status_code == 404
    for huge in (2**53, 2**63, 10**30):
        assert client.get(f"/me/contributions/{huge}/proposal").status_code == 404
        assert client.get(f"/comments/{huge}/edit").status_code == 404


def test_a_changed_text_asks_whether_the_position_stands(app, session, standard, me):
    held = standards.position(session, standard, Choice.SUPPORT, by=me)
    amendments.version(session, standard, clauses={"1": "A police service shall treat a match only as a hint."})
    client = browser(app, session, me)
    page = words_of(client.get(MINE))
    assert "1 text changed after you took a position" in page
    assert "A match is a lead" in page
    answer = client.submit(MINE, {}, to="/consultations/faces/standards/1/position")
    assert answer.status_code == 303
    assert session.scalars(select(Position.version).where(Position.id == held.id)).one() == 2
    assert "Needs you" not in words_of(client.get(MINE))


def test_a_draft_is_continued_or_thrown_away(app, session, consultation, me):
    from app.actions import standards as actions

    draft = actions.save_draft(session, me, fields={"title": ["Tell people"]}, title="Tell people")
    client = browser(app, session, me)
    page = words_of(client.get(MINE))
    assert f"/consultations/faces/standards/new?draft={draft.id}" in page
    press(client, MINE, f"/me/drafts/{draft.id}/discard")
    assert session.scalars(select(Draft)).all() == []


def test_the_page_asks_as_often_for_three_items_as_for_thirty(app, session, standard, me, count_statements):
    client = browser(app, session, me)

    def asked(items):
        for _ in range(items):
            comments.pending(session, standard, by=me)
            comments.returned(session, standard, by=me)
        session.commit()
        with count_statements() as statements:
            client.get(MINE)
        return len(statements)

    assert asked(3) == asked(30)
