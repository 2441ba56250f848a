"""What settings are called, and for each value one sentence that says when to choose it."""

from collections.abc import Mapping

from app.language import Message, _
from app.models.consultations import Participation, PhaseKind, Review, TallyVisibility

PARTICIPATIONS: Mapping[str, Message] = {
    Participation.ANYONE: _("Anyone who registers"),
    Participation.INVITATION: _("People with an invitation code"),
}
REVIEWS: Mapping[str, Message] = {
    Review.BEFORE: _("Before it is published"),
    Review.QUIET: _("After it is published, and before any mail or notice names it"),
    Review.AFTER: _("After it is published"),
}
TALLIES: Mapping[str, Message] = {
    TallyVisibility.ALWAYS: _("Always"),
    TallyVisibility.AFTER_POSITION: _("To people who have taken a position"),
    TallyVisibility.AFTER_CLOSING: _("After the consultation has closed"),
}
WHEN_TO_CHOOSE: Mapping[str, Message] = {
    Participation.ANYONE: _("Choose this when everybody concerned should be able to speak. It is the usual choice."),
    Participation.INVITATION: _(
        "Choose this when a closed circle is consulted, such as one workplace. Everybody can still read along."
    ),
    Review.BEFORE: _("Choose this when people may be hurt by what others write, and moderators can answer in a day."),
    Review.QUIET: _(
        "Choose this when a discussion should flow, but nobody's screen should light up with something unread."
    ),
    Review.AFTER: _("Choose this when people know each other and a discussion should flow."),
    TallyVisibility.ALWAYS: _("Choose this when people should see early which groups are not yet heard."),
    TallyVisibility.AFTER_POSITION: _("Choose this when people should make up their own mind first."),
    TallyVisibility.AFTER_CLOSING: _("Choose this when early figures could put pressure on people."),
}
SETTINGS: Mapping[str, Message] = {
    "slug": _("Address"),
    "title": _("Question"),
    "purpose": _("Background"),
    "language": _("Language"),
    "asked_by": _("Who asks"),
    "answered_by": _("Who answers"),
    "answer_due": _("Answer by"),
    "time_zone": _("Time zone"),
    "opens_at": _("Opens"),
    "closes_at": _("Closes"),
    "participation": _("Who may take part"),
    "invitation_code": _("Invitation code"),
    "review": _("When a moderator reads what is sent"),
    "tallies_visible": _("When positions per group are shown"),
    "minimum_group": _("Smallest group that is shown"),
    "minimum_voices": _("Fewest voices for a result"),
    "consensus_percent": _("Consensus from this share on, in percent"),
    "contested_percent": _("Contested from this share on, in percent"),
    "reply_days": _("Days for a reply"),
    "group_added": _("A group was added"),
    "group_removed": _("A group was removed"),
    "group_described": _("A group is described differently"),
    "group_affected": _("Counted as directly affected"),
    "phase_ended": _("A phase was ended"),
    "phase_opened": _("A phase was opened"),
    "phase_moved": _("A phase has other dates"),
}
VALUES: Mapping[str, Mapping[str, Message]] = {
    "participation": PARTICIPATIONS,
    "review": REVIEWS,
    "tallies_visible": TALLIES,
}
"""Settings whose value is a code."""
PHASE_NOTES: Mapping[str, Message] = {
    PhaseKind.SUBMIT: _("People propose standards."),
    PhaseKind.DISCUSS: _("People comment, and propose other wordings."),
    PhaseKind.POSITION: _("People say where they stand."),
    PhaseKind.RESOLVE: _("You and the authors answer objections and say what was done with each comment."),
    PhaseKind.SECOND_ROUND: _("People take positions again on clauses that changed. Two weeks is usual."),
    PhaseKind.OUTCOME: _("You state the outcome with reasons, and the authority answers."),
}
