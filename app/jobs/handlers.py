"""What follows from what: one dictionary. Handlers write rows and nothing else."""

from collections.abc import Callable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import events, text
from app.actions import commitments, consultations, invitations, notices, people, responses, summaries
from app.jobs import due_process, resolution, texts
from app.jobs.letters import Site, write, write_to
from app.models.consultations import Consultation, Membership, Review
from app.models.contributions import Contribution
from app.models.invitations import Invitation
from app.models.moderation import Case, Cause
from app.models.people import Account, Purpose
from app.rules.consultations import REVIEWING_ROLES

Handler = Callable[[Session, events.Event, Site], None]


def mail_proof_link(session: Session, event: events.Event, site: Site) -> None:
    """Ask a new account to prove its address."""
    assert isinstance(event, events.AccountCreated | events.ProofAsked)
    account = session.get_one(Account, event.account_id)
    token = people.make_link(session, account.id, Purpose.PROVE_ADDRESS)
    write(session, account, "prove_address", {"link": f"{site.base_url}/prove-address/{token}"})


def mail_reset_link(session: Session, event: events.Event, site: Site) -> None:
    """Let somebody choose a new password."""
    assert isinstance(event, events.PasswordResetAsked)
    account = session.get_one(Account, event.account_id)
    token = people.make_link(session, account.id, Purpose.RESET_PASSWORD)
    write(session, account, "reset_password", {"link": f"{site.base_url}/reset-password/{token}"})


def mail_password_changed(session: Session, event: events.Event, site: Site) -> None:
    """Tell the owner of an account, in case it was somebody else."""
    assert isinstance(event, events.PasswordChanged)
    account = session.get_one(Account, event.account_id)
    write(session, account, "password_changed", {"link": f"{site.base_url}/reset-password"})


def tell_author_of_reply(session: Session, event: events.Event, _site: Site) -> None:
    """Whoever is replied to hears of it in the app; where that waits for a moderator, with the decision."""
    assert isinstance(event, events.ContributionPublished)
    reply = session.get_one(Contribution, event.contribution)
    if not waits_quietly(session, reply):
        due_process.tell_of_reply(session, reply)


def tell_holders_of_positions(session: Session, event: events.Event, _site: Site) -> None:
    """A changed text asks for the positions on it anew; where that waits for a moderator, with the decision."""
    if isinstance(event, events.ContributionPublished) and waits_quietly(
        session, session.get_one(Contribution, event.contribution)
    ):
        return
    texts.tell_holders(session, event)


def tell_proposer_of_amendment(session: Session, event: events.Event, _site: Site) -> None:
    """What became of an amendment, for whoever proposed it."""
    texts.tell_proposer(session, event)


def mail_invitation(session: Session, event: events.Event, site: Site) -> None:
    """Write to whoever is asked to take on a role, with a link that works once; the address is forgotten by that."""
    assert isinstance(event, events.MemberInvited)
    invitation = session.get_one(Invitation, event.invitation_id)
    address = invitation.email
    if address is None:
        return
    consultation = session.get_one(Consultation, invitation.consultation_id)
    inviter = session.get_one(Membership, invitation.invited_by_id)
    values = {
        "name": invitation.name,
        "role": invitation.role.value,
        "consultation": consultation.title,
        "inviter": inviter.display_name,
        "link": f"{site.base_url}/invitations/{invitations.seal(session, invitation)}",
    }
    write_to(session, address, "invitation", values, spoken=invitation.language)


def tell_supporters_of_standard(session: Session, event: events.Event, _site: Site) -> None:
    """Whoever supports a standard hears what is to become of it."""
    texts.tell_supporters(session, event)


def end_what_is_answered(session: Session, event: events.Event, _site: Site) -> None:
    """A consultation whose outcomes all have their response when it closes is answered."""
    consultation = session.get_one(Consultation, event.consultation_id)
    consultations.lock(session, consultation)
    responses.answer_whole(session, consultation)


def store_summary(session: Session, event: events.Event, _site: Site) -> None:
    """A consultation that closes has its summary stored, so that it can be cited from then on."""
    assert isinstance(event, events.ConsultationClosed)
    assert event.consultation_id is not None
    summaries.ask_at_closing(session, event.consultation_id)


