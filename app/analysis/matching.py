"""Numbers of groups that stay the same from one run to the next."""

from itertools import permutations

from app.analysis.matrix import Integers
from app.analysis.one_thread import np


def numbers(new: Integers, before: Integers, groups: int) -> tuple[int, ...]:
    """The number to give to each of the `groups` new groups, from labels of the same people now and before.

    Groups keep the number of the earlier group they share the most people with, so that as many people as possible stay
    under their number. A label of -1 is no group. A group that continues none gets the lowest number that is free.
    At most eight groups are matched on either side.

    Raises:
        ValueError: the labels are not of the same people, or there are more than eight groups.
    """
    earlier = int(before.max(initial=-1)) + 1
    if len(new) != len(before) or max(groups, earlier) > 8:  # noqa: PLR2004 - 8! orders are tried
        message = "the same people in at most eight groups can be matched"
        raise ValueError(message)
    size = max(groups, earlier)
    common = np.zeros((size, size), np.int64)
    both = (new >= 0) & (before >= 0)
    np.add.at(common, (new[both], before[both]), 1)
    rows = range(size)
    chosen = max(permutations(rows), key=lambda order: sum(int(common[row, order[row]]) for row in rows))
    kept = {row: chosen[row] for row in range(groups) if common[row, chosen[row]]}
    free = iter(number for number in range(2 * size) if number not in kept.values())
    return tuple(kept[row] if row in kept else next(free) for row in range(groups))
