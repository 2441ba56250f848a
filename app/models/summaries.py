"""Stored runs of the summary: who asked for one, how far it has come, and the document itself, once it is whole."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from app.db import Base, Id, UtcDateTime
from app.models.columns import one_of


class RunState(StrEnum):
    """Whether a run waits for the worker, is being made, can be read, or could not be made."""

    WAITING = "waiting"
    MAKING = "making"
    DONE = "done"
    FAILED = "failed"


class RunStep(StrEnum):
    """What the worker does just now."""

    QUEUE = "queue"
    GATHER = "gather"
    PACK = "pack"
    STORE = "store"


class Asker(StrEnum):
    """In which role somebody asked; `closing` is nobody: a consultation that closes has its summary stored."""

    CHAIR = "chair"
    DEPUTY = "deputy"
    MODERATOR = "moderator"
    POLICYMAKER = "policymaker"
    ADMINISTRATOR = "administrator"
    CLOSING = "closing"


class SummaryRun(Base):
    """A summary as it was at one time. `number` is what it is cited by.

    `parameters` are what was asked for (reports/choice.py). Nobody else makes it before `due_at`; `attempts` counts how
    often it was begun. `fingerprint`, `as_of` and `ledger_entries` are those of the document as it was made: it rests
    on so many first entries of the record. `tables` says which groups it and the runs before it show and hide
    (rules/withholding.py). `checked_revision` is the revision of the consultation with which its words
    were last compared, at `checked_at`; `mended` counts the texts taken out or changed by that.
    """

    __tablename__ = "summary_runs"
    __table_args__: tuple[SchemaItem, ...] = (
        UniqueConstraint("consultation_id", "number"),
        Index("ix_summary_runs_state_due_at", "state", "due_at"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"))
    number: Mapped[int]
    asked_as: Mapped[Asker] = mapped_column(one_of(Asker, "asked_as"))
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id", ondelete="SET NULL"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    parameters: Mapped[dict[str, object]] = mapped_column(JSON)
    state: Mapped[RunState] = mapped_column(one_of(RunState, "state"), default=RunState.WAITING)
    step: Mapped[RunStep] = mapped_column(one_of(RunStep, "step"), default=RunStep.QUEUE)
    error: Mapped[str] = mapped_column(String(40), default="")
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    schema: Mapped[str] = mapped_column(String(40), default="")
    fingerprint: Mapped[str] = mapped_column(String(64), default="")
    as_of: Mapped[str] = mapped_column(String(20), default="")
    ledger_entries: Mapped[int] = mapped_column(default=0)
    tables: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    checked_revision: Mapped[int] = mapped_column(default=0)
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    mended: Mapped[int] = mapped_column(default=0)


class SummaryChunk(Base):
    """A piece of a run's document: compressed JSON, at most a megabyte each, in the order of `place`."""

    __tablename__ = "summary_chunks"

    run_id: Mapped[int] = mapped_column(ForeignKey("summary_runs.id"), primary_key=True, autoincrement=False)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    data: Mapped[bytes] = mapped_column(LargeBinary)
