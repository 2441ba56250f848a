"""The only readers: one function per page or question."""
