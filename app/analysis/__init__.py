"""Figures about texts and positions: plain values in, frozen results out; no database, no input or output, seeded."""
