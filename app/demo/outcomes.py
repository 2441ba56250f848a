"""The end of the demonstration: outcomes with their reasons, and the authority's first response."""

from functools import partial
from typing import Any

from app.actions import outcomes, responses
from app.demo.content import part
from app.demo.story import Story
from app.models.outcomes import OutcomeKind, ResponseKind
from app.queries import consultations, listings
from app.queries.listings import Sort, Wanted
from app.queries.people import ANYBODY
from app.rules.consensus import Consensus


def arrange(story: Story) -> None:
    """Let the chair state what is settled, and the policymaker answer."""
    content: dict[str, Any] = part("deliberation")
    for standard, outcome in content["outcomes"].items():
        story.at(story.days.of(outcome), partial(_state, story, standard, outcome))
    for standard, response in content["responses"].items():
        story.at(story.days.of(response), partial(_respond, story, standard, response))


def _state(story: Story, key: str, content: dict[str, Any]) -> None:
    outcomes.state(
        story.session,
        story.consultation,
        story.standards[key],
        by=story.members["chair"],
        kind=OutcomeKind(content["kind"]),
        reasons=content["reasons"],
        found=_found(story, key),
    )


def _found(story: Story, key: str) -> Consensus:
    """The state as everybody reads it at this moment."""
    frame = consultations.frame(story.session, story.consultation.slug, ANYBODY)
    lines = listings.listing(story.session, frame, Wanted(sort=Sort.NUMBER)).lines
    return next(line.result.consensus for line in lines if line.standard.id == story.standards[key].id)


def _respond(story: Story, key: str, content: dict[str, Any]) -> None:
    responses.publish(
        story.session,
        story.consultation,
        story.standards[key],
        by=story.members["H. Sato"],
        kind=ResponseKind(content["kind"]),
        text=content["text"],
        promised_on=story.days.day(content["promised"]).date(),
    )
