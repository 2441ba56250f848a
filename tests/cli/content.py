"""What several commands are tried on."""


def a_consultation(done, slug="cameras"):
    """A consultation that is being prepared."""
    return done("consultation", "create", slug, "Cameras", "--opens", "2026-06-01", "--closes", "2026-07-01T12:00")
