"""The index of texts: what is stored of each one, and which others on the same standard are the same letter."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import BigInteger, Select, bindparam, delete, func, insert, select, union_all
from sqlalchemy.orm import Session, aliased

from app.analysis import similarity
from app.analysis.similarity import BANDS, SHARED_BANDS, Shingles
from app.models.campaigns import CampaignLetter, TextBand
from app.models.comments import Comment
from app.models.standards import Standard, StandardVersion
from app.rules.campaigns import is_proposed

LOOKED_UP = 40
"""How many texts of each band are read for one new text: a campaign of thousands costs no more than one of forty."""
COMPARED = 12


@dataclass(frozen=True, slots=True)
class NewText:
    """A text that is to be indexed."""

    id: int
    standard_id: int
    body: str


@dataclass(frozen=True, slots=True)
class Indexed:
    """A text as it is compared; `campaign_id` is the group that it is in, in whatever state."""

    id: int
    membership_id: int
    campaign_id: int | None
    compared: Shingles


class Compared:
    """How texts on one standard are compared: by their own words, without what they quote from the standard."""

    def __init__(self, session: Session, standard_id: int) -> None:
        self.session, self.standard_id = session, standard_id
        version = session.execute(
            select(StandardVersion.title, StandardVersion.summary, StandardVersion.clauses)
            .join(Standard, Standard.id == StandardVersion.standard_id)
            .where(Standard.id == standard_id, StandardVersion.number == Standard.version)
        ).one_or_none()
        title, summary, clauses = version or ("", "", [])
        standing = " ".join([title, summary, *(clause["text"] for clause in clauses)])
        self._quoted = similarity.shingles(standing).set
        self._known: dict[int, Shingles] = {}

    def of(self, body: str) -> Shingles:
        """What this text is compared by."""
        return similarity.shingles(body, self._quoted)

    def keep(self, comment_id: int, compared: Shingles) -> None:
        """Keep what a text is compared by at hand, for as long as many are placed."""
        self._known[comment_id] = compared

    def exemplar(self, comment_id: int) -> Shingles:
        """What the text of this comment is compared by."""
        return self.of(self.session.scalars(select(Comment.body).where(Comment.id == comment_id)).one())

    def alike(self, compared: Shingles, own: int) -> list[Indexed]:
        """The texts that are this letter, the `own` one included, the most alike first."""
        if not compared.order:
            return []
        named = {f"band{place}": value for place, value in enumerate(bands_of(compared))}
        ids = self.session.execute(_LOOKUP, {"standard": self.standard_id, **named}).scalars().all()
        measured = []
        for other in self._texts(list(dict.fromkeys([own, *ids]))[: COMPARED + 1]):
            contained = similarity.contained(compared, other.compared)
            likeness = similarity.likeness(compared, other.compared)
            if is_proposed(likeness, contained):
                measured.append((-contained, -likeness, other.id, other))
        return [other for *_order, other in sorted(measured, key=lambda found: found[:3])]

    def _texts(self, ids: Sequence[int]) -> list[Indexed]:
        rows = self.session.execute(
            select(Comment.id, Comment.membership_id, CampaignLetter.campaign_id, Comment.body)
            .outerjoin(CampaignLetter, CampaignLetter.contribution_id == Comment.id)
            .where(Comment.id.in_(ids))
        )
        return [
            Indexed(comment_id, membership_id, campaign_id, self._known.get(comment_id) or self.of(body))
            for comment_id, membership_id, campaign_id, body in rows.all()
        ]


def bands_of(compared: Shingles) -> tuple[int, ...]:
    """The bands of a text's MinHash."""
    return similarity.bands(similarity.signature_of(compared))


def store(session: Session, texts: Sequence[tuple[NewText, Shingles]]) -> None:
    """Let texts be found from now on."""
    rows = [
        {"contribution_id": text.id, "value": value, "standard_id": text.standard_id}
        for text, compared in texts
        for value in bands_of(compared)
    ]
    if rows:
        rows.sort(key=lambda row: row["value"])  # neighbours in the index, which is larger than the memory for it
        session.execute(insert(TextBand), rows)


def remove(session: Session, contribution_id: int) -> None:
    """Let a text no longer be found."""
    session.execute(delete(TextBand).where(TextBand.contribution_id == contribution_id))


def with_others(session: Session, ids: Sequence[int]) -> set[int]:
    """Those of at most some thousand texts that have enough bands in common with texts on the same standard."""
    other = aliased(TextBand)
    shared = (
        select(other.contribution_id)
        .where(
            other.standard_id == TextBand.standard_id,
            other.value == TextBand.value,
            other.contribution_id != TextBand.contribution_id,
        )
        .exists()
    )
    wanted = select(TextBand.contribution_id).where(TextBand.contribution_id.in_(ids), shared)
    return set(session.scalars(wanted.group_by(TextBand.contribution_id).having(func.count() >= SHARED_BANDS)))


def _lookup() -> Select[int]:
    """The texts on a standard with enough bands in common, the most first. Each band is read up to a limit."""
    table = TextBand.__table__.c  # without the mapped class, because this is asked for each text
    parts = []
    for place in range(BANDS):
        band = (
            select(table.contribution_id)
            .where(
                table.standard_id == bindparam("standard", type_=BigInteger),
                table.value == bindparam(f"band{place}", type_=BigInteger),
            )
            .order_by(table.contribution_id)
            .limit(LOOKED_UP)
            .subquery()
        )
        parts.append(select(band.c.contribution_id))
    every = union_all(*parts).subquery()
    shared = func.count()
    wanted = select(every.c.contribution_id).group_by(every.c.contribution_id).having(shared >= SHARED_BANDS)
    return wanted.order_by(shared.desc(), every.c.contribution_id).limit(COMPARED + 1)


_LOOKUP = _lookup()
