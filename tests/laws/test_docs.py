"""Every link of the documents leads somewhere: to a file of the project, and to a heading of it."""

import re
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt

from tests.laws.sources import ROOT, hold, write


def documents(root: Path) -> list[Path]:
    """The Markdown files at the top and under docs and bench."""
    return sorted([*root.glob("*.md"), *root.glob("docs/**/*.md"), *root.glob("bench/**/*.md")])


def links(path: Path) -> list[str]:
    """Targets of links and pictures, of the footnote kind too."""
    tokens = MarkdownIt("commonmark").enable("table").parse(path.read_text(encoding="utf-8"))
    inline = [child for token in tokens for child in token.children or []]
    return [str(t.attrs.get("href") or t.attrs.get("src")) for t in inline if t.type in ("link_open", "image")]


def anchors(path: Path) -> set[str]:
    """The anchors that a forge gives to headings."""
    tokens = MarkdownIt("commonmark").enable("table").parse(path.read_text(encoding="utf-8"))
    headings = [after.content for before, after in pairwise(tokens) if before.type == "heading_open"]
    return {re.sub(r"[^\w\- ]", "", heading.replace("`", "")).strip().lower().replace(" ", "-") for heading in headings}


def offences(root: Path) -> list[str]:
    found = []
    for document in documents(root):
        for link in links(document):
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (document.parent / unquote(parts.path)).resolve() if parts.path else document
            if not target.exists() or not target.is_relative_to(root):
                found.append(f"{document.relative_to(root)}: {link} is not there")
            elif parts.fragment and target.suffix == ".md" and unquote(parts.fragment) not in anchors(target):
                found.append(f"{document.relative_to(root)}: {link} has no such heading")
    return found


def test_links_of_the_documents_lead_somewhere():
    hold(offences(ROOT))


def test_the_law_bites(tmp_path):
    text = "[a](docs/b.md#two-words) [b](docs/c.md) [c](docs/b.md#gone) [d](https://a.example/x) ![e](e.png) [f](#top)"
    write(tmp_path, {"README.md": f"# Top\n\n{text} [g](../x)\n", "docs/b.md": "# `Two` words\n"})
    assert offences(tmp_path) == [
        "README.md: docs/c.md is not there",
        "README.md: docs/b.md#gone has no such heading",
        "README.md: e.png is not there",
        "README.md: ../x is not there",
    ]
