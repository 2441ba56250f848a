"""How well the hints for moderators find what they should: labelled texts and one table, `python -m bench.hints`."""
