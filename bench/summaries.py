"""The summary of a large consultation in every format: seconds and peak memory, each in a process of its own.

`peak` is the most that one process held; `together` is the most that it and those it started held at one moment.

Usage: python -m bench.summaries [--comments 100000] [--people 10000] [--standards 100] [--formats json,csv,...]
"""

import argparse
import json
import resource
import sys
import tempfile
import time
from pathlib import Path

from app.db import Database, upgrade
from app.queries import consultations
from app.queries.people import ANYBODY
from app.reports.edition import WHOLE
from app.reports.formats import FORMATS, write
from app.reports.gather import gather
from bench.material import SLUG, fill
from bench.resident import watched

LIMIT_SECONDS, LIMIT_MEGABYTES = 60, 400


def one(url: str, name: str, target: Path) -> None:
    """Gather and write one format, and say what it took."""
    began = time.perf_counter()
    database = Database(url)
    with database.read() as session, target.open("wb") as into:
        document = gather(session, consultations.frame(session, SLUG, ANYBODY))
        gathered = time.perf_counter() - began
        write(name, document, WHOLE, into)
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    peak = max(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, children) // 1024
    took = time.perf_counter() - began
    print(json.dumps({"gathered": gathered, "took": took, "peak": peak, "size": target.stat().st_size}))


def table(url: str, formats: list[str]) -> None:
    """Measure each format and print it beside its limits."""
    limit = f"{LIMIT_SECONDS} s / {LIMIT_MEGABYTES} MB"
    print(f"{'format':<8}{'gather s':>10}{'in all s':>10}{'peak MB':>9}{'together':>10}{'file MB':>9}{'limit':>18}")
    with tempfile.TemporaryDirectory() as folder:
        for name in formats:
            arguments = [sys.executable, "-m", "bench.summaries", "--one", name, "--url", url]
            printed, together = watched([*arguments, "--into", f"{folder}/summary"])
            told = json.loads(printed)
            memory, size = f"{told['peak']:>9}{together:>10}", told["size"] / 1e6
            print(f"{name:<8}{told['gathered']:>10.1f}{told['took']:>10.1f}{memory}{size:>9.1f}{limit:>18}")


def main() -> None:
    """Fill a database and print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.summaries", description=__doc__)
    parser.add_argument("--comments", type=int, default=100_000)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--standards", type=int, default=100)
    parser.add_argument("--formats", default=",".join(FORMATS))
    parser.add_argument("--url", default="", help="a database to fill; a fresh SQLite file if absent")
    parser.add_argument("--one", default="", help=argparse.SUPPRESS)
    parser.add_argument("--into", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        one(asked.url, asked.one, asked.into)
        return
    with tempfile.TemporaryDirectory() as folder:
        url = asked.url or f"sqlite:///{Path(folder) / 'bench.db'}"
        upgrade(url)
        size = {"people": asked.people, "proposed": asked.standards, "discussed": asked.standards}
        fill(Database(url), comments=asked.comments, share_pending=100, **size)
        print(f"{asked.comments:,} comments, {asked.people * asked.standards:,} positions")
        table(url, asked.formats.split(","))


if __name__ == "__main__":
    main()
