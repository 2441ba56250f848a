"""One command, one table: `make bench`."""
