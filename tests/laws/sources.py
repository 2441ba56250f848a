"""The code of the project, as the laws read it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
APP = ROOT / "app"
ROUTES = {"route", "get", "post", "put", "patch", "delete"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def python_files(folder: Path) -> Iterator[Path]:
    """Every Python file below, in order."""
    yield from sorted(folder.rglob("*.py"))


def functions(path: Path) -> Iterator[Function]:
    """Every function and method of a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, Function):
            yield node


def is_view(function: Function) -> bool:
    """Whether it is decorated with a route, such as @comments.post("/...")."""
    calls = [d.func for d in function.decorator_list if isinstance(d, ast.Call)]
    return any(isinstance(call, ast.Attribute) and call.attr in ROUTES for call in calls)


def length(function: Function) -> int:
    """Lines from `def` to the end."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def docstring_length(function: Function) -> int:
    """Lines of the docstring."""
    first = function.body[0]
    if ast.get_docstring(function) is None:
        return 0
    return (first.end_lineno or first.lineno) - first.lineno + 1


def write(folder: Path, files: dict[str, str]) -> Path:
    """A small tree of files for a law to be tried on."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


def hold(offences: list[str]) -> None:
    """Fail with every offence on a line of its own."""
    if offences:
        pytest.fail("\n".join(offences), pytrace=False)
