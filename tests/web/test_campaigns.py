"""The pages of campaigns: the desk of moderators, the page for everybody, and the folded thread."""

import pytest
from flask import render_template_string
from sqlalchemy import select

from app.actions import campaigns as actions
from app.models.campaigns import Campaign, CampaignLetter, CampaignState, LetterState
from app.models.comments import Comment
from app.models.consultations import Identity, Membership, Role
from app.models.contributions import State
from app.queries import campaign_desk
from tests.factories import campaigns as making
from tests.factories import comments, consultations, people, standards
from tests.factories.campaigns import LETTER, OWN_WORDS
from tests.web.desk import browser, case_address, press, words_of

pytestmark = [pytest.mark.usefixtures("stopped_clock"), pytest.mark.sqlite]


@pytest.fixture
def letters(session, standard):
    return making.letters(session, standard, 4)


@pytest.fixture
def proposed(session, letters):
    return making.of(session, letters[0])


@pytest.fixture
def confirmed(session, standard):
    return making.confirmed(session, standard, 4)


def group(campaign) -> str:
    return f"/moderation/campaigns/{campaign.id}"


def test_from_the_proposal_to_the_page_of_everybody_and_back(client, session, proposed, desk):
    listed = words_of(desk.get("/moderation/campaigns"))
    assert "4 letters, 4 people" in listed
    assert "50%" in listed
    assert "90%" in listed
    shown = words_of(desk.get(group(proposed)))
    assert "near-identical" in shown
    assert "contained 100%" in shown
    assert OWN_WORDS in shown
    answer = press(desk, group(proposed), f"{group(proposed)}/confirm", read=4)
    assert answer.location == group(proposed)
    everybody = words_of(client.get("/consultations/faces/campaigns/1"))
    assert "A letter sent by 4 people" in everybody
    assert OWN_WORDS in everybody
    assert "The same words." in everybody
    assert press(desk, group(proposed), f"{group(proposed)}/dissolve").status_code == 303
    assert client.get("/consultations/faces/campaigns/1").status_code == 404
    assert "Dissolved" in words_of(desk.get("/moderation/campaigns?state=dissolved"))
    assert "No group of letters" in words_of(desk.get("/moderation/campaigns"))
    press(desk, group(proposed), f"{group(proposed)}/restore")
    assert client.get("/consultations/faces/campaigns/1").status_code == 200


def test_a_letter_is_taken_out_and_put_back(client, session, confirmed, desk):
    letter = next(one for one in making.states(session, confirmed) if one != confirmed.exemplar_id)
    page = group(confirmed)
    session.commit()
    press(desk, page, f"{page}/letters/{letter}/take-out")
    assert "Taken out" in words_of(desk.get(page))
    assert "sent by 3 people" in words_of(client.get("/consultations/faces/campaigns/1"))
    press(desk, page, f"{page}/letters/{letter}/put-in")
    assert "sent by 4 people" in words_of(client.get("/consultations/faces/campaigns/1"))


def test_several_groups_are_confirmed_at_once_as_they_were_read(session, consultation, standard, proposed, desk):
    for _ in range(3):
        comments.pending(session, standard, body="Please ban doorbell cameras in every stairwell of this town soon.")
    session.commit()
    others = [one.id for one in session.scalars(select(Campaign)) if one.id != proposed.id]
    page = words_of(desk.get("/moderation/campaigns"))
    assert f'value="{proposed.id}:4"' in page
    assert f'value="{others[0]}:3"' in page
    comments.pending(session, standard, body=LETTER)  # comes while the page is read
    session.commit()
    chosen = [f"{proposed.id}:4", f"{others[0]}:3", "7:7", "x", "1:"]
    press(desk, "/moderation/campaigns", "/moderation/campaigns/confirm", campaign=chosen)
    said = words_of(desk.get("/moderation/campaigns"))
    assert "1 group confirmed." in said
    assert "The others changed" in said
    session.expire_all()
    assert proposed.state == CampaignState.PROPOSED


def test_a_step_that_somebody_else_took_is_said_not_done(session, proposed, desk, moderators, consultation):
    page = desk.get(group(proposed))
    assert page.status_code == 200
    actions.dissolve(session, consultation, proposed, by=moderators[1])
    session.commit()
    desk.post(f"{group(proposed)}/confirm", data={"csrf_token": token(page), "read": 4})
    assert "Somebody decided about this group in the meantime." in words_of(desk.get(group(proposed)))


