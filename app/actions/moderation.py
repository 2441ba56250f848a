"""Deciding cases. Every decision has a statement of reasons, and its author is told."""

from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app import clock
from app.actions import consultations, flags, publication, redactions, suspensions, wordings
from app.actions.statements import cleaned
from app.errors import Invalid, require
from app.events import DecisionProposed, DecisionTaken, record
from app.models.comments import Comment
from app.models.consultations import Consultation, Membership
from app.models.contributions import READABLE, Contribution, State
from app.models.moderation import Action, Case, Decision, Standing
from app.rules.appeals import hands_of
from app.rules.moderation import REMOVING, RESTRICTING, Involved, next_state, why_not_decide, why_two_readers
from app.rules.statements import ASK_FIRST, Item, Statement, problem_of


@dataclass(frozen=True, slots=True)
class Reading:
    """A case as it is being decided: the text, its author, and what a first reader proposed, if anybody did.

    `reporters` are the memberships of those who complained about it.
    """

    case: Case
    contribution: Contribution
    author: Membership
    proposal: Decision | None
    redacted: bool
    reporters: frozenset[int] = frozenset()

    def leads_to(self, action: Action) -> State:
        """The state that an action brings the text into."""
        waits = wordings.change_waits(self.contribution)
        return next_state(action, self.contribution.state, change_waits=waits, redacted=self.redacted and not waits)


def decide(
    session: Session,
    consultation: Consultation,
    case: Case,
    statement: Statement,
    *,
    by: Membership,
    read_revision: int | None = None,
) -> Decision:
    """Decide an open case, or propose to, where two people have to read before a text is taken away.

    The decision that comes back says in its `standing` which of both it is.

    Raises:
        Refused: not a moderator here, one's own item, held by somebody else, decided in the meantime, the text changed
            since it was read, or one read it first.
        Invalid: the statement of reasons is incomplete.
    """
    consultations.lock(session, consultation)
    session.refresh(case)
    reading = read(session, case)
    first = reading.proposal.moderator_id if reading.proposal else None
    involved = Involved(reading.author, first, reading.reporters)
    now = clock.now()
    require(why_not_decide(by, case, reading.contribution, involved, at=now, read_revision=read_revision))
    require(publication.why_not_settle(session, reading.contribution, reading.leads_to(statement.action)))
    statement = cleaned(statement, reading.author, reading.contribution)
    if problem := problem_of(statement, _item(session, reading), at=now):
        raise Invalid(problem[0], problem[1].message)
    if needs_second(session, reading, statement, by) and not _shared(reading.proposal, statement):
        return _propose(session, reading, statement, by)
    return take(session, reading, statement, by)


def read(session: Session, case: Case) -> Reading:
    """A case with the text as it is now, whatever this session saw of it before."""
    contribution = session.get_one(Contribution, case.contribution_id, populate_existing=True)
    proposals = select(Decision).where(Decision.case_id == case.id, Decision.standing == Standing.PROPOSED)
    redacted = select(Decision.id).where(
        Decision.contribution_id == contribution.id,
        Decision.action == Action.REDACT,
        Decision.standing == Standing.TAKEN,
    )
    return Reading(
        case=case,
        contribution=contribution,
        author=session.get_one(Membership, contribution.membership_id, populate_existing=True),
        proposal=session.scalars(proposals).one_or_none(),
        redacted=session.scalar(redacted.limit(1)) is not None,
        reporters=flags.reporters_of(session, case),
    )


def needs_second(session: Session, reading: Reading, statement: Statement, by: Membership) -> bool:
    """Whether a second person has to agree."""
    why = why_two_readers(
        statement.action,
        statement.reason,
        reading.contribution,
        opposes_own=publication.opposes_organisation(session, reading.contribution, by),
        takes_away=_takes_away(session, reading, statement),
        asked=statement.second_reader,
    )
    return why is not None


def _takes_away(session: Session, reading: Reading, statement: Statement) -> bool:
    """Whether a milder step takes a text from readers all the same: returned once it was read, or nothing is left."""
    contribution = reading.contribution
    if statement.action == Action.RETURN:
        return contribution.state in READABLE and not wordings.change_waits(contribution)
    return statement.action == Action.REDACT and redactions.leave_little(session, contribution, statement.redactions)


def take(session: Session, reading: Reading, statement: Statement, by: Membership) -> Decision:
    """Carry a decision out: the text, the complaints about it, its author, and the ledger."""
    contribution, case = reading.contribution, reading.case
    decision = _written(session, reading, statement, by, Standing.TAKEN)
    if reading.proposal is not None:
        agrees = _agrees(reading.proposal, statement)
        reading.proposal.standing = Standing.SHARED if agrees else Standing.NOT_SHARED
        decision.first_reader_id = reading.proposal.moderator_id if agrees else None
        decision.before = {**decision.before, "proposal_id": reading.proposal.id}
    case.closed_at, case.claimed_by_id, case.claimed_until = decision.decided_at, None, None
    _carry_out(session, reading, decision, statement)
    flags.settle(session, case, statement)
    record(
        session,
        DecisionTaken(
            consultation_id=contribution.consultation_id,
            action=decision.action.value,
            reason=decision.reason.value if decision.reason else None,
            contribution_kind=contribution.kind.value,
            readers=2 if decision.first_reader_id else 1,
            decision_id=decision.id,
            contribution_id=contribution.id,
        ),
    )
    return decision


