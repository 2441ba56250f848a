"""People at their pages: what several tests of the pages need."""

from sqlalchemy import select

from app.jobs.handlers import Site
from app.jobs.relay import drain
from app.models.notices import Mail
from tests.factories import moderation, people
from tests.pages import Client, forms

SITE = Site("http://localhost")


def browser(app, session, somebody) -> Client:
    """A browser in which somebody is signed in; what the session holds is committed."""
    email = people.email_of(session, somebody)
    session.commit()
    return people.sign_in(app.test_client(), email)


def press(client, page, to, **values):
    """Press a button of `page` that posts `to`, be it of a form of its own or of one that all of them share."""
    tokens = [
        form.fields["csrf_token"][0] for form in forms(client.get(page).text, page) if "csrf_token" in form.fields
    ]
    assert f'"{to}"' in client.get(page).text, f"{page} has no button to {to}"
    return client.post(to, data={"csrf_token": tokens[-1], **values})


def words_of(response) -> str:
    """What a page says, its white space evened out."""
    return " ".join(response.get_data(as_text=True).split())


def mails(database) -> list[Mail]:
    """Every mail so far, after everything that follows from what happened."""
    drain(database, SITE)
    with database.read() as session:
        return list(session.scalars(select(Mail).order_by(Mail.id)))


def link_in(mail: Mail) -> str:
    """The path of the link that a mail carries."""
    return next(word for word in mail.body.split() if word.startswith(SITE.base_url)).removeprefix(SITE.base_url)


def case_address(session, contribution) -> str:
    """The page of the case that is open on a contribution; what was made before is committed."""
    case = moderation.open_case(session, contribution)
    session.commit()
    return f"/moderation/cases/{case.id}"