def token(page) -> str:
    return page.text.split('name="csrf_token" value="')[1].split('"')[0]


def test_the_desk_exists_for_reviewers_alone(app, session, consultation, me, confirmed, desk, client):
    elsewhere = consultations.opened(session, slug="doors")
    strangers = [browser(app, session, me), browser(app, session, people.member(session, elsewhere, role=Role.CHAIR))]
    letter = confirmed.exemplar_id
    session.commit()
    for stranger in strangers:
        assert stranger.get(group(confirmed)).status_code == 404
        data = {"csrf_token": token(stranger.get("/me/data"))}
        for step in ("confirm", "join", "dissolve", "restore"):
            assert stranger.post(f"{group(confirmed)}/{step}", data=data).status_code == 404
        for step in ("take-out", "put-in"):
            assert stranger.post(f"{group(confirmed)}/letters/{letter}/{step}", data=data).status_code == 404
    assert strangers[0].get("/moderation/campaigns").status_code == 404
    assert "No group of letters" in words_of(strangers[1].get("/moderation/campaigns"))
    assert client.get("/moderation/campaigns").location.startswith("/signin")
    for missing in ("/moderation/campaigns/99", f"/moderation/campaigns/{2**70}"):
        assert desk.get(missing).status_code == 404
    for missing in ("/consultations/faces/campaigns/2", f"/consultations/faces/campaigns/{2**70}"):
        assert client.get(missing).status_code == 404


def test_whoever_wrote_one_of_the_letters_sees_no_button(app, session, standard, moderators, desk):
    comments.pending(session, standard, by=moderators[0], body=LETTER)
    campaign = making.of(session, making.letters(session, standard, 2)[0])
    session.commit()
    page = words_of(desk.get(group(campaign)))
    assert "Another moderator decides about the group." in page
    assert "Confirm the group" not in page
    data = {"csrf_token": token(desk.get("/me/data"))}
    assert desk.post(f"{group(campaign)}/confirm", data=data).status_code == 403


def test_the_thread_shows_one_letter_and_how_many_sent_it(client, session, consultation, standard, confirmed):
    objection_free = comments.published(session, standard, body="Only I say this, and nobody else says it like me.")
    session.commit()
    page = client.get("/consultations/faces/standards/1?thread=oldest")
    shown = [letter for letter in making.states(session, confirmed) if f'id="k{letter}"' in page.text]
    assert shown == [confirmed.exemplar_id]
    assert "Sent by 4 people" in words_of(page)
    assert f'id="k{objection_free.id}"' in page.text
    letter = next(one for one in making.states(session, confirmed) if one != confirmed.exemplar_id)
    leads = client.get(f"/comments/{letter}")
    assert f'id="k{letter}"' in client.get(leads.location).text  # every letter keeps its address
    assert client.get(f"/comments/{letter}/campaign").location == "/consultations/faces/campaigns/1"
    assert client.get(f"/comments/{objection_free.id}/campaign").status_code == 404


def test_what_would_be_lost_stays_in_the_thread(app, client, session, consultation, standard, confirmed):
    one, other = [letter for letter in making.states(session, confirmed) if letter != confirmed.exemplar_id][:2]
    comments.published(session, standard, reply_to=session.get_one(Comment, one))
    author = session.get_one(Comment, other).membership_id
    mine = browser(app, session, session.get_one(Membership, author))
    page = "/consultations/faces/standards/1?thread=oldest"
    assert f'id="k{one}"' in client.get(page).text
    assert f'id="k{other}"' not in client.get(page).text
    assert f'id="k{other}"' in mine.get(page).text


