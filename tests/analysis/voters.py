"""Invented votes, and the same figures reckoned slowly with fractions."""

from fractions import Fraction
from math import sqrt

from app.analysis.one_thread import np


def listed(grid):
    """Arrays of people, statements and values from rows with None where nobody voted, and the shape."""
    cells = [(row, column, value) for row, line in enumerate(grid) for column, value in enumerate(line)]
    found = np.array([cell for cell in cells if cell[2] is not None], np.int64).reshape(-1, 3)
    return (found[:, 0], found[:, 1], found[:, 2]), (len(grid), len(grid[0]) if grid else 0)


def camps(seed, sizes=(34, 21, 13), statements=40, seen=0.7):
    """People in camps: each camp leans to a side on every statement; some pass, some differ, not all have seen all."""
    chance = np.random.default_rng(seed)
    leaning = chance.choice([-1, 1], (len(sizes), statements))
    camp = np.repeat(np.arange(len(sizes)), sizes)
    drawn = chance.random((len(camp), statements))
    said = np.where(drawn < 0.85, leaning[camp], np.where(drawn < 0.93, 0, -leaning[camp]))
    people, asked = np.nonzero(chance.random(said.shape) < seen)
    return (people, asked, said[people, asked]), said.shape, camp


def noise(seed, people=80, statements=20, seen=0.7):
    """Votes that have nothing to do with each other."""
    chance = np.random.default_rng(seed)
    said = chance.choice([-1, 0, 1], (people, statements), p=[0.3, 0.15, 0.55])
    who, what = np.nonzero(chance.random(said.shape) < seen)
    return (who, what, said[who, what]), said.shape


def renumbered(votes, shape, seed):
    """The same votes shuffled, under other numbers; and the new numbers of people and statements."""
    chance = np.random.default_rng(seed)
    people, statements = chance.permutation(shape[0]), chance.permutation(shape[1])
    order = chance.permutation(len(votes[0]))
    return (people[votes[0]][order], statements[votes[1]][order], votes[2][order]), people, statements


def reckoned(grid, groups, statement):
    """Per group (A, D, S), the product consensus as a fraction, for one statement of a grid."""
    counts = []
    for group in sorted(set(groups)):
        said = [line[statement] for line, of in zip(grid, groups, strict=True) if of == group]
        said = [value for value in said if value is not None]
        counts.append((said.count(1), said.count(-1), len(said)))
    product = Fraction(1)
    for agreed, _disagreed, seen in counts:
        product *= Fraction(agreed + 1, seen + 2)
    return counts, product


def two_sample(agreed, seen, agreed_out, seen_out):
    """Polis's z of two shares, one vote more in each count."""
    one, other = Fraction(agreed + 1, seen + 1), Fraction(agreed_out + 1, seen_out + 1)
    pooled = Fraction(agreed + agreed_out + 2, seen + seen_out + 2)
    if pooled == 1:
        return 0.0
    spread = pooled * (1 - pooled) * (Fraction(1, seen + 1) + Fraction(1, seen_out + 1))
    return float(one - other) / sqrt(spread)
