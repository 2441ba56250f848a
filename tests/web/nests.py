"""A site full of canaries: its people at their browsers, its addresses, and who may read which word where."""

import itertools
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock
from app.db import Database
from app.factory import create_app
from app.jobs.handlers import Site
from app.jobs.relay import drain
from app.models.appeals import Appeal
from app.models.campaigns import Campaign, CampaignLetter
from app.models.commitments import Commitment
from app.models.consultations import Membership
from app.models.contributions import READABLE, Contribution, Kind
from app.models.moderation import Case
from app.models.objections import Objection
from app.models.standards import Draft, Standard, StandardVersion
from app.reports import runs
from app.reports.formats import FORMATS
from app.reports.gather import gather
from config import Settings
from tests.applications import with_compiled_templates
from tests.crawling import Visit
from tests.databases import closing_database
from tests.factories import canaries_everywhere as canaries
from tests.factories import people, summary_runs
from tests.factories.canary_words import Canary, What
from tests.factories.viewers import frame
from tests.gauges import NOON

SITE = Site("http://localhost")
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
Values = dict[str, Sequence[object]]

REVIEWERS = ("moderator", "second moderator", "chair", "deputy")
CHAIRS = ("chair", "deputy")
READ_BY_REVIEWERS = {What.TEXT, What.ORIGINAL, What.REASONS, What.DESK, What.COMPLAINT, What.APPEAL, What.NAME} | {
    What.UNDER
}
FOR_EVERYBODY = re.compile(
    r"/consultations/\w+/(summary|record|moderation-report|evidence|responses|answers)|/$|/metrics|/healthz|/readyz"
)
"""Where not even an author reads words of their own that are not published."""
ALLOWANCES: tuple[tuple[Sequence[str], str, set[What]], ...] = (
    (REVIEWERS, r"/moderation", READ_BY_REVIEWERS),
    (CHAIRS, r"/chair/aviary/comments(\.xlsx|/\d+)?($|\?)", {What.UNDER, What.NAME}),  # it may return on appeal
)
"""Who reads more than their own: these people, at these addresses, these words."""


@dataclass(frozen=True)
class Stage:
    """A copy of the site as it was at one time."""

    url: str
    folder: Path
    canaries: canaries.Menagerie
    closing: ExitStack

    @cached_property
    def app(self) -> Flask:
        """The application on this copy, without tokens in its forms."""
        database = Database(self.url)
        self.closing.callback(database.dispose)
        settings = Settings(
            database_url=self.url,
            secret_key="k" * 40,
            base_url="http://localhost",
            instance=self.folder,
            log_level="CRITICAL",
        )
        app = with_compiled_templates(create_app(settings, database))
        app.testing = True
        app.config["WTF_CSRF_ENABLED"] = False
        return app

    @contextmanager
    def copy(self, name: str) -> Iterator["Stage"]:
        """A copy of it that may be written to."""
        path = self.folder / f"{name}.db"
        copied(self.url, path)
        with ExitStack() as closing:
            yield Stage(f"sqlite:///{path}", self.folder, self.canaries, closing)
        for leftover in self.folder.glob(f"{path.name}*"):
            leftover.unlink()

    @cached_property
    def addresses(self) -> "Addresses":
        """What there is on it."""
        with closing_database(Database(self.url)) as database:
            return Addresses.read(database, self.canaries)

    def account_of(self, role: str) -> int | None:
        """The account of somebody; none of a stranger."""
        return self.canaries.roles[role].id if role in self.canaries.roles else None

    def browser(self, role: str) -> FlaskClient:
        """The browser of somebody, which checks no pages: other tests do, and it takes longer than the page."""
        client = self.app.test_client()
        if self.account_of(role) is not None:
            known = {"email": self.canaries.roles[role].email, "password": people.PASSWORD}
            assert client.post("/signin", data=known).status_code == 303
        return client

    def leaks(self, role: str, visit: Visit) -> list[str]:
        """A sentence for each word that this person may not read there."""
        found = self.canaries.flock.found_in(visit.said)
        account_id = self.account_of(role)
        return [
            f"{role} reads {canary.word} ({canary.what}) at {visit.path} ({visit.status})"
            for canary in sorted(found, key=lambda one: one.word)
            if not self._may_read(role, account_id, visit.path, canary)
        ]

    def _may_read(self, role: str, account_id: int | None, path: str, canary: Canary) -> bool:
        if account_id in canary.owners:
            return canary.what in (What.ACCOUNT, What.PREPARED) or not FOR_EVERYBODY.match(path)
        if path == f"/flags/{self.canaries.token}":  # whoever holds the token sent it
            return canary.word.endswith("flaggedonceunsignednote")
        return any(
            role in allowed and re.match(where, path) and canary.what in what for allowed, where, what in ALLOWANCES
        )


