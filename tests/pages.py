"""What every page must keep, checked whenever a test fetches one; and forms, filled in as a person would."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient
from html5lib.constants import E as SENTENCES
from werkzeug.test import TestResponse

WITHOUT_TOKEN = {"/language", "/appearance"}  # anonymous pages hold no token: these two check the origin instead
UNLABELLED = {"hidden", "submit", "button", "reset", "image"}
REFERENCES = (
    "for",
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-details",
    "aria-owns",
    "list",
    "form",
)


def faults(html: str, *, path: str = "/", fragment: bool = False) -> list[str]:
    """One sentence for each rule that the page breaks; a fragment needs no title, heading or anchors."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parseFragment(html) if fragment else parser.parse(html)
    found = [f"line {at[0]}: {SENTENCES[code] % values}" for at, code, values in parser.errors]
    checks = [_ids, _labels, _forms, _inline, _images]
    checks += [] if fragment else [_headings, _references, _language]
    for check in checks:
        found += check(tree, path)
    return found


def text(element: Element) -> str:
    """The words of an element, as they are read."""
    return " ".join("".join(element.itertext()).split())


def _ids(tree: Element, _path: str) -> Iterator[str]:
    for name, count in Counter(e.get("id") for e in tree.iter() if e.get("id") is not None).items():
        if count > 1:
            yield f'the id "{name}" is used {count} times'


def _controls(tree: Element) -> Iterator[Element]:
    for element in tree.iter():
        if element.tag in ("select", "textarea") or (
            element.tag == "input" and element.get("type", "text").lower() not in UNLABELLED
        ):
            yield element


def _labels(tree: Element, _path: str) -> Iterator[str]:
    labels = [label for label in tree.iter("label") if text(label)]
    named = {label.get("for") for label in labels}
    wrapped = {control for label in labels for control in _controls(label)}
    for control in _controls(tree):
        own = control.get("aria-label") or control.get("aria-labelledby")
        if not own and control not in wrapped and (control.get("id") is None or control.get("id") not in named):
            yield f'the field "{control.get("name")}" has no label'
    for button in tree.iter("button"):
        pictures = [text(title) for title in button.iter("title")] + [e.get("alt", "") for e in button.iter("img")]
        if not (text(button) or button.get("aria-label") or button.get("aria-labelledby") or any(pictures)):
            yield f'the button "{button.get("name")}" has no words'


def _forms(tree: Element, path: str) -> Iterator[str]:
    for form in tree.iter("form"):
        action = urlsplit(urljoin(path, form.get("action", ""))).path
        tokens = [e for e in form.iter("input") if e.get("name") == "csrf_token" and e.get("value")]
        if form.get("method", "get").lower() == "post" and action not in WITHOUT_TOKEN and not tokens:
            yield f"the form to {action} carries no csrf_token"


def _inline(tree: Element, _path: str) -> Iterator[str]:
    for element in tree.iter():
        if element.tag == "style":
            yield "there is a style element"
        if element.tag == "script" and (not element.get("src") or text(element)):
            yield "there is an inline script"
        for name, value in element.attrib.items():
            if name == "style":
                yield f"<{element.tag}> has a style attribute"
            if name.startswith("on"):
                yield f"<{element.tag}> has the handler {name}"
            if name in ("href", "src", "action", "formaction") and value.strip().lower().startswith("javascript:"):
                yield f"<{element.tag}> has a script in {name}"


def _images(tree: Element, _path: str) -> Iterator[str]:
    for image in tree.iter("img"):
        if image.get("alt") is None:
            yield f"the image {image.get('src')} has no alt"


def _headings(tree: Element, _path: str) -> Iterator[str]:
    headings = [text(h1) for h1 in tree.iter("h1")]
    title = text(next(tree.iter("title"), Element("title")))
    if len(headings) != 1:
        yield f"there are {len(headings)} h1: {headings}"
    elif not headings[0] or headings[0] not in title:
        yield f'the title "{title}" does not contain the h1 "{headings[0]}"'