def tell_team_of_ending(session: Session, event: events.Event, _site: Site) -> None:
    """Whoever leads or moderates hears that a promise comes to its end."""
    assert isinstance(event, events.CommitmentEnding)
    consultation = session.get_one(Consultation, event.consultation_id)
    commitment = commitments.get(session, consultation.id, event.commitment)
    values = {
        "label": f"{commitment.company}: {text.excerpt(commitment.promise, 120)}",
        "slug": consultation.slug,
        "reference": commitment.reference,
        "days": str(event.days),
    }
    for member in invitations.team_of(session, consultation):
        if member.account_id is not None and member.role in REVIEWING_ROLES:
            notices.tell(session, member.account_id, code="commitment_ending", values=values)


def waits_quietly(session: Session, contribution: Contribution) -> bool:
    """Whether a text is published already, but no notice may name it before a moderator has read it."""
    consultation = session.get_one(Consultation, contribution.consultation_id)
    unread = select(Case.id).where(
        Case.contribution_id == contribution.id, Case.closed_at.is_(None), Case.cause.in_((Cause.REVIEW, Cause.FIRST))
    )
    return consultation.review == Review.QUIET and session.scalar(unread.limit(1)) is not None


HANDLERS: Mapping[type[events.Event], tuple[Handler, ...]] = {
    events.AccountCreated: (mail_proof_link,),
    events.ProofAsked: (mail_proof_link,),
    events.PasswordResetAsked: (mail_reset_link,),
    events.PasswordChanged: (mail_password_changed,),
    events.ConsultationCreated: (),
    events.ConsultationOpened: (),
    events.ConsultationClosed: (end_what_is_answered, store_summary),
    events.MemberJoined: (),
    events.RoleGiven: (),
    events.ContributionReceived: (),
    events.ContributionPublished: (tell_author_of_reply, tell_holders_of_positions),
    events.ContributionEdited: (),
    events.ContributionWithdrawn: (due_process.tell_flaggers_of_withdrawal,),
    events.ContributionEndorsed: (),
    events.EndorsementTakenBack: (),
    events.DecisionTaken: (
        due_process.tell_author,
        due_process.tell_flaggers,
        due_process.tell_those_who_answered,
        due_process.tell_of_quiet_publication,
    ),
    events.DecisionProposed: (due_process.tell_second_readers,),
    events.DecisionUndone: (due_process.tell_of_undoing,),
    events.DecisionsTakenTogether: (),
    events.ContributionHeld: (due_process.tell_of_hold,),
    events.ContributionFlagged: (due_process.raise_alarm,),
    events.AppealSent: (due_process.tell_of_appeal,),
    events.AppealDecided: (due_process.tell_of_appeal_decided,),
    events.CaseLate: (due_process.tell_of_late_case,),
    events.AppealLate: (due_process.tell_of_late_appeal,),
    events.OriginalDeleted: (),
    events.PositionTaken: (),
    events.PositionWithdrawn: (),
    events.SettingsChanged: (),
    events.StandardMoved: (),
    events.MemberInvited: (mail_invitation,),
    events.InvitationWithdrawn: (),
    events.AmendmentPositionTaken: (),
    events.AmendmentPositionWithdrawn: (),
    events.AmendmentAdopted: (tell_holders_of_positions, tell_proposer_of_amendment),
    events.AmendmentDeclined: (tell_proposer_of_amendment,),
    events.AmendmentPromoted: (),
    events.ReorganisationProposed: (tell_supporters_of_standard,),
    events.ReorganisationAnswered: (),
    events.ReorganisationEnded: (tell_supporters_of_standard,),
    events.ObjectionMoved: (resolution.tell_of_objection,),
    events.DispositionGiven: (resolution.tell_author_of_disposition,),
    events.OutcomeStated: (resolution.tell_of_outcome,),
    events.ResponsePublished: (resolution.tell_of_response,),
    events.ResponseOverdue: (resolution.tell_of_overdue,),
    events.ConsultationAnswered: (),
    events.ImpactScored: (),
    events.CommitmentRegistered: (),
    events.CommitmentReworded: (),
    events.CommitmentFound: (),
    events.CommitmentEnding: (tell_team_of_ending,),
    events.CampaignMoved: (),
    events.SummaryMade: (),
}
