"""Headers that every answer carries, errors included, and what may be kept by a cache."""

from flask import Flask, g, request, session
from werkzeug.wrappers import Response

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
ALWAYS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_TWO_YEARS = 2 * 365 * 24 * 3600


def init_security(app: Flask, *, production: bool) -> None:
    """Protect every answer. Strict transport is asked for in production, over https."""
    # Browsers send no Referer under our own policy, so Flask-WTF must not ask for one.
    app.config["WTF_CSRF_SSL_STRICT"] = False
    app.after_request(protect)
    app.after_request(limit_caching)
    if production:
        app.after_request(demand_https)


def protect(response: Response) -> Response:
    """Add the headers that never change."""
    for name, value in ALWAYS.items():
        response.headers.setdefault(name, value)
    return response


def limit_caching(response: Response) -> Response:
    """What somebody signed in sees, or what starts a session, is kept by nobody; the rest is asked for again."""
    viewer = g.get("viewer")
    signing_in = request.blueprint == "people"  # these addresses may hold a token
    known = getattr(viewer, "account_id", None) is not None
    if known or signing_in or session.modified or "Set-Cookie" in response.headers:
        response.headers["Cache-Control"] = "private, no-store"
    elif "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-cache" if response.status_code < 400 else "no-store"  # noqa: PLR2004 - a status code
    response.vary.update(("Cookie", "Accept-Language"))
    return response


def demand_https(response: Response) -> Response:
    """Have browsers come back over https only."""
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = f"max-age={_TWO_YEARS}; includeSubDomains"
    return response
