"""Opinion groups beside what Polis published, beside red-dwarf 0.4.0, and beside the limits of time and memory.

Usage: python -m bench.opinions [--data DIR] [--peer PYTHON] [--sizes 1000x100,10000x300,...]

`--data` is a folder of exports of public Polis conversations, `--peer` an interpreter that has red-dwarf 0.4.0.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import opinions_data, opinions_run

LIMITS = {"1000x100": 0.1, "10000x300": 0.2, "50000x500": 1.0, "100000x1000": 4.0}
PEER_UP_TO = 10_000
QUOTED = {"1000x100": (0.19, 185), "10000x300": (5.4, 1122), "50000x500": (68.7, 2768), "100000x1000": (290, 9345)}
"""CPU seconds and megabytes of red-dwarf 0.4.0 from an earlier study, where it is not measured in this run."""
LEAST_LIKENESS = 0.80
LABELS_TO_MATCH = ("15-per-hour-seattle", "vtaiwan.uberx", "brexit-consensus", "scoop-hivemind.biodiversity")


def main() -> None:
    """Print what is asked for: conversations, then sizes."""
    parser = argparse.ArgumentParser(prog="python -m bench.opinions", description=__doc__)
    parser.add_argument("--data", type=Path, help="a folder with one folder per Polis conversation")
    parser.add_argument("--peer", default="", help="a Python interpreter with red-dwarf 0.4.0")
    parser.add_argument("--sizes", default=",".join(LIMITS), help="people x statements, separated by commas")
    asked = parser.parse_args()
    if asked.data:
        conversations(asked.data, asked.peer)
    sizes([size for size in asked.sizes.split(",") if size], asked.peer)


def conversations(folder: Path, peer: str) -> None:
    """Groups, counts and consensus of each conversation beside what was published and what red-dwarf says."""
    print(
        f"{'conversation':<28}{'k':>3}{'ARI':>7}{'peer':>7}{'limit':>7}{'inertia':>9}{'peer':>7}{'own groups':>16}",
        end="",
    )
    print(f"{'silh.':>7}{'chance':>7}{'GIC rank':>9}{'CPU s':>7}{'+chance':>8}{'stable':>8}{'renum.':>8}")
    exact = []
    for path in sorted(path for path in folder.iterdir() if (path / "participants-votes.csv").exists()):
        polis = opinions_data.read(path)
        ours = opinions_run.conversation(polis)
        theirs = opinions_run.beside(polis, peer) if peer else {}
        limit = f"{LEAST_LIKENESS:.2f}" if path.name in LABELS_TO_MATCH else ""
        print(
            f"{path.name:<28}{ours['k']:>3}{ours['likeness']:>7.3f}{_figure(theirs.get('likeness')):>7}{limit:>7}",
            end="",
        )
        print(f"{ours['inertia']:>9.4f}{_figure(theirs.get('inertia')):>7}{ours['own']:>16}", end="")
        print(f"{_figure(ours['observed']):>7}{_figure(ours['chance']):>7}{ours['rank']:>9.3f}", end="")
        print(f"{ours['took']:>7.3f}{ours['took_chance']:>8.2f}", end="")
        print(f"{ours['stable']:>8.2f}{ours['renumbered']:>8.3f}")
        exact += [(path.name, name, figure) for name, figure in {**ours["exact"], **theirs.get("exact", {})}.items()]
    print("\nARI: the same people in as many groups as published. inertia: published / ours, above 1 ours is closer;")
    print("peer: red-dwarf's / ours. GIC rank: Spearman's correlation under own groups and under the published ones.\n")
    for conversation, name, figure in exact:
        print(f"{conversation:<28}{name:<44}{figure:>10.2g}{'limit':>8} 1e-12")


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def sizes(wanted: list[str], peer: str) -> None:
    """CPU seconds and the peak of memory of invented votes, each in a process of its own."""
    if wanted:
        print(f"\n{'size':<14}{'votes':>12}{'CPU s':>9}{'limit':>7}{'unordered':>11}{'+chance s':>11}", end="")
        print(f"{'peak MB':>9}{'limit':>7}{'ARI':>7}{'peer s':>9}{'peer MB':>9}")
    for size in wanted:
        with tempfile.TemporaryDirectory() as folder:
            stored = Path(folder) / "votes.npz"
            people = int(size.split("x")[0])
            _run(sys.executable, "-m", "bench.opinions_data", size, str(stored))
            ours = json.loads(_run(sys.executable, "-m", "bench.opinions_run", str(stored)))
            print(
                f"{size:<14}{ours['votes']:>12,}{ours['took']:>9.3f}{LIMITS.get(size, 0):>7}{ours['unordered']:>11.3f}",
                end="",
            )
            most = 100 + 20e-6 * ours["votes"]
            print(f"{ours['took_chance']:>11.2f}{ours['peak']:>9.0f}{most:>7.0f}{ours['truth']:>7.3f}", end="")
            if peer and people <= PEER_UP_TO:
                theirs = opinions_run.peer(stored, peer)
                print(f"{float(theirs['took']):>9.2f}{float(theirs['peak']):>9.0f}", end="")
            elif size in QUOTED:
                print(f"{QUOTED[size][0]:>8}*{QUOTED[size][1]:>8,}*", end="")
            print(flush=True)
    if wanted:
        print("* red-dwarf 0.4.0 in an earlier study; --peer PYTHON measures it here, up to 10,000 people")


def _run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    main()