def _references(tree: Element, _path: str) -> Iterator[str]:
    ids = {e.get("id") for e in tree.iter()} - {None}
    for element in tree.iter():
        for name in REFERENCES:
            for target in element.get(name, "").split():
                if target not in ids:
                    yield f'<{element.tag}> points with {name} to the id "{target}", which is not there'
        target = element.get("href", "")
        if element.tag == "a" and target.startswith("#") and target[1:] not in ids:
            yield f"the link {target} leads nowhere"


def _language(tree: Element, _path: str) -> Iterator[str]:
    if not tree.get("lang"):
        yield "the page does not say its language"


@dataclass(frozen=True)
class Form:
    """A form of a page with what it would send as it stands."""

    action: str
    method: str
    fields: dict[str, list[str]]


def forms(html: str, path: str) -> list[Form]:
    """Every form of the page at `path`, in order."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    return [_read(form, path) for form in tree.iter("form")]


def _read(form: Element, path: str) -> Form:
    fields: dict[str, list[str]] = {}
    for control in form.iter():
        name = control.get("name")
        if name and control.tag in ("input", "select", "textarea") and control.get("disabled") is None:
            fields.setdefault(name, []).extend(_values(control))
    action = urljoin(path, form.get("action", "")) if form.get("action") else path
    return Form(action, form.get("method", "get").lower(), fields)


def _values(control: Element) -> list[str]:
    if control.tag == "textarea":
        return [(control.text or "").removeprefix("\n")]
    if control.tag == "select":
        options = list(control.iter("option"))
        chosen = [option for option in options if option.get("selected") is not None]
        if not chosen and control.get("multiple") is None:
            chosen = options[:1]
        return [option.get("value", text(option)) for option in chosen]
    kind = control.get("type", "text").lower()
    if kind in ("checkbox", "radio"):
        return [control.get("value", "on")] if control.get("checked") is not None else []
    return [] if kind in ("submit", "button", "reset", "image", "file") else [control.get("value", "")]


class Client(FlaskClient):
    """A browser without a screen: checks every page that it fetches."""

    def open(self, *args: Any, **options: Any) -> TestResponse:
        response = super().open(*args, **options)
        if response.mimetype == "text/html" and response.data and response.request.method != "HEAD":
            path = response.request.full_path.removesuffix("?")
            fragment = "HX-Request" in response.request.headers
            broken = faults(response.get_data(as_text=True), path=path, fragment=fragment)
            if broken:
                raise AssertionError("\n- ".join([f"{path} ({response.status}) breaks the rules of pages:", *broken]))
        return response

    def submit(
        self, page: str, values: Mapping[str, Any], *, to: str | None = None, follow: bool = False
    ) -> TestResponse:
        """Fetch `page`, fill in its form that posts `to` (the only other one when not given), and send it.

        A field that the form does not have is a mistake of the test; `None` leaves a field out.
        """
        response = self.get(page)
        assert response.status_code == 200, f"{page} answers {response.status}"
        path = response.request.path
        found = [form for form in forms(response.text, path) if form.method == "post"]
        fitting = [
            f for f in found if (urlsplit(f.action).path == to if to else f.action not in WITHOUT_TOKEN | {"/signout"})
        ]
        assert fitting, f"{page} has no form to {to}; it has {[form.action for form in found]}"
        assert to or len({form.action for form in fitting}) == 1, f"say which: {[form.action for form in fitting]}"
        form = fitting[0]
        strange = [name for name in values if name not in form.fields]
        assert not strange, f"the form to {form.action} has no field {', '.join(strange)}; it has {list(form.fields)}"
        data = {**form.fields, **values}
        data = {name: value for name, value in data.items() if value not in (None, [])}
        return self.post(form.action, data=data, follow_redirects=follow)
