"""Pictures of a summary: SVG made here, the same in every format, each with the table of what it shows beside it."""
