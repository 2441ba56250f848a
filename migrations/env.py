"""Runs migrations for the address handed over by `app.db.upgrade`, one migrator at a time."""

from alembic import context
from sqlalchemy import Engine, create_engine, make_url, text

import app.models  # noqa: F401 - the package import registers every table
from app.db import Base, UtcDateTime

LOCK = 7_310_582_001  # an arbitrary number: two migrators of one PostgreSQL database take turns


def render(kind: str, item: object, _context: object) -> str | bool:
    """Write our own column type as the plain one, so that a migration never needs the application."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


def run() -> None:
    url = make_url(context.config.attributes["url"])
    engine = create_engine(url)
    try:
        migrate(engine)
    finally:
        engine.dispose()  # with the connection goes the lock, also when a migration fails


def migrate(engine: Engine) -> None:
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET lock_timeout = '10s'"))
            connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": LOCK})
            connection.commit()
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=connection.dialect.name == "sqlite",
            compare_type=True,
            render_item=render,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
