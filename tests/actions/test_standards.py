"""Proposing standards: the number at first publication, sending again, and when a text can be found."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from app.actions import standards as actions
from app.errors import Invalid
from app.events import ContributionPublished, ContributionReceived, ContributionWithdrawn
from app.models.consultations import PhaseKind, Review
from app.models.contributions import State
from app.models.evidence import Evidence
from app.models.moderation import Action, Case, Cause
from app.models.standards import Citation, Draft, SearchTerm, Standard, StandardVersion
from app.queries.search import search
from tests.answers import forbidden, invalid, refused
from tests.factories import consultations, moderation, people, standards
from tests.factories.viewers import frame, history

pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def consultation(session):
    return consultations.opened(session)


@pytest.fixture
def ada(session, consultation):
    return people.member(session, consultation, name="Ada")


def found(session, consultation, word: str) -> set[int]:
    return set(search(session, frame(session, consultation), word))


def test_a_number_is_given_at_the_first_publication(session, consultation):
    first, second, third = (standards.pending(session, consultation) for _ in range(3))
    assert [session.get_one(Standard, v.standard_id).number for v in (first, second, third)] == [None, None, None]
    moderation.decide(session, third)
    moderation.decide(session, second, Action.DECLINE)
    moderation.decide(session, first)
    numbers = [session.get_one(Standard, v.standard_id).number for v in (first, second, third)]
    assert numbers == [2, None, 1]
    assert [event.subject for event in history(session, consultation, ContributionPublished)] == [
        "standard 1",
        "standard 2",
    ]


def test_where_review_comes_afterwards_it_has_its_number_at_once(session):
    consultation = consultations.opened(session, review=Review.AFTER)
    version = standards.pending(session, consultation)
    standard = session.get_one(Standard, version.standard_id)
    assert (version.state, standard.number, standard.version) == (State.PUBLISHED, 1, 1)
    moderation.decide(session, version, Action.HIDE)
    assert (version.state, standard.number) == (State.HIDDEN, 1)
    standards.pending(session, consultation)
    assert sorted(n for n in session.scalars(select(Standard.number)) if n) == [1, 2]  # a number is never given twice


def test_a_proposal_sent_twice_is_one_proposal(session, consultation, ada):
    text = standards.proposal(title="Twice")
    first = actions.propose(session, consultation, by=ada, proposal=text)
    assert actions.propose(session, consultation, by=ada, proposal=text) is first
    assert len(history(session, consultation, ContributionReceived)) == 1
    other = people.member(session, consultation)
    assert actions.propose(session, consultation, by=other, proposal=text) is not first
    assert actions.propose(session, consultation, by=ada, proposal=replace(text, summary="Other.")) is not first


def test_the_same_proposal_may_be_made_again_after_it_was_taken_back(session, consultation, ada):
    text = standards.proposal(title="Again")
    first = actions.propose(session, consultation, by=ada, proposal=text)
    actions.withdraw(session, consultation, first, by=ada)
    assert actions.propose(session, consultation, by=ada, proposal=text) is not first


def test_the_same_person_may_propose_the_same_text_in_another_consultation(session, consultation):
    account, text = people.account(session), standards.proposal(title="Everywhere")
    versions = []
    for place in (consultation, consultations.opened(session)):
        member = people.member(session, place, owner=account)
        versions.append(actions.propose(session, place, by=member, proposal=text))
    assert versions[0] is not versions[1]


def test_every_problem_is_named_and_nothing_is_stored(session, consultation, ada):
    with pytest.raises(Invalid) as caught:
        actions.propose(session, consultation, by=ada, proposal=standards.proposal(title="x" * 201, summary="w " * 151))
    assert [field for field, _message in caught.value.problems] == ["title", "summary"]
    assert session.scalars(select(Standard)).all() == []


def test_proposing_has_its_phase_and_its_people(session, consultation):
    with forbidden("not_joined"):
        actions.propose(session, consultation, by=None, proposal=standards.proposal())
    discussing = consultations.opened(session, running=[PhaseKind.DISCUSS])
    with refused("phase_absent"):
        standards.pending(session, discussing)


def test_the_text_is_stored_as_it_was_proposed(session, consultation, ada):
    text = standards.proposal(clauses=("A shall.", "B should."), affected_groups=("wrongly", "public"))
    version = actions.propose(session, consultation, by=ada, proposal=text)
    assert version.clauses == [{"number": "1", "text": "A shall."}, {"number": "2", "text": "B should."}]
    assert (version.affected_groups, version.title, version.number) == (["wrongly", "public"], text.title, 1)
    evidence = session.scalars(select(Evidence).join(Citation).where(Citation.version_id == version.id)).one()
    assert evidence.authors == ["Joy Buolamwini", "Timnit Gebru"]


def test_evidence_with_a_reference_is_shared(session, consultation, ada):
    piece = replace(standards.EVIDENCE, reference="gender-shades")
    for title in ("One", "Two"):
        actions.propose(session, consultation, by=ada, proposal=standards.proposal(title=title, evidence=(piece,)))
    assert len(session.scalars(select(Evidence)).all()) == 1
    assert len(session.scalars(select(Citation)).all()) == 2


def test_a_returned_proposal_is_sent_again_with_another_text(session, consultation, ada):
    version = standards.returned(session, consultation, by=ada)
    again = actions.resubmit(
        session, consultation, version, by=ada, proposal=standards.proposal(title="Kinder", evidence=())
    )
    assert (again.id, again.state, again.revision, again.title) == (version.id, State.PENDING, 2, "Kinder")
    assert session.scalars(select(Citation)).all() == []
    waiting = session.scalars(select(Case).where(Case.closed_at.is_(None))).one()
    assert (waiting.contribution_id, waiting.cause) == (version.id, Cause.RESUBMITTED)
    moderation.decide(session, version)
    assert (version.state, session.get_one(Standard, version.standard_id).number) == (State.PUBLISHED, 1)


def test_a_waiting_proposal_changed_again_keeps_its_one_case(session, consultation, ada):
    version = standards.pending(session, consultation, by=ada)
    actions.resubmit(session, consultation, version, by=ada, proposal=standards.proposal(title="Better"))
    assert len(session.scalars(select(Case)).all()) == 1


def test_what_is_published_or_of_another_is_not_replaced(session, consultation, ada):
    version = standards.version_of(session, standards.published(session, consultation, by=ada))
    with refused("published_version"):
        actions.resubmit(session, consultation, version, by=ada, proposal=standards.proposal())
    returned = standards.returned(session, consultation, by=ada)
    with forbidden("not_author"):
        actions.resubmit(
            session, consultation, returned, by=people.member(session, consultation), proposal=standards.proposal()
        )
    with invalid("clauses-0-text"):
        actions.resubmit(session, consultation, returned, by=ada, proposal=standards.proposal(clauses=()))
    assert returned.state == State.RETURNED


def test_only_what_can_be_read_is_found(session, consultation):
    waiting = standards.pending(session, consultation, title="Quokka waiting")
    declined = standards.pending(session, consultation, title="Quokka declined")
    moderation.decide(session, declined, Action.DECLINE)
    assert found(session, consultation, "quokka") == set()
    moderation.decide(session, waiting)
    assert found(session, consultation, "quokka") == {waiting.standard_id}


def test_what_is_hidden_is_found_no_more(session):
    consultation = consultations.opened(session, review=Review.AFTER)
    version = standards.pending(session, consultation, title="Quokka")
    assert found(session, consultation, "quokka") == {version.standard_id}
    moderation.decide(session, version, Action.HIDE)
    assert found(session, consultation, "quokka") == set()
    assert session.scalars(select(SearchTerm)).all() == []


def test_a_clause_and_a_summary_are_found_like_the_title(session, consultation):
    text = standards.proposal(title="Quokka", summary="About wombats.", clauses=("The numbat shall rest.",))
    standard = standards.published(session, consultation, text=text)
    for words in ("quokka", "wombat", "numbats", "numbat quokka"):
        assert found(session, consultation, words) == {standard.id}, words
    assert found(session, consultation, "quokka platypus") == set()


def test_taking_back_before_and_after_publication(session, consultation, ada):
    waiting = standards.pending(session, consultation, by=ada)
    published = standards.version_of(session, standards.published(session, consultation, by=ada))
    for version in (waiting, published):
        with forbidden("not_author"):
            actions.withdraw(session, consultation, version, by=people.member(session, consultation))
        actions.withdraw(session, consultation, version, by=ada)
    assert waiting.state == State.WITHDRAWN
    assert published.state == State.PUBLISHED  # the text stays readable, the standard says that it was withdrawn
    assert all(session.get_one(Standard, v.standard_id).withdrawn_at for v in (waiting, published))
    assert session.scalars(select(Case).where(Case.closed_at.is_(None))).all() == []
    assert len(history(session, consultation, ContributionWithdrawn)) == 2


def test_a_draft_is_kept_as_typed_and_gone_once_sent(session, consultation, ada):
    typed = {"title": "Half a", "clauses-0-text": ""}
    draft = actions.save_draft(session, ada, fields=typed, title="Half a")
    draft = actions.save_draft(session, ada, fields={**typed, "title": "Half a thought"}, title="T" * 300, draft=draft)
    assert (draft.fields["title"], len(draft.title), len(session.scalars(select(Draft)).all())) == (
        "Half a thought",
        200,
        1,
    )
    actions.propose(session, consultation, by=ada, proposal=standards.proposal(), draft=draft)
    assert session.scalars(select(Draft)).all() == []
    actions.discard_draft(session, actions.save_draft(session, ada, fields={}, title=""))
    assert session.scalars(select(Draft)).all() == []
    assert len(session.scalars(select(StandardVersion)).all()) == 1


def test_withdrawing_a_standard_that_was_taken_back_is_refused(session, consultation, ada):
    published = standards.version_of(session, standards.published(session, consultation, by=ada))
    actions.withdraw(session, consultation, published, by=ada)
    with refused("already_withdrawn"):
        actions.withdraw(session, consultation, published, by=ada)
