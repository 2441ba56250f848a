"""Sending files that are written while somebody waits: small ones from memory, large ones from the disk."""

from collections.abc import Callable
from tempfile import SpooledTemporaryFile
from typing import IO

from flask import Response, send_file

HELD_IN_MEMORY = 8_000_000
"""Larger files are written to the disk before they are sent."""


def sent(write: Callable[[IO[bytes]], None], media_type: str, name: str) -> Response:
    """What `write` writes, as a file to be kept under this name. Nothing is sent before all of it is written."""
    into = SpooledTemporaryFile(max_size=HELD_IN_MEMORY)  # noqa: SIM115 - the server closes a large one when it is sent
    try:
        write(into)
        length = into.tell()
    except BaseException:
        into.close()
        raise
    into.seek(0)
    if length > HELD_IN_MEMORY:
        return send_file(into, media_type, as_attachment=True, download_name=name)
    with into:
        answer = Response(into.read(), content_type=media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
