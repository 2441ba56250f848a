"""What somebody chose of a summary, from the address or from a form."""

from flask import request
from werkzeug.datastructures import MultiDict

from app.queries import summaries
from app.queries.consultations import Frame
from app.reports.choice import CHAPTERS, Choice, chosen
from app.web.session import reading, writing

PARTS = ("sections", "groups", "languages")


def asked_for(frame: Frame) -> Choice:
    """What is asked for; nothing stands for everything.

    Raises:
        Invalid: it asks for something that does not exist here.
    """
    posted = request.method == "POST"
    given: MultiDict[str, str] = request.form if posted else request.args
    return chosen(
        {name: given.getlist(name) for name in (*PARTS, "campaigns") if name in given},
        groups=[group.key for group in frame.groups],
        languages=summaries.languages(writing() if posted else reading(), frame) if "languages" in given else (),
    )


def asks_for_parts() -> bool:
    """Whether the address asks for some parts."""
    return any(request.args.getlist(name) for name in PARTS)


def offered(frame: Frame, choice: Choice) -> dict[str, object]:
    """What a page needs to let somebody choose; `query` takes the choice along to another address."""
    chosen_here = asks_for_parts() or "campaigns" in request.args
    return {
        "choice": choice,
        "chapters": CHAPTERS,
        "languages_spoken": summaries.languages(reading(), frame),
        "query": f"?{request.query_string.decode()}" if chosen_here else "",
    }