def test_nothing_that_waits_or_was_removed_or_said_in_confidence_is_shown(client, session, consultation, standard):
    campaign = making.confirmed(session, standard, 3)
    confidential = people.member(session, consultation, identity=Identity.CONFIDENTIAL, name="Hidden Name")
    comments.published(session, standard, by=confidential, body=f"{LETTER} CANARY-GIST", gist="A tenant agrees.")
    comments.pending(session, standard, body=f"{LETTER} CANARY-PENDING")
    comments.declined(session, standard, body=f"{LETTER} CANARY-DECLINED")
    redacted = comments.published(session, standard, body=f"{LETTER} CANARY-REDACTED")
    redacted.state, redacted.html = State.REDACTED, "<p>Without it.</p>"
    for letter in session.scalars(select(CampaignLetter)):
        letter.state = LetterState.IN
    session.commit()
    for address in ("/consultations/faces/campaigns/1", "/consultations/faces/standards/1"):
        page = client.get(address).text
        assert "CANARY" not in page
        assert "Hidden Name" not in page
    page = words_of(client.get("/consultations/faces/campaigns/1"))
    assert "A tenant agrees." in page
    assert "Without it." in page
    assert "sent by 5 people" in page
    assert campaign.number == 1


def test_groups_of_senders_are_shown_from_the_smallest_size_on(client, session, consultation, standard):
    consultation.minimum_group = 3
    for group_key, count in (("scanned", 4), ("makers", 2), ("public", 3)):
        for member in people.members(session, consultation, count, group=group_key):
            comments.published(session, standard, by=member, body=LETTER)
    society = people.member(session, consultation, organisation="Example Society")
    comments.published(session, standard, by=society, body=LETTER)
    campaign = session.scalars(select(Campaign)).one()
    actions.confirm(session, consultation, campaign, by=consultations.moderators(session, consultation)[0])
    session.commit()
    page = words_of(client.get("/consultations/faces/campaigns/1"))
    assert "sent by 9 people" in page
    assert "Makers and vendors" not in page.split("Every other letter")[0]
    assert "organisations, counted apart</dt><dd>1<" in page
    assert ">4<" in page
    assert "Other groups together" in page


def test_letters_are_paged(client, session, standard):
    making.confirmed(session, standard, 23)
    session.commit()
    first = client.get("/consultations/faces/campaigns/1")
    rest = client.get("/consultations/faces/campaigns/1?after=20")
    assert (first.text.count('<article class="comment"'), rest.text.count('<article class="comment"')) == (20, 2)
    assert "after=20" in first.text
    assert "Show more" not in rest.text


def test_a_standard_of_its_own_has_its_own_campaigns(client, session, consultation, standard, confirmed):
    other = standards.published(session, consultation)
    making.confirmed(session, other, 3)
    session.commit()
    assert f"/standards/{other.number}" in client.get("/consultations/faces/campaigns/2").text


def test_the_page_of_a_case_offers_to_join_what_waits(app, session, standard, confirmed, desk):
    waiting = comments.pending(session, standard, body=f"{LETTER} {OWN_WORDS}")
    found = campaign_desk.proposed_for(session, waiting.id)
    address = case_address(session, waiting)
    source = '{% from "macros/campaigns.html" import groups_waiting, proposed_letters %}'
    with app.test_request_context("/"):
        page = render_template_string(source + "{{ proposed_letters(found, 7) }}", found=found)
        assert render_template_string(source + "{{ proposed_letters(found, 7) }}", found=None).strip() == ""
        link = render_template_string(source + "{{ groups_waiting(2) }}")
    assert "1 letter like 4 already grouped" in page
    assert "Campaigns (2 groups wait)" in link
    assert f'action="{group(confirmed)}/join"' in page
    data = {"csrf_token": token(desk.get(group(confirmed))), "read": 1, "case": address.rsplit("/", 1)[1]}
    assert desk.post(f"{group(confirmed)}/join", data=data).location == address
    session.expire_all()
    assert making.states(session, confirmed)[waiting.id] == LetterState.IN


def test_notes_and_suggested_wordings_of_letters_stay(client, session, consultation, standard, moderators):
    making.letters(session, standard, 2)
    last = comments.published(session, standard, body=LETTER, proposed_change="Let a judge decide within a day.")
    for comment in session.scalars(select(Comment)):
        comment.note = "The figure is disputed."
    actions.confirm(session, consultation, making.of(session, last), by=moderators[0])
    session.commit()
    page = words_of(client.get("/consultations/faces/campaigns/1"))
    assert page.count("The figure is disputed.") == 3
    assert "Let a judge decide within a day." in page
