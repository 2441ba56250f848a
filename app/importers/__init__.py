"""Exports of other platforms: read and check the whole of one first, then feed the actions batch by batch."""