def put_in_place(
    session: Session, reading: Reading, statement: Statement, by: Membership, *, instead_of: Decision
) -> Decision:
    """Carry out the decision that takes the place of one that fell on appeal; the answer to the appeal tells of it.

    Where two have to read, whoever took the first decision was the first reader. All of them are kept from hearing an
    appeal against this one.
    """
    statement = cleaned(statement, reading.author, reading.contribution)
    decision = _written(session, reading, statement, by, Standing.TAKEN)
    if needs_second(session, reading, statement, by):
        decision.first_reader_id = instead_of.moderator_id
    decision.before = {**decision.before, "hands": sorted(hands_of(instead_of))}
    _carry_out(session, reading, decision, statement)
    return decision


def _agrees(proposal: Decision, statement: Statement) -> bool:
    """Whether the second reader does what the first one wanted: the same, or both take the text away."""
    return statement.action == proposal.action or (statement.action in REMOVING and proposal.action in REMOVING)


def _shared(proposal: Decision | None, statement: Statement) -> bool:
    """Whether the first reader wanted as much as the second one."""
    wanted = REMOVING if statement.action in REMOVING else RESTRICTING
    return proposal is not None and proposal.action in wanted


def _propose(session: Session, reading: Reading, statement: Statement, by: Membership) -> Decision:
    """Write down what a first reader would decide; the case stays open for somebody else."""
    if reading.proposal is not None:
        reading.proposal.standing = Standing.NOT_SHARED
    decision = _written(session, reading, statement, by, Standing.PROPOSED)
    reading.case.claimed_by_id = reading.case.claimed_until = None
    record(
        session,
        DecisionProposed(
            consultation_id=reading.case.consultation_id,
            action=decision.action.value,
            reason=decision.reason.value if decision.reason else None,
            decision_id=decision.id,
            contribution_id=decision.contribution_id,
        ),
    )
    return decision


def _written(session: Session, reading: Reading, statement: Statement, by: Membership, standing: Standing) -> Decision:
    decision = Decision(
        case_id=reading.case.id,
        contribution_id=reading.contribution.id,
        moderator_id=by.id,
        action=statement.action,
        reason=statement.reason,
        standing=standing,
        explanation=statement.explanation,
        passage=statement.passage,
        redactions=[{"passage": one.passage, "what": one.what} for one in statement.redactions],
        worksheet=dict(statement.worksheet),
        original=wordings.original_text(session, reading.contribution),
        before=_before(session, reading, statement),
        decided_at=clock.now(),
        ends_at=statement.ends_at if statement.action == Action.SUSPEND else None,
    )
    session.add(decision)
    session.flush()
    return decision


def _before(session: Session, reading: Reading, statement: Statement) -> dict[str, object]:
    """What undoing brings back."""
    contribution = reading.contribution
    published, settled = contribution.published_at, contribution.settled_at
    return {
        "state": contribution.state.value,
        "reason": contribution.reason,
        "note": contribution.note,
        "gist": contribution.gist,
        "content_note": contribution.content_note,
        "published_at": published.isoformat() if published else None,
        "settled_at": settled.isoformat() if settled else None,
        "type": contribution.type.value if isinstance(contribution, Comment) else None,
        "parts": wordings.parts_of(session, contribution),
        "earlier": redactions.earlier_texts(session, contribution, statement.redactions),
        "stood": wordings.standing_text(contribution),
    }


def _carry_out(session: Session, reading: Reading, decision: Decision, statement: Statement) -> None:
    contribution, state = reading.contribution, reading.leads_to(statement.action)
    contribution.reason = decision.reason.value if decision.reason else None
    contribution.note = decision.explanation if decision.action == Action.NOTE else contribution.note
    contribution.gist = statement.gist or contribution.gist
    stands = wordings.change_waits(contribution) and state in (State.RETURNED, State.DECLINED)
    if statement.content_note is not None and not stands:  # a note on a change that readers never see is not for them
        contribution.content_note = statement.content_note
    if decision.action == Action.REDACT:
        publication.redact(session, contribution, statement.redactions)
    elif wordings.change_waits(contribution) and state in READABLE:
        _supersede_redactions(session, contribution)
    if decision.ends_at is not None:
        suspensions.renew(session, reading.author)
    publication.settle(session, contribution, state)
    led_to = {"led_to": contribution.state.value, "led_to_revision": contribution.revision}
    decision.before = {**decision.before, **led_to}
    session.flush()


def _supersede_redactions(session: Session, contribution: Contribution) -> None:
    """A new text takes the place of one from which passages had been taken out."""
    session.execute(
        update(Decision)
        .where(
            Decision.contribution_id == contribution.id,
            Decision.action == Action.REDACT,
            Decision.standing == Standing.TAKEN,
        )
        .values(standing=Standing.REPLACED)
    )


def _item(session: Session, reading: Reading) -> Item:
    """What happened to the text and its author before."""
    taken = select(Decision.id).where(Decision.standing == Standing.TAKEN).limit(1)
    asked = taken.where(
        Decision.contribution_id == reading.contribution.id,
        Decision.action == Action.RETURN,
        Decision.reason.in_(ASK_FIRST),
    )
    warned = taken.join(Contribution, Contribution.id == Decision.contribution_id).where(
        Contribution.membership_id == reading.author.id, Decision.action == Action.WARN
    )
    return Item(
        contribution=reading.contribution,
        author=reading.author,
        held=reading.case.held_at is not None,
        asked_before=session.scalar(asked) is not None,
        warned=session.scalar(warned) is not None,
    )
