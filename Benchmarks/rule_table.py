"""The table of the jobs of rules: how well, in how many rules and how fast each program follows the networks of five folds."""

import statistics

METHODS = ["deepred", "eclaire", "ann-dt", "hypinv", "pedagogical"]
TOOLS = {
    "rules-xor": ["scikit-learn", "c50py", "c50py-rules", "ruleex-deepred", "ruleex-ann-dt"],
    "rules-artif": ["scikit-learn", "c50py", "ruleex-deepred", "ruleex-ann-dt"],
    "rules-magic": ["scikit-learn", "c50py", "ruleex-deepred", "ruleex-ann-dt"],
    # The others' programs need minutes to hours for 784 columns.
    "rules-mnist": ["scikit-learn"],
}
SLOW_TOOLS = {"rules-magic": ["c50py-rules"], "rules-artif": ["c50py-rules"], "rules-mnist": ["c50py"]}


def spread(numbers, scale=1.0):
    """The mean and, over several folds, the standard deviation."""
    if not numbers:
        return "-"
    mean = scale * statistics.mean(numbers)
    deviation = f"±{scale * statistics.stdev(numbers):.2g}" if len(numbers) > 1 else ""
    return (f"{mean:.1f}" if mean >= 10 else f"{mean:.2f}") + deviation


def print_table(results):
    """A row for each job and program, ours marked by its package."""
    rows = [(
        "job", "method", "of", "fidelity %", "train %", "balanced %", "recall % of each class", "rules", "seconds", "longest",
        "peak MB", "network %", "notes",
    )]
    for result in results:
        recalls = list(zip(*result["recalls"]))
        notes = [f"graph {spread(result['graphFidelity'], 100)}"] if result.get("graphFidelity") else []
        if result.get("cut"):
            notes.append(f"cut short {result['cut']} times")
        if result.get("failures"):
            notes.append(f"failed {len(result['failures'])} times: {result['failures'][0]}")
        rows.append((
            result["job"], result["method"], f"{result['package']} {result['version']}", spread(result["fidelity"], 100),
            spread(result["trainFidelity"], 100), spread(result["balancedFidelity"], 100),
            ", ".join(spread(recall, 100) for recall in recalls), spread(result["rules"]), spread(result["seconds"]),
            f"{max(result['seconds']):.2f}" if result["seconds"] else "-", f"{result['megabytes']:.0f}",
            spread(result["networkAccuracy"], 100), "; ".join(notes),
        ))
    widths = [max(map(len, column)) for column in zip(*rows)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())
