"""People who answered alike, so many together that none can be picked out of a picture."""

from dataclasses import dataclass

from app.analysis.matrix import Floats
from app.analysis.one_thread import np


@dataclass(frozen=True, slots=True)
class Bundle:
    """The middle of so many people's places."""

    x: float
    y: float
    people: int


def bundles(places: Floats, at_least: int) -> tuple[Bundle, ...]:
    """Neighbours bundled, each bundle of at least so many people; none where there are fewer.

    People are cut into strips from left to right, and each strip from bottom to top.
    """
    count = len(places) // at_least
    if not count:
        return ()
    across = max(1, int(np.sqrt(count)))
    found = []
    for strip in np.array_split(places[np.lexsort((places[:, 1], places[:, 0]))], across):
        ordered = strip[np.lexsort((strip[:, 0], strip[:, 1]))]
        found += np.array_split(ordered, max(1, len(strip) // at_least))
    return tuple(Bundle(float(x), float(y), len(part)) for part in found for x, y in [part.mean(axis=0)])
