"""What somebody reads in the record of a consultation that has closed."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping


def opened_in(record: Iterable[Mapping]) -> dict[int, Counter]:
    """The positions that the record opened, by standard: how many of each group, choice, and whether it still counts.

    `record` has its header's standards as the first item.
    """
    head, *entries = record
    texts = {line["id"]: line for line in head["standards"]}
    standing, gone = {}, []
    for entry in entries:
        opened = {}
        for opening in entry.get("openings", []):
            opened.update(opening or {})
        if entry["kind"] == "PositionTaken" and opened.get("block") == "people":
            if opened["position"] in standing:
                gone.append(standing[opened["position"]])
            standing[opened["position"]] = opened
        elif entry["kind"] == "PositionWithdrawn" and opened.get("position") in standing:
            gone.append(standing.pop(opened["position"]))
    found = defaultdict(Counter)
    for taken in standing.values():
        text = texts[taken["standard"]]
        counts = text["counts_from"] <= taken["version"] <= text["version"]
        found[text["number"]][taken["group"], taken["choice"], counts] += 1
    for taken in gone:
        found[texts[taken["standard"]]["number"]][taken["group"], taken["choice"], False] += 1
    return found


def left_alone(record: Iterable[Mapping]) -> list:
    """Positions that were taken back or no longer count, opened without a group where nobody is counted with them."""
    return [
        (number, choice)
        for number, opened in opened_in(record).items()
        for (group, choice, counts) in opened
        if group == "suppressed" and not counts and not any(one == (group, one[1], True) for one in opened)
    ]


def published(session_export: Iterable[Mapping], header: Mapping) -> list:
    """A record as `leaks` reads it: through JSON, so that nothing is known that is not written."""
    return json.loads(json.dumps([header, *session_export]))
