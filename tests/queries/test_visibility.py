"""The one visibility rule: a word that is not published is in no answer to anybody but its author."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

import pytest

from app.actions import comment_edits
from app.actions import comments as commenting
from app.db import Base
from app.errors import NotFound
from app.models.consultations import Role
from app.models.moderation import Action
from app.models.standards import StandardVersion
from app.queries import (
    amendments,
    comments,
    consultations,
    contributions,
    dispositions,
    listings,
    moderation,
    moderation_report,
    objections,
    queue,
    record,
    search,
    standards,
    versions,
)
from app.queries import (
    answers as told,
)
from app.queries.listings import Sort, Wanted
from app.queries.queue_filters import Filters
from app.queries.threads import Asked, Order
from app.reports import iso_sheet
from app.reports.formats import FORMATS
from app.reports.gather import gather
from tests.factories import canaries, people
from tests.factories import comments as written
from tests.factories import moderation as deciding
from tests.factories.consultations import moderators
from tests.factories.viewers import frame, viewer
from tests.unpacking import unpacked

pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def aviary(session):
    aviary = canaries.planted(session)
    hidden = aviary.hidden_standard
    written.published(session, hidden, body="On what is hidden.", by=aviary.commenter)
    deciding.decide(session, session.get_one(StandardVersion, _version_id(session, hidden)), Action.HIDE)
    return aviary


def _version_id(session, standard) -> int:
    return session.query(StandardVersion.id).filter_by(standard_id=standard.id).scalar()


def words_in(value: object) -> Iterator[str]:
    """Every text that an answer holds, rows of tables with all their columns."""
    if isinstance(value, Base):
        yield from words_in([found for name, found in vars(value).items() if not name.startswith("_")])
    elif is_dataclass(value) and not isinstance(value, type):
        yield from words_in([getattr(value, field.name) for field in fields(value)])
    elif isinstance(value, Mapping):
        yield from words_in([*value.keys(), *value.values()])
    elif isinstance(value, list | tuple | set | frozenset):
        for part in value:
            yield from words_in(part)
    else:
        yield str(value)


def pages(session, aviary, somebody) -> dict[str, object]:
    """What this person is answered, page by page."""
    seen = frame(session, aviary.consultation, somebody)
    looking = viewer(somebody)
    number = aviary.standard.number
    threads = {
        f"thread, {order}": standards.page(session, seen, number, Asked(order=order)).thread.branches for order in Order
    }
    whole = {
        f"branch of {word}": standards.page(session, seen, number, Asked(branch=comment.root_id)).thread.branches
        for word, comment in aviary.comments.items()
    }
    lists = {f"list, {sort}": listings.listing(session, seen, Wanted(sort=sort)) for sort in Sort}
    found = {f"search for {word}": listings.listing(session, seen, Wanted(q=word)).lines for word in aviary.words}
    alike = {f"like {word}": search.similar(session, seen, f"Title {word}", word, "en") for word in aviary.words}
    answers = {
        "standard": standards.page(session, seen, number, Asked()),
        "objections": objections.trail(session, seen, number),
        "waiting objections": objections.desk(session, seen),
        "comments to resolve": dispositions.table(session, seen, dispositions.Wanted()),
        "commenting sheet": iso_sheet.lines(session, seen),
        "answers": told.answers(session, seen),
        "most telling": listings.most_telling(session, seen),
        "heard": consultations.heard(session, seen),
        "home": consultations.home(session, looking),
        "figures": moderation_report.figures(session, aviary.consultation.id),
        "record": record.latest(session, seen),
        "export": json.dumps([record.header(session, seen), *record.exported(session, seen)]),
    }
    texts = {
        "version": versions.version_page(session, seen, number, 1),
        "amendments": amendments.listing(session, seen, number).clauses,
        "amendment": amendments.page(session, seen, number, 1),
    }
    return {**threads, **whole, **lists, **found, **alike, **answers, **texts}


def downloads(session, aviary, somebody) -> dict[str, str]:
    document = gather(session, frame(session, aviary.consultation, somebody))
    return {f"summary.{name}": unpacked(kind.render(document)) for name, kind in FORMATS.items()}


def leaks(answers: Mapping[str, object], words: list[str]) -> set[tuple[str, str]]:
    return {
        (place, word)
        for place, answer in answers.items()
        for word in words
        if word in "\n".join(words_in(answer)).lower()
    }


@pytest.mark.parametrize("somebody", ["anybody", "another member", "policymaker", "somebody who replied"])
def test_nobody_reads_what_is_not_published(session, aviary, somebody):
    looking = {
        "anybody": lambda: None,
        "another member": lambda: people.member(session, aviary.consultation),
        "policymaker": lambda: people.member(session, aviary.consultation, role=Role.POLICYMAKER),
        "somebody who replied": lambda: aviary.commenter,
    }[somebody]()
    answers = pages(session, aviary, looking) | downloads(session, aviary, looking)
    if looking is not None:
        answers["mine"] = contributions.mine(session, looking.account_id)
        answers["notices"] = contributions.notices(session, looking.account_id)
        answers["queue"] = queue.queue(session, viewer(looking), Filters())
    assert leaks(answers, aviary.words) == set()
    assert "seen by everybody" in "\n".join(words_in(answers["list, number"])).lower()  # the net catches what is there


def test_authors_see_their_own_text_in_its_place(session, aviary):
    for word in ("pendingcomment", "returnedcomment", "returnedlater", "objectionreason"):
        answers = pages(session, aviary, aviary.authors[word])
        assert {(f"thread, {order}", word) for order in Order} <= leaks(answers, [word])
        assert leaks(answers, sorted(set(aviary.words) - {word, "wouldchangemind"})) == set()


def test_authors_find_everything_of_their_own_on_their_page(session, aviary):
    unseen = {"wouldchangemind", "confidentialname", "draftproposal"}
    for word in set(aviary.words) - unseen:
        mine = contributions.mine(session, aviary.authors[word].account_id)
        assert leaks({"mine": mine}, aviary.words), word
        assert {found for _place, found in leaks({"mine": mine}, aviary.words)} <= {word, "confidentialname"}
    drafts = contributions.mine(session, aviary.authors["draftproposal"].account_id).drafts
    assert leaks({"drafts": drafts}, ["draftproposal"])


def test_nothing_of_an_author_is_in_the_files_for_everybody(session, aviary):
    for word in ("pendingcomment", "confidentialbody", "waitingedit"):
        assert leaks(downloads(session, aviary, aviary.authors[word]), aviary.words) == set()


def test_permalinks_lead_to_nothing_that_was_never_published(session, aviary):
    for word in ("pendingcomment", "returnedcomment", "declinedcomment", "objectionreason"):
        comment = aviary.comments[word]
        for looking in (None, aviary.commenter):
            with pytest.raises(NotFound):
                comments.place(session, viewer(looking), comment.id)
    own = aviary.authors["pendingcomment"]
    assert comments.place(session, viewer(own), aviary.comments["pendingcomment"].id)


def test_the_own_page_of_a_comment_is_for_its_author_alone(session, aviary):
    for word, comment in aviary.comments.items():
        assert comments.own(session, viewer(aviary.authors[word]), comment.id).comment.id == comment.id
        for looking in (None, aviary.commenter):
            with pytest.raises(NotFound):
                comments.own(session, viewer(looking), comment.id)
    for word, version in aviary.versions.items():
        assert contributions.own_proposal(session, viewer(aviary.authors[word]), version.id).version is version
        with pytest.raises(NotFound):
            contributions.own_proposal(session, viewer(aviary.commenter), version.id)


def test_earlier_texts_go_with_the_comment(session, aviary, stopped_clock):
    author = people.member(session, aviary.consultation)
    comment = written.published(session, aviary.standard, by=author, body="An earliertext.")
    stopped_clock.forward(hours=30)
    comment_edits.edit(session, aviary.consultation, comment, by=author, body="A later one.")
    deciding.decide(session, comment)
    texts = comments.earlier_texts(session, comments.place(session, viewer(None), comment.id))
    assert [("earliertext" in text.html) for text in texts] == [True]
    commenting.withdraw(session, aviary.consultation, comment, by=author)
    assert comments.earlier_texts(session, comments.place(session, viewer(None), comment.id)) == ()


def test_a_hidden_standard_has_no_page(session, aviary):
    for looking in (None, aviary.commenter, aviary.authors["hiddenproposal"]):
        seen = frame(session, aviary.consultation, looking)
        with pytest.raises(NotFound):
            standards.page(session, seen, aviary.hidden_standard.number, Asked())
        with pytest.raises(NotFound):
            standards.find(session, seen, aviary.hidden_standard.number)


def test_moderators_alone_read_the_queue(session, aviary):
    waiting = queue.queue(session, viewer(moderators(session, aviary.consultation)[0]), Filters())
    assert {line.contribution.id for line in waiting.lines} >= {aviary.comments["pendingcomment"].id}
    assert "confidentialname" not in {line.author_name.lower() for line in waiting.lines}
    with pytest.raises(NotFound):
        moderation.case_page(session, viewer(aviary.commenter), waiting.lines[0].case.id)
