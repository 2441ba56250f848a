"""No template lies unused, and none names another that is not there."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.laws.sources import APP, ROOT, hold, python_files, write


def named_in_code(app: Path) -> Iterator[re.Pattern[str]]:
    """Every string of the code, as a pattern: the gaps of an f-string stand for part of one name."""
    for path in python_files(app):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and "." in node.value:
                yield re.compile(re.escape(node.value))
            elif isinstance(node, ast.JoinedStr):
                parts = [re.escape(p.value) if isinstance(p, ast.Constant) else r"[^/]+" for p in node.values]
                if any("." in p.value for p in node.values if isinstance(p, ast.Constant)):
                    yield re.compile("".join(parts))


def named_in_template(source: str) -> set[str]:
    """What a template extends, includes or imports."""
    tags = re.findall(r"\{%-?\s*(?:extends|include|import|from)\b(.*?)%\}", source, re.DOTALL)
    return {name for tag in tags for name in re.findall(r"""["']([^"']+\.\w+)["']""", tag)}


def offences(app: Path, templates: Path) -> list[str]:
    sources = {str(p.relative_to(templates)): p for p in templates.rglob("*") if p.is_file()}
    named = {name: named_in_template(path.read_text(encoding="utf-8")) for name, path in sources.items()}
    missing = [
        f"{name} names {m}, which is not there" for name in sorted(named) for m in sorted(named[name] - set(sources))
    ]
    patterns = set(named_in_code(app))
    used: set[str] = set()
    waiting = [name for name in sources if any(pattern.fullmatch(name) for pattern in patterns)]
    while waiting:
        name = waiting.pop()
        if name not in used:
            used.add(name)
            waiting += named[name] & set(sources)
    return missing + [f"{name} is used nowhere" for name in sorted(set(sources) - used)]


def test_every_template_is_used():
    hold(offences(APP, ROOT / "templates"))


def test_the_law_bites(tmp_path):
    files = {
        "app/web/a.py": 'render("a/page.html"); render(f"emails/{kind}.txt")',
        "templates/a/page.html": '{% extends "layouts/page.html" %}{% from "macros/gone.html" import x %}',
        "templates/layouts/page.html": "",
        "templates/emails/flag.txt": "",
        "templates/a/old.html": '{% extends "layouts/old.html" %}',
        "templates/layouts/old.html": "",
    }
    write(tmp_path, files)
    assert offences(tmp_path / "app", tmp_path / "templates") == [
        "a/page.html names macros/gone.html, which is not there",
        "a/old.html is used nowhere",
        "layouts/old.html is used nowhere",
    ]
