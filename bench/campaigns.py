"""How long it takes to index texts and to look one up, and how many letters are found and wrongly joined.

Usage: python -m bench.campaigns [--texts 100000] [--campaigns 50] [--seed 11] [--url DATABASE_URL]
"""

import argparse
import random
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from app import clock
from app.actions import letters
from app.actions.text_index import NewText
from app.db import Database, public_id, upgrade
from app.models.campaigns import CampaignLetter
from app.models.comments import Comment, Stance
from app.models.consultations import Channel, Membership
from app.models.contributions import State
from app.models.standards import Standard, StandardVersion
from bench.letters import CLAUSES, Sent, sent
from bench.material import fill

BATCH = 5_000
LOOKED_UP = 1_000
SEED = 11
LIMITS = {"index": 300, "lookup": 20, "recall": 95.0, "false joins": 0.1}


def main() -> None:
    """Fill a database and print the figures beside their limits."""
    parser = argparse.ArgumentParser(prog="python -m bench.campaigns", description=__doc__)
    parser.add_argument("--texts", type=int, default=100_000, help="how many texts are indexed")
    parser.add_argument("--campaigns", type=int, default=50, help="how many campaigns two in five of them belong to")
    parser.add_argument("--url", default="", help="a database to fill; a fresh SQLite file if absent")
    parser.add_argument("--seed", type=int, default=SEED, help="another one for texts that nothing was chosen on")
    asked = parser.parse_args()
    table(asked.url, asked.texts, asked.campaigns, asked.seed)


def table(address: str, texts: int, campaigns: int, seed: int = SEED) -> None:
    """Fill a database, a fresh SQLite file where no address is given, and print the rows."""
    with tempfile.TemporaryDirectory() as folder:
        url = address or f"sqlite:///{Path(folder) / 'campaigns.db'}"
        upgrade(url)
        database = Database(url)
        fill(database, comments=1)
        give_clauses(database)
        for line in lines(database, texts, campaigns, seed):
            print(line)
        database.dispose()


