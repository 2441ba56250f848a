"""Pages that did not change are not sent again.

The revision of the consultation is their validator, so a kept page is never stale; only pages of people who are not
signed in carry one, so it is never private.
"""

import secrets

from flask import Flask, abort, g, request
from werkzeug.wrappers import Response

from app.events import digest
from app.language import language
from app.queries.consultations import Frame
from app.web.preferences import appearance

RELEASE = secrets.token_hex(4)  # a new start may bring new templates


def init_caching(app: Flask) -> None:
    """Send the validator with each page that has one."""
    app.after_request(mark)


def stop_if_unchanged(frame: Frame) -> None:
    """End the request with 304 when the reader already has this page as it is now."""
    if request.method not in ("GET", "HEAD") or frame.viewer.account_id is not None:
        return
    consultation = frame.consultation
    hour = f"{frame.at:%Y%m%d%H}"  # phases begin and end, and days left are counted, while nobody writes
    now = [phase.kind for phase in frame.phases if phase.opens_at <= frame.at < phase.closes_at]
    ended = frame.last_move_ended.isoformat() if frame.last_move_ended else ""
    known = [RELEASE, consultation.slug, consultation.revision, hour, now, ended]
    shown = [*known, language(), appearance(), request.full_path]
    g.validator = digest(shown)[:32]
    if request.if_none_match.contains_weak(g.validator):
        abort(Response(status=304))


def mark(response: Response) -> Response:
    """Put the validator on what was found, and on what has not changed."""
    validator = g.get("validator")
    if validator is not None and response.status_code in (200, 304):
        response.set_etag(validator, weak=True)
    return response
