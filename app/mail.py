"""Handing one mail over: to an SMTP server, or to a folder of files. Knows mail, knows nothing of what it says."""

import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from urllib.parse import unquote, urlsplit

SECONDS = 20
PORTS = {"smtp": 25, "smtps": 465}

Deliver = Callable[["Letter"], None]


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail to one person. `key` makes its Message-ID, so that a second copy can be recognised as the same."""

    key: str
    to: str
    subject: str
    body: str


def delivery(mail_url: str, sender: str, folder: Path) -> Deliver:
    """How letters leave: by the server that `mail_url` names, else as files in its folder or in `folder`."""
    parts = urlsplit(mail_url)
    if parts.scheme in PORTS:

        def by_server(letter: Letter) -> None:
            port = parts.port or PORTS[parts.scheme]
            server = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
            with server(parts.hostname or "localhost", port, timeout=SECONDS) as connection:
                if parts.scheme == "smtp" and connection.has_extn("starttls"):
                    connection.starttls()
                if parts.username:
                    connection.login(unquote(parts.username), unquote(parts.password or ""))
                connection.send_message(_message(letter, sender))

        return by_server
    target = Path(unquote(parts.path)) if parts.scheme == "file" else folder

    def by_file(letter: Letter) -> None:
        target.mkdir(parents=True, exist_ok=True)
        path = target / f"{letter.key}.eml"
        path.touch(mode=0o600)
        path.write_bytes(_message(letter, sender).as_bytes(policy=SMTP))

    return by_file


def _message(letter: Letter, sender: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = letter.to
    message["Subject"] = " ".join(letter.subject.split())
    message["Message-ID"] = f"<{letter.key}@standpoint>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.body)
    return message
