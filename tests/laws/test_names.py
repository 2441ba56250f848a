"""A name says what a thing is for; a signature says what it takes."""

import ast
import re
from pathlib import Path

from tests.laws.sources import APP, Function, functions, hold, python_files, write

EMPTY_WORDS = {"util", "utils", "helper", "helpers", "manager", "managers", "service", "services", "misc", "common"}


def offences(app: Path) -> list[str]:
    found = []
    for path in python_files(app):
        name = path.relative_to(app)
        if EMPTY_WORDS & {word for part in name.with_suffix("").parts for word in part.split("_")}:
            found.append(f"{name} has a name that says nothing")
        classes = [n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.ClassDef)]
        empty = [c for c in classes if re.search(r"(Util|Helper|Manager|Service)s?$", c.name)]
        found += [f"{name}:{c.lineno} {c.name} has a name that says nothing" for c in empty]
        found += [f"{name}:{f.lineno} {f.name} takes **{f.args.kwarg.arg}" for f in functions(path) if hides(f)]
    return found


def hides(function: Function) -> bool:
    """Whether it takes a bag: not when it passes on another signature, nor when a message takes its values."""
    bag = function.args.kwarg
    passes_on = bag and isinstance(bag.annotation, ast.Attribute) and bag.annotation.attr == "kwargs"
    return bool(bag and not passes_on and not function.name.endswith("gettext"))


def test_names_and_signatures_say_what_they_mean():
    hold(offences(APP))


def test_the_law_bites(tmp_path):
    files = {
        "mail_utils.py": "",
        "helpers/a.py": "",
        "right.py": "def f(*args: P.args, **kwargs: P.kwargs): ...\ndef ngettext(**params: object): ...",
        "wrong.py": "class MailManager:\n    def f(self, **kwargs): ...",
    }
    assert offences(write(tmp_path, files)) == [
        "helpers/a.py has a name that says nothing",
        "mail_utils.py has a name that says nothing",
        "wrong.py:1 MailManager has a name that says nothing",
        "wrong.py:2 f takes **kwargs",
    ]
