"""The opinion page in a browser's eyes: valid, complete without a script, and true to the query."""

import re

from app.analysis.bundles import Bundle, bundles
from app.analysis.one_thread import np
from app.queries.opinion_lines import GroupLine
from app.reports.pictures.map_of_opinions import HEIGHT, MARGIN, WIDTH, draw
from tests.analysis.voters import camps, noise
from tests.factories import opinions as crowd
from tests.web.desk import words_of


def filled(session, consultation, votes, width):
    standards = crowd.published(session, consultation, width)
    crowd.positions(session, consultation, standards, votes)
    crowd.found(session, consultation)
    session.commit()


def test_the_page_says_groups_first_and_draws_them_after(client, session, consultation):
    votes, shape, _camp = camps(0)
    votes[2][votes[1] == 0] = 1
    filled(session, consultation, votes, shape[1])
    response = client.get("/consultations/faces/opinions")
    page = response.text
    assert response.status_code == 200
    words = words_of(response)
    assert words.index("The groups") < words.index("What all groups agree on") < words.index("The map")
    assert page.count('class="g-a"') >= 2
    assert "<script" not in page.split("<main")[1].split("</main>")[0]
    marks = re.search(r'<path class="g-b" d="([^"]+)"', page.split('class="map"')[1]).group(1)
    assert marks.count("h10v10h-10z") == page.split('class="map"')[1].count('<th scope="row">B</th>')


def test_noise_is_said_to_be_one_group(client, session, consultation):
    votes, shape = noise(0)
    filled(session, consultation, votes, shape[1])
    words = words_of(client.get("/consultations/faces/opinions"))
    assert "shuffled positions would look as much apart" in words


def test_too_early_is_said(client, session, consultation):
    session.commit()
    assert "Too few people" in words_of(client.get("/consultations/faces/opinions"))


def test_every_mark_is_on_the_map():
    groups = [
        GroupLine("A", 11, 9, (), (Bundle(9.0, 0.1, 5), Bundle(-2.0, 3.0, 6))),
        GroupLine("C", 5, 4, (), (Bundle(0.0, -4.0, 5),)),
    ]
    assert [drawn.look for drawn in draw(groups)] == ["a", "c"]
    for drawn in draw(groups):
        for x, y in re.findall(r"M(\d+) (\d+)", drawn.marks):
            assert MARGIN <= int(x) <= WIDTH - MARGIN
            assert MARGIN <= int(y) <= HEIGHT - MARGIN
    assert draw([]) == []


def test_bundles_hold_everybody_and_nobody_alone():
    places = np.random.default_rng(3).normal(size=(83, 2))
    found = bundles(places, 5)
    assert sum(bundle.people for bundle in found) == 83
    assert min(bundle.people for bundle in found) >= 5
    assert bundles(places[:4], 5) == ()
