"""Applications of a test run. Making one anew for each test, with its templates, took half of the time of pages."""

from dataclasses import replace
from pathlib import Path

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache


class _Remembered(BytecodeCache):
    """Compiled templates by the checksum of their source."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if code := self._code.get((bucket.key, bucket.checksum)):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


_REMEMBERED = _Remembered()


_MADE: dict[object, tuple[Flask, dict[str, object]]] = {}


def application(settings, database) -> Flask:
    """An application on this database: the one of an earlier test with such settings, as it was when it was made."""
    from app.cli.surroundings import Surroundings
    from app.factory import create_app
    from app.web.limits import limiter

    kind = replace(settings, database_url="", instance=Path())
    if kind not in _MADE:
        made = with_compiled_templates(create_app(settings, database))
        _MADE[kind] = made, dict(made.config)
    app, config = _MADE[kind]
    app.config.clear()
    app.config.update(config)
    app.extensions |= {"settings": settings, "database": database, "surroundings": Surroundings(settings, database)}
    limiter.reset()
    return app


def with_compiled_templates(app: Flask) -> Flask:
    """The same application; what another one compiled is not compiled again."""
    app.jinja_env.bytecode_cache = _REMEMBERED
    return app
