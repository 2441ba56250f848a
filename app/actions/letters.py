"""Finding letters that are the same: the index of texts, and the groups that it proposes to a person.

Whoever calls this holds the lock of the consultation, so that two letters at once cannot open two groups.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import BigInteger, ColumnElement, Integer, Select, bindparam, delete, func, insert, select, union_all
from sqlalchemy.orm import Session, aliased

from app import clock
from app.analysis import similarity
from app.analysis.similarity import BANDS, SHARED_BANDS, Shingles, shingles
from app.models.campaigns import Campaign, CampaignLetter, LetterState, TextBand
from app.models.comments import Comment
from app.rules.campaigns import SMALLEST_CAMPAIGN, is_proposed

LOOKED_UP = 40
"""How many texts of each band are read for one new text: a campaign of thousands costs no more than one of forty."""
COMPARED = 20
EVERY = 1_000_000
CHUNK = 500


@dataclass(frozen=True, slots=True)
class NewText:
    """A text that is to be indexed."""

    id: int
    standard_id: int
    body: str


@dataclass(frozen=True, slots=True)
class _Found:
    """A text beside the one that was asked about; `campaign_id` is the group that it is in, in whatever state."""

    id: int
    membership_id: int
    campaign_id: int | None
    compared: Shingles


def index(session: Session, comment: Comment) -> None:
    """Let a text that came in be found, and propose its group where it is a letter of several people."""
    if comment.depth > 0:  # replies answer somebody; letters stand by themselves
        return
    text = NewText(comment.id, comment.standard_id, comment.body)
    compared = shingles(text.body)
    _store(session, text, compared)
    _place(session, text, compared, most=LOOKED_UP)


def index_again(session: Session, comment: Comment) -> None:
    """Follow a text that was changed. It no longer speaks for others, nor is it counted with them where it differs."""
    if comment.depth > 0:
        return
    session.flush()
    _forget(session, comment)
    letter = session.get(CampaignLetter, comment.id)
    if letter is not None and letter.state != LetterState.APART:
        _follow_change(session, letter, comment)
    if letter is None or letter in session.deleted:
        session.flush()
        index(session, comment)
    else:
        _store(session, NewText(comment.id, comment.standard_id, comment.body), shingles(comment.body))


def withdraw(session: Session, comment: Comment) -> None:
    """Let a text that its author took back no longer be found, nor wait to be confirmed, nor speak for others."""
    _forget(session, comment)
    letter = session.get(CampaignLetter, comment.id)
    if letter is None:
        return
    campaign = session.get_one(Campaign, letter.campaign_id)
    if campaign.exemplar_id == comment.id:
        show(session, campaign, CampaignLetter.contribution_id != comment.id, CampaignLetter.state == letter.state)
    if letter.state == LetterState.PROPOSED:
        session.delete(letter)
        session.flush()


def _forget(session: Session, comment: Comment) -> None:
    session.execute(delete(TextBand).where(TextBand.contribution_id == comment.id))


def index_many(session: Session, new: Sequence[NewText]) -> None:
    """The bulk twin of `index`, for texts of an import: all are stored first, then groups are proposed."""
    compared = {text.id: shingles(text.body) for text in new}
    rows = [row for text in new for row in _bands(text, compared[text.id])]
    if rows:
        session.execute(insert(TextBand), rows)
    placed: set[int] = set()
    for start in range(0, len(new), CHUNK):
        chunk = new[start : start + CHUNK]
        alike = set(session.scalars(_with_others([text.id for text in chunk])))
        for text in chunk:
            if text.id in alike and text.id not in placed:
                placed |= _place(session, text, compared[text.id], most=EVERY)


def show(session: Session, campaign: Campaign, *among: ColumnElement[bool]) -> None:
    """Let the nearest of some letters be shown for all from now on, and compare every letter with it.

    `among` are conditions on `CampaignLetter` and `Comment`; where nothing meets them all stays as it is.
    """
    nearest = (
        select(CampaignLetter.contribution_id)
        .join(Comment, Comment.id == CampaignLetter.contribution_id)
        .where(CampaignLetter.campaign_id == campaign.id, *among)
        .order_by(CampaignLetter.contained.desc(), CampaignLetter.likeness.desc(), CampaignLetter.contribution_id)
    )
    session.flush()
    found = session.scalar(nearest.limit(1))
    if found is None or found == campaign.exemplar_id:
        return
    campaign.exemplar_id = found
    _measure_all(session, campaign)
    session.flush()


def _follow_change(session: Session, letter: CampaignLetter, comment: Comment) -> None:
    """Whether a changed text is still the letter. Whoever speaks for others and changes the words makes way."""
    campaign = session.get_one(Campaign, letter.campaign_id)
    if campaign.exemplar_id == comment.id:
        others = CampaignLetter.contribution_id != comment.id
        show(session, campaign, others, CampaignLetter.state == letter.state)
    _measure(letter, shingles(comment.body), shingles(session.get_one(Comment, campaign.exemplar_id).body))
    if is_proposed(letter.likeness, letter.contained):
        return
    if letter.state == LetterState.IN:
        letter.state = LetterState.PROPOSED
    else:
        session.delete(letter)


def _measure_all(session: Session, campaign: Campaign) -> None:
    exemplar = shingles(session.get_one(Comment, campaign.exemplar_id).body)
    rows = session.execute(
        select(CampaignLetter, Comment.body)
        .join(Comment, Comment.id == CampaignLetter.contribution_id)
        .where(CampaignLetter.campaign_id == campaign.id)
    )
    for letter, body in rows.all():
        _measure(letter, shingles(body), exemplar)


def new_letter(session: Session, campaign: Campaign, comment: Comment) -> CampaignLetter:
    """Put a text beside a campaign, still to be confirmed."""
    exemplar = shingles(session.get_one(Comment, campaign.exemplar_id).body)
    return _add(session, campaign, comment.id, shingles(comment.body), exemplar)


def _place(session: Session, text: NewText, compared: Shingles, *, most: int) -> set[int]:
    """Propose a text for the group that it belongs to, or open one; returns the texts that got a place."""
    found = _alike(session, text, compared, LOOKED_UP)
    own = next((one for one in found if one.id == text.id), None)
    if own is None or own.campaign_id is not None:
        return set()
    grouped = next((one for one in found if one.campaign_id is not None), None)
    if grouped is not None:
        campaign = session.get_one(Campaign, grouped.campaign_id)
        exemplar = shingles(session.get_one(Comment, campaign.exemplar_id).body)
        if is_proposed(similarity.likeness(compared, exemplar), similarity.contained(compared, exemplar)):
            _add(session, campaign, text.id, compared, exemplar)
            return {text.id}
    return _open(session, text.standard_id, [one for one in found if one.campaign_id is None], most)


def _open(session: Session, standard_id: int, free: Sequence[_Found], most: int) -> set[int]:
    """Propose a new group, if enough people sent the same letter."""
    if len({one.membership_id for one in free}) < SMALLEST_CAMPAIGN:
        return set()
    exemplar = free[similarity.central([one.compared for one in free[:COMPARED]])]
    if most > LOOKED_UP or len(free) > COMPARED:  # what is like the exemplar, not only what is like the newest text
        text = NewText(exemplar.id, standard_id, "")
        free = [one for one in _alike(session, text, exemplar.compared, most) if one.campaign_id is None]
    letters = [one for one in free if _is_like(one.compared, exemplar.compared)]
    if len({one.membership_id for one in letters}) < SMALLEST_CAMPAIGN:
        return set()
    first = session.get_one(Comment, exemplar.id)
    campaign = Campaign(
        consultation_id=first.consultation_id,
        standard_id=standard_id,
        exemplar_id=exemplar.id,
        proposed_at=clock.now(),
    )
    session.add(campaign)
    session.flush()
    for one in letters:
        _add(session, campaign, one.id, one.compared, exemplar.compared)
    session.flush()
    return {one.id for one in letters}


def _add(
    session: Session, campaign: Campaign, contribution_id: int, compared: Shingles, exemplar: Shingles
) -> CampaignLetter:
    letter = CampaignLetter(contribution_id=contribution_id, campaign_id=campaign.id, joined_at=clock.now())
    letter.state = LetterState.PROPOSED
    _measure(letter, compared, exemplar)
    session.add(letter)
    return letter


def _measure(letter: CampaignLetter, compared: Shingles, exemplar: Shingles) -> None:
    letter.likeness = similarity.likeness(compared, exemplar)
    letter.contained = similarity.contained(compared, exemplar)


def _is_like(one: Shingles, other: Shingles) -> bool:
    return is_proposed(similarity.likeness(one, other), similarity.contained(one, other))


def _alike(session: Session, text: NewText, compared: Shingles, most: int) -> list[_Found]:
    """The texts on the same standard that are this letter, itself included, the most alike first."""
    if not compared.order:
        return []
    values = similarity.bands(similarity.signature_of(compared))
    named = {f"band{place}": value for place, value in enumerate(values)}
    ids = list(session.scalars(_LOOKUP, {"standard": text.standard_id, "most": most, **named}))
    ids = list(dict.fromkeys([text.id, *ids]))
    measured = []
    for other in _texts(session, ids if most > LOOKED_UP else ids[: COMPARED + 1]):
        figures = (similarity.contained(compared, other.compared), similarity.likeness(compared, other.compared))
        if is_proposed(figures[1], figures[0]):
            measured.append((figures, other))
    measured.sort(key=lambda pair: (-pair[0][0], -pair[0][1], pair[1].id))
    return [other for _figures, other in measured]


def _texts(session: Session, ids: Sequence[int]) -> Iterator[_Found]:
    for start in range(0, len(ids), CHUNK):
        rows = session.execute(
            select(Comment.id, Comment.membership_id, CampaignLetter.campaign_id, Comment.body)
            .outerjoin(CampaignLetter, CampaignLetter.contribution_id == Comment.id)
            .where(Comment.id.in_(ids[start : start + CHUNK]))
        )
        for comment_id, membership_id, campaign_id, body in rows.all():
            yield _Found(comment_id, membership_id, campaign_id, shingles(body))


def _store(session: Session, text: NewText, compared: Shingles) -> None:
    if rows := _bands(text, compared):
        session.execute(insert(TextBand), rows)


def _bands(text: NewText, compared: Shingles) -> list[dict[str, int]]:
    return [
        {"contribution_id": text.id, "value": value, "standard_id": text.standard_id}
        for value in similarity.bands(similarity.signature_of(compared))
    ]


def _lookup() -> Select[int]:
    """The texts on a standard with enough bands in common, the most first. Each band is read up to a limit."""
    parts = []
    for place in range(BANDS):
        band = (
            select(TextBand.contribution_id)
            .where(
                TextBand.standard_id == bindparam("standard", type_=BigInteger),
                TextBand.value == bindparam(f"band{place}", type_=BigInteger),
            )
            .order_by(TextBand.contribution_id)
            .limit(bindparam("most", type_=Integer))
            .subquery()
        )
        parts.append(select(band.c.contribution_id))
    every = union_all(*parts).subquery()
    shared = func.count()
    wanted = select(every.c.contribution_id).group_by(every.c.contribution_id).having(shared >= SHARED_BANDS)
    return wanted.order_by(shared.desc(), every.c.contribution_id)


_LOOKUP = _lookup()


def _with_others(ids: Sequence[int]) -> Select[int]:
    """Those of some texts that have enough bands in common with texts on the same standard."""
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
    return wanted.group_by(TextBand.contribution_id).having(func.count() >= SHARED_BANDS)
