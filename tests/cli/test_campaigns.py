"""`flask campaigns index`: what came before letters were looked for is found."""

from sqlalchemy import delete, func, select

from app.models.campaigns import Campaign, CampaignLetter, TextBand
from tests.factories import campaigns, comments, consultations, standards


def test_texts_of_before_are_indexed_and_grouped(done, database):
    with database.write() as session:
        standard = standards.published(session, consultations.opened(session))
        campaigns.letters(session, standard, 4)
        comments.published(session, standard, body="?!")  # nothing to index
        for table in (CampaignLetter, Campaign, TextBand):
            session.execute(delete(table))
        session.commit()
    for _ in range(2):
        assert "Every text is indexed" in done("campaigns", "index")
        with database.read() as session:
            assert session.scalar(select(func.count()).select_from(CampaignLetter)) == 4
