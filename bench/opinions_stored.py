"""How long it takes to read positions from a fresh SQLite file, find groups in them and keep what was found.

Usage: python -m bench.opinions_stored [1000x100,10000x300]
"""

import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice, pairwise
from pathlib import Path

from sqlalchemy import insert

from app import clock
from app.actions import opinions
from app.db import Database, upgrade
from app.models.consultations import Membership
from app.models.positions import Choice, Position
from app.models.standards import Standard
from app.queries.opinion_figures import found_in
from app.queries.opinion_positions import read
from bench.material import some
from bench.opinions_data import invent

AT_A_TIME = 100_000
CHOICES = {1: Choice.SUPPORT, 0: Choice.ABSTAIN, -1: Choice.OBJECT}


def main(sizes: str = "1000x100,10000x300") -> None:
    """Print CPU seconds of each step, first and when nobody moved since."""
    print(f"{'stored':<14}{'positions':>12}{'read s':>9}{'find s':>9}{'keep s':>9}{'again s':>9}{'peak MB':>9}")
    for size in sizes.split(","):
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite:///{Path(folder) / 'bench.db'}"
            upgrade(url)
            database = Database(url)
            people, statements = (int(part) for part in size.split("x"))
            consultation_id, positions = fill(database, people, statements)
            steps = measured(database, consultation_id)
            print(f"{size:<14}{positions:>12,}" + "".join(f"{step:>9.2f}" for step in steps), end="")
            print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024:>9,}", flush=True)
            database.dispose()


def fill(database: Database, people: int, statements: int) -> tuple[int, int]:
    """Write invented positions; the consultation and how many there are."""
    with database.write() as session:
        consultation, standards, member = some(session, statements)
        first = member.id + 1
        joined = {"consultation_id": consultation.id, "joined_at": clock.now(), "group_id": member.group_id}
        session.execute(
            insert(Membership),
            [{"id": first + number, "display_name": f"Voter {number}", **joined} for number in range(people)],
        )
        rows = _positions(people, statements, standards, first)
        count = 0
        while part := list(islice(rows, AT_A_TIME)):
            session.execute(insert(Position), part)
            count += len(part)
        session.commit()
        return consultation.id, count


def _positions(people: int, statements: int, standards: list[Standard], first: int) -> Iterator[dict[str, object]]:
    who, what, said, _camp = invent(people, statements)
    always = {"version": 1, "taken_at": clock.now()}
    for number, (person, statement, value) in enumerate(zip(who.tolist(), what.tolist(), said.tolist(), strict=True)):
        key = {"id": number + 1, "standard_id": standards[statement].id, "membership_id": first + person}
        yield {**key, "choice": CHOICES[value], **always}


def measured(database: Database, consultation_id: int) -> list[float]:
    """CPU seconds for reading, finding and keeping, and for all of it once more."""
    moments = [time.process_time()]
    with database.read() as session:
        taken = read(session, consultation_id)
    moments.append(time.process_time())
    found = found_in(taken)
    moments.append(time.process_time())
    with database.write() as session:
        opinions.keep(session, found)
        session.commit()
    moments.append(time.process_time())
    with database.read() as session:
        again = found_in(read(session, consultation_id))
    moments.append(time.process_time())
    assert again.figures is None
    return [after - before for before, after in pairwise(moments)]


if __name__ == "__main__":
    main(*sys.argv[1:])
