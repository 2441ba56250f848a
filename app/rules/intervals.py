"""How much a share may be trusted that rests on few people.

The interval is that of Wilson (1927): it stays within 0 and 100, is wider the fewer people there are, and never has the
width zero. It says what numbers as these could also mean; it says nothing of who chose to take part.
"""

from dataclasses import dataclass
from math import ceil, floor, sqrt

from app.rules.disclosure import SMALLEST_PERCENTAGE_BASE

Z = 1.959964
"""The 0.975 quantile of the normal distribution: an interval of 95 percent."""


@dataclass(frozen=True, slots=True)
class Interval:
    """The bounds of a share in whole percent, rounded outwards."""

    low: int
    high: int


def wilson(part: int, whole: int) -> Interval | None:
    """The 95 percent interval of `part` in `whole`; None below twenty people, where no percentage is given at all.

    Raises:
        ValueError: `part` is not between 0 and `whole`.
    """
    if not 0 <= part <= whole:
        message = "a part lies between nobody and everybody"
        raise ValueError(message)
    if whole < SMALLEST_PERCENTAGE_BASE:
        return None
    share = part / whole
    weight = Z * Z / whole
    middle = share + weight / 2
    reach = sqrt(weight * (share * (1 - share) + weight / 4))
    low, high = (middle - reach) / (1 + weight), (middle + reach) / (1 + weight)
    return Interval(max(floor(100 * low), 0), min(ceil(100 * high), 100))
