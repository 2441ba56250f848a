"""Who a page is for. Each view says it in one decorator, nearest to the function; a test finds a view that does not.

`public` lets everybody in. The others send an anonymous person to sign in and back. `member` and `role` declare who
may act; whether this person is one of them in this consultation is decided by rules and queries, which know it. Pages
of another role do not exist for the rest (404).
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, cast
from urllib.parse import urlencode

from flask import g, redirect
from flask.typing import ResponseReturnValue

from app.errors import NotFound
from app.web.origin import way_back

Parameters = ParamSpec("Parameters")
View = Callable[Parameters, ResponseReturnValue]


class _Declared:
    """What a view carries beside its code."""

    permission: str


def public(view: View[Parameters]) -> View[Parameters]:
    """For everybody, signed in or not."""
    return _declare(view, "public")


def signed_in(view: View[Parameters]) -> View[Parameters]:
    """For everybody with an account."""
    return _declare(_behind_sign_in(view), "signed_in")


def member(view: View[Parameters]) -> View[Parameters]:
    """For those who take part in the consultation."""
    return _declare(_behind_sign_in(view), "member")


def role(*names: str) -> Callable[[View[Parameters]], View[Parameters]]:
    """For members with one of these roles in the consultation."""

    def guard(view: View[Parameters]) -> View[Parameters]:
        return _declare(_behind_sign_in(view), "role:" + ",".join(names))

    return guard


def administrator(view: View[Parameters]) -> View[Parameters]:
    """For administrators of the installation."""

    @wraps(view)
    def guarded(*args: Parameters.args, **kwargs: Parameters.kwargs) -> ResponseReturnValue:
        if not g.viewer.administrator:
            raise NotFound
        return view(*args, **kwargs)

    return _declare(_behind_sign_in(guarded), "administrator")


def _behind_sign_in(view: View[Parameters]) -> View[Parameters]:
    @wraps(view)
    def guarded(*args: Parameters.args, **kwargs: Parameters.kwargs) -> ResponseReturnValue:
        if g.viewer.account_id is None:
            return redirect("/signin?" + urlencode({"next": way_back()}, safe="/"), 303)
        return view(*args, **kwargs)

    return guarded


def _declare(view: View[Parameters], permission: str) -> View[Parameters]:
    cast("_Declared", view).permission = permission
    return view