def lines(database: Database, texts: int, campaigns: int, seed: int) -> list[str]:
    """The rows of the table: index, lookup, letters found, independent texts wrongly proposed."""
    chance = random.Random(seed)
    everything = sent(texts + LOOKED_UP, campaigns, chance)
    known, new = everything[:texts], everything[texts:]
    ids, took = indexed(database, known)
    waits, joined = looked_up(database, new)
    with database.read() as session:
        found = dict(session.execute(select(CampaignLetter.contribution_id, CampaignLetter.campaign_id)).all())
        groups = session.scalar(select(func.count(func.distinct(CampaignLetter.campaign_id))))
    recalled, edits, wrong = judged(known, ids, found)
    p95 = sorted(waits)[len(waits) * 95 // 100]
    return [
        f"{'index':<22}{texts:>9,} texts{took:>9.1f} s{'limit':>12} {LIMITS['index']} s",
        f"{'lookup, p95':<22}{len(waits):>9,} texts{p95:>8.1f} ms{'limit':>12} {LIMITS['lookup']} ms",
        f"{'letters found':<22}{recalled:>23.2f} %{'at least':>12} {LIMITS['recall']} %",
        f"{'edited letters found':<22}{edits:>23.2f} %{'at least':>12} {LIMITS['recall']} %",
        f"{'later letters found':<22}{joined:>23.2f} %{'at least':>12} {LIMITS['recall']} %",
        f"{'wrongly proposed':<22}{wrong:>23.3f} %{'at most':>12} {LIMITS['false joins']} %",
        f"{'groups':<22}{groups:>23}{'':>4}of {campaigns}",
    ]


def give_clauses(database: Database) -> None:
    """Let the first standard say what the comments quote."""
    with database.write() as session:
        standard = first_standard(session)
        version = session.scalars(select(StandardVersion).where(StandardVersion.standard_id == standard.id)).one()
        version.clauses = [{"number": str(number), "text": text} for number, text in enumerate(CLAUSES, 1)]
        session.commit()


def first_standard(session: Session) -> Standard:
    """The standard that everybody comments on."""
    return session.scalars(select(Standard).order_by(Standard.id).limit(1)).one()


def indexed(database: Database, texts: Sequence[Sent]) -> tuple[list[int], float]:
    """Store the texts as an import does, and index them; their ids, and the seconds that the indexing took."""
    ids: list[int] = []
    took = 0.0
    for start in range(0, len(texts), BATCH):
        with database.write() as session:
            batch = stored(session, texts[start : start + BATCH], start)
            began = time.perf_counter()
            letters.index_many(session, batch)
            session.commit()
            took += time.perf_counter() - began
            ids += [text.id for text in batch]
    return ids, took


def looked_up(database: Database, texts: Sequence[Sent]) -> tuple[list[float], float]:
    """Milliseconds from a new text to its place, each by itself, and the share of later letters that got one."""
    waits: list[float] = []
    with database.write() as session:
        ids = [text.id for text in stored(session, texts, 0)]
        for comment_id in ids:
            comment = session.get_one(Comment, comment_id)
            began = time.perf_counter()
            letters.index(session, comment)
            session.flush()
            waits.append(1000 * (time.perf_counter() - began))
        placed = set(session.scalars(select(CampaignLetter.contribution_id)))
        session.rollback()
    wanted = [comment_id for comment_id, text in zip(ids, texts, strict=True) if text.campaign is not None]
    return waits, share(sum(comment_id in placed for comment_id in wanted), len(wanted))


def judged(texts: Sequence[Sent], ids: Sequence[int], found: dict[int, int]) -> tuple[float, float, float]:
    """Percent of letters in the group of their own campaign, of edited ones, and of independent texts in any group."""
    pairs = list(zip(texts, ids, strict=True))
    together = Counter((found[number], text.campaign) for text, number in pairs if number in found)
    home = {group: campaign for (group, campaign), _count in sorted(together.items(), key=lambda item: item[1])}
    right = [
        text.edited > 0 for text, number in pairs if text.campaign is not None and at_home(text, number, found, home)
    ]
    of_campaigns = [text for text, _number in pairs if text.campaign is not None]
    alone = [number for text, number in pairs if text.campaign is None]
    return (
        share(len(right), len(of_campaigns)),
        share(sum(right), sum(text.edited > 0 for text in of_campaigns)),
        share(sum(number in found for number in alone), len(alone)),
    )


def at_home(text: Sent, number: int, found: dict[int, int], home: dict[int, int | None]) -> bool:
    """Whether a letter is in a group that most letters of its campaign make up."""
    return number in found and home[found[number]] == text.campaign


def share(part: int, whole: int) -> float:
    """In percent."""
    return 100 * part / whole if whole else 0.0


def stored(session: Session, texts: Sequence[Sent], start: int) -> list[NewText]:
    """Comments on the first standard, by one person after the other."""
    standard = first_standard(session)
    members = session.scalars(select(Membership.id).order_by(Membership.id)).all()
    new = [NewText(public_id(), standard.id, text.body) for text in texts]
    rows = [row(standard, text, members[(start + place) % len(members)]) for place, text in enumerate(new)]
    session.execute(insert(Comment), rows)
    return new


def row(standard: Standard, text: NewText, author: int) -> dict[str, object]:
    """One published comment."""
    now = clock.now()
    return {
        "id": text.id,
        "consultation_id": standard.consultation_id,
        "membership_id": author,
        "state": State.PUBLISHED,
        "label": "A comment",
        "language": "en",
        "channel": Channel.WEB,
        "created_at": now,
        "published_at": now,
        "standard_id": standard.id,
        "root_id": text.id,
        "body": text.body,
        "html": "",
        "stance": Stance.NEUTRAL,
    }


if __name__ == "__main__":
    main()
