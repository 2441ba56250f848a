"""What red-dwarf 0.4.0 makes of the same votes. Run by bench/opinions.py with the interpreter that has it.

Usage: python bench/opinions_peer.py VOTES.npz RESULT.npz
"""

import resource
import sys
import time
import warnings

import numpy as np

warnings.filterwarnings("ignore")
from reddwarf.implementations.base import run_pipeline  # noqa: E402
from reddwarf.utils.stats import calculate_comment_statistics  # noqa: E402


def main(source: str, target: str) -> None:
    """Find groups, count for the groups that are given, and store both with the CPU time and the peak of memory."""
    given = np.load(source)
    labels, groups = given["labels"], int(given["groups"])
    votes = [
        {"participant_id": person, "statement_id": statement, "vote": value, "modified": number}
        for number, (person, statement, value) in enumerate(
            zip(given["people"].tolist(), given["statements"].tolist(), given["values"].tolist(), strict=True)
        )
    ]
    fixed = groups > 1
    began = time.process_time()
    result = run_pipeline(
        votes,
        mod_out_statement_ids=given["excluded"].tolist(),
        keep_participant_ids=np.flatnonzero(labels >= 0).tolist() if fixed else [],
        min_user_vote_threshold=10**9 if fixed else 7,
        force_group_count=groups if fixed else None,
        random_state=0,
    )
    took = time.process_time() - began
    found = result.participants_df["cluster_id"].reindex(range(len(labels))).astype(float).fillna(-1)
    counted = {}
    if fixed:
        people = [person for person in result.raw_vote_matrix.index if labels[person] >= 0]
        figures = calculate_comment_statistics(result.raw_vote_matrix.loc[people], cluster_labels=labels[people])
        names = ("seen", "said", "share", "ratio", "z_one", "z_two", "informed")
        counted = dict(zip(names, figures, strict=True))
    np.savez(
        target,
        labels=found.to_numpy(np.int64),
        took=took,
        peak=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        **counted,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
