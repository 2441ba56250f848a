"""Texts for the measure of campaigns: independent comments on one topic, and letters that people edit."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

WHO = (
    *("the police", "our council", "a landlord", "my employer", "the school", "a border agency", "a shop", "the court"),
    *("some authority", "the operator", "a supplier", "the ministry", "one hospital", "a transport company"),
)
HOW = (
    *(
        "quietly",
        "openly",
        "never",
        "always",
        "rarely",
        "slowly",
        "once more",
        "at last",
        "of course",
        "by law",
        "again",
    ),
    *("without a word", "in public", "year after year", "too late", "for money", "on paper", "by mistake", "in secret"),
)
VERB = (
    *("publish", "delete", "check", "explain", "test", "justify", "record", "report", "limit", "abandon", "review"),
    *("finance", "give up", "defend", "correct", "share", "sell", "buy", "switch off", "move", "hide", "copy", "lose"),
)
WHICH = (
    *(
        "old",
        "new",
        "wrong",
        "second",
        "secret",
        "costly",
        "borrowed",
        "foreign",
        "broken",
        "careful",
        "early",
        "final",
    ),
    *("local", "common", "private", "public", "short", "long", "weak", "recent", "first", "other", "cheap", "annual"),
)
WHAT = (
    *(
        "searches",
        "error rates",
        "matches",
        "contracts",
        "cameras",
        "lists of faces",
        "doorbells",
        "studies",
        "figures",
    ),
    *(
        "pictures",
        "recordings",
        "complaints",
        "warrants",
        "tenders",
        "gates",
        "licences",
        "archives",
        "alarms",
        "files",
    ),
    *("promises", "rules", "invoices", "letters", "meetings", "tests", "samples", "screens", "servers", "plans"),
)
WHEN = (
    *("on Monday", "in autumn", "after lunch", "last winter", "next spring", "for ages", "at night", "during exams"),
    *("before elections", "since the flood", "within weeks", "every Friday", "at weekends", "on holidays", "by dawn"),
)
PLACES = tuple(
    f"{first}{last}" for first in ("Nor", "Sun", "Old", "Mar", "Whit", "Gal") for last in ("ton", "field", "by")
)
STOCK = (
    "I am writing because facial recognition in public places concerns all of us.",
    "Everybody has the right to walk in public without being identified.",
    "Thank you for reading this and for asking the public.",
    "I support strong rules on facial recognition.",
)
CLAUSES = (
    "An authority shall identify nobody in a public place without a warrant that names person, place and hours.",
    "A match shall be a lead and never the only reason to stop, refuse or arrest somebody.",
)
PATTERNS = (
    "{who} should {how} {verb} {which} {what} {when}.",
    "In {place}, {who} had to {verb} {which} {what} {when}.",
    "Why does {who} {how} {verb} {what} and {which2} {what2} {when}?",
    "If {who} will {how} {verb} {what}, {who2} can {verb2} {which} {what2}.",
    "My {which} neighbour in {place} saw {number} {what} {when}, {how}.",
    "{what} cost {place} {number} thousand {when}, and {how} {who} chose to {verb} {which} {what2}.",
    "Nobody asked {place} {when} whether {who} may {verb} {which} {what}.",
    "Clause {number} says {how} what {who} does with {which} {what} {when}.",
    "I have seen {number} {which} {what}, {how} and {when}, that {who} had to {verb}.",
    "{how} {who} and {who2} {verb} {which} {what} but {verb2} {which2} {what2}.",
)


@dataclass(frozen=True, slots=True)
class Sent:
    """A text and the campaign that it belongs to, if any; `edited` is the share of the letter's words that changed."""

    body: str
    campaign: int | None = None
    edited: float = 0.0


def sentence(chance: random.Random) -> str:
    """One sentence of the topic."""
    values: dict[str, object] = {"number": chance.randrange(2, 90), "place": chance.choice(PLACES)}
    for slot, words in (("who", WHO), ("verb", VERB), ("which", WHICH), ("what", WHAT)):
        values[slot], values[f"{slot}2"] = chance.sample(words, 2)
    values["how"], values["when"] = chance.choice(HOW), chance.choice(WHEN)
    said = chance.choice(PATTERNS).format(**values)
    return said[0].upper() + said[1:]


def comment(chance: random.Random) -> str:
    """What one person writes alone: one in four with a stock phrase, one in ten with a quoted clause."""
    said = [sentence(chance) for _ in range(chance.randrange(3, 10))]
    if chance.random() < 0.25:  # noqa: PLR2004 - a share
        said.insert(0, chance.choice(STOCK))
    if chance.random() < 0.1:  # noqa: PLR2004 - a share
        said.insert(chance.randrange(len(said)), f"“{chance.choice(CLAUSES)}”")
    return " ".join(said)


def letter(chance: random.Random) -> list[str]:
    """The words that an organisation asks people to send."""
    return " ".join(sentence(chance) for _ in range(chance.randrange(5, 16))).split()


def edited(words: Sequence[str], chance: random.Random) -> tuple[str, float]:
    """A letter as one person sends it, and the share of its words that changed: at most a fifth."""
    if chance.random() < 0.2:  # noqa: PLR2004 - a share: as it came
        return " ".join(words), 0.0
    changed, count = list(words), chance.randrange(1, len(words) // 5 + 1)
    how = chance.choice(("scattered", "passage", "left out", "added"))
    if how == "scattered":
        for place in chance.sample(range(len(changed)), count):
            changed[place] = chance.choice(sentence(chance).split())
    else:
        own = " ".join(sentence(chance) for _ in range(count // 8 + 1)).split()[:count]
        place = chance.randrange(len(words) - count + 1)
        if how == "passage":
            changed[place : place + count] = own
        elif how == "left out":
            del changed[place : place + count]
        else:
            changed = own + changed if chance.random() < 0.5 else changed + own  # noqa: PLR2004 - a share
    return " ".join(changed), count / len(words)


def sent(count: int, campaigns: int, chance: random.Random) -> list[Sent]:
    """So many texts: three in five independent, the others in so many campaigns of different sizes, all mixed."""
    originals = [letter(chance) for _ in range(campaigns)]
    weights = [1 / (place + 2) for place in range(campaigns)]
    found = [Sent(comment(chance)) for _ in range(count * 3 // 5)]
    for campaign in chance.choices(range(campaigns), weights, k=count - len(found)):
        body, share = edited(originals[campaign], chance)
        found.append(Sent(body, campaign, share))
    chance.shuffle(found)
    return found
