"""`flask --app wsgi consultation …`: setting up, opening and closing."""

from datetime import UTC, datetime

import click

from app.actions import consultations
from app.actions.consultations import NewPhase
from app.cli.slugs import Slug
from app.cli.surroundings import Group, here
from app.demo import catalogue, groups
from app.language import _
from app.models.consultations import Consultation, PhaseKind

commands = Group("consultation", help="Consultations: setting up, opening, closing.")
DATE = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M"])
RUNNING = (PhaseKind.SUBMIT, PhaseKind.DISCUSS, PhaseKind.POSITION)


@commands.command("create")
@click.argument("slug", type=Slug())
@click.argument("title")
@click.option("--purpose", default="", help="What it is about, in a few sentences.")
@click.option("--asked-by", default="", help="Who asks.")
@click.option("--answered-by", default="", help="Who will answer.")
@click.option("--answer-due", type=DATE, help="The promised day of the answer.")
@click.option("--opens", type=DATE, required=True, help="When people can begin to take part (UTC).")
@click.option("--closes", type=DATE, required=True, help="When it closes (UTC).")
def create(
    slug: str,
    title: str,
    purpose: str,
    asked_by: str,
    answered_by: str,
    answer_due: datetime | None,
    opens: datetime,
    closes: datetime,
) -> None:
    """Set up a consultation at SLUG with the usual fourteen stakeholder groups; the chair changes the rest."""
    begin, end = opens.replace(tzinfo=UTC), closes.replace(tzinfo=UTC)
    consultation = Consultation(
        slug=slug,
        title=title,
        purpose=purpose,
        asked_by=asked_by,
        answered_by=answered_by,
        answer_due=answer_due.date() if answer_due else None,
        opens_at=begin,
        closes_at=end,
    )
    with here().database.write() as session:
        catalogue.store(session)
        phases = [NewPhase(kind, begin, end) for kind in RUNNING]
        consultations.create(session, consultation, groups=groups.usual(), phases=phases)
        session.commit()
    click.echo(_("Created the consultation %(slug)s. It is being prepared until it is opened.", slug=slug))


@commands.command("open")
@click.argument("slug", type=Slug())
def open_consultation(slug: str) -> None:
    """Let people take part in the consultation at SLUG."""
    with here().database.write() as session:
        consultations.open_for_all(session, consultations.get(session, slug))
        session.commit()
    click.echo(_("The consultation %(slug)s is open.", slug=slug))


@commands.command("close")
@click.argument("slug", type=Slug())
def close_consultation(slug: str) -> None:
    """Close the consultation at SLUG; everything stays readable."""
    with here().database.write() as session:
        consultations.close(session, consultations.get(session, slug))
        session.commit()
    click.echo(_("The consultation %(slug)s is closed.", slug=slug))
