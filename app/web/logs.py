"""One JSON line for each request: its id, its route, its answer, its time. No address, no name, no query string."""

import logging
import secrets
import sys
import time
import traceback

import structlog
from flask import Flask, g, request
from werkzeug.wrappers import Response

log = structlog.get_logger()

_DEEPEST = 12


def init_logs(app: Flask, level: str) -> None:
    """Log every request of this application from this level on."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        # Looked up for each line: whoever replaces the stream gets the lines.
        logger_factory=lambda *_: structlog.WriteLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )
    # Its access lines would hold addresses and query strings.
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    app.before_request(begin)
    app.after_request(end)


def begin() -> None:
    """Give the request an id, which its log lines, its answer and its error page carry."""
    g.request_id = secrets.token_hex(8)
    g.began = time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def end(response: Response) -> Response:
    """Write the line. The route stands for the address, since addresses may hold tokens."""
    began = g.get("began")
    log.info(
        "request",
        method=request.method,
        route=request.url_rule.rule if request.url_rule else None,
        status=response.status_code,
        milliseconds=None if began is None else round(1000 * (time.perf_counter() - began), 1),
    )
    response.headers["X-Request-ID"] = g.get("request_id", "")
    return response


def place_of(error: BaseException) -> list[str]:
    """Where an error arose, innermost last; never its text, which may quote what somebody sent."""
    frames = traceback.extract_tb(error.__traceback__)[-_DEEPEST:]
    return [f"{frame.filename.rpartition('/app/')[2]}:{frame.lineno} {frame.name}" for frame in frames]
