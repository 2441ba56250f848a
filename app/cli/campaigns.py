"""`flask --app wsgi campaigns index`: letters that are the same, among texts that came before they were looked for."""

import click
from sqlalchemy import select

from app.actions import letters
from app.cli.surroundings import Group, here
from app.language import _
from app.models.consultations import Consultation

commands = Group("campaigns", help="The same letter from many people.")


@commands.command("index")
def index() -> None:
    """Index every text that is not, and propose the groups that are found; moderators confirm them."""
    with here().database.write() as session:
        numbers = session.scalars(select(Consultation.id).order_by(Consultation.id)).all()
    for number in numbers:
        _index_one(number)
    click.echo(_("Every text is indexed. Moderators find what was proposed under Campaigns."))


def _index_one(consultation_id: int) -> None:
    last: int | None = 0
    while last is not None:
        with here().database.write() as session:
            last = letters.index_missing(session, session.get_one(Consultation, consultation_id), last)
            session.commit()
