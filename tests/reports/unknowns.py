"""Numbers that are not known, and what follows for each from sums that are."""

from collections import defaultdict
from math import inf


class Unknowns:
    """Numbers from 0 on, and what is known of sums of them."""

    def __init__(self):
        self.bounds = defaultdict(lambda: (0, inf))
        self.facts = []

    def between(self, low, high, *terms, less=()):
        """The sum of `terms` without that of `less` lies between two numbers."""
        for term in (*terms, *less):
            self.bounds[term] = self.bounds[term]  # every unknown has bounds, whatever is said of it
        self.facts.append(([*((1, term) for term in terms), *((-1, term) for term in less)], low, high))

    def narrow(self):
        changed = True
        while changed:
            changed = sum(self._hold(*fact) for fact in self.facts) > 0

    def _hold(self, terms, low, high) -> bool:
        ends = [self._ends(sign, term) for sign, term in terms]
        lowest, highest = sum(end[0] for end in ends), sum(end[1] for end in ends)
        changed = False
        for (sign, term), (least, most) in zip(terms, ends, strict=True):
            others = lowest - least if lowest > -inf else self._others(ends, 0, least)
            most_others = highest - most if highest < inf else self._others(ends, 1, most)
            new = (max(least, low - most_others), min(most, high - others))
            if sign < 0:
                new = (-new[1], -new[0])
            assert new[0] <= new[1], (term, new, "what is published contradicts itself")
            changed |= new != self.bounds[term]
            self.bounds[term] = new
            ends = [self._ends(one, of) for one, of in terms]
            lowest, highest = sum(end[0] for end in ends), sum(end[1] for end in ends)
        return changed

    @staticmethod
    def _others(ends, side, own):
        endless = [end[side] for end in ends if abs(end[side]) == inf]
        if len(endless) > 1 or abs(own) < inf:
            return endless[0]
        return sum(end[side] for end in ends if abs(end[side]) < inf)

    def _ends(self, sign, term):
        low, high = self.bounds[term]
        return (low, high) if sign > 0 else (-high, -low)

    def bounds_of(self, term):
        """The lowest and the highest number that it can be."""
        return self.bounds[term]

    def known(self, term) -> bool:
        low, high = self.bounds_of(term)
        return low == high


class Cases:
    """What follows in each of several cases of which one is true; those that contradict themselves are none."""

    def __init__(self, of_case, cases):
        self.possible = []
        for case in cases:
            try:
                self.possible.append(of_case(case))
            except AssertionError:
                continue
        assert self.possible, "what is published contradicts itself in every case"

    def bounds_of(self, term):
        """The lowest and the highest number that it can be in any case."""
        found = [known.bounds_of(term) for known in self.possible]
        return min(low for low, _high in found), max(high for _low, high in found)

    def known(self, term) -> bool:
        low, high = self.bounds_of(term)
        return low == high
