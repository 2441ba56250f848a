"""How the demonstration goes on: amendments, answers to objections, dispositions, moves, a second round, a split."""

from functools import partial
from typing import Any

from sqlalchemy import select

from app.actions import (
    amendment_outcomes,
    amendment_positions,
    amendments,
    consultations,
    dispositions,
    impacts,
    imports,
    objections,
    phases,
    positions,
    reorganisations,
)
from app.actions.imports import NewMember
from app.demo.content import part, written
from app.demo.proposals import decide
from app.demo.story import Story
from app.models.consultations import Channel, Identity, Membership, PhaseKind, Role
from app.models.dispositions import DispositionKind
from app.models.moderation import Action
from app.models.objections import Objection, StepKind
from app.models.positions import Choice, Position
from app.models.reorganisations import ReorganisationKind
from app.models.standards import ChangeClass
from app.rules.impacts import Scores

AUTHOR = "author"
LARGE_GROUPS = ("public", "scanned_or_watched", "civil_society", "community_organisations")
SHARE_OF_LARGE = 4  # of these groups every fourth person confirms early


def arrange(story: Story) -> None:
    """Let the last three weeks pass."""
    content: dict[str, Any] = part("deliberation")
    day = story.days.day
    story.at(day(-74, 11), partial(_seat_deputy, story, content["deputy"]))
    for number, amendment in enumerate(content["amendments"]):
        story.at(day(amendment["day"], 10), partial(_amend, story, number, amendment))
        if "adopted" in amendment:
            story.at(day(amendment["adopted"], 10), partial(_adopt, story, number))
    for number, answer in content["answers"].items():
        story.at(day(-4, 14), partial(_answer, story, int(number), answer))
    for number, disposition in content["dispositions"].items():
        story.at(day(-4, 16), partial(_dispose, story, int(number), disposition))
    for move in content["moves"]:
        story.at(story.days.of(move), partial(_move, story, move))
    story.at(day(-1, 9), partial(_confirm, story, "S09"))
    story.at(story.days.of(content["split"]), partial(_split, story, content["split"]))
    for standard, scores in content["impacts"].items():
        story.at(day(-8, 12), partial(_score, story, standard, scores))


def _seat_deputy(story: Story, content: dict[str, str]) -> None:
    """Somebody who decides where the chair's own answer is in question."""
    new = NewMember(
        reference=f"demo: {content['name']}",
        display_name=content["name"],
        joined_at=story.days.day(-74, 11),
        group=story.groups[content["group"]],
        identity=Identity.NAMED,
        organisation=False,
        channel=Channel.WEB,
    )
    [member_id] = imports.members(story.session, story.consultation, [new]).values()
    deputy = story.session.get_one(Membership, member_id)
    consultations.give_role(story.session, story.consultation, deputy, role=Role.DEPUTY)
    story.members["deputy"] = deputy


def _amend(story: Story, number: int, content: dict[str, Any]) -> None:
    """Propose another wording, let it be published, take positions on it, and decide it where it is decided."""
    session, consultation = story.session, story.consultation
    amendment = amendments.propose(
        session,
        consultation,
        story.standards[content["standard"]],
        by=story.members[content["author"]],
        clause=content["clause"],
        text=content["text"],
        why=content["why"],
        change_class=ChangeClass(content.get("class", ChangeClass.SUBSTANTIVE)),
    )
    decide(story, amendment, Action.PUBLISH, "moderator")
    for choice, groups in ((Choice.SUPPORT, content["support"]), (Choice.OBJECT, content["object"])):
        for group, people in groups.items():
            for member in _people(story, group, people, from_the_end=choice == Choice.OBJECT):
                amendment_positions.take(session, consultation, amendment, by=member, choice=choice)
    story.amendments[number] = amendment
    if "declined" in content:
        chair = story.members["chair"]
        amendment_outcomes.decline(session, consultation, amendment, by=chair, reason=content["declined"])


def _adopt(story: Story, number: int) -> None:
    amendment_outcomes.adopt(story.session, story.consultation, story.amendments[number], by=story.members["chair"])


