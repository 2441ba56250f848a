"""Where a request comes from, and where its answer may lead: only ever to our own pages."""

import re
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec
from urllib.parse import urlsplit

from flask import abort, request
from werkzeug.wrappers import Response

Parameters = ParamSpec("Parameters")

_LONGEST_PATH = 2_000


def is_own() -> bool:
    """Whether one of our pages sent this request, as far as the browser says.

    Sec-Fetch-Site is trusted first: under `Referrer-Policy: no-referrer` browsers send `Origin: null` with our own
    forms too. A request with neither header (a program, a very old browser) passes; so these forms change nothing but
    the look of the pages.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host


def own_pages_only(view: Callable[Parameters, Response]) -> Callable[Parameters, Response]:
    """For forms without a token: refuse (403) what another site sent."""

    @wraps(view)
    def guarded(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Response:
        if not is_own():
            abort(403)
        return view(*args, **kwargs)

    return guarded


def local_path(target: str | None) -> str:
    """The target if it is a path on this site, else the home page."""
    if target is None or len(target) > _LONGEST_PATH or re.search(r"[\\\x00-\x20\x7f]", target):
        return "/"
    return target if target.startswith("/") and not target.startswith("//") else "/"


def way_back() -> str:
    """The path to return to: this page, or for a form the page that it stands on (one level up)."""
    if request.method in ("GET", "HEAD"):
        return local_path(request.full_path.removesuffix("?"))
    return local_path(request.path.rstrip("/").rsplit("/", 1)[0] or "/")
