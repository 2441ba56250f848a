"""Chromium for journeys, and a server for it."""

import os
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.databases import cannot_run

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
NAMES = ("chromium", "chromium-browser", "google-chrome")
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (1100, 320)
EVERYTHING: dict[str, object] = {"type": "tag", "values": STANDARDS}
NARROW = ["target-size", "color-contrast", "scrollable-region-focusable"]
LAYOUT: dict[str, object] = {"type": "rule", "values": NARROW}
CONTRAST: dict[str, object] = {"type": "rule", "values": ["color-contrast"]}


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser of the system; CHROMIUM names one that lies elsewhere."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not path:
        cannot_run("journeys through a real browser", "apt-get install chromium, or set CHROMIUM to one")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def serve(app: Any, door: socket.socket) -> Iterator[None]:
    """Let the application answer on a listening socket."""
    host, port = door.getsockname()
    server = make_server(host, port, app, threaded=True, request_handler=Quiet, fd=door.fileno())
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, name="live", daemon=True)
    thread.start()
    yield
    server.shutdown()
    thread.join()
    server.server_close()


class Quiet(WSGIRequestHandler):
    """Answers without a line for each request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


@contextmanager
def window(browser: Browser, address: str, **options: Any) -> Iterator[Page]:
    """A page of a fresh profile. What the console says, what the policy blocks and what is missing fails the test."""
    context = browser.new_context(base_url=address, **options)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.extend(_complaint(said)))
    page.on("response", lambda response: complaints.extend(_missing(response)))
    yield page
    context.close()
    assert not complaints, "the browser complains:\n- " + "\n- ".join(complaints)


def _complaint(said: ConsoleMessage) -> Iterator[str]:
    # Each answer of 400 and above is also a line of the console; `_missing` judges those.
    if said.type in ("error", "warning") and not said.text.startswith("Failed to load resource"):
        yield said.text


def _missing(response: Response) -> Iterator[str]:
    # A page may refuse; a style sheet, a script, a font or a picture may not.
    page = response.request.resource_type in ("document", "fetch", "xhr")
    if response.status >= (500 if page else 400):
        yield f"{response.url} answers {response.status}"


def barriers(browser: Browser, page: Page, address: str, path: str) -> list[str]:
    """What axe finds at `path` for whoever is signed in on `page`, wide, dark and narrow, and sideways scrolling.

    The page is loaded once. The dark changes nothing but colours, and a narrow window nothing but the layout: only what
    depends on these is looked at there.
    """
    state = page.context.storage_state()
    context = browser.new_context(base_url=address, bypass_csp=True, storage_state=state, reduced_motion="reduce")
    other = context.new_page()
    wide, narrow = WIDTHS
    other.set_viewport_size({"width": wide, "height": 900})
    other.goto(path)
    other.evaluate(Axe().axe_script)
    found = [f"{path} at {wide}: {said}" for said in _violations(other, EVERYTHING)]
    found += _sideways(other, path, wide)
    other.emulate_media(color_scheme="dark")
    found += [f"{path} in the dark: {said}" for said in _violations(other, CONTRAST)]
    other.emulate_media(color_scheme="light")
    other.set_viewport_size({"width": narrow, "height": 900})
    found += [f"{path} at {narrow}: {said}" for said in _violations(other, LAYOUT)]
    found += _sideways(other, path, narrow)
    context.close()
    return found


def _violations(page: Page, wanted: dict[str, object]) -> Iterator[str]:
    # What passes is not listed: to name each element that is in order takes as long as to look at it.
    options = {"runOnly": wanted, "resultTypes": ["violations"]}
    for violation in page.evaluate("async (options) => (await axe.run(options)).violations", options):
        places = ", ".join(str(node["target"][0]) for node in violation["nodes"][:3])
        yield f"{violation['id']}: {violation['help']} ({places})"


def _sideways(page: Page, path: str, width: int) -> Iterator[str]:
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        yield f"{path} at {width}: scrolls sideways"
