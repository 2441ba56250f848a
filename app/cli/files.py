"""Writing files so that a stopped run leaves no half of one."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.cli.surroundings import Stopped
from app.language import _

READABLE = 0o644


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A file beside `target`, readable by its owner alone, to be written in the block; it takes its place at the end.

    Raises:
        Stopped: the folder cannot be written to.
    """
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise Stopped(
            _("%(file)s cannot be written: %(reason)s", file=str(target), reason=error.strerror or "")
        ) from error
    os.close(handle)
    beside = Path(name)
    try:
        yield beside
        with beside.open("rb") as written:
            os.fsync(written.fileno())
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
