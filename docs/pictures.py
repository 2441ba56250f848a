"""Take the pictures of the README from a fresh demonstration: `make pictures`."""

import os
import shutil
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from werkzeug.serving import make_server

from app.db import Database, upgrade
from app.demo.load import load
from app.factory import create_app
from app.jobs.opinions import find_groups
from config import Settings

FOLDER = Path(__file__).parent / "pictures"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
BASE = "/consultations/facial-recognition"
PICTURES = (
    ("consultation", BASE, "", 1280, 1500, "light"),
    ("standard", f"{BASE}/standards/1", "member", 1280, 1300, "light"),
    ("standard-phone", f"{BASE}/standards/2", "", 390, 1100, "dark"),
    ("moderation", "/moderation?q=Ingrid", "moderator", 1280, 1200, "light"),
    ("summary", f"{BASE}/summary", "", 1280, 1300, "light"),
)


def main() -> None:
    """Serve the demonstration from a temporary folder and photograph it."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        changed = {"STANDPOINT_INSTANCE": folder, "LOG_LEVEL": "ERROR", "DATABASE_URL": ""}
        settings = Settings.from_env({**os.environ, **changed})
        upgrade(settings.database_url)
        database = Database(settings.database_url)
        with database.write() as session:
            load(session)
            session.commit()
        find_groups(database)
        server = make_server("127.0.0.1", 0, create_app(settings, database), threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        photograph(f"http://127.0.0.1:{server.server_port}")
        server.shutdown()
        database.dispose()


def photograph(address: str) -> None:
    """Take every picture from the service at this address."""
    browser_path = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=FLAGS)
        for name, path, who, width, height, scheme in PICTURES:
            context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
            page = context.new_page()
            if who:
                sign_in(page, address, who)
            page.goto(address + path)
            if name == "moderation":
                page.locator("a[href^='/moderation/cases/']").first.click()
            page.screenshot(path=FOLDER / f"{name}.png")
            print(f"docs/pictures/{name}.png")
            context.close()
        browser.close()


def sign_in(page: Page, address: str, who: str) -> None:
    """Sign in as one of the people of the demonstration."""
    page.goto(f"{address}/signin")
    page.fill("#email", f"{who}@demo.example")
    page.fill("#password", "standpoint-demo")
    page.click("main button")


if __name__ == "__main__":
    main()