def _answer(story: Story, number: int, content: dict[str, Any]) -> None:
    """Answer an objection, let its objector reply, and go on as far as it went."""
    session, consultation = story.session, story.consultation
    found = session.scalars(select(Objection).where(Objection.comment_id == story.comments[number].id)).one()
    told = written("objections")[str(number)]
    comment = story.comments[number]
    standard = story.standards[part("comments")["comments"][number]["standard"]]
    by_author = content["by"] == AUTHOR
    by = session.get_one(Membership, standard.membership_id) if by_author else story.members["chair"]
    kind = DispositionKind(content["disposition"])
    version = standard.version if kind == DispositionKind.MODIFIED else None
    objections.answer(session, consultation, found, by=by, disposition=kind, reason=told["answer"], version=version)
    objector = session.get_one(Membership, comment.membership_id)
    satisfied = told["state"] == "withdrawn"
    reply = StepKind.SATISFIED if satisfied else StepKind.NOT_SATISFIED
    objections.reply(session, consultation, found, by=objector, kind=reply)
    if "mediation" in content:
        objections.mediate(session, consultation, found, by=story.members["chair"], note=content["mediation"])
    if "decided" in content:
        kind_of_decision, reasons = StepKind(content["decided"]), content["decision"]
        deputy = story.members["deputy"]
        objections.decide(session, consultation, found, by=deputy, kind=kind_of_decision, reasons=reasons)
    if "appeal" in content:
        objections.appeal(session, consultation, found, by=objector, words=content["appeal"])


def _dispose(story: Story, number: int, content: dict[str, Any]) -> None:
    dispositions.give(
        story.session,
        story.consultation,
        story.comments[number],
        by=story.members["chair"],
        kind=DispositionKind(content["kind"]),
        reason=content["reason"],
        version=content.get("version"),
        deferred_to=content.get("deferred_to", ""),
    )


def _move(story: Story, content: dict[str, Any]) -> None:
    phases.move(
        story.session,
        story.consultation,
        story.standards[content["standard"]],
        PhaseKind(content["phase"]),
        by=story.members["chair"],
        reason=content["reason"],
        until=story.days.day(content["until"], 23.98) if "until" in content else None,
    )


def _confirm(story: Story, key: str) -> None:
    """In the second round most people confirm their position; those who object would have to say why anew."""
    standard = story.standards[key]
    held = select(Position).where(Position.standard_id == standard.id, Position.choice != Choice.OBJECT)
    large = {story.groups[group].id for group in LARGE_GROUPS}
    for number, position in enumerate(story.session.scalars(held.order_by(Position.membership_id)).all()):
        member = story.session.get_one(Membership, position.membership_id)
        if not member.account_id and (position.group_id not in large or number % SHARE_OF_LARGE == 0):
            positions.take(story.session, story.consultation, standard, by=member, choice=position.choice)


def _split(story: Story, content: dict[str, Any]) -> None:
    session, consultation = story.session, story.consultation
    standard = story.standards[content["standard"]]
    asked = reorganisations.propose(
        session,
        consultation,
        standard,
        by=story.members["chair"],
        kind=ReorganisationKind.SPLIT,
        reason=content["reason"],
        parts=content["parts"],
    )
    held = select(Position.membership_id).where(Position.standard_id == standard.id, Position.choice == Choice.SUPPORT)
    wanted = content["agree"] + content["disagree"]
    for number, member_id in enumerate(session.scalars(held.order_by(Position.membership_id).limit(wanted)).all()):
        agrees = number < content["agree"]
        member = session.get_one(Membership, member_id)
        reorganisations.answer(session, consultation, asked, by=member, agrees=agrees, moves_along=agrees)


def _score(story: Story, key: str, groups: dict[str, list[int]]) -> None:
    """So many people of each group score alike, but for every third, who finds the harm less grave."""
    for group, (people, *scores) in groups.items():
        scale, scope, reversibility, probability = scores
        for number, member in enumerate(_people(story, group, people)):
            milder = 1 if number % 3 == 0 and scale > 1 else 0
            given = Scores(scale - milder, scope, max(reversibility - milder, 1), probability if number % 4 else None)
            impacts.score(story.session, story.consultation, story.standards[key], by=member, scores=given)


def _people(story: Story, group: str, count: int, *, from_the_end: bool = False) -> list[Membership]:
    crowd = [member for member in story.crowd[group] if not member.organisation]
    return crowd[-count:] if from_the_end else crowd[:count]
