"""The chair's desk: whose it is, and the frame of its pages."""

from app.errors import NotFound
from app.models.consultations import Membership
from app.queries.consultations import Frame
from app.rules.consultations import why_not_chair
from app.web.session import framed


def chaired(slug: str) -> Frame:
    """The frame of a page of the chair's desk, for the chair and the deputies.

    Raises:
        NotFound: there is no such consultation, or this viewer does not lead it.
    """
    frame = framed(slug)
    if why_not_chair(frame.membership) is not None:
        raise NotFound
    return frame


def chair_of(frame: Frame) -> Membership:
    """The membership of the viewer who leads the consultation."""
    assert frame.membership is not None
    return frame.membership
