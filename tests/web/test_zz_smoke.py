import pytest
from app.models.consultations import Identity
from app.models.positions import Choice
from tests.factories import comments, consultations, people, standards, moderation
from app.models.moderation import Action

@pytest.mark.sqlite
def test_pages(client, session, app):
    c = consultations.opened(session, slug="fr")
    s = standards.published(session, c)
    me = people.member(session, c, name="R.")
    k = comments.published(session, s)
    comments.pending(session, s, by=me, reply_to=k, body="My **pending** text", clause="1", proposed_change="Say *this*.")
    comments.published(session, s, by=me)
    comments.returned(session, s, by=me)
    comments.declined(session, s, by=me)
    standards.returned(session, c, by=me)
    v = standards.pending(session, c, by=me)
    standards.position(session, s, Choice.OBJECT, by=me)
    secret = people.member(session, c, identity=Identity.CONFIDENTIAL)
    comments.pending(session, s, by=secret)
    email = people.email_of(session, me)
    mod = people.email_of(session, consultations.moderators(session, c)[0])
    session.commit()
    for path in ("/join", "/signin", "/reset-password", "/join?consultation=fr", "/consultations/fr/moderation-report", "/consultations/fr"):
        assert client.get(path).status_code == 200, path
    assert client.get("/reset-password/abc").status_code == 404
    people.sign_in(client, email)
    for path in ("/me", "/me/contributions", "/me/notices", "/me/data", f"/me/contributions/{v.id}/proposal"):
        assert client.get(path).status_code == 200, path
    client.get(f"/comments/{k.id}/history")
    client.post
    two = app.test_client()
    people.sign_in(two, mod)
    r = two.get("/moderation"); assert r.status_code == 200
    import re
    for case in sorted(set(re.findall(r"/moderation/cases/(\d+)", r.text))):
        assert two.get(f"/moderation/cases/{case}").status_code == 200
