"""Statements of reasons on the way in."""

from dataclasses import replace

from app.actions.texts import checked
from app.models.consultations import Identity, Membership
from app.models.contributions import Contribution
from app.models.moderation import Action
from app.rules.statements import GISTED, Statement

LONGEST_EXPLANATION, LONGEST_NOTE = 2000, 120


def cleaned(statement: Statement, author: Membership, contribution: Contribution) -> Statement:
    """The statement with its texts cleaned; of other than confidential people nobody's words are replaced by a gist.

    Raises:
        Invalid: a text is too long.
    """
    gisted = author.identity == Identity.CONFIDENTIAL and contribution.kind in GISTED
    note = statement.content_note
    if statement.action == Action.PUBLISH:  # what was typed before it was chosen is told to nobody
        statement = replace(statement, reason=None, explanation="", passage="", worksheet={})
    return replace(
        statement,
        explanation=checked(statement.explanation, field="explanation", needed=False, longest=LONGEST_EXPLANATION),
        passage=checked(statement.passage, field="passage", needed=False, longest=LONGEST_EXPLANATION),
        gist=checked(statement.gist, field="gist", needed=False, longest=LONGEST_EXPLANATION) if gisted else "",
        content_note=None if note is None else checked(note, field="content_note", needed=False, longest=LONGEST_NOTE),
        worksheet={
            factor: checked(written, field=factor, needed=False, longest=LONGEST_EXPLANATION)
            for factor, written in statement.worksheet.items()
            if written.strip()
        },
    )
