"""Static files under hashed names: kept for ever by browsers, compressed once, no build step.

`publish` copies each file to `name.<hash>.ext` with .br and .gz beside it, and rewrites `url(...)` in style sheets to
the hashed names. WhiteNoise serves the folder.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from wsgiref.headers import Headers

import brotli
from flask import Flask
from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

from app.web.security import ALWAYS

SOURCE = Path(__file__).parents[1] / "static"
PREFIX = "/static/"

_HASHED = re.compile(r"\.[0-9a-f]{12}\.\w+$")
_NAMED = re.compile(r"url\(([^)\"'#]+)\)")


def init_assets(app: Flask, folder: Path) -> None:
    """Publish the static files into `folder`, serve them, and give templates `asset(name)`."""
    names = publish(SOURCE, folder)
    served = WhiteNoise(
        app.wsgi_app,
        max_age=300,
        add_headers_function=_protect,
        allow_all_origins=False,
        immutable_file_test=_is_hashed,
    )
    served.add_files(str(folder), prefix=PREFIX)
    app.wsgi_app = served  # type: ignore[method-assign]

    def asset(name: str) -> str:
        return PREFIX + names[name]

    app.jinja_env.globals["asset"] = asset


def publish(source: Path, target: Path) -> dict[str, str]:
    """Each file's name and its hashed name; files already there are left alone.

    Style sheets come last, because they name other files.
    """
    names: dict[str, str] = {}
    for path in sorted(_files(source), key=lambda path: (path.suffix == ".css", path)):
        name = path.relative_to(source).as_posix()
        content = path.read_bytes()
        if path.suffix == ".css":
            content = _with_hashed_names(content.decode(), Path(name).parent, names).encode()
        mark = hashlib.sha256(content).hexdigest()[:12]
        names[name] = Path(name).with_name(f"{path.stem}.{mark}{path.suffix}").as_posix()
        _write(target / names[name], content)
    return names


def _files(source: Path) -> Iterator[Path]:
    return (path for path in source.rglob("*") if path.is_file() and not path.name.startswith("."))


def _with_hashed_names(style: str, folder: Path, names: dict[str, str]) -> str:
    def hashed(found: re.Match[str]) -> str:
        name = Path(os.path.normpath(folder / found[1])).as_posix()
        return f"url({PREFIX}{names[name]})"

    return _NAMED.sub(hashed, style)


def _write(path: Path, content: bytes) -> None:
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    if Compressor(quiet=True).should_compress(path.name):
        _put(path.with_name(path.name + ".br"), brotli.compress(content))
        _put(path.with_name(path.name + ".gz"), Compressor.compress_gzip(content))
    _put(path, content)


def _put(path: Path, content: bytes) -> None:
    """Several processes may start at once: a file is there whole or not at all."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    unfinished.write_bytes(content)
    unfinished.replace(path)


def _protect(headers: Headers, _path: str, _url: str) -> None:
    for name, value in ALWAYS.items():
        headers[name] = value


def _is_hashed(_path: str, url: str) -> bool:
    return _HASHED.search(url) is not None