@dataclass(frozen=True)
class Addresses:
    """The values that fill the addresses of the application: everything there is, and what is not for everybody."""

    values: Values
    unseen: Values
    own: dict[int, list[int]]

    @classmethod
    def read(cls, database: Database, made: canaries.Menagerie) -> "Addresses":
        """Look them up."""
        with database.read() as session:
            written = session.scalars(select(Contribution).order_by(Contribution.id)).all()
            hidden = set(session.scalars(_hidden_standards()))
            gone = [one for one in written if one.state not in READABLE or getattr(one, "standard_id", 0) in hidden]
            owners = dict(session.execute(select(Membership.id, Membership.account_id)).all())
            own: dict[int, list[int]] = {}
            for one in written:
                own.setdefault(owners[one.membership_id], []).append(one.id)
            numbers = session.scalars(select(Standard.number).where(Standard.number.is_not(None)).distinct())
            values: Values = {
                **_of_contributions(written),
                "case_id": session.scalars(select(Case.id).where(Case.consultation_id == made.consultation.id)).all(),
                "appeal_id": session.scalars(select(Appeal.id)).all(),
                "objection_id": session.scalars(select(Objection.id)).all(),
                "draft_id": session.scalars(select(Draft.id)).all(),
                "campaign_id": session.scalars(select(Campaign.id)).all(),
                "letter": session.scalars(select(CampaignLetter.contribution_id)).all()[:2],
                "step": ["confirm", "take-out"],
                "slug": [canaries.SLUG],
                "number": sorted(numbers),
                "reference": session.scalars(select(Commitment.reference)).all(),
                "amendment": [1, 2],
                "version": [1, 2],
                "old": [1],
                "new": [2],
                "name": [*FORMATS, "iso.xlsx"],
                "ending": ["bib", "ris", "json"],
                "kind": ["submit", "position"],
                "token": [made.token],
                "member": [1],
                "run": [1],
            }
            hidden_numbers = select(Standard.number).where(Standard.id.in_(hidden), Standard.number.is_not(None))
            unseen = {**values, **_of_contributions(gone), "number": session.scalars(hidden_numbers).all()}
            return cls(values, unseen, own)

    def starts(self, app: Flask, *, part: int = 0, of: int = 1) -> Iterator[str]:
        """Every address that can be fetched, filled with what there is; of identifiers one part of several."""
        yield from _filled(app, "GET", _part(self.values, part, of))
        elsewhere = {**self.values, "slug": [canaries.ELSEWHERE, canaries.PREPARED], "number": [1], "version": [1]}
        yield from _filled(app, "GET", elsewhere, needs="slug")

    def posts(self, app: Flask, *, part: int, of: int) -> Iterator[str]:
        """Every address that takes a form, filled with what is not for everybody; of identifiers one part."""
        yield from _filled(app, "POST", _part(self.unseen, part, of))

    def of_author(self, app: Flask, account_id: int) -> Iterator[str]:
        """Every address of what somebody wrote."""
        for name in ("contribution_id", "comment_id", "update_id"):
            yield from _filled(app, "GET", {**self.values, name: self.own.get(account_id, [])}, needs=name)


def built(folder: Path, template: Path, closing: ExitStack) -> dict[str, Stage]:
    """The site before anything was planted, with what was never published, and with everything."""
    path, stages = folder / "building.db", dict[str, Stage]()
    copied(f"sqlite:///{template}", path)
    with clock.stop_at(NOON), closing_database(Database(f"sqlite:///{path}")) as database, database.write() as session:

        def told() -> None:
            session.commit()
            drain(database, SITE)

        def keep(name: str) -> None:
            told()
            copied(f"sqlite:///{path}", folder / f"{name}.db")
            stages[name] = Stage(f"sqlite:///{folder / name}.db", folder, made, closing)

        def remembered() -> None:
            """Somebody stores the summary while everything can be read."""
            told()
            if not made.summaries:
                summary_runs.stored(session, made.consultation)
            made.summaries.append(runs.packed(gather(session, frame(session, made.consultation))))

        made = canaries.opened(session)
        keep("before")
        canaries.planted(session, made)
        keep("planted")
        canaries.removed(session, made, remembered)
        keep("everything")
    return stages


def copied(url: str, path: Path) -> None:
    """Copy a database, what is still in its log included."""
    source, target = sqlite3.connect(url.removeprefix("sqlite:///")), sqlite3.connect(path)
    with source, target:
        source.backup(target)
    source.close()
    target.close()


def filled_slugs(app: Flask) -> Iterator[str]:
    """The addresses of the consultation itself."""
    values = {"slug": [canaries.SLUG], "name": [*FORMATS, "iso.xlsx"], "ending": ["bib"]}
    yield from _filled(app, "GET", values, only=True)


def _part(values: Values, part: int, of: int) -> Values:
    return {
        name: given[part::of] if name.endswith("_id") and len(given) > of else given for name, given in values.items()
    }


def _hidden_standards():
    return (
        select(Standard.id)
        .outerjoin(
            StandardVersion,
            (StandardVersion.standard_id == Standard.id)
            & (StandardVersion.number == Standard.version)
            & StandardVersion.state.in_(READABLE),
        )
        .where(StandardVersion.id.is_(None))
    )


def _of_contributions(written: Sequence[Contribution]) -> Values:
    return {
        "contribution_id": [one.id for one in written],
        "comment_id": [one.id for one in written if one.kind == Kind.COMMENT],
        "update_id": [one.id for one in written if one.kind == Kind.COMMITMENT_UPDATE],
    }


def _filled(app: Flask, method: str, values: Values, *, needs: str = "", only: bool = False) -> Iterator[str]:
    """The addresses of the application that take this method; those with one parameter alone, if it is given."""
    for rule in app.url_map.iter_rules():
        names = PARAMETER.findall(rule.rule)
        if method not in (rule.methods or ()) or rule.rule.startswith("/static") or (needs and needs not in names):
            continue
        if only and not set(names) <= set(values):
            continue
        for chosen in itertools.product(*(values[name] for name in names)):
            given = iter(chosen)
            yield PARAMETER.sub(lambda _match, given=given: str(next(given)), rule.rule)
