"""The only writers. Rule first, rows, one event last; the caller commits."""
