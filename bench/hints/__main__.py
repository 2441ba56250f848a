"""How often the hints for moderators are right, and how long they take.

Usage: python -m bench.hints [--wrong]
"""

import argparse

from bench.hints.measure import HELD_OUT, TUNING, Labelled, agrees, marks_of, milliseconds, scored, table, texts


def main() -> None:
    """Print the table; with --wrong also what was missed or marked without reason in the part for tuning."""
    parser = argparse.ArgumentParser(prog="python -m bench.hints", description=__doc__)
    parser.add_argument("--wrong", action="store_true", help="show the errors of the part for tuning")
    asked = parser.parse_args()
    labelled = texts()
    parts = {part: [text for text in labelled if text.part == part] for part in (TUNING, HELD_OUT)}
    for line in table({"all": scored(labelled), **{part: scored(chosen) for part, chosen in parts.items()}}):
        print(line)
    for name, length in (("a text", 0), ("4,000 characters", 4000)):
        median, slowest = milliseconds(labelled, length=length)
        print(f"{name:<18}median {median:.2f} ms, slowest {slowest:.2f} ms")
    if asked.wrong:
        for text in parts[TUNING]:
            show(text)


def show(text: Labelled) -> None:
    """Print what is wrong with the marks of a text."""
    marks = marks_of(text.text, language=text.language)
    for label in text.marks:
        if not any(agrees(mark, label) for mark in marks):
            print(f"missed {label.kind}: {text.text[label.start : label.end]!r} in {text.text!r}")
    for mark in marks:
        if not any(agrees(mark, label) for label in text.marks):
            print(f"marked {mark.kind}: {text.text[mark.start : mark.end]!r} in {text.text!r}")


if __name__ == "__main__":
    main()
