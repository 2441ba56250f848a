"""The people of the demonstration: eight accounts, those who write, and a crowd that takes positions."""

import random
from collections.abc import Iterator
from datetime import timedelta
from itertools import cycle
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions import consultations, imports, passwords
from app.demo.content import part, written
from app.demo.story import Story
from app.models.consultations import Channel, Identity, Membership, Role
from app.models.people import Account

PASSWORD = "standpoint-demo"  # noqa: S105 - a known one, for development only
SHARE_NAMED = 0.2
AWAY = (Channel.PHONE, Channel.PAPER, Channel.WORKSHOP)
WITHOUT_POSITION = frozenset(
    ("Watcher88", "J. Harsh", "Frank Talk", "Helena Doe, CEO of Example Vision", "BrightLens Deals")
)


def sign_ins(session: Session) -> list[str]:
    """The addresses of the demonstration's accounts, in the order in which they were made."""
    emails = select(Account.email).where(Account.demo).order_by(Account.id)
    return [email for email in session.scalars(emails) if email is not None]


def create_accounts(session: Session, story: Story) -> dict[str, Account]:
    """The eight accounts by address, proved and with the known password."""
    accounts = {
        account["email"]: Account(
            email=account["email"],
            password_hash=passwords.hashed(PASSWORD),
            display_name=account["name"],
            joined_on=story.days.day(-90).date(),
            proved_at=story.days.day(-90, 9),
            administrator=account.get("administrator", False),
            demo=True,
        )
        for account in written("accounts")
    }
    session.add_all(accounts.values())
    session.flush()
    return accounts


def join_team(story: Story, accounts: dict[str, Account]) -> None:
    """Chair and moderators join while the consultation is being prepared."""
    for entry in written("accounts"):
        if "group" in entry:
            member = consultations.join(
                story.session,
                story.consultation,
                account=accounts[entry["email"]],
                display_name=entry["name"],
                group_key=entry["group"],
                identity=Identity.NAMED,
            )
            consultations.give_role(story.session, story.consultation, member, role=Role(entry["role"]))
            story.members[entry["role"] if entry["role"] not in story.members else f"{entry['role']}2"] = member


def join_authors(story: Story, accounts: dict[str, Account]) -> None:
    """Everybody who writes something, some of them with an account."""
    account_of = {entry["author"]: entry for entry in written("accounts") if "author" in entry}
    new: dict[str, imports.NewMember] = {}
    for author, member in _authors(story):
        entry = account_of.get(author)
        if entry is None:
            new[author] = member
        elif author not in story.members:
            story.members[author] = _join_with_account(story, accounts[entry["email"]], member, entry.get("role"))
    ids = imports.members(story.session, story.consultation, list(new.values()))
    story.members |= {
        author: story.session.get_one(Membership, ids[member.reference]) for author, member in new.items()
    }


def join_crowd(story: Story) -> None:
    """The people and organisations who take positions, as many in each group as the content asks for."""
    chance = random.Random(2020)  # noqa: S311 - the same crowd every time, no secret
    names = [f"{first} {letter}." for letter in "ABCDEFGHKM" for first in written("first_names")]
    taken = {member.display_name for member in story.members.values()}
    free = iter([name for name in names if name not in taken])
    writing = [member for member in story.members.values() if member.role in (Role.PARTICIPANT, Role.POLICYMAKER)]
    new: list[imports.NewMember] = []
    for key, size in written("people").items():
        present = [m for m in writing if m.group_id == story.groups[key].id and not m.organisation]
        present = [m for m in present if m.display_name not in WITHOUT_POSITION]
        away = cycle(AWAY)
        for number in range(size - len(present)):
            by_web = number >= written("channels").get(key, 0)
            channel = Channel.WEB if by_web else next(away)
            new.append(_new_member(story, next(free), key, channel, chance, named=chance.random() < SHARE_NAMED))
        story.crowd[key] = present
    for key, organisations in written("more_organisations").items():
        new += [_new_member(story, name, key, Channel.WEB, chance, organisation=True) for name in organisations]
    ids = imports.members(story.session, story.consultation, new)
    _seat(story, [story.session.get_one(Membership, ids[member.reference]) for member in new])


def _seat(story: Story, crowd: list[Membership]) -> None:
    key_of = {group.id: key for key, group in story.groups.items()}
    writing = [member for name, member in story.members.items() if name not in WITHOUT_POSITION]
    story.organisations = [member for member in (*writing, *crowd) if member.organisation]
    for member in crowd:
        if not member.organisation and member.group_id is not None:
            story.crowd[key_of[member.group_id]].append(member)


def _authors(story: Story) -> Iterator[tuple[str, imports.NewMember]]:
    """Each author of the content once, with group and way to appear."""
    people = set(written("people_among_authors"))
    seen: set[str] = set()
    comments: list[dict[str, Any]] = [*part("comments")["comments"], *written("more_comments")]
    for comment in comments:
        author = comment["author"]
        if author in seen:
            continue
        seen.add(author)
        group = comment.get("group") or written("group_of_author").get(author)
        group = group or written("group_of_category")[comment["category"]]
        organisation = author not in people and "category" in comment
        identity = Identity(comment.get("identity", "pseudonym"))
        yield (
            author,
            imports.NewMember(
                reference=f"demo: {author}",
                display_name=written("name_of_author").get(author, author),
                joined_at=story.days.day(-74, 10),
                group=story.groups[group],
                identity=identity,
                organisation=organisation,
                channel=Channel(comment.get("submitted_via", "web")),
            ),
        )


def _join_with_account(story: Story, account: Account, member: imports.NewMember, role: str | None) -> Membership:
    joined = consultations.join(
        story.session,
        story.consultation,
        account=account,
        display_name=member.display_name,
        group_key=member.group.key if member.group else "",
        identity=member.identity,
        organisation=member.display_name if member.organisation else "",
    )
    joined.verified, joined.channel = member.organisation, Channel.WEB
    if role is not None:
        consultations.give_role(story.session, story.consultation, joined, role=Role(role))
    return joined


def _new_member(
    story: Story,
    name: str,
    group: str,
    channel: Channel,
    chance: random.Random,
    *,
    named: bool = False,
    organisation: bool = False,
) -> imports.NewMember:
    return imports.NewMember(
        reference=f"demo: {name}",
        display_name=name,
        joined_at=story.days.day(-73, 8) + timedelta(hours=chance.randrange(500)),
        group=story.groups[group],
        identity=Identity.NAMED if named or organisation else Identity.PSEUDONYM,
        organisation=organisation,
        channel=channel,
    )
