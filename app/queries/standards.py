"""Standards: the page of one, the list with search and filters, and what resembles a proposal."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.errors import Refusal
from app.models.objections import Objection
from app.models.positions import Position
from app.models.reorganisations import RelationKind
from app.models.standards import Standard, StandardVersion
from app.queries import reorganisations, standard_facts
from app.queries.amendments import AmendmentCounts
from app.queries.consultations import Frame, Moved, moved
from app.queries.grounds import Chain, chain_of
from app.queries.positions import Result, results
from app.queries.reorganisations import Trail
from app.queries.standard_facts import StandardFacts
from app.queries.threads import Asked, Thread, thread
from app.queries.versions import VersionLine, round_of
from app.queries.visibility import published_standard
from app.rules.amendments import why_not_amend
from app.rules.comments import why_not_comment
from app.rules.positions import why_not_take_position
from app.rules.reorganisations import why_not_reorganise
from app.rules.rounds import SecondRound
from app.rules.standards import missing_links
from app.rules.versions import still_counts, why_not_write_version


@dataclass(frozen=True, slots=True)
class StandardPage:
    """Everything on the page of one standard."""

    frame: Frame
    facts: StandardFacts
    chain: Chain
    result: Result
    thread: Thread
    comments_by_clause: dict[str, int]
    amendments: AmendmentCounts
    second_round: SecondRound | None
    trails: tuple[Trail, ...]
    why_not_position: Refusal | None
    why_not_comment: Refusal | None
    why_not_amend: Refusal | None
    why_not_write_version: Refusal | None

    @property
    def standard(self) -> Standard:
        """The standard."""
        return self.facts.standard

    @property
    def version(self) -> StandardVersion:
        """Its text in force."""
        return self.facts.version

    @property
    def my_position(self) -> Position | None:
        """Where the viewer stands."""
        return self.facts.position

    @property
    def my_objection(self) -> Objection | None:
        """The viewer's latest objection that was not withdrawn."""
        return self.facts.objection

    @property
    def merged_into(self) -> int | None:
        """The number of the standard that this one became part of."""
        merged = RelationKind.MERGED_INTO.value
        return next((trail.number for trail in self.trails if trail.onward and trail.kind == merged), None)

    @property
    def may_reorganise(self) -> bool:
        """Whether this viewer may ask its supporters to merge, split or withdraw it."""
        why_not = why_not_reorganise(
            self.frame.consultation, self.standard, self.frame.membership, self.facts.reorganisation
        )
        return why_not is None

    @property
    def to_confirm(self) -> bool:
        """Whether my position was taken on an earlier text."""
        return self.my_position is not None and self.my_position.version != self.standard.version

    @property
    def counts(self) -> bool:
        """Whether my position counts for the text in force."""
        return self.my_position is not None and still_counts(self.standard, self.my_position.version)

    @property
    def credit(self) -> VersionLine | None:
        """The version in force as a line, when it is not the first one."""
        return next((line for line in self.facts.versions if line.number == self.standard.version), None)

    @property
    def comments(self) -> int:
        """How many comments have a place in the thread."""
        return sum(self.comments_by_clause.values())

    @property
    def moved(self) -> Moved | None:
        """Where the chair moved it by itself, if anywhere."""
        return moved(self.frame, self.standard)

    @property
    def affected_names(self) -> list[str]:
        """The stakeholder groups that the standard names."""
        return [group.name for group in self.frame.groups if group.key in self.version.affected_groups]

    @property
    def missing(self) -> tuple[str, ...]:
        """Which links of right, duty-bearer and enforcement the text lacks."""
        return missing_links(self.version, grounded=bool(self.chain.grounds))


def find(session: Session, frame: Frame, number: int) -> Standard:
    """A standard that everybody can read, for acting on it.

    Raises:
        NotFound: there is none with this number.
    """
    return published_standard(session, frame.consultation.id, number)


def page(session: Session, frame: Frame, number: int, asked: Asked) -> StandardPage:
    """The page of a standard, in nine statements for any number of comments.

    Raises:
        NotFound: there is none with this number.
    """
    facts = standard_facts.facts_of(session, frame, number)
    standard = facts.standard
    acting = (frame.consultation, frame.phases, standard, frame.membership)
    comments_by_clause, amendment_counts = standard_facts.clause_counts(session, frame, standard)
    return StandardPage(
        frame=frame,
        facts=facts,
        chain=chain_of(session, facts.version.id),
        result=results(session, frame, [facts.subject])[standard.id],
        thread=thread(session, frame, standard.id, asked),
        comments_by_clause=comments_by_clause,
        amendments=amendment_counts,
        second_round=round_of(frame, standard, facts.versions),
        trails=reorganisations.trails(session, standard.id) if facts.related else (),
        why_not_position=why_not_take_position(*acting, at=frame.at),
        why_not_comment=why_not_comment(*acting, at=frame.at),
        why_not_amend=why_not_amend(*acting, at=frame.at),
        why_not_write_version=why_not_write_version(*acting, at=frame.at),
    )
