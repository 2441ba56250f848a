"""Ten times the comments, the same number of statements: each page is fetched with 3 rows of a kind and with 300."""

import pytest

from app.actions import blockers
from app.actions.people import start_sign_in, token_hash
from app.models.consultations import Membership
from app.models.contributions import State
from app.models.people import Account
from app.models.positions import Choice
from app.models.standards import Standard
from app.queries import (
    amendments,
    answers,
    appeals,
    comments,
    consultations,
    contributions,
    dispositions,
    flags,
    listings,
    moderation,
    moderation_report,
    my_day,
    objections,
    outcomes,
    own_decisions,
    people,
    queue,
    record,
    search,
    versions,
)
from app.queries import standards as pages
from app.queries.listings import Wanted
from app.queries.queue_filters import Filters
from app.queries.threads import Asked, Order
from app.reports import iso_sheet, moderation_tables
from app.reports.gather import gather
from tests.factories import amendments as texts
from tests.factories import consultations as making
from tests.factories import crowds, standards
from tests.factories import objections as making_objections
from tests.factories import people as inviting
from tests.factories.viewers import viewer

pytestmark = pytest.mark.usefixtures("stopped_clock")
FEW, MANY = 3, 300


class Stage:
    """A consultation that grows, and the pages in it as a member and moderator asks for them."""

    def __init__(self, session):
        self.session = session
        self.consultation = making.opened(session)
        self.standard = standards.published(session, self.consultation)
        self.author = inviting.member(session, self.consultation)
        self.reader = inviting.moderator(session, self.consultation)
        standards.position(session, self.standard, Choice.OBJECT, by=self.author)
        texts.version(session, self.standard, clauses={"2": "The police service shall publish every search."})
        self.amended = 0
        self.contested = standards.published(session, self.consultation)
        self.chair = making_objections.chair(session, self.consultation)
        self.token = start_sign_in(session, session.get_one(Account, self.reader.account_id))

    def grow(self, count: int):
        more = crowds.standards(self.session, self.consultation, self.author, count)
        crowds.positions(self.session, more, self.author)
        crowds.comments(self.session, self.standard, self.author, count)
        crowds.comments(self.session, self.standard, self.author, count, state=State.RETURNED)
        self.amend(count)
        self.object(1 if count == FEW else 3)
        self.case = crowds.cases(self.session, self.standard, self.author, count)[0]
        self.appeal = crowds.appeals(self.session, self.case, self.reader, count)[0]
        self.comment = crowds.comments(self.session, self.standard, self.author, 1)[1]
        self.session.commit()
        self.session.expunge_all()

    def amend(self, count: int):
        for _ in range(count // 30 or 1):  # each with its position, a tenth of the others: they go through the actions
            self.amended += 1
            standard = self.session.get_one(Standard, self.standard.id)
            amendment = texts.published(self.session, standard, text=f"Wording {self.amended} shall hold.")
            texts.position(self.session, amendment)

    def object(self, count: int):
        """So many answered objections and as many that wait, on a standard of their own."""
        contested = self.session.get_one(Standard, self.contested.id)
        chair = self.session.get_one(Membership, self.chair.id)
        for _ in range(count):
            making_objections.answered(self.session, making_objections.raised(self.session, contested), by=chair)
            making_objections.raised(self.session, contested)

    def frame(self):
        seen = people.viewer(self.session, token_hash(self.token))
        return consultations.frame(self.session, self.consultation.slug, seen)

    def page(self, order: Order, branch: int | None = None):
        return pages.page(self.session, self.frame(), self.standard.number, Asked(order=order, branch=branch))


PAGES = {
    "standard": lambda stage: stage.page(Order.ACROSS),
    "standard, newest": lambda stage: stage.page(Order.NEWEST),
    "branch": lambda stage: stage.page(Order.OLDEST, branch=stage.comment.root_id),
    "permalink": lambda stage: comments.place(stage.session, viewer(stage.reader), stage.comment.id),
    "version": lambda stage: versions.version_page(stage.session, stage.frame(), stage.standard.number, 1),
    "comparison": lambda stage: versions.comparison(stage.session, stage.frame(), stage.standard.number, 1, 2),
    "amendments": lambda stage: amendments.listing(stage.session, stage.frame(), stage.standard.number),
    "amendment": lambda stage: amendments.page(stage.session, stage.frame(), stage.standard.number, 1),
    "listing": lambda stage: listings.listing(stage.session, stage.frame(), Wanted()),
    "listing, filtered": lambda stage: listings.listing(
        stage.session, stage.frame(), Wanted(q="standard", state="too_early", context="other", right="privacy")
    ),
    "similar": lambda stage: search.similar(stage.session, stage.frame(), "A match is a lead", "", "en"),
    "overview": lambda stage: consultations.heard(stage.session, stage.frame()),
    "home": lambda stage: consultations.home(stage.session, viewer(stage.reader)),
    "queue": lambda stage: queue.queue(stage.session, viewer(stage.reader), Filters()),
    "case": lambda stage: moderation.case_page(stage.session, viewer(stage.reader), stage.case.id),
    "figures": lambda stage: moderation_report.figures(stage.session, stage.consultation.id),
    "my day": lambda stage: my_day.my_day(stage.session, viewer(stage.reader)),
    "appeals": lambda stage: appeals.appeals(stage.session, viewer(stage.reader), decided=False),
    "appeal": lambda stage: appeals.appeal_page(stage.session, viewer(stage.reader), stage.appeal.id),
    "appealing": lambda stage: appeals.appealing_page(
        stage.session, viewer(stage.author), stage.appeal.contribution_id
    ),
    "flagged": lambda stage: flags.flagged_page(stage.session, viewer(stage.reader), stage.comment.id),
    "own processes": lambda stage: own_decisions.processes_of(stage.session, stage.author.account_id),
    "decisions": lambda stage: moderation_tables.decisions(stage.session, stage.consultation),
    "statements of reasons": lambda stage: moderation_tables.statements(stage.session, stage.consultation),
    "my contributions": lambda stage: contributions.mine(stage.session, stage.author.account_id),
    "record": lambda stage: record.latest(stage.session, stage.frame()),
    "objections": lambda stage: objections.trail(stage.session, stage.frame(), stage.contested.number),
    "waiting objections": lambda stage: objections.desk(stage.session, stage.frame()),
    "comments to resolve": lambda stage: dispositions.table(stage.session, stage.frame(), dispositions.Wanted()),
    "outcomes": lambda stage: outcomes.lines(
        stage.session, stage.frame(), blockers.of_standards(stage.session, stage.consultation.id)
    ),
    "answers": lambda stage: answers.answers(stage.session, stage.frame()),
    "sheet": lambda stage: iso_sheet.lines(stage.session, stage.frame()),
    "summary": lambda stage: gather(stage.session, stage.frame()),
}


def test_no_page_costs_more_when_there_is_more(session, count_statements):
    stage = Stage(session)
    needed: dict[str, dict[int, int]] = {name: {} for name in PAGES}
    for count in (FEW, MANY):
        stage.grow(count)
        for name, ask in PAGES.items():
            session.expunge_all()
            with count_statements() as statements:
                ask(stage)
            needed[name][count] = len(statements)
    assert {name: counts for name, counts in needed.items() if counts[FEW] != counts[MANY]} == {}
    assert needed["queue"][MANY] <= 2
    assert needed["standard"][MANY] <= 8  # who is looking and the frame of the page included


def test_every_page_of_a_long_thread_is_reached(session):
    stage = Stage(session)
    stage.grow(45)
    for order in Order:
        after, roots = None, []
        while True:
            thread = pages.page(session, stage.frame(), stage.standard.number, Asked(order=order, after=after)).thread
            roots += [branch.id for branch in thread.branches]
            after = thread.next_after
            if after is None:
                break
        assert (len(roots), len(set(roots))) == (46, 46)  # 45 and the branch of the permalink, each once
