"""The discussion of the demonstration: comments, replies, what waits for review, objections, endorsements."""

import random
from datetime import timedelta
from functools import partial
from typing import Any

from app.actions import comments, imports_discussion, moderation, notices
from app.actions.cases import open_case
from app.demo.content import clause_number, part, written
from app.demo.proposals import decide
from app.demo.story import Story
from app.models.comments import Comment, Stance
from app.models.consultations import Channel, Membership
from app.models.moderation import Action, Cause, Decision, Reason
from app.rules.statements import Statement

STANCES = {"for": Stance.SUPPORTS, "against": Stance.OBJECTS, "neutral": Stance.NEUTRAL}
FIRST_DAY, LAST_DAY = -47, -6
REVIEW_HOURS = 5
WEEK = 7


def arrange(story: Story) -> None:
    """Let every comment be sent, and those that are published in the content be published some hours later."""
    content: list[dict[str, Any]] = part("comments")["comments"]
    published = [comment for comment in content if comment["expected"]["state"] == "published"]
    roots = [comment["i"] for comment in published if comment["parent"] is None]
    day_of: dict[int, int] = {}
    for comment in published:
        if comment["parent"] is None:
            day_of[comment["i"]] = FIRST_DAY + (LAST_DAY - FIRST_DAY) * roots.index(comment["i"]) // len(roots)
        else:
            day_of[comment["i"]] = day_of[comment["parent"]] + 1
        day, hour = day_of[comment["i"]], 8 + comment["i"] * 7 % 9
        story.at(story.days.day(day, hour), partial(_post, story, comment))
        story.at(story.days.day(day, hour + REVIEW_HOURS), partial(_publish, story, comment))
    for number, hours in written("pending_hours").items():
        story.at(story.days.hours_ago(hours), partial(_post, story, content[int(number)]))
    for comment in written("more_comments"):
        moment = story.days.hours_ago(comment["hours"]) if "hours" in comment else story.days.day(-comment["days"], 11)
        story.at(moment, partial(_post_more, story, comment))
    for number in written("objections"):
        story.at(story.days.day(-4, 10), partial(_object, story, content[int(number)]))
    for number, (people, groups) in written("endorsements").items():
        story.at(story.days.day(-3, 10), partial(_endorse, story, int(number), people, groups))


def _post(story: Story, content: dict[str, Any]) -> None:
    parent = story.comments[content["parent"]].id if content["parent"] is not None else None
    story.comments[content["i"]] = comment = comments.post(
        story.session,
        story.consultation,
        story.standards[content["standard"]],
        by=story.members[content["author"]],
        body=content["text"],
        stance=STANCES[content["stance"]],
        reply_to=parent,
        clause=clause_number(content["clause"]),
        proposed_change=content["proposed_change"] or "",
        channel=Channel(content["submitted_via"]),
    )
    comment.content_note = content["content_note"] or ""


def _publish(story: Story, content: dict[str, Any]) -> None:
    comment = story.comments[content["i"]]
    moderator = "moderator" if content["i"] % 3 else "moderator2"
    decide(story, comment, Action.PUBLISH, moderator, written("gists").get(str(content["i"]), ""))
    if content["parent"] is not None:
        parent = story.comments[content["parent"]]
        _tell(story, parent.membership_id, "reply", {"label": parent.label}, comment)


def _post_more(story: Story, content: dict[str, Any]) -> None:
    comment = comments.post(
        story.session,
        story.consultation,
        story.standards[content["standard"]],
        by=story.members[content["author"]],
        body=content["text"],
        stance=Stance(content["stance"]),
        clause=content["clause"],
        language=content.get("language", "en"),
    )
    if "returned" in content:
        _return(story, comment, content["returned"])
    elif "hours" not in content:
        decide(story, comment, Action.PUBLISH, "moderator2")


def _return(story: Story, comment: Comment, statement: dict[str, str]) -> None:
    decision = moderation.decide(
        story.session,
        story.consultation,
        open_case(story.session, comment, cause=Cause.REVIEW),
        Statement(Action.RETURN, Reason(statement["reason"]), statement["explanation"]),
        by=story.members["moderator2"],
    )
    _tell_decision(story, comment, decision)


def _tell_decision(story: Story, comment: Comment, decision: Decision) -> None:
    values = {
        "action": decision.action.value,
        "reason": decision.reason.value if decision.reason else "",
        "explanation": decision.explanation,
        "label": comment.label,
        "consultation": story.consultation.title,
    }
    _tell(story, comment.membership_id, "decision", values, comment)


def _tell(story: Story, membership_id: int, code: str, values: dict[str, str], comment: Comment) -> None:
    """Put a notice before people with an account, about others' replies and decisions on their own texts."""
    account_id = story.session.get_one(Membership, membership_id).account_id
    own_reply = code == "reply" and membership_id == comment.membership_id
    if account_id is None or own_reply:
        return
    notice = notices.tell(story.session, account_id, code=code, values=values, contribution=comment)
    if notice.created_at < story.days.day(-WEEK):
        notice.read_at = notice.created_at + timedelta(days=1)


def _object(story: Story, content: dict[str, Any]) -> None:
    """The comment is the reason of an objecting position; what was answered comes later."""
    imports_discussion.objection(
        story.session, story.comments[content["i"]], would_change=content["proposed_change"] or ""
    )


def _endorse(story: Story, number: int, people: int, groups: int) -> None:
    """So many people from so many groups stand behind a comment; the same ones every time."""
    chance = random.Random(f"endorsements of {number}")  # noqa: S311 - the same every time, no secret
    comment = story.comments[number]
    author = story.session.get_one(Membership, comment.membership_id)
    others = {key: [m for m in crowd if m.id != author.id] for key, crowd in sorted(story.crowd.items()) if crowd}
    own = [key for key in others if story.groups[key].id == author.group_id]
    wanted = [*own, "public"] if own != ["public"] else own
    wanted += chance.sample([key for key in others if key not in wanted], k=max(0, groups - len(wanted) + len(own)))
    chosen = [chance.choice(others[key]) for key in wanted if key not in own]
    rest = [member for key in wanted for member in others[key] if member not in chosen]
    chosen += chance.sample(rest, k=min(len(rest), people - len(chosen)))
    imports_discussion.endorsements(story.session, story.consultation, comment, chosen, at=story.days.day(-3, 10))
