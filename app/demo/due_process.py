"""Due process in the demonstration: a full queue, reports, decisions of each kind, appeals, a second reading."""

from functools import partial
from typing import Any

from sqlalchemy import select

from app.actions import appeals, comments, flags, moderation
from app.actions.cases import open_case
from app.demo.content import part
from app.demo.story import Story
from app.models.appeals import Appeal, AppealOutcome
from app.models.comments import Comment, Stance
from app.models.consultations import Membership
from app.models.moderation import Action, Cause, Reason
from app.models.people import Account
from app.rules import redactions
from app.rules.statements import Redaction, Statement

ANSWERED_AFTER = 4  # days
APART = 100  # places in the crowd between those whose texts wait and those whose texts were decided


def arrange(story: Story) -> None:
    """Let people write, report and appeal, and moderators decide, each at its time."""
    content = part("due_process")
    for number, waiting in enumerate(content["waiting"]):
        story.at(story.days.of(waiting), partial(_wait, story, number, waiting))
    for flag in content["flags"]:
        story.at(story.days.of(flag), partial(_flag, story, flag))
    for number, decided in enumerate(content["decided"]):
        story.at(story.days.day(decided["day"], 10), partial(_decide, story, number, decided))
        if "answer" in decided:
            story.at(story.days.day(decided["day"] + ANSWERED_AFTER, 10), partial(_answer, story, decided))
    story.at(story.days.hours_ago(1), partial(_propose, story, content["proposed"]))
    story.at(story.days.day(-70, 9), partial(_say_what_they_read, story, content["reads"]))


def _author(story: Story, group: str, number: int) -> Membership:
    """Somebody of the crowd who appears under a pseudonym or a name; another one for each text."""
    crowd = [member for member in story.crowd[group] if member.account_id is None]
    return crowd[number % len(crowd)]


def _post(story: Story, number: int, content: dict[str, Any]) -> Comment:
    comment = comments.post(
        story.session,
        story.consultation,
        story.standards[content["standard"]],
        by=_author(story, content["group"], number),
        body=content["text"],
        stance=Stance(content["stance"]),
        clause=content["clause"],
        language=content.get("language", "en"),
        lived=content.get("lived", False),
    )
    comment.content_note = content.get("content_note", "")
    return comment


def _wait(story: Story, number: int, content: dict[str, Any]) -> None:
    _post(story, number, content)


def _flag(story: Story, content: dict[str, Any]) -> None:
    account = story.session.get(Account, story.members[content["by"]].account_id)
    reason = Reason(content["reason"]) if content["reason"] else None
    comment = story.comments[content["comment"]]
    flags.flag(story.session, story.consultation, comment, account=account, reason=reason, note=content["note"])


def _decide(story: Story, number: int, content: dict[str, Any]) -> None:
    comment = _post(story, APART + number, content)
    action = Action(content["action"])
    statement = Statement(
        action,
        Reason(content["reason"]),
        content["explanation"],
        passage=content.get("passage", ""),
        redactions=_passages(content) if action == Action.REDACT else (),
    )
    case = open_case(story.session, comment, cause=Cause.REVIEW)
    moderation.decide(story.session, story.consultation, case, statement, by=story.members["moderator"])
    if "appeal" in content:
        author = story.session.get_one(Membership, comment.membership_id)
        appeals.appeal(story.session, story.consultation, comment, by=author, text=content["appeal"])


def _answer(story: Story, content: dict[str, Any]) -> None:
    found = select(Appeal).where(Appeal.text == content["appeal"])
    appeals.decide(
        story.session,
        story.consultation,
        story.session.scalars(found).one(),
        by=story.members["moderator2"],
        outcome=AppealOutcome(content["outcome"]),
        answer=content["answer"],
        replacement=Statement(
            Action.REDACT, Reason(content["reason"]), content["answer"], redactions=_passages(content)
        ),
    )


def _propose(story: Story, content: dict[str, str]) -> None:
    """A first reader proposes to decline; somebody else reads it now."""
    found = select(Comment).where(Comment.body.startswith(content["text"]))
    comment = story.session.scalars(found).one()
    statement = Statement(Action.DECLINE, Reason(content["reason"]), content["explanation"], passage=content["passage"])
    case = open_case(story.session, comment, cause=Cause.REVIEW)
    moderation.decide(story.session, story.consultation, case, statement, by=story.members["moderator2"])


def _say_what_they_read(story: Story, content: dict[str, list[str]]) -> None:
    for role, languages in content.items():
        story.members[role].reads = languages


def _passages(content: dict[str, Any]) -> tuple[Redaction, ...]:
    return redactions.read("\n".join(content["redactions"]))
