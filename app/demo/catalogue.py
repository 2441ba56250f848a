"""The catalogue of rights and of the bodies that enforce them; every installation has it."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.actions import commitments, instruments
from app.demo.content import part
from app.models.consultations import Consultation


def store(session: Session) -> int:
    """Add what the catalogue lacks; returns how many provisions are new."""
    rights: list[dict[str, Any]] = part("rights")
    return instruments.store(
        session,
        [
            instruments.NewInstrument(
                short=right["short"],
                title=right["instrument"],
                year=right["year"],
                kind=right["kind"],
                body=right["body"],
            )
            for right in rights
        ],
        [
            instruments.NewProvision(
                key=right["id"],
                short=right["short"],
                label=right["label"],
                title=right["title"],
                themes=tuple(right["themes"]),
            )
            for right in rights
        ],
        [
            instruments.NewBody(
                short=instrument["short"],
                name=mechanism["name"],
                kind=mechanism["kind"],
                route=mechanism["route"],
                details=mechanism,
            )
            for instrument in part("enforcement")["instruments"]
            for mechanism in instrument["mechanisms"]
        ],
    )


def register_commitments(session: Session, consultation: Consultation) -> None:
    """Enter the promises of companies, with what happened afterwards."""
    for promise in part("facts")["commitments"]:
        commitments.register(
            session,
            consultation,
            commitments.NewCommitment(
                reference=promise["id"],
                company=promise["company"],
                made_on=promise["date"],
                promise=promise["promise"],
                scope=promise["scope"],
                ends_on=date.fromisoformat(promise["expires"]) if promise["expires"] else None,
                condition=promise["expiry_condition"] or "",
                source=promise["source"],
                later_events=promise["later_events"],
            ),
        )
