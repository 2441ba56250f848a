"""A standard on its way in a browser: amendment, second round, sustained objection, decision, outcome, response."""

import pytest
from sqlalchemy import select

from app.actions import consultations as chairing
from app.models.consultations import Consultation, Membership, Role
from app.models.people import Account
from tests.factories import standards

BASE = "/consultations/facial-recognition"
DESK = "/chair/facial-recognition"
NEW = "A police service shall treat a match only as a lead and shall write down who decided to act on it."


@pytest.fixture
def number(demo, database):
    """The number of a new standard by somebody else; the administrator has become a deputy."""
    with database.write() as session:
        consultation = session.scalars(select(Consultation).where(Consultation.slug == "facial-recognition")).one()
        author = session.scalars(select(Membership).where(Membership.display_name == "L. Ferreira")).one()
        standard = standards.published(session, consultation, by=author, title="Somebody signs for each match")
        admin = session.scalars(select(Account).where(Account.email == "admin@demo.example")).one()
        deputy = chairing.join(session, consultation, account=admin, display_name="T. B.", group_key="public")
        chairing.give_role(session, consultation, deputy, role=Role.DEPUTY)
        session.commit()
        return standard.number


def move(chair, number, phase):
    chair.goto(f"{DESK}/phases")
    form = chair.locator("form[action$='/phases/move']")
    value = form.locator("select[name=standard] option", has_text="Somebody signs").get_attribute("value")
    form.locator("select[name=standard]").select_option(value)
    form.locator("select[name=phase]").select_option(phase)
    form.locator("textarea[name=reason]").fill("It is ripe earlier than the others.")
    form.get_by_role("button").click()
    assert "Somebody signs" in chair.locator("main").inner_text()


def amend(member, moderator, decide, here):
    """Propose another wording for the first clause."""
    member.goto(here)
    member.get_by_role("link", name="Propose another wording").first.click()
    member.fill("textarea[name=text]", NEW)
    member.fill("textarea[name=reason]", "Nobody could be asked afterwards.")
    member.locator("input[name=change_class][value=substantive]").check()
    member.get_by_role("button", name="Send for review").click()
    decide(moderator, "write down who decided")


def adopt(chair, here):
    """Make it the text while the first round is over."""
    chair.goto(f"{here}/amendments/1")
    chair.get_by_role("button", name="Adopt this wording").click()
    chair.goto(f"{here}/diff/1...2")
    assert "write down who decided to act on it" in chair.locator(".pair ins").first.inner_text()


def object_to_the_end(member, chair, deputy, moderator, decide, here):
    """Object to the changed clause, be answered, sustain it, and read the decision of somebody else."""
    member.goto(here)
    assert "Second round." in member.locator("main").inner_text()
    member.locator("#stand input[name=position][value=object]").check()
    member.locator("#stand select[name=clause]").select_option("1")
    member.fill("#stand textarea[name=reason]", "Writing a name down stops no arrest.")
    member.get_by_role("button", name="Record my position").click()
    assert "Your position: Object." in member.locator("#stand").inner_text()
    decide(moderator, "Writing a name down stops no arrest")
    chair.goto(f"{DESK}/objections")
    chair.get_by_text("Writing a name down stops no arrest.").first.wait_for()
    member.goto(f"{here}/objections")
    address = member.get_by_role("link", name="This objection alone").get_attribute("href")
    chair.goto(address)
    chair.locator("form[action$='/answer'] input[value=not_accepted]").check()
    chair.fill("form[action$='/answer'] textarea[name=reason]", "Clause 2 stops the arrest; this one names who acted.")
    chair.get_by_role("button", name="Publish the answer").click()
    member.goto(address)
    member.locator("form[action$='/reply'] input[value=not_satisfied]").check()
    member.get_by_role("button", name="Send my reply").click()
    chair.goto(address)
    assert chair.locator("form[action$='/decide']").count() == 0  # it is the chair's own answer
    deputy.goto(address)
    deputy.locator("form[action$='/decide'] input[value=overruled]").check()
    deputy.fill("form[action$='/decide'] textarea[name=reasons]", "Both clauses work together, as two groups said.")
    deputy.get_by_role("button", name="Publish the decision").click()
    assert "Overruled" in deputy.locator("main").inner_text()


@pytest.mark.timeout(400)  # six people, one after the other
@pytest.mark.parametrize("people", [True], ids=["with script"], indirect=True)
def test_a_standard_goes_all_the_way(people, decide, number):
    here = f"{BASE}/standards/{number}"
    member, chair, deputy, moderator = people("member"), people("chair"), people("admin"), people("moderator2")
    amend(member, moderator, decide, here)
    move(chair, number, "resolve")
    adopt(chair, here)
    move(chair, number, "second_round")
    object_to_the_end(member, chair, deputy, moderator, decide, here)
    move(chair, number, "outcome")
    chair.goto(f"{DESK}/outcomes/{number}")
    chair.locator("input[name=outcome][value=adopted]").check()
    chair.fill("textarea[name=reasons]", "Few have answered, and the one objection was heard to its end.")
    chair.locator(f"form[action$='/outcomes/{number}'] button").last.click()
    policymaker = people("policy")
    policymaker.goto(f"{BASE}/responses/{number}")
    policymaker.locator("input[name=response][value=accepted_in_part]").check()
    policymaker.fill("textarea[name=text]", "We take clause 1 over and ask the police to cost clause 2.")
    policymaker.locator(f"form[action$='/responses/{number}'] button").last.click()
    stranger = people()
    stranger.goto(f"{BASE}/answers")
    told = stranger.locator(f"#s{number}").inner_text()
    for words in ("Adopted", "the one objection was heard to its end", "Accepted in part", "cost clause 2"):
        assert words in told, words
    stranger.goto(f"{here}/objections")
    assert "Writing a name down stops no arrest." in stranger.locator("main").inner_text()


@pytest.mark.parametrize("people", [True], ids=["with script"], indirect=True)
def test_comments_are_resolved_with_the_keyboard_alone(people):
    chair = people("chair")
    chair.goto(f"{DESK}/comments?state=open")
    boxes = chair.locator("[data-rows] input[type=checkbox][name=comments]")
    before = boxes.count()
    boxes.first.focus()
    for key in ("Space", "j", "Space", "j", "k", "o"):
        chair.keyboard.press(key)
    assert boxes.nth(1).evaluate("box => box === document.activeElement")
    assert chair.locator("[data-rows] details[open]").count() == 1
    chair.fill("#bulk textarea", "Read, and kept for the summary.")
    chair.get_by_role("button", name="Note them").press("Enter")
    chair.goto(f"{DESK}/comments?state=open")
    assert boxes.count() in (before - 2, before)  # a full page shows the next ones instead
    chair.goto(f"{DESK}/comments?state=done")
    assert chair.locator("main").inner_text().count("Read, and kept for the summary.") == 2
