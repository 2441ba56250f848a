"""Where the crowd of the demonstration stands: so many of each group as the content says, the same every time."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from app.actions import imports, positions
from app.demo.content import part, written
from app.demo.story import Story
from app.models.consultations import Membership
from app.models.positions import Block, Choice

CHOICES = (Choice.SUPPORT, Choice.RESERVATIONS, Choice.ABSTAIN, Choice.OBJECT)
BY_STANCE = {"for": Choice.SUPPORT, "neutral": Choice.RESERVATIONS, "against": Choice.OBJECT}
ACROSS_CAMPS = frozenset(("S04", "S09"))  # what people think of these has little to do with the rest
FIRST_DAY, ROUNDS, DAYS_OF_ROUND = -46, 6, 7
SHARE_OF_ORGANISATIONS = 0.45
LIKE_EXPERTS = "oversight"  # organisations of a group without people stand as these do


@dataclass(frozen=True, slots=True)
class Stand:
    """A position that somebody will take on a standard, by its key in the content."""

    member: Membership
    standard: str
    choice: Choice
    at: datetime


def arrange(story: Story) -> None:
    """Let everybody take positions, week by week."""
    chance = random.Random(1948)  # noqa: S311 - the same positions every time, no secret
    said = _said(story)
    rounds: list[list[Stand]] = [[] for _ in range(ROUNDS)]
    for member, standard, choice in (*_people(story, said, chance), *_organisations(story, said, chance)):
        number = chance.randrange(ROUNDS)
        day = FIRST_DAY + DAYS_OF_ROUND * number + chance.randrange(DAYS_OF_ROUND)
        rounds[number].append(Stand(member, standard, choice, story.days.day(day, 8 + 12 * chance.random())))
    for number, stands in enumerate(rounds):
        stands.sort(key=lambda stand: stand.at)
        story.at(story.days.day(FIRST_DAY + DAYS_OF_ROUND * (number + 1)), partial(_store, story, stands))
    for author, choices in written("positions_of_accounts").items():
        for standard, choice in choices.items():
            story.at(story.days.day(-6, 18), partial(_take, story, author, standard, Choice(choice)))


def _store(story: Story, stands: list[Stand]) -> None:
    group_of = {group.id: group for group in story.groups.values()}
    taken = [
        imports.TakenPosition(
            standard_id=story.standards[stand.standard].id,
            membership_id=stand.member.id,
            choice=stand.choice,
            taken_at=stand.at,
            group=group_of[stand.member.group_id or 0],
            block=Block.ORGANISATIONS if stand.member.organisation else Block.PEOPLE,
            channel=stand.member.channel,
        )
        for stand in stands
    ]
    imports.positions(story.session, story.consultation, taken)


def _take(story: Story, author: str, standard: str, choice: Choice) -> None:
    by = story.members[author]
    positions.take(story.session, story.consultation, story.standards[standard], by=by, choice=choice)


def _said(story: Story) -> dict[tuple[int, str], Choice]:
    """What those who wrote must have chosen, by membership and standard: an objection, else their first stance."""
    said: dict[tuple[int, str], Choice] = {}
    objections = written("objections")
    for comment in part("comments")["comments"]:
        if comment["expected"]["state"] != "published":
            continue
        key = (story.members[comment["author"]].id, comment["standard"])
        objection = objections.get(str(comment["i"]))
        if objection is not None:
            said[key] = Choice.RESERVATIONS if objection["state"] == "withdrawn" else Choice.OBJECT
        else:
            said.setdefault(key, BY_STANCE[comment["stance"]])
    return said


def _people(
    story: Story, said: dict[tuple[int, str], Choice], chance: random.Random
) -> Iterator[tuple[Membership, str, Choice]]:
    with_account = {story.members[author].id for author in written("positions_of_accounts")}
    times: Counter[int] = Counter()
    leaning = {member.id: chance.gauss(0, 1) for crowd in story.crowd.values() for member in crowd}
    counts = part("positions")["positions"]
    for standard in sorted(counts):
        spread = 3 if standard in ACROSS_CAMPS else 0.2
        for group, cells in counts[standard].items():
            crowd = [member for member in story.crowd[group] if member.id not in with_account]
            present = _present(crowd, sum(cells), standard, said, times, chance)
            times.update(member.id for member in present)
            present.sort(key=lambda member: leaning[member.id] + chance.gauss(0, spread), reverse=True)
            yield from _choices(present, cells, standard, said)


def _present(
    crowd: list[Membership],
    size: int,
    standard: str,
    said: dict[tuple[int, str], Choice],
    times: Counter[int],
    chance: random.Random,
) -> list[Membership]:
    """Who takes a position: those who wrote about the standard, then those who have taken none, then anybody."""
    order = [((member.id, standard) not in said, times[member.id] > 0, chance.random()) for member in crowd]
    ranked = sorted(zip(order, crowd, strict=True), key=lambda pair: pair[0])
    return [member for _order, member in ranked[:size]]


def _choices(
    present: list[Membership], cells: list[int], standard: str, said: dict[tuple[int, str], Choice]
) -> Iterator[tuple[Membership, str, Choice]]:
    """The choices of the content, dealt out from those who want the standard most to those who want it least."""
    left = Counter(dict(zip(CHOICES, cells, strict=True)))
    for member in present:
        if choice := said.get((member.id, standard)):
            taken = choice if left[choice] else left.most_common(1)[0][0]
            left[taken] -= 1
            yield member, standard, choice
    dealt = iter([choice for choice in CHOICES for _ in range(left[choice])])
    for member in present:
        if (member.id, standard) not in said:
            yield member, standard, next(dealt)


def _organisations(
    story: Story, said: dict[tuple[int, str], Choice], chance: random.Random
) -> Iterator[tuple[Membership, str, Choice]]:
    """Organisations stand much as the people of their group do; each has a position at most once on a standard."""
    key_of = {group.id: key for key, group in story.groups.items()}
    counts = part("positions")["positions"]
    for organisation in story.organisations:
        group = key_of[organisation.group_id or 0]
        for standard in sorted(counts):
            weights = counts[standard].get(group) or counts[standard].get(LIKE_EXPERTS) or counts[standard]["public"]
            choice = said.get((organisation.id, standard))
            if choice is None and chance.random() < SHARE_OF_ORGANISATIONS:
                choice = chance.choices(CHOICES, weights)[0]
            if choice is not None:
                yield organisation, standard, choice
