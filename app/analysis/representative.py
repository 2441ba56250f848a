"""Which statements set a group apart from the others, as Polis chooses them.

For a group with A of S votes agreeing and A', S' among everybody else: p = (A + 1) / (S + 2), ratio = p / p', z_one
tests p against a half, and z_two tests the two shares against each other, with one vote more in each count. The same
for disagreement. A statement speaks for a group when both z are above the 90 % point; statements are ranked by
ratio z_two p z_one (Polis, mathematics of representativeness; C. Small and others, 2021).
"""

from dataclasses import dataclass

from app.analysis.consensus import AGREED, DISAGREED, ONE_SIDED, share_and_z
from app.analysis.matrix import Floats, Integers
from app.analysis.one_thread import np


@dataclass(frozen=True, slots=True, eq=False)
class Apart:
    """Each of shape (groups, statements), for one side (agree or disagree)."""

    share: Floats
    ratio: Floats
    z_one: Floats
    z_two: Floats

    @property
    def score(self) -> Floats:
        """What statements are ranked by."""
        product: Floats = self.ratio * self.z_two * self.share * self.z_one
        return product

    @property
    def speaks(self) -> Floats:
        """1 where both z are above the 90 % point, else 0."""
        return ((self.z_one > ONE_SIDED) & (self.z_two > ONE_SIDED)).astype(np.float64)


@dataclass(frozen=True, slots=True)
class Representative:
    """One statement (its place in the counts) that a group stands out with, `certain` unless none qualified."""

    statement: int
    agrees: bool
    said: int
    seen: int
    said_elsewhere: int
    seen_elsewhere: int
    ratio: float
    z_one: float
    z_two: float
    certain: bool


def apart(counts: Integers, side: int = AGREED) -> Apart:
    """How each group differs from all others on each statement; with one group the others are nobody."""
    said, seen = counts[..., side], counts.sum(axis=-1)
    said_out, seen_out = said.sum(axis=0) - said, seen.sum(axis=0) - seen
    share, z_one = share_and_z(said, seen)
    inside, outside = (said + 1) / (seen + 1), (said_out + 1) / (seen_out + 1)
    pooled = (said + said_out + 2) / (seen + seen_out + 2)
    spread = np.sqrt(pooled * (1 - pooled) * (1 / (seen + 1) + 1 / (seen_out + 1)))
    z_two = np.where(spread > 0, (inside - outside) / np.where(spread > 0, spread, 1), 0.0)
    return Apart(share, share / ((said_out + 1) / (seen_out + 2)), z_one, z_two)


def representative(counts: Integers, most: int = 5) -> tuple[tuple[Representative, ...], ...]:
    """For each group at most so many statements: first those it agrees with, then those it disagrees with.

    The direction is that of the larger z_two. Where nothing qualifies, the statement with the largest z_two stands
    alone and is not `certain`. Empty for a group that has cast no votes, and for a single group.
    """
    if len(counts) < 2:  # noqa: PLR2004 - to stand apart takes two
        return ((),) * len(counts)
    agree, disagree = apart(counts, AGREED), apart(counts, DISAGREED)
    return tuple(_of_group(counts, group, agree, disagree, most) for group in range(len(counts)))


def _of_group(counts: Integers, group: int, agree: Apart, disagree: Apart, most: int) -> tuple[Representative, ...]:
    agrees = agree.z_two[group] >= disagree.z_two[group]
    voted = counts[group].sum(axis=-1) > 0
    score = np.where(agrees, agree.score[group], disagree.score[group])
    speaks = (np.where(agrees, agree.speaks[group], disagree.speaks[group]) > 0) & voted
    ranked = [int(place) for place in np.argsort(-score, kind="stable") if speaks[place]]
    leading = [place for place in ranked if agrees[place]][:1]
    chosen = (leading + [place for place in ranked if place not in leading])[:most]
    chosen.sort(key=lambda place: not agrees[place])
    if not chosen and voted.any():
        difference = np.where(voted, np.maximum(agree.z_two[group], disagree.z_two[group]), -np.inf)
        chosen = [int(np.argmax(difference))]
    return tuple(
        _one(counts, group, place, agree if agrees[place] else disagree, AGREED if agrees[place] else DISAGREED, ranked)
        for place in chosen
    )


def _one(counts: Integers, group: int, place: int, of: Apart, side: int, ranked: list[int]) -> Representative:
    here, all_of = counts[group, place], counts[:, place].sum(axis=0)
    return Representative(
        statement=place,
        agrees=side == AGREED,
        said=int(here[side]),
        seen=int(here.sum()),
        said_elsewhere=int(all_of[side] - here[side]),
        seen_elsewhere=int(all_of.sum() - here.sum()),
        ratio=float(of.ratio[group, place]),
        z_one=float(of.z_one[group, place]),
        z_two=float(of.z_two[group, place]),
        certain=place in ranked,
    )
