"""Finding letters that are the same: each text that comes in is indexed, and groups are proposed to a person.

Whoever calls this holds the lock of the consultation, so that two letters at once cannot open two groups.
"""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app import clock
from app.actions import consultations, text_index
from app.actions.text_index import Compared, Indexed, NewText, bands_of
from app.analysis import similarity
from app.analysis.similarity import SHARED_BANDS, Shingles
from app.models.campaigns import Campaign, CampaignLetter, LetterState, TextBand
from app.models.comments import Comment
from app.models.consultations import Consultation
from app.models.contributions import State
from app.rules.campaigns import SMALLEST_CAMPAIGN, is_proposed

CHUNK = 2_000
NEAREST = 3


def index(session: Session, comment: Comment) -> None:
    """Let a text that came in be found, and propose its group where it is a letter of several people."""
    if comment.depth > 0:  # replies answer somebody; letters stand by themselves
        return
    text, here = NewText(comment.id, comment.standard_id, comment.body), Compared(session, comment.standard_id)
    compared = here.of(text.body)
    text_index.store(session, [(text, compared)])
    _place(session, here, text, compared)


def index_again(session: Session, comment: Comment) -> None:
    """Follow a text that was changed. It no longer speaks for others, nor is it counted with them where it differs."""
    if comment.depth > 0:
        return
    session.flush()
    text_index.remove(session, comment.id)
    letter = session.get(CampaignLetter, comment.id)
    if letter is not None and letter.state != LetterState.APART:
        _follow_change(session, letter, comment)
    if letter is None or letter in session.deleted:
        session.flush()
        index(session, comment)
    else:
        text = NewText(comment.id, comment.standard_id, comment.body)
        text_index.store(session, [(text, Compared(session, comment.standard_id).of(comment.body))])


def withdraw(session: Session, comment: Comment) -> None:
    """Let a text that its author took back no longer be found, nor wait to be confirmed, nor speak for others."""
    text_index.remove(session, comment.id)
    letter = session.get(CampaignLetter, comment.id)
    if letter is None:
        return
    campaign = session.get_one(Campaign, letter.campaign_id)
    if campaign.exemplar_id == comment.id:
        show(session, campaign, CampaignLetter.contribution_id != comment.id, CampaignLetter.state == letter.state)
    if letter.state == LetterState.PROPOSED:
        session.delete(letter)
        session.flush()


def index_many(session: Session, new: Sequence[NewText]) -> None:
    """The bulk twin of `index`, for texts of an import: some thousand are stored at a time, then placed one by one."""
    for start in range(0, len(new), CHUNK):
        chunk = new[start : start + CHUNK]
        here = {standard_id: _Known(session, standard_id) for standard_id in {text.standard_id for text in chunk}}
        compared = [(text, here[text.standard_id].of(text.body)) for text in chunk]
        text_index.store(session, compared)
        alike = text_index.with_others(session, [text.id for text in chunk])
        placed: set[int] = set()
        for text, shingles in compared:
            here[text.standard_id].keep(text.id, shingles)
            if text.id in alike and text.id not in placed and not here[text.standard_id].join(text, shingles):
                placed |= here[text.standard_id].open(text, shingles)
        session.flush()


def index_missing(session: Session, consultation: Consultation, after: int = 0) -> int | None:
    """Index some thousand texts that are not, from the one behind this id on; the last id, or None when all are."""
    consultations.lock(session, consultation)
    indexed = select(TextBand.contribution_id).where(TextBand.contribution_id == Comment.id).exists()
    wanted = (
        select(Comment.id, Comment.standard_id, Comment.body)
        .where(Comment.consultation_id == consultation.id, Comment.depth == 0, Comment.id > after, ~indexed)
        .where(Comment.state != State.WITHDRAWN)
        .order_by(Comment.id)
        .limit(CHUNK)
    )
    missing = [NewText(*row) for row in session.execute(wanted)]
    index_many(session, missing)
    return missing[-1].id if missing else None


class _Known(Compared):
    """The campaigns on one standard, kept at hand while many letters are placed: most of them belong to few."""

    def __init__(self, session: Session, standard_id: int) -> None:
        super().__init__(session, standard_id)
        self._shown: list[tuple[Campaign, Shingles]] = []
        self._bands: dict[int, list[int]] = {}
        shown = select(Campaign, Comment.body).join(Comment, Comment.id == Campaign.exemplar_id)
        for campaign, body in session.execute(shown.where(Campaign.standard_id == standard_id)).all():
            self._learn(campaign, self.of(body))

    def join(self, text: NewText, compared: Shingles) -> bool:
        """Propose a text for the campaign with the exemplar that it is most like, if it is like one."""
        shared = Counter(place for band in bands_of(compared) for place in self._bands.get(band, ()))
        for place, count in shared.most_common(NEAREST):
            campaign, exemplar = self._shown[place]
            if count >= SHARED_BANDS and _is_like(compared, exemplar):
                _add(self.session, campaign, text.id, compared, exemplar)
                return True
        return False

    def open(self, text: NewText, compared: Shingles) -> set[int]:
        """What `_place` does, and remember the campaign that it opened; returns the texts that got a place."""
        self.session.flush()
        placed = _place(self.session, self, text, compared)
        for campaign_id in self.session.scalars(
            select(CampaignLetter.campaign_id).where(CampaignLetter.contribution_id.in_(list(placed)[:1]))
        ):
            campaign = self.session.get_one(Campaign, campaign_id)
            if all(known is not campaign for known, _shingles in self._shown):
                self._learn(campaign, self.exemplar(campaign.exemplar_id))
        return placed

    def _learn(self, campaign: Campaign, exemplar: Shingles) -> None:
        self._shown.append((campaign, exemplar))
        for band in bands_of(exemplar):
            self._bands.setdefault(band, []).append(len(self._shown) - 1)


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


