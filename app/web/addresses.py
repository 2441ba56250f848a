"""Numbers in addresses: ASCII digits within the range of the database, so that no other number is ever looked up."""

from flask import Flask
from werkzeug.routing import IntegerConverter

LARGEST_SMALL = 2**31 - 1


class Identifier(IntegerConverter):
    """A public identifier has 53 bits, so 16 digits. Without this larger numbers would fail instead of being absent."""

    regex = "[0-9]{1,16}"


class Number(Identifier):
    """The number of a standard or version."""

    def to_python(self, value: str) -> int:
        """The number, or the largest one when it is out of range: there is no such standard."""
        return min(int(value), LARGEST_SMALL)


def init_addresses(app: Flask) -> None:
    """Read the numbers in the addresses of this application."""
    app.url_map.converters |= {"int": Identifier, "number": Number}
