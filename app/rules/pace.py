"""Pace: a break in time. Nobody is compared with anybody; only one's own day is looked at."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from app.language import Message, _

WHILE = timedelta(minutes=45)
MANY, MANY_DISTRESSING = 25, 5


def time_for_a_break(decided: Sequence[tuple[datetime, bool]], *, at: datetime) -> Message | None:
    """A suggestion to pause, after many decisions in a row, and sooner after distressing ones.

    `decided` holds the moment of each decision of one's own, and whether the text was marked as distressing.
    """
    lately = [distressing for moment, distressing in decided if at - WHILE <= moment <= at]
    if sum(lately) >= MANY_DISTRESSING:
        return _("You have read several distressing texts. Take a break, and talk to somebody if you want to.")
    if len(lately) >= MANY:
        return _("You have decided a lot in a short time. Fresh eyes are fairer: take ten minutes.")
    return None
