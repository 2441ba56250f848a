"""The memory that a program and those that it starts hold at one moment, looked at again and again."""

import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

EVERY = 0.02  # seconds


def watched(command: Sequence[str]) -> tuple[bytes, int]:
    """What the command prints, and the most megabytes (Pss, 1024 KB each) that it and its children held together.

    Raises:
        CalledProcessError: the command failed.
    """
    highest = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE) as running:
        while running.poll() is None:
            highest = max(highest, sum(_held(pid) for pid in _family(running.pid)))
            time.sleep(EVERY)
        printed = running.stdout.read() if running.stdout else b""
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, command)
    return printed, highest // 1024


def _family(pid: int) -> Iterator[int]:
    """The process, and all that it started and that still run."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in _read(task).split():
            yield from _family(int(child))


def _held(pid: int) -> int:
    """Kilobytes: what is shared with others counts in parts."""
    for line in _read(Path(f"/proc/{pid}/smaps_rollup")).splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0


def _read(file: Path) -> str:
    """Nothing if the process has ended."""
    try:
        return file.read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return ""
