"""What follows from what: one dictionary. Handlers write rows and nothing else."""

from collections.abc import Callable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import events, text
from app.actions import commitments, consultations, invitations, notices, people, responses
from app.jobs import resolution, texts
from app.jobs.letters import Site, write, write_to
from app.models.comments import Comment
from app.models.consultations import Consultation, Membership
from app.models.contributions import Contribution
from app.models.invitations import Invitation
from app.models.moderation import Decision
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


def tell_author_of_decision(session: Session, event: events.Event, site: Site) -> None:
    """A statement of reasons goes to the author, in the app and by mail with the original text."""
    assert isinstance(event, events.DecisionTaken)
    decision = session.get_one(Decision, event.decision_id)
    contribution = session.get_one(Contribution, event.contribution_id)
    consultation = session.get_one(Consultation, contribution.consultation_id)
    account = _account_of(session, contribution.membership_id)
    if account is None:
        return
    values = {
        "action": decision.action.value,
        "reason": decision.reason.value if decision.reason else "",
        "explanation": decision.explanation,
        "label": contribution.label,
        "consultation": consultation.title,
    }
    notices.tell(session, account.id, code="decision", values=values, contribution=contribution)
    link = f"{site.base_url}/me/contributions#item-{contribution.id}"
    write(session, account, "decision", {**values, "original": decision.original, "link": link})


def tell_author_of_reply(session: Session, event: events.Event, _site: Site) -> None:
    """Whoever is replied to hears of it in the app."""
    assert isinstance(event, events.ContributionPublished)
    reply = session.get_one(Contribution, event.contribution)
    if not isinstance(reply, Comment) or reply.parent_id is None:
        return
    parent = session.get_one(Comment, reply.parent_id)
    account = _account_of(session, parent.membership_id)
    if account is not None and parent.membership_id != reply.membership_id:
        notices.tell(session, account.id, code="reply", values={"label": parent.label}, contribution=reply)


def tell_holders_of_positions(session: Session, event: events.Event, _site: Site) -> None:
    """A changed text asks for the positions on it anew."""
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


def _account_of(session: Session, membership_id: int) -> Account | None:
    owner = select(Account).join(Membership, Membership.account_id == Account.id).where(Membership.id == membership_id)
    return session.scalars(owner).one_or_none()


HANDLERS: Mapping[type[events.Event], tuple[Handler, ...]] = {
    events.AccountCreated: (mail_proof_link,),
    events.ProofAsked: (mail_proof_link,),
    events.PasswordResetAsked: (mail_reset_link,),
    events.PasswordChanged: (mail_password_changed,),
    events.ConsultationCreated: (),
    events.ConsultationOpened: (),
    events.ConsultationClosed: (end_what_is_answered,),
    events.MemberJoined: (),
    events.RoleGiven: (),
    events.ContributionReceived: (),
    events.ContributionPublished: (tell_author_of_reply, tell_holders_of_positions),
    events.ContributionEdited: (),
    events.ContributionWithdrawn: (),
    events.ContributionEndorsed: (),
    events.EndorsementTakenBack: (),
    events.DecisionTaken: (tell_author_of_decision,),
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
}
