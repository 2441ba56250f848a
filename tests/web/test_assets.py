"""Static files under hashed names."""

import gzip
import re

import brotli

from app.web import assets
from tests.web.plain import plain_app


def test_every_file_is_published_once_under_its_hash(tmp_path):
    source, target = tmp_path / "source", tmp_path / "target"
    (source / "css").mkdir(parents=True)
    (source / "fonts").mkdir()
    (source / "fonts" / "a.woff2").write_bytes(b"font")
    (source / "css" / "a.css").write_text("a{src:url(../fonts/a.woff2)} b{fill:url(#p)}" + " " * 500)
    names = assets.publish(source, target)
    style = (target / names["css/a.css"]).read_text()
    assert f"url(/static/{names['fonts/a.woff2']})" in style
    assert "url(#p)" in style
    assert re.fullmatch(r"fonts/a\.[0-9a-f]{12}\.woff2", names["fonts/a.woff2"])
    for suffix, unpack in ((".br", brotli.decompress), (".gz", gzip.decompress)):
        packed = (target / names["css/a.css"]).with_name((target / names["css/a.css"]).name + suffix)
        assert unpack(packed.read_bytes()).decode() == style
    before = sorted(path.stat().st_mtime_ns for path in target.rglob("*"))
    assert assets.publish(source, target) == names
    assert sorted(path.stat().st_mtime_ns for path in target.rglob("*")) == before


def test_files_are_served_compressed_and_for_ever(tmp_path):
    app = plain_app(tmp_path)
    address = app.jinja_env.globals["asset"]("css/standpoint.css")
    with app.test_client().get(address, headers={"Accept-Encoding": "br"}) as response:
        assert response.headers["Content-Encoding"] == "br"
        assert "immutable" in response.headers["Cache-Control"]
        assert len(response.data) < 10_000


def test_budgets():
    sizes = {path.name: path.stat().st_size for path in assets.SOURCE.rglob("*") if path.is_file()}
    assert sizes["standpoint.css"] < 35_000
    assert sizes["standpoint.js"] < 15_000
