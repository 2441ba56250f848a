"""The ten standards of the demonstration, one more that waits for review, and two drafts."""

from functools import partial
from typing import Any

from sqlalchemy import select

from app.actions import moderation, standards
from app.demo.content import part, written
from app.demo.story import Story
from app.models.contributions import Contribution
from app.models.moderation import Action, Case
from app.models.standards import Context, MeasureKind, Standard
from app.rules.standards import NewEvidence, Proposal
from app.rules.statements import Statement


def arrange(story: Story) -> None:
    """Let each standard be proposed by one of those who take part, and be published the day after."""
    for number, standard in enumerate(part("standards")["standards"]):
        story.at(story.days.day(-72 + number // 2, 9 + number), partial(_propose, story, standard))
    story.at(story.days.hours_ago(3), partial(_propose_pending, story, written("proposals")["pending"]))
    for draft in written("proposals")["drafts"]:
        story.at(story.days.day(-draft["days"], 20), partial(_keep_draft, story, draft))


def decide(story: Story, contribution: Contribution, action: Action, moderator: str, gist: str = "") -> None:
    """Let a moderator publish what waits for review."""
    waiting = select(Case).where(Case.contribution_id == contribution.id, Case.closed_at.is_(None))
    case = story.session.scalars(waiting).one()
    statement = Statement(action, gist=gist)
    moderation.decide(story.session, story.consultation, case, statement, by=story.members[moderator])


def _propose(story: Story, content: dict[str, Any]) -> None:
    more = written("standards")[content["id"]]
    proposal = Proposal(
        title=content["title"],
        clauses=tuple(clause["text"] for clause in content["clauses"]),
        summary=more["summary"],
        measure=MeasureKind(more["measure"]),
        context=Context(content["context_of_use"]),
        groundings=tuple(content["rights"]),
        duty_bearers=tuple(more["duty_bearers"]),
        enforcement_kinds=tuple(content["enforcement_kinds"]),
        enforcement=content["enforcement_mechanism"],
        affected=_sentence(content["affected_groups"]),
        affected_groups=tuple(more["affected_groups"]),
        evidence=tuple(_evidence(reference) for reference in content["evidence"]),
    )
    by = story.members[more["proposed_by"]]
    version = standards.propose(story.session, story.consultation, by=by, proposal=proposal)
    decide(story, version, Action.PUBLISH, "moderator")
    story.standards[content["id"]] = story.session.get_one(Standard, version.standard_id)


def _propose_pending(story: Story, content: dict[str, Any]) -> None:
    proposal = Proposal(
        title=content["title"],
        clauses=tuple(content["clauses"]),
        summary=content["summary"],
        measure=MeasureKind(content["measure"]),
        context=Context(content["context"]),
        groundings=tuple(content["groundings"]),
        duty_bearers=tuple(content["duty_bearers"]),
        enforcement_kinds=tuple(content["enforcement_kinds"]),
        enforcement=content["enforcement"],
        affected=content["affected"],
        affected_groups=tuple(content["affected_groups"]),
        evidence=tuple(_evidence(reference) for reference in content["evidence"]),
    )
    standards.propose(story.session, story.consultation, by=story.members[content["author"]], proposal=proposal)


def _keep_draft(story: Story, content: dict[str, Any]) -> None:
    fields: dict[str, object] = {"title": [content["title"]], "summary": [content["summary"]], "kind": ["standard"]}
    fields |= {f"clauses-{number}-text": [clause] for number, clause in enumerate(content["clauses"])}
    standards.save_draft(story.session, story.members[content["author"]], fields=fields, title=content["title"])


def _evidence(reference: str) -> NewEvidence:
    research: dict[str, Any] = next(piece for piece in part("facts")["research"] if piece["id"] == reference)
    return NewEvidence(
        authors=tuple(research["authors"]),
        title=research["title"],
        year=research["year"],
        venue=research["venue"],
        url=research["doi_or_url"],
        finding=research["finding"],
        reference=reference,
    )


def _sentence(affected: list[str]) -> str:
    text = "; ".join(affected)
    return text[0].upper() + text[1:]
