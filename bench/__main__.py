"""How long pages take and how many statements they cost, at 10 and at 10,000 comments, beside the limit for each.

Then how texts are searched for campaigns: bench/campaigns.py, by itself at 100,000 texts; and how long opinion groups
take: bench/opinions.py, by itself beside published groups, and bench/opinions_stored.py, from the database and back.

Usage: python -m bench [--comments 10,10000] [--cases 10,100000] [--texts 10000] [--votes 1000x100] [--url DATABASE_URL]
"""

import argparse
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.orm import Session

from app.db import Database, upgrade
from app.queries import consultations, listings, my_day, queue, standards
from app.queries.people import ANYBODY, Viewer
from app.queries.queue_filters import Filters
from app.queries.threads import Asked, Order
from app.reports.formats import FORMATS
from app.reports.gather import gather
from bench import campaigns, opinions, opinions_stored, printing
from bench.hints import measure
from bench.material import SLUG, fill, moderator

ROUNDS = 15
HINTED = 4000  # characters, about a page and a half
LIMITS = {"standard page": (8, 100), "thread, newest": (8, 100), "list": (8, 150), "home": (8, 100), "queue": (8, 100)}


@contextmanager
def counting(database: Database) -> Iterator[list[str]]:
    """The statements that are sent inside the block, transactions themselves left out."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


def timed(database: Database, read: Callable[[Session], object]) -> tuple[float, float, int]:
    """Median and slowest milliseconds over the rounds, and the statements of one."""
    took = []
    statements = 0
    for _ in range(ROUNDS):
        with database.read() as session, counting(database) as seen:
            began = time.perf_counter()
            read(session)
            took.append(1000 * (time.perf_counter() - began))
        statements = len(seen)
    return statistics.median(took), max(took), statements


def measures(viewer: Viewer) -> dict[str, Callable[[Session], object]]:
    """What is measured: the queries behind each page."""
    return {
        "standard page": lambda session: standards.page(
            session, consultations.frame(session, SLUG, ANYBODY), 1, Asked()
        ),
        "thread, newest": lambda session: standards.page(
            session, consultations.frame(session, SLUG, ANYBODY), 1, Asked(Order.NEWEST)
        ),
        "list": lambda session: listings.listing(
            session, consultations.frame(session, SLUG, ANYBODY), listings.Wanted()
        ),
        "home": lambda session: consultations.home(session, ANYBODY),
        "queue": lambda session: queue.queue(session, viewer, Filters()),
    }


def main() -> None:
    """Fill a database for each size and print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--comments", default="10,10000", help="sizes, separated by commas")
    parser.add_argument("--cases", default="10,100000", help="sizes of the moderation queue, separated by commas")
    parser.add_argument("--texts", type=int, default=10_000, help="how many texts are searched for campaigns")
    parser.add_argument("--votes", default=",".join(opinions.LIMITS), help="people x statements for opinion groups")
    parser.add_argument("--standards", type=int, default=printing.STANDARDS, help="how many a printed report tells of")
    parser.add_argument("--peer", default="", help="a Python interpreter with red-dwarf 0.4.0")
    parser.add_argument("--url", default="", help="a database to fill; a fresh SQLite file if absent")
    asked = parser.parse_args()
    print(f"{'what':<18}{'comments':>9}{'median ms':>11}{'slowest':>9}{'statements':>12}{'limit':>16}")
    for size in (int(part) for part in asked.comments.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            url = asked.url or f"sqlite:///{Path(folder) / 'bench.db'}"
            upgrade(url)
            database = Database(url)
            fill(database, comments=size)
            for name, read in measures(moderator(database)).items():
                median, slowest, statements = timed(database, read)
                most, milliseconds = LIMITS[name]
                limit = f"{most} / {milliseconds} ms"
                print(f"{name:<18}{size:>9,}{median:>11.1f}{slowest:>9.1f}{statements:>12}{limit:>16}")
            exports(database, size)
            database.dispose()
    printing.table(asked.standards)
    for size in (int(part) for part in asked.cases.split(",") if part):
        open_cases(size)
    campaigns.table("", asked.texts, 50)
    opinions.sizes([size for size in asked.votes.split(",") if size], asked.peer)
    opinions_stored.main()
    hints()


def open_cases(size: int) -> None:
    """Time everything behind the page of the queue when so many cases are open."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        upgrade(url)
        database = Database(url)
        fill(database, comments=size, share_pending=1)
        viewer = moderator(database)
        for name, filters in (("queue page", Filters()), ("queue, words", Filters(words="comment"))):

            def read(session: Session, filters: Filters = filters) -> object:
                return queue.queue(session, viewer, filters), my_day.my_day(session, viewer)

            median, slowest, statements = timed(database, read)
            print(f"{name:<18}{size:>9,}{median:>11.1f}{slowest:>9.1f}{statements:>12}{'8 / open cases':>16}")
        database.dispose()


def exports(database: Database, size: int) -> None:
    """Time each format of the summary."""
    with database.read() as session:
        began = time.perf_counter()
        document = gather(session, consultations.frame(session, SLUG, ANYBODY))
        print(f"{'gather':<18}{size:>9,}{1000 * (time.perf_counter() - began):>11.1f}")
    for name, chosen in FORMATS.items():
        began = time.perf_counter()
        written = chosen.render(document)
        took = 1000 * (time.perf_counter() - began)
        print(f"{'summary.' + name:<18}{size:>9,}{took:>11.1f}{len(written) // 1024:>8,}K")
    print(f"{'peak memory':<18}{size:>9,}{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024:>8,} MB")


def hints() -> None:
    """Time the hints on texts of 4,000 characters and say how right they are; `python -m bench.hints` says more."""
    labelled = measure.texts()
    median, slowest = measure.milliseconds([text for text in labelled if not text.marks], length=HINTED)
    print(f"{'hints, characters':<18}{HINTED:>9,}{median:>11.1f}{slowest:>9.1f}{'':>12}{'5 ms':>16}")
    score = measure.scored(text for text in labelled if text.part == measure.HELD_OUT).total
    print(f"{'hints, held out':<18}{score.labelled:>9,}{score.precision:>11.3f} precision{score.recall:>10.3f} recall")


if __name__ == "__main__":
    main()
