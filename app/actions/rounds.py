"""What the second round is about, for the actions that it limits."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.models.consultations import Consultation, Phase
from app.models.contributions import READABLE
from app.models.standards import Standard, StandardVersion
from app.rules.rounds import PublishedText, SecondRound, second_round


def round_of(
    session: Session, consultation: Consultation, phases: Sequence[Phase], standard: Standard
) -> SecondRound | None:
    """The second round that runs on a standard now, if any."""
    rows = session.execute(
        select(StandardVersion.number, StandardVersion.published_at, StandardVersion.clauses)
        .where(StandardVersion.standard_id == standard.id, StandardVersion.state.in_(READABLE))
        .order_by(StandardVersion.number)
    )
    texts = [
        PublishedText(number, at, clauses) for number, at, clauses in rows if number is not None and at is not None
    ]
    return second_round(consultation, phases, standard, texts, at=clock.now())
