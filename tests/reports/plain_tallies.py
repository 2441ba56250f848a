"""Consultations as plain numbers, published by the same pure functions as those in a database."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from random import Random

from app import clock
from app.models.consultations import Consultation, ConsultationState, StakeholderGroup
from app.models.positions import Block, Choice
from app.models.standards import Standard
from app.queries.consultations import Frame
from app.queries.people import ANYBODY
from app.queries.positions import Subject, result_of
from app.queries.tally_cells import counts_of
from app.reports.document import standard_as_json
from app.reports.standard_report import StandardReport
from app.reports.standards import positions_of
from app.rules.cross_tables import cross_table
from app.rules.related_tables import PeopleByGroup, Sizes, shown_voices
from app.rules.withholding import UNLISTED, VOICES, Table, Tables, of_standard, release, table_in
from tests.reports.attacker import EVERYBODY


@dataclass
class Person:
    """Somebody with the place of their group (None: not stated) and a choice on some standards."""

    group: int | None
    choices: dict[int, Choice] = field(default_factory=dict)
    organisation: bool = False


def crowd(seed: int, sizes: list[int], unlisted: int, standards: int, answering: int, leaning: int) -> list[Person]:
    """People of groups of these sizes. `answering` and `leaning` are how likely an answer and support are, in tenths.

    A group has a likeliness to answer of its own on each standard: all of it, some, or hardly anybody.
    """
    random = Random(seed)
    found = []
    for group, size in [*enumerate(sizes), (None, unlisted)]:
        keen = [random.choice((10, answering, 2)) for _ in range(standards)]
        for _ in range(size):
            answers = {
                number: Choice.SUPPORT if random.randrange(10) < leaning else random.choice(list(Choice))
                for number in range(standards)
                if random.randrange(10) < keen[number]
            }
            found.append(Person(group, answers, organisation=random.randrange(12) == 0))
    return found


def later(everybody: list[Person], seed: int, *, groups: int, standards: int, movers: int) -> tuple[list[Person], int]:
    """The same people after some of them, or new ones, took, changed or withdrew positions; how often that was."""
    random = Random(seed)
    known = [replace(person, choices=dict(person.choices)) for person in everybody]
    staying = random.choice((0, len(known)))
    moving = random.sample(known, min(staying, movers))
    new = [Person(random.randrange(groups)) for _ in range(movers - len(moving))]
    entries = 0
    for person in (*moving, *new):
        for number in random.sample(range(standards), random.randint(1, min(2, standards))):
            chosen = random.choice([None, *Choice]) if number in person.choices else random.choice(list(Choice))
            entries += chosen != person.choices.pop(number, None)
            if chosen is not None:
                person.choices[number] = chosen
    return [*known, *new], entries


def held_to(before: dict, everybody: list[Person], changed: list[Person]) -> Tables:
    """The tables of a document, without the groups in which enough people moved."""
    moved = defaultdict(Counter)
    for old, new in zip([*everybody, *(None for _ in changed[len(everybody) :])], changed, strict=True):
        group = UNLISTED if new.group is None else f"g{new.group}"
        if not new.organisation:
            moved[VOICES][group] += old is None and bool(new.choices)
            for number, choice in new.choices.items():
                moved[of_standard(number + 1, 1)][group] += old is None or old.choices.get(number) != choice
    minimum = before["consultation"]["minimum_group"]
    return {name: release(table, moved[name], minimum) for name, table in tables_of(before).items()}


def all_stated(everybody: list[Person]) -> bool:
    """Whether every person stated a group, which is supposed to be known then."""
    return all(person.group is not None or person.organisation for person in everybody)


def frame(groups: int, minimum: int) -> Frame:
    """A consultation that has closed, with so many groups."""
    consultation = Consultation(
        slug="plain", title="Plain", minimum_group=minimum, minimum_voices=1, consensus_percent=75,
        contested_percent=50, state=ConsultationState.CLOSED, tallies_visible="always",
    )  # fmt: skip
    made = tuple(
        StakeholderGroup(id=number + 1, key=f"g{number}", name=f"Group {number}", family="", directly_affected=False)
        for number in range(groups)
    )
    return Frame(consultation, (), made, ANYBODY, None, clock.now())


def document(seen: Frame, everybody: list[Person], standards: int) -> dict:
    """What a summary in JSON says of them, as far as figures go; `cross` as the page of opinion groups has it.

    It hides what the tables of `seen.earlier` hid.
    """
    people = [person for person in everybody if not person.organisation]
    keys, minimum = [group.key for group in seen.groups], seen.consultation.minimum_group
    cells = [_cells(everybody, number) for number in range(standards)]
    voices, answered = _sizes(keys, people), _sizes(keys, [person for person in people if person.choices])
    tallies = [
        _people(keys, found, table_in(seen.earlier, of_standard(number, 1)))
        for number, found in enumerate(cells, start=1)
    ]
    shown = shown_voices(voices, answered, tallies, minimum, table_in(seen.earlier, VOICES))
    participation = []
    for key in keys:
        line = {"group": key, "heard": voices.groups[key] >= minimum}
        participation.append(line | ({"people": voices.groups[key]} if key in shown else {"suppressed": True}))
    return {
        "consultation": {"minimum_group": minimum},
        "people": len(people),
        "participation": participation,
        "standards": [_standard(seen, number, found) for number, found in enumerate(cells, start=1)],
        "cross": _cross(voices, answered, shown, minimum),
    }


def tables_of(published: dict) -> Tables:
    """The tables of a document, as a later one is held to them."""
    voices = [(line["group"], line.get("people")) for line in published["participation"]]
    tables = {VOICES: _table(voices, published["people"])}
    for standard in published["standards"]:
        told = [(line["group"], line.get("positions", {}).get("n")) for line in standard["by_group"]]
        tables[of_standard(standard["number"], 1)] = _table(told, standard["positions"]["n"])
    return tables


def _table(told: list[tuple[str, int | None]], everybody: int) -> Table:
    hidden = frozenset(group for group, size in told if size is None)
    shown = frozenset(group for group, _size in told) - hidden
    return Table(shown, hidden if sum(size or 0 for _group, size in told) < everybody else frozenset(), 1)


def _cross(voices: Sizes, answered: Sizes, shown: frozenset[str], minimum: int) -> list[dict]:
    """Against two opinion groups of about the same size; how many people have a position is always told."""
    hidden = set(voices.groups) - shown
    hidden |= {""} if hidden else set()
    sizes = answered.groups | ({"": answered.unlisted} if answered.unlisted else {})
    rows = cross_table({key: (size // 2, size - size // 2) for key, size in sizes.items()}, minimum, hidden)
    told = {row.key: row.people for row in rows} or {EVERYBODY: sum(sizes.values())}
    return [{"group": key, "people": people} for key, people in told.items()]


def _people(keys: list[str], found, earlier: Table) -> PeopleByGroup:
    groups = {key: counts_of(found.get((Block.PEOPLE, place + 1), {})) for place, key in enumerate(keys)}
    return PeopleByGroup(groups, counts_of(found.get((Block.PEOPLE, None), {})), earlier)


def _standard(seen: Frame, number: int, found) -> dict:
    counted = {place: counts_of(cell) for place, cell in found.items()}
    subject = Subject(Standard(number=number, version=1, counts_from=1), (), 0, 0)
    result = result_of(seen, subject, counted, Counter())
    return standard_as_json(_report(number, result))


def _report(number: int, result) -> StandardReport:
    empty = dict.fromkeys(StandardReport.__dataclass_fields__, ())
    return StandardReport(
        **empty
        | {
            "number": number,
            "positions": positions_of(result.people),
            "approval_percent": result.approval_percent,
            "by_group": result.groups,
            "organisations": positions_of(result.organisations) if result.organisations else None,
            "consensus_state": result.consensus.state.value,
            "explanation": result.consensus.explanation,
        }
    )


def _cells(everybody: list[Person], number: int):
    found = defaultdict(Counter)
    for person in everybody:
        if number in person.choices:
            block = Block.ORGANISATIONS if person.organisation else Block.PEOPLE
            found[block, None if person.group is None else person.group + 1][person.choices[number]] += 1
    return found


def _sizes(keys: list[str], people: list[Person]) -> Sizes:
    counted = Counter(person.group for person in people)
    return Sizes({key: counted[place] for place, key in enumerate(keys)}, counted[None])
