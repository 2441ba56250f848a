"""What went wrong, turned into a page that says what to do. One table; nothing else makes error pages."""

from dataclasses import dataclass
from html import escape

import structlog
from flask import Flask, g, render_template, request
from flask_limiter import RateLimitExceeded
from jinja2 import TemplateError
from werkzeug.exceptions import HTTPException, TooManyRequests
from werkzeug.wrappers import Response

from app.errors import Invalid, NotFound, Refused
from app.language import Message, _
from app.web.logs import place_of

log = structlog.get_logger()

_A_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Trouble:
    """What the error page says."""

    status: int
    heading: Message
    sentence: Message


_NOT_FOUND = _("Page not found")
_TROUBLES = {
    400: Trouble(400, _("This could not be read"), _("Go back, load the page again and try once more.")),
    403: Trouble(
        403, _("You cannot do this"), _("This was not sent from one of our own pages. Go back and try again.")
    ),
    404: Trouble(
        404, _NOT_FOUND, _("It does not exist, or you may not see it. Check the address, or start from the home page.")
    ),
    405: Trouble(405, _("You cannot do this"), _("This address does not work that way. Start from the home page.")),
    413: Trouble(413, _("This is too large"), _("Go back, shorten it and send it again.")),
    422: Trouble(422, _("Something is missing"), _("Go back and check what you chose.")),
    429: Trouble(
        429, _("Too many requests"), _("Wait a little, then try again. Nothing that you sent before was lost.")
    ),
    500: Trouble(500, _("Something went wrong on our side"), _("Nothing was saved. Try again in a few minutes.")),
    503: Trouble(503, _("Back in a moment"), _("The service is busy or being looked after. Try again in a minute.")),
}
_FORM_EXPIRED = Trouble(
    400, _("This form has expired"), _("Go back, load the page again and send it once more. Copy what you typed first.")
)


def init_errors(app: Flask) -> None:
    """Answer every error with a page."""
    app.register_error_handler(NotFound, lambda _error: show(_TROUBLES[404]))
    app.register_error_handler(Refused, refused)
    app.register_error_handler(Invalid, invalid)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(Exception, unexpected)


def show(trouble: Trouble) -> Response:
    """The page of one trouble, in the frame of every page."""
    page = render_template("errors/error.html", trouble=trouble, request_id=g.get("request_id", ""))
    return Response(page, trouble.status, content_type="text/html; charset=utf-8")


def refused(error: Refused) -> Response:
    """A rule's sentence: 403 when the rule forbids it, 409 when the moment does."""
    refusal = error.refusal
    heading = _("You cannot do this") if refusal.status == 403 else _("This cannot be done now")  # noqa: PLR2004 - status codes
    return show(Trouble(refusal.status, heading, refusal.message))


def invalid(error: Invalid) -> Response:
    """A wrong field that no form caught."""
    return show(Trouble(422, _("Something needs changing"), error.message))


def http_error(error: HTTPException) -> Response | HTTPException:
    """An error of HTTP itself; what the protocol asks for (Allow, Retry-After) stays on it."""
    status = error.code
    if status is None or status < 400:  # noqa: PLR2004 - status codes
        return error
    expired = type(error).__name__ == "CSRFError"
    trouble = _FORM_EXPIRED if expired else _TROUBLES.get(status) or _TROUBLES[400 if status < 500 else 500]  # noqa: PLR2004 - status codes
    response = show(Trouble(status, trouble.heading, trouble.sentence))
    for name, value in error.get_headers(request.environ):
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    if isinstance(error, TooManyRequests) and "Retry-After" not in response.headers:
        response.headers["Retry-After"] = str(wait(error))
    return response


def wait(error: TooManyRequests) -> int:
    """Seconds after which a limit is over at the latest."""
    if isinstance(error, RateLimitExceeded) and error.limit is not None:
        return error.limit.limit.get_expiry()
    return _A_MINUTE


def unexpected(error: Exception) -> Response:
    """Our own mistake: the log says where, the page only which request it was."""
    log.error("unexpected", error=type(error).__name__, at=place_of(error))
    try:
        return show(_TROUBLES[500])
    except (TemplateError, RuntimeError, AttributeError, LookupError):
        trouble = _TROUBLES[500]
        text = f"<!DOCTYPE html><title>{escape(str(trouble.heading))}</title><h1>{escape(str(trouble.heading))}</h1>"
        return Response(f"{text}<p>{escape(str(trouble.sentence))}</p>", 500, content_type="text/html; charset=utf-8")
