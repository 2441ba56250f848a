"""Every decision of moderation as a table, in our own words and in those of the Transparency Database.

No table holds a word of an author or moderator, a name, or which text it was; and no group, so that none is too small.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from app import language
from app.events import digest
from app.models.appeals import Appeal
from app.models.consultations import Consultation
from app.models.contributions import Contribution
from app.models.flags import Flag
from app.models.moderation import Action, Case, Decision, Reason, Standing
from app.reports.formats.csv import written
from app.rules.transparency import COLUMNS, Restriction, fields_of
from app.rules.words_of_moderation import MEANINGS

IN_EFFECT = (Standing.TAKEN, Standing.REPLACED)
HEADER = (
    *("decision", "kind", "action", "reason", "cause", "readers", "language", "channel", "submitted_on", "decided_on"),
    *("waited_hours", "flags", "held_at_once", "ends_on", "appealed_on", "appeal_outcome", "appeal_decided_on"),
)


def decisions(session: Session, consultation: Consultation) -> bytes:
    """CSV with one row for each decision, appeals beside it."""
    return written([HEADER, *map(_row, _found(session, consultation))])


def statements(session: Session, consultation: Consultation) -> bytes:
    """CSV with one row for each restriction; lists in one cell are separated by a bar."""
    rows = (
        [_cell(fields.get(name, "")) for name in COLUMNS]
        for fields in map(fields_of, restrictions(session, consultation))
    )
    return written([COLUMNS, *rows])


def restrictions(session: Session, consultation: Consultation) -> Iterator[Restriction]:
    """The decisions that restrict a text or label it, in the order in which they were taken."""
    for row in _found(session, consultation):
        decision: Decision = row.Decision
        if decision.action == Action.PUBLISH:
            continue
        with language.speaking(language.SOURCE):
            rule = str(MEANINGS[decision.reason]) if decision.reason else ""
        yield Restriction(
            puid=f"{consultation.slug}-{_lasting(decision)}",
            action=decision.action,
            reason=decision.reason,
            rule=rule,
            content_date=row.Contribution.created_at.date(),
            application_date=decision.decided_at.date(),
            language=row.Contribution.language,
            flagged=row.Case.flags > 0,
            notified_as_unlawful=row.unlawful,
            readers=2 if decision.first_reader_id else 1,
            suspended_until=decision.ends_at,
        )


def _found(session: Session, consultation: Consultation) -> Sequence[Any]:
    flag = aliased(Flag)
    unlawful = exists().where(flag.case_id == Case.id, flag.reason == Reason.ILLEGAL)
    return session.execute(
        select(Decision, Case, Contribution, Appeal, unlawful.label("unlawful"))
        .join(Case, Case.id == Decision.case_id)
        .join(Contribution, Contribution.id == Decision.contribution_id)
        .outerjoin(Appeal, Appeal.decision_id == Decision.id)
        .where(Case.consultation_id == consultation.id, Decision.standing.in_(IN_EFFECT))
        .order_by(Decision.id)
    ).all()


def _lasting(decision: Decision) -> str:
    """A name that stays with a decision, whatever is undone before it, and tells no number of decisions."""
    return digest({"decision": decision.id, "at": decision.decided_at.isoformat()})[:16]


def _row(row: Any) -> list[str | int]:
    decision, case, contribution, appeal = row.Decision, row.Case, row.Contribution, row.Appeal
    return [
        _lasting(decision),
        contribution.kind.value,
        decision.action.value,
        decision.reason.value if decision.reason else "",
        case.cause.value,
        2 if decision.first_reader_id else 1,
        contribution.language,
        contribution.channel.value,
        contribution.created_at.date().isoformat(),
        decision.decided_at.date().isoformat(),
        int((decision.decided_at - case.opened_at).total_seconds() // 3600),
        case.flags,
        "yes" if case.held_at else "no",
        decision.ends_at.date().isoformat() if decision.ends_at else "",
        appeal.sent_at.date().isoformat() if appeal else "",
        appeal.outcome.value if appeal and appeal.outcome else "",
        appeal.decided_at.date().isoformat() if appeal and appeal.decided_at else "",
    ]


def _cell(value: str | Iterable[str]) -> str:
    return value if isinstance(value, str) else "|".join(value)
