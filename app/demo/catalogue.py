"""The catalogue of rights and of the bodies that enforce them; every installation has it."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.actions import commitments, instruments
from app.demo.content import part
from app.models.commitments import Binding, Ending
from app.models.consultations import Consultation
from app.rules.commitments import Promise

SALES_TO_POLICE = (2, 9)
BEARS_ON = {
    "c-ibm-2020": SALES_TO_POLICE,
    "c-amazon-2020": SALES_TO_POLICE,
    "c-microsoft-2020": SALES_TO_POLICE,
    "c-axon-2019": SALES_TO_POLICE,
    "c-google-2018": (9,),
    "c-meta-2021": (9,),
    "c-detroit-2024": (1, 9),
    "c-riteaid-2023": (9,),
}
"""The numbers of the standards: 1 a match is a lead, 2 assemblies and public space, 9 the register of promises."""


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
        commitments.register(session, consultation, _promise(promise), later_events=promise["later_events"])


def link_commitments(session: Session, consultation: Consultation) -> None:
    """Tie the promises to the standards that bear on them, once those are published."""
    for reference, numbers in BEARS_ON.items():
        commitment = commitments.get(session, consultation.id, reference)
        commitments.link(session, consultation, commitment, numbers)


def _promise(promise: dict[str, Any]) -> Promise:
    ends_on = date.fromisoformat(promise["expires"]) if promise["expires"] else None
    condition = promise["expiry_condition"] or ""
    return Promise(
        reference=promise["id"],
        company=promise["company"],
        made_on=promise["date"],
        promise=promise["promise"],
        scope=promise["scope"],
        source=promise["source"],
        ending=Ending.DATE if ends_on else Ending.CONDITION if condition else Ending.NONE,
        ends_on=ends_on,
        condition=condition,
        binding=Binding(promise["binding"].replace("-", "_")),
        framing=promise["framing"],
        flags=tuple(promise["flags"]),
    )
