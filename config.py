"""Settings: everything that the surroundings decide, read once and checked at once."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


class WrongSettings(SystemExit):
    """What stops a start: its sentences go to stderr, each naming what is missing or wrong, and the status is 1."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What an installation is told by its environment."""

    database_url: str
    """DATABASE_URL: where the data lies, SQLite in instance/ unless said otherwise."""
    secret_key: str
    """SECRET_KEY: signs sessions; made and kept in instance/ when absent, required in production."""
    base_url: str
    """BASE_URL: the public address, used in mails, feeds and citations."""
    host: str = "127.0.0.1"
    """HOST: the address to listen on."""
    port: int = 8000
    """PORT: the port to listen on."""
    mail_url: str = ""
    """MAIL_URL: smtp://user:password@host:port or smtps://…; files in instance/mail/ when absent."""
    mail_from: str = "Standpoint <noreply@localhost>"
    """MAIL_FROM: the sender of every mail."""
    production: bool = False
    """STANDPOINT_ENV: development or production."""
    log_level: str = "INFO"
    """LOG_LEVEL: DEBUG, INFO, WARNING or ERROR."""
    database_replica_url: str = ""
    """DATABASE_REPLICA_URL: a PostgreSQL replica for reading; empty means one database."""
    metrics_token: str = ""
    """METRICS_TOKEN: lets others than this machine read /metrics."""
    instance: Path = ROOT / "instance"
    """STANDPOINT_INSTANCE: the folder for the database, the key and mail files."""

    @classmethod
    def from_env(cls, env: Mapping[str, str] = os.environ) -> "Settings":
        """Read and check the environment.

        Raises:
            WrongSettings: one line for each variable that is missing or wrong.
        """
        wrong: list[str] = []
        production = _choice(env, "STANDPOINT_ENV", ("development", "production"), "development", wrong) == "production"
        instance = Path(env.get("STANDPOINT_INSTANCE") or ROOT / "instance")
        host, port = env.get("HOST") or "127.0.0.1", _port(env, wrong)
        base_url = (env.get("BASE_URL") or f"http://{host}:{port}").rstrip("/")
        if not _is_address(base_url, ("http", "https")):
            wrong.append("BASE_URL must be a full address, such as https://standpoint.example.")
        database_url = env.get("DATABASE_URL") or f"sqlite:///{instance / 'standpoint.db'}"
        for name, url in (
            ("DATABASE_URL", database_url),
            ("DATABASE_REPLICA_URL", env.get("DATABASE_REPLICA_URL", "")),
        ):
            if url and not url.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
                wrong.append(f"{name} must begin with sqlite:/// or postgresql://.")
        mail_url = env.get("MAIL_URL", "")
        if mail_url and not mail_url.startswith("file:///") and not _is_address(mail_url, ("smtp", "smtps")):
            wrong.append("MAIL_URL must be smtp://host:port, smtps://host:port or file:///folder.")
        secret = env.get("SECRET_KEY", "")
        if production and len(secret) < 32:  # noqa: PLR2004 - 32 characters, the usual least length of a signing key
            wrong.append("SECRET_KEY must be set to at least 32 characters in production.")
        level = _choice(env, "LOG_LEVEL", LOG_LEVELS, "INFO", wrong)
        if wrong:
            raise WrongSettings("\n".join(wrong))
        _prepared(instance)
        return cls(
            database_url=database_url,
            secret_key=secret or _kept_secret(instance),
            base_url=base_url,
            host=host,
            port=port,
            mail_url=mail_url,
            mail_from=env.get("MAIL_FROM") or "Standpoint <noreply@localhost>",
            production=production,
            log_level=level,
            database_replica_url=env.get("DATABASE_REPLICA_URL", ""),
            metrics_token=env.get("METRICS_TOKEN", ""),
            instance=instance,
        )


def _choice(env: Mapping[str, str], name: str, allowed: tuple[str, ...], default: str, wrong: list[str]) -> str:
    value = env.get(name) or default
    if value not in allowed:
        wrong.append(f"{name} must be one of {', '.join(allowed)}; it is {value!r}.")
    return value


def _is_address(text: str, schemes: tuple[str, ...]) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in schemes and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False


def _port(env: Mapping[str, str], wrong: list[str]) -> int:
    text = env.get("PORT") or "8000"
    if not (text.isascii() and text.isdecimal()) or not 0 < int(text) < 65536:  # noqa: PLR2004 - the range of ports
        wrong.append(f"PORT must be a number from 1 to 65535; it is {text!r}.")
        return 8000
    return int(text)


def _prepared(instance: Path) -> None:
    """The folder of this installation, made on first use: pictures, styles and the key lie in it too."""
    try:
        instance.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongSettings(
            f"STANDPOINT_INSTANCE must be a folder that can be written to; {instance} is not."
        ) from error


def _kept_secret(instance: Path) -> str:
    """The key of this installation, made on first use and readable by its owner alone."""
    path = instance / "secret_key"
    try:
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(48), encoding="ascii")
        return path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise WrongSettings(
            f"STANDPOINT_INSTANCE must be a folder that can be written to; {instance} is not."
        ) from error
