"""Storing a Decidim export: proposals, the authority's answers, and threads as deep as they were."""

import pytest
from sqlalchemy import select

from app.actions import projections
from app.importers import decidim
from app.importers.decidim_export import read_decidim
from app.models.comments import Comment, Stance
from app.models.consultations import Consultation, ConsultationState, Membership
from app.models.positions import Position
from app.models.standards import Standard, StandardVersion
from app.queries.record import flaws
from tests.importers.test_decidim_export import COMMENTS, export


def run(session, folder, most=None):
    """Import, committing each batch, as the command does; stop after `most` batches."""
    done = []
    for progress in decidim.store(session, read_decidim(folder), into="city", title="A city plan"):
        session.commit()
        done.append(progress)
        if len(done) == most:
            break
    return done


def comments_by_reference(session):
    return {comment.reference.split()[-1]: comment for comment in session.scalars(select(Comment))}


def test_proposals_become_standards_with_the_authoritys_answer(session, tmp_path):
    run(session, export(tmp_path))
    rows = session.execute(
        select(Standard, StandardVersion)
        .join(StandardVersion, StandardVersion.standard_id == Standard.id)
        .order_by(Standard.number)
    ).all()
    first, second, _third, fourth = (standard for standard, _version in rows)
    assert [standard.number for standard, _version in rows] == [1, 2, 3, 4]
    assert (first.response, first.response_text, first.imported_supports) == ("accepted", "D'acord", 17)
    assert (second.response, second.response_text, second.imported_supports) == ("rejected", "No", 0)
    assert (fourth.withdrawn_at is not None, first.withdrawn_at) == (True, None)
    assert all(version.state == "published" and version.reason is None for _standard, version in rows)
    assert rows[0][1].clauses == [{"number": "1", "text": "Més carrils"}]
    assert (rows[0][1].language, rows[1][1].language) == ("ca", "es")
    assert session.scalars(select(Position)).all() == []


def test_a_title_is_never_cut(session, tmp_path):
    title = "Una proposta molt llarga " * 30
    rows = f"id;author/id;title/ca;body/ca;state;published_at\n3;1;{title};Text;;2016-01-22 00:00:00 UTC\n"
    run(session, export(tmp_path, proposals=rows, comments=COMMENTS.replace(";4;Decidim", ";3;Decidim")))
    version = session.scalars(select(StandardVersion)).one()
    assert version.title == title.strip()
    assert len(version.label) <= 200


@pytest.mark.parametrize("at_once", [1, 2, 500])
def test_replies_keep_parent_depth_and_branch(session, tmp_path, monkeypatch, at_once):
    monkeypatch.setattr(decidim, "ROWS_AT_ONCE", at_once)
    run(session, export(tmp_path))
    found = comments_by_reference(session)
    root, reply, deepest = found["10"], found["12"], found["13"]
    assert (root.depth, root.parent_id, root.root_id) == (0, None, root.id)
    assert (reply.depth, reply.parent_id, reply.root_id) == (1, root.id, root.id)
    assert (deepest.depth, deepest.parent_id, deepest.root_id) == (2, reply.id, root.id)
    assert [found[ref].stance for ref in ("10", "12", "13")] == [Stance.SUPPORTS, Stance.OBJECTS, Stance.NEUTRAL]
    assert [found[ref].language for ref in ("10", "13", "14")] == ["ca", "es", "ca"]
    assert root.replies == 2
    assert projections.differences(session) == []


def test_authors_get_a_pseudonym_and_meetings_none(session, tmp_path):
    run(session, export(tmp_path))
    names = dict(session.execute(select(Membership.reference, Membership.display_name)).all())
    assert names["1"] == "Participant 1"
    assert names[decidim.NOT_STATED] == "Author not stated"


@pytest.mark.parametrize("batches", range(1, 7))
def test_a_stopped_import_goes_on(database, tmp_path, monkeypatch, batches):
    monkeypatch.setattr(decidim, "ROWS_AT_ONCE", 2)
    folder = export(tmp_path)
    with database.write() as session:
        run(session, folder, most=batches)
    with database.write() as session:
        run(session, folder)
    with database.write() as session:
        assert run(session, folder) == []
        assert len(comments_by_reference(session)) == 5
        consultation = session.scalars(select(Consultation)).one()
        assert (consultation.title, consultation.state) == ("A city plan", ConsultationState.CLOSED)
        assert (consultation.last_number, consultation.language) == (4, "ca")
        assert flaws(session, consultation.id) == []
        assert projections.differences(session) == []
