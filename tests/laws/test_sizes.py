"""No file needs more than a few screens, no function needs scrolling, no view does more than a door should."""

from pathlib import Path

from tests.laws.sources import APP, ROOT, docstring_length, functions, hold, is_view, length, python_files, write

FILE = 300
FUNCTION = 40
VIEW = 15


def offences(folder: Path) -> list[str]:
    found = []
    for path in python_files(folder):
        name = path.relative_to(folder)
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > FILE:
            found.append(f"{name} has {lines} lines")
        for function in functions(path):
            where = f"{name}:{function.lineno} {function.name}"
            if length(function) > FUNCTION:
                found.append(f"{where} has {length(function)} lines")
            elif is_view(function) and length(function) - docstring_length(function) > VIEW:
                found.append(f"{where} is a view of {length(function) - docstring_length(function)} lines")
    return found


def test_the_application_stays_small():
    hold(offences(APP))


def test_the_tests_stay_small():
    hold(offences(ROOT / "tests"))


def test_the_law_bites(tmp_path):
    body = "\n    pass"
    files = {
        "long.py": "x = 1\n" * 301,
        "right.py": '@pages.get("/")\ndef view():\n    """One.\n\n    Two.\n    """' + body * 14,
        "view.py": '@pages.get("/")\ndef view():' + body * 15,
        "function.py": "class A:\n    def f(self):" + "\n        pass" * 40,
    }
    assert offences(write(tmp_path, files)) == [
        "function.py:2 f has 41 lines",
        "long.py has 301 lines",
        "view.py:2 view is a view of 16 lines",
    ]