def new_letter(session: Session, campaign: Campaign, comment: Comment) -> CampaignLetter:
    """Put a text beside a campaign, still to be confirmed."""
    here = Compared(session, campaign.standard_id)
    return _add(session, campaign, comment.id, here.of(comment.body), here.exemplar(campaign.exemplar_id))


def _follow_change(session: Session, letter: CampaignLetter, comment: Comment) -> None:
    """Whether a changed text is still the letter. Whoever speaks for others and changes the words makes way."""
    campaign = session.get_one(Campaign, letter.campaign_id)
    if campaign.exemplar_id == comment.id:
        others = CampaignLetter.contribution_id != comment.id
        show(session, campaign, others, CampaignLetter.state == letter.state)
    here = Compared(session, campaign.standard_id)
    _measure(letter, here.of(comment.body), here.exemplar(campaign.exemplar_id))
    if is_proposed(letter.likeness, letter.contained):
        return
    if letter.state == LetterState.IN:
        letter.state = LetterState.PROPOSED
    else:
        session.delete(letter)


def _place(session: Session, here: Compared, text: NewText, compared: Shingles) -> set[int]:
    """Propose a text for the group that it belongs to, or open one; returns the texts that got a place."""
    found = here.alike(compared, text.id)
    own = next((one for one in found if one.id == text.id), None)
    if own is None or own.campaign_id is not None:
        return set()
    grouped = next((one for one in found if one.campaign_id is not None), None)
    if grouped is not None:
        campaign = session.get_one(Campaign, grouped.campaign_id)
        exemplar = here.exemplar(campaign.exemplar_id)
        if _is_like(compared, exemplar):
            _add(session, campaign, text.id, compared, exemplar)
            return {text.id}
    return _open(session, here, [one for one in found if one.campaign_id is None])


def _open(session: Session, here: Compared, free: Sequence[Indexed]) -> set[int]:
    """Propose a new group, if enough people sent the same letter."""
    if _people(free) < SMALLEST_CAMPAIGN:
        return set()
    shown = free[similarity.central([one.compared for one in free])]
    # What is like the one that is shown, not only what is like the newest.
    free = [one for one in here.alike(shown.compared, shown.id) if one.campaign_id is None]
    if _people(free) < SMALLEST_CAMPAIGN:
        return set()
    first = session.get_one(Comment, shown.id)
    campaign = Campaign(
        consultation_id=first.consultation_id,
        standard_id=here.standard_id,
        exemplar_id=shown.id,
        proposed_at=clock.now(),
    )
    session.add(campaign)
    session.flush()
    for one in free:
        _add(session, campaign, one.id, one.compared, shown.compared)
    session.flush()
    return {one.id for one in free}


def _people(texts: Sequence[Indexed]) -> int:
    return len({one.membership_id for one in texts})


def _add(
    session: Session, campaign: Campaign, contribution_id: int, compared: Shingles, exemplar: Shingles
) -> CampaignLetter:
    letter = CampaignLetter(contribution_id=contribution_id, campaign_id=campaign.id, joined_at=clock.now())
    letter.state = LetterState.PROPOSED
    _measure(letter, compared, exemplar)
    session.add(letter)
    return letter


def _measure_all(session: Session, campaign: Campaign) -> None:
    here = Compared(session, campaign.standard_id)
    exemplar = here.exemplar(campaign.exemplar_id)
    rows = session.execute(
        select(CampaignLetter, Comment.body)
        .join(Comment, Comment.id == CampaignLetter.contribution_id)
        .where(CampaignLetter.campaign_id == campaign.id)
    )
    for letter, body in rows.all():
        _measure(letter, here.of(body), exemplar)


def _measure(letter: CampaignLetter, compared: Shingles, exemplar: Shingles) -> None:
    letter.likeness = similarity.likeness(compared, exemplar)
    letter.contained = similarity.contained(compared, exemplar)


def _is_like(one: Shingles, other: Shingles) -> bool:
    return is_proposed(similarity.likeness(one, other), similarity.contained(one, other))
