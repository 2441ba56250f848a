"""Following every link and every form that asks, as far as they lead, the way a search engine does."""

import html
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode, urljoin, urlsplit

from flask.testing import FlaskClient
from werkzeug.datastructures import Headers

from tests.factories.canary_words import words_of

LINK = re.compile(r"""\b(?:href|src|action|formaction)=["']?([^"'\s>]+)""")
FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
FIELD = re.compile(r"<(?:input|select)\b[^>]*\bname=\"([^\"]+)\"[^>]*>(?:(.*?)</select>)?", re.DOTALL)
VALUE = re.compile(r"\bvalue=\"([^\"]*)\"")
OPTION = re.compile(r"<option\b[^>]*\bvalue=\"([^\"]*)\"")
MOST_OF_ONE_PATH = 6
"""How many queries of one path are asked: filters and pages multiply without end."""
PRINTED = re.compile(r"/summary/runs/\d+\.(pdf|docx)")
"""What takes long to set, and says what the stand-alone page of the same version says."""


@dataclass(frozen=True)
class Visit:
    """What one address answered; `text` is what it says, of an archive what is in it."""

    path: str
    status: int
    headers: Headers
    text: str

    @property
    def said(self) -> str:
        """Everything that left the server: the status line, the headers and the body."""
        return "\n".join([str(self.status), *(f"{name}: {value}" for name, value in self.headers), self.text])


def crawl(client: FlaskClient, starts: Iterable[str], within: re.Pattern[str] = re.compile("/")) -> Iterator[Visit]:
    """Every page that can be reached from these, each once; static files are left out, and links not `within`."""
    waiting, seen, queries = deque[str](), set[str](), dict[str, int]()

    def add(address: str) -> None:
        path, _dash, query = address.partition("?")
        if address in seen or not path.startswith("/") or path.startswith(("/static/", "//")):
            return
        if PRINTED.search(path):
            return
        seen.add(address)
        queries[path] = queries.get(path, 0) + bool(query)
        if queries[path] <= MOST_OF_ONE_PATH:
            waiting.append(address)

    for start in starts:
        add(start)
    while waiting:
        visit = fetch(client, waiting.popleft())
        yield visit
        for address in leads(visit):
            if within.match(address):
                add(address)


def fetch(client: FlaskClient, path: str) -> Visit:
    """One page."""
    with client.get(path) as answer:
        return Visit(path, answer.status_code, answer.headers, words_of(answer.data))


def leads(visit: Visit) -> Iterator[str]:
    """Where a page leads to on this site: its links, what its forms ask for, and where it sends on."""
    if location := visit.headers.get("Location"):
        yield _local(location, visit.path)
    if "html" not in visit.headers.get("Content-Type", ""):
        return
    for link in LINK.findall(visit.text):
        yield _local(html.unescape(link), visit.path)
    for opening, inside in FORM.findall(visit.text):
        if 'method="post"' not in opening.lower():
            yield from _asked(opening, inside, visit.path)


def _asked(opening: str, inside: str, here: str) -> Iterator[str]:
    """A form as it stands, and once with each choice that it offers."""
    action = re.search(r'action="([^"]*)"', opening)
    target = _local(html.unescape(action[1]) if action else "", here).partition("?")[0]
    fields = dict[str, list[str]]()
    for found in FIELD.finditer(inside):
        options = OPTION.findall(found[2] or "") or VALUE.findall(found[0])
        fields.setdefault(found[1], []).extend(options)
    as_it_stands = {name: values[0] for name, values in fields.items() if values}
    yield f"{target}?{urlencode(as_it_stands)}"
    for name, values in fields.items():
        for value in values[1:]:
            yield f"{target}?{urlencode({**as_it_stands, name: value})}"


def _local(link: str, here: str) -> str:
    """The path and query of a link, or nothing where it leads away."""
    parts = urlsplit(urljoin(f"http://localhost{here}", link))
    if parts.netloc != "localhost":
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")
