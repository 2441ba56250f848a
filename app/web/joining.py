"""Taking part in a consultation, as both join pages do it."""

from app.actions import consultations as actions
from app.errors import Invalid, NotFound, Refused, require
from app.models.consultations import Identity, Membership
from app.models.people import Account
from app.queries.consultations import Frame
from app.rules.consultations import why_not_member
from app.web.forms.consultations import JoinForm
from app.web.session import writing


def take_part(frame: Frame, form: JoinForm, account: Account) -> None:
    """Join with what was typed.

    Raises:
        Invalid: the name is taken, or the invitation code does not fit.
        Refused: the consultation is closed, or joined already.
    """
    try:
        actions.join(
            writing(),
            frame.consultation,
            account=account,
            display_name=form.display_name.data or "",
            group_key=form.stakeholder_group.data or "",
            identity=Identity(form.identity.data),
            organisation=form.organisation.data or "",
            invitation_code=form.invitation_code.data or "",
        )
    except Refused as error:
        if error.refusal.code != "invitation_needed":
            raise
        raise Invalid("invitation_code", error.refusal.message) from error


def member_of(frame: Frame) -> Membership:
    """Whoever looks at a consultation, as somebody who takes part in it.

    Raises:
        Refused: they have not joined.
    """
    require(why_not_member(frame.membership))
    if frame.membership is None:
        raise NotFound
    return frame.membership
