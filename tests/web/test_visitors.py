"""Somebody without an account is nobody: not even those who took part elsewhere and have none here."""

from sqlalchemy import select

from app import clock
from app.models.consultations import Channel, Membership, StakeholderGroup
from app.models.positions import Choice
from tests.factories import comments, consultations, standards
from tests.pages import forms
from tests.web.desk import words_of

STANDARD = "/consultations/faces/standards/1"


def imported(session, consultation, name):
    """Somebody who took part elsewhere and has no account here."""
    group = select(StakeholderGroup.id).where(StakeholderGroup.consultation_id == consultation.id).limit(1)
    made = Membership(
        consultation_id=consultation.id,
        display_name=name,
        name_key=name.casefold(),
        group_id=session.scalar(group),
        reference=name,
        channel=Channel.IMPORT,
        joined_at=clock.now(),
        counted_from=clock.now(),
    )
    session.add(made)
    session.flush()
    return made


def test_a_visitor_is_not_mistaken_for_somebody_without_an_account(client, session, consultation, standard):
    for name in ("Carla", "Dede"):
        somebody = imported(session, consultation, name)
        comments.published(session, standard, by=somebody)
        comments.pending(session, standard, by=somebody, body="Only I may read this.")
        standards.position(session, standard, Choice.SUPPORT, by=somebody)
    session.commit()
    page = client.get(STANDARD)
    said = words_of(page)
    assert "Carla" in said
    for never in ("You speak from", "Your position", "Only I may read this.", ">You<", ">You <"):
        assert never not in said
    assert [
        form.action for form in forms(page.text, STANDARD) if form.method == "post" and "csrf_token" in form.fields
    ] == []
    overview = words_of(client.get("/consultations/faces"))
    phases = overview[overview.index('<ol class="phases">') :].split("</ol>")[0]
    assert phases.count("<li") == len(consultations.RUNNING)
