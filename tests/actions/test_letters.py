"""Letters that are the same: what is found, what is not, and what becomes of a text that changes."""

import pytest
from sqlalchemy import func, select

from app.actions import comment_edits, letters
from app.actions.text_index import NewText
from app.models.campaigns import Campaign, CampaignLetter, CampaignState, LetterState
from app.models.comments import Comment
from app.models.consultations import Membership
from app.models.contributions import State
from app.models.standards import Standard
from tests.factories import campaigns as making
from tests.factories import comments, consultations, people, standards
from tests.factories.campaigns import LETTER
from tests.threads import together

pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def consultation(session):
    return consultations.opened(session)


@pytest.fixture
def standard(session, consultation):
    return standards.published(session, consultation)


def count(session, table) -> int:
    return session.scalar(select(func.count()).select_from(table))


def test_the_third_person_with_the_same_letter_makes_a_proposal(session, standard):
    first, second = making.letters(session, standard, 2)
    assert count(session, Campaign) == 0
    third = comments.pending(session, standard, body=LETTER.replace("strong", "clear and strong"))
    campaign = making.of(session, third)
    assert (campaign.state, campaign.number, campaign.standard_id) == (CampaignState.PROPOSED, None, standard.id)
    assert set(making.states(session, campaign).values()) == {LetterState.PROPOSED}
    assert set(making.states(session, campaign)) == {first.id, second.id, third.id}
    assert (first.state, third.state) == (State.PUBLISHED, State.PENDING)  # grouping decides nothing
    exact = session.get_one(CampaignLetter, campaign.exemplar_id)
    assert (exact.likeness, exact.contained) == (1, 1)
    added = session.get_one(CampaignLetter, second.id)
    assert added.contained == 1 > added.likeness or campaign.exemplar_id == second.id


def test_one_person_alone_is_no_campaign_and_neither_are_replies(session, consultation, standard):
    author = people.member(session, consultation)
    for number in range(4):
        comments.pending(session, standard, by=author, body=f"{LETTER} {number}")
    root = comments.published(session, standard)
    for _ in range(4):
        comments.pending(session, standard, reply_to=root, body=LETTER)
    assert count(session, Campaign) == 0


def test_the_same_letter_on_another_standard_is_another_campaign(session, consultation, standard):
    making.letters(session, standard, 2)
    making.letters(session, standards.published(session, consultation), 2)
    assert count(session, Campaign) == 0


def test_independent_words_are_never_proposed(session, standard):
    for number in range(4):  # each begins with the same six words
        words = " ".join(f"reason{number} because{place} of{number * place}" for place in range(20))
        comments.pending(session, standard, body=f"I support strong rules on facial recognition. {words}")
    assert count(session, Campaign) == 0


def test_short_texts_are_grouped_when_they_are_equal(session, standard):
    for body in ("I agree.", "i agree!", "I AGREE", "I agree too"):
        last = comments.pending(session, standard, body=body)
    assert len(making.states(session, session.scalars(select(Campaign)).one())) == 3
    assert session.get(CampaignLetter, last.id) is None


def test_a_changed_letter_follows_its_text(session, consultation, standard):
    campaign = making.of(session, making.letters(session, standard, 3, waiting=True)[0])
    letter = next(one for one in making.states(session, campaign) if one != campaign.exemplar_id)
    comment = session.get_one(Comment, letter)
    author = session.get_one(Membership, comment.membership_id)
    comment_edits.edit(session, consultation, comment, by=author, body="I changed my mind.")
    assert session.get(CampaignLetter, letter) is None
    comment_edits.edit(session, consultation, comment, by=author, body=f"{LETTER} So there.")
    assert making.of(session, comment) is campaign


def test_an_import_is_indexed_and_grouped_as_well(session, standard):
    new = []
    for number in range(5):
        body = LETTER if number < 4 else "Something else that nobody wrote before, and that is long enough."
        comment = comments.published(session, standard, body=body if number == 4 else f"Only {number} of these")
        comment.body = body
        letters.withdraw(session, comment)
        new.append(NewText(comment.id, standard.id, body))
    session.flush()
    letters.index_many(session, new)
    letters.index_many(session, [])
    campaign = session.scalars(select(Campaign)).one()
    assert set(making.states(session, campaign)) == {text.id for text in new[:4]}


def test_letters_at_the_same_moment_open_one_group(database):
    with database.write() as session:
        consultation = consultations.opened(session)
        standard_id = standards.published(session, consultation).id
        authors = [member.id for member in people.members(session, consultation, 6)]
        session.commit()

    def send(author):
        with database.write() as session:
            standard = session.get_one(Standard, standard_id)
            comments.pending(session, standard, by=session.get_one(Membership, author), body=LETTER)
            session.commit()

    together(*(lambda author=author: send(author) for author in authors))
    with database.read() as session:
        campaign = session.scalars(select(Campaign)).one()
        assert len(making.states(session, campaign)) == len(authors)


def test_a_clause_that_many_quote_is_no_letter(session, consultation):
    clause = "A police service shall publish every search, the place, the reason and the share of wrong matches in it."
    standard = standards.published(session, consultation, text=standards.proposal(clauses=(clause,)))
    for own in ("I doubt it will ever be done in time.", "Who pays for the printing?", "In our town it is too late."):
        comments.pending(session, standard, body=f"“{clause}” {own}")
        comments.pending(session, standard, body=clause)
    assert count(session, Campaign) == 0
    for place in ("Norton", "Marby", "Sunfield"):
        comments.pending(session, standard, body=f"“{clause}” {LETTER} This comes from {place}.")
    assert len(making.states(session, session.scalars(select(Campaign)).one())) == 3
