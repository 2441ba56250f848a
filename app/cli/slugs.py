"""The last part of a consultation's address, as it is typed."""

import re

import click

from app.language import _

LONGEST = 80
_SLUG = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")


class Slug(click.ParamType[str]):
    """Small letters, digits and single hyphens."""

    name = "slug"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The slug as it is stored."""
        if len(value) > LONGEST or not _SLUG.fullmatch(value):
            sentence = _(
                "An address is made of small letters, digits and hyphens, at most %(most)s of them.", most=LONGEST
            )
            self.fail(str(sentence), param, ctx)
        return value
