"""Where nobody of the team may read second, an administrator steps in, and the record says so."""

from sqlalchemy import select

from app.events import RoleGiven
from app.models.consultations import Role
from app.models.contributions import State
from app.models.moderation import Action, Reason
from app.models.notices import Notice
from tests.factories import comments, consultations, moderation, people
from tests.factories.viewers import history
from tests.web.desk import browser, case_address, mails, words_of

WHY = {"reason": "hateful_generalisation", "explanation": "It is about people, not about what they did."}


def test_an_administrator_steps_in_where_nobody_else_may(app, session, consultation, standard, moderators, database):
    first, second = moderators
    consultations_role(session, second)
    admin = people.account(session, administrator=True, name="Tove")
    item = comments.pending(session, standard, body="Those people are all thieves.")
    address = case_address(session, item)
    reader = browser(app, session, first)
    assert reader.submit(address, {"action": "decline", **WHY}, to=f"{address}/decision").status_code == 303
    mails(database)
    notice = session.scalars(select(Notice).where(Notice.account_id == admin.id)).one()
    assert notice.code == "nobody_else"
    assert notice.values["link"] == f"{address}/step-in"
    desk = browser(app, session, admin)
    assert desk.get(address).status_code == 404
    assert desk.submit(f"{address}/step-in", {}, to=f"{address}/step-in").status_code == 303
    assert "You are the second reader" in words_of(desk.get(address))
    assert desk.submit(address, {"action": "decline", **WHY}, to=f"{address}/decision").status_code == 303
    session.refresh(item)
    assert (item.state, item.reason) == (State.DECLINED, Reason.HATE)
    assert history(session, consultation, RoleGiven)[-1].role == Role.MODERATOR


def consultations_role(session, membership) -> None:
    """Let somebody of the team take part without a role."""
    membership.role = Role.PARTICIPANT
    session.flush()


def test_nobody_steps_in_while_the_team_can_decide(app, session, consultation, standard):
    admin = people.account(session, administrator=True)
    item = comments.pending(session, standard)
    address = case_address(session, item)
    desk = browser(app, session, admin)
    assert "Somebody of the team can decide this." in words_of(desk.get(f"{address}/step-in"))
    member = browser(app, session, consultations.moderators(session, consultation)[0])
    assert member.get(f"{address}/step-in").status_code == 404
    assert moderation.decide(session, item, Action.PUBLISH).action == Action.PUBLISH
