"""Each setting says its environment variable, and the README explains it."""

import ast
import re
from pathlib import Path

from tests.laws.sources import ROOT, hold, write


def variables(config: Path) -> dict[str, str]:
    """Each field of Settings with the variable that its doc line names ("" when it names none)."""
    tree = ast.parse(config.read_text(encoding="utf-8"))
    body = next(n for n in tree.body if isinstance(n, ast.ClassDef) and n.name == "Settings").body
    found = {}
    for node, after in zip(body, [*body[1:], None], strict=True):
        if isinstance(node, ast.AnnAssign):
            doc = after.value.value if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant) else ""
            match = re.match(r"([A-Z][A-Z0-9_]+): ", str(doc))
            found[node.target.id] = match[1] if match else ""
    return found


def offences(root: Path) -> list[str]:
    path = root / "README.md"
    readme = path.read_text(encoding="utf-8") if path.exists() else ""
    found = []
    for field, variable in variables(root / "config.py").items():
        if not variable:
            found.append(f"{field} has no doc line that begins with its variable")
        elif f"`{variable}`" not in readme:
            found.append(f"{variable} is not in the README")
    return found


def test_each_setting_is_documented():
    hold(offences(ROOT))


def test_each_variable_is_read():
    source = (ROOT / "config.py").read_text(encoding="utf-8")
    assert [v for v in variables(ROOT / "config.py").values() if v and not re.search(rf'"{v}"|_.*\(env', source)] == []


def test_the_law_bites(tmp_path):
    config = (
        'class Settings:\n    """Doc."""\n    a: int\n    """PORT: x."""\n    b: int\n    c: int\n    """HOST: x."""\n'
    )
    write(tmp_path, {"config.py": config, "README.md": "`PORT`"})
    assert offences(tmp_path) == ["b has no doc line that begins with its variable", "HOST is not in the README"]
