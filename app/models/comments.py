"""Comments: a thread beside each standard."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from app.db import Base, Id, UtcDateTime, loaded
from app.models.columns import one_of
from app.models.contributions import Contribution, Kind
from app.models.standards import Standard


class Stance(StrEnum):
    """Where a comment stands towards the standard."""

    SUPPORTS = "supports"
    OBJECTS = "objects"
    NEUTRAL = "neutral"
    QUESTION = "question"


class CommentType(StrEnum):
    """What a comment is about, as standards bodies tell them apart: editorial ones never block."""

    GENERAL = "ge"
    TECHNICAL = "te"
    EDITORIAL = "ed"


class Comment(Contribution):
    """A text on a standard, or a reply. `root_id` is the comment that the branch began with, itself included.

    `endorsements`, `endorsing_groups` and `replies` are projections; `edits` counts visible earlier texts; `next_body`
    is an edit that a moderator has not read yet, while the old text stays.
    """

    __tablename__ = "comments"
    __table_args__: tuple[SchemaItem, ...] = (
        Index("ix_comments_standard_id_across", "standard_id", "depth", "endorsing_groups", "endorsements"),
        Index("ix_comments_root_id", "root_id"),
    )
    id: Mapped[int] = mapped_column(ForeignKey("contributions.id"), primary_key=True)
    standard_id: Mapped[int] = mapped_column(ForeignKey("standards.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id"), index=True)
    root_id: Mapped[int] = mapped_column(ForeignKey("comments.id"))
    depth: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    body: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    stance: Mapped[Stance] = mapped_column(one_of(Stance, "stance"), default=Stance.NEUTRAL)
    type: Mapped[CommentType] = mapped_column(one_of(CommentType, "type"), default=CommentType.GENERAL)
    clause: Mapped[str] = mapped_column(String(20), default="")
    proposed_change: Mapped[str] = mapped_column(Text, default="")
    next_body: Mapped[str | None] = mapped_column(Text)
    next_change: Mapped[str] = mapped_column(Text, default="")
    edits: Mapped[int] = mapped_column(default=0)
    endorsements: Mapped[int] = mapped_column(default=0)
    endorsing_groups: Mapped[int] = mapped_column(default=0)
    replies: Mapped[int] = mapped_column(default=0)

    __mapper_args__ = {  # noqa: RUF012 - SQLAlchemy reads it
        "polymorphic_identity": Kind.COMMENT,
        "inherit_condition": id == Contribution.id,  # noqa: A003 - the column above
    }

    standard: Mapped[Standard] = loaded()


class CommentText(Base):
    """An earlier text of an edited comment, one click away for every reader."""

    __tablename__ = "comment_texts"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"), index=True)
    html: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    replaced_at: Mapped[datetime] = mapped_column(UtcDateTime)
