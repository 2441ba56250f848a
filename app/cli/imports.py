"""."""

from app.cli.surroundings import Group

commands = Group("import")
