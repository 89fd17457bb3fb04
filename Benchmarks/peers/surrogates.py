"""statsmodels' regression table, scikit-learn's tree and its permutation importance: surrogates.py FOLDER JOB THREADS"""

import sys

import pandas as pd
from measure import milliseconds, report

folder, job, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
REPEATS = 5


def table(name):
    cells = pd.read_csv(f"{folder}/{name}")
    return cells.iloc[:, :-1].to_numpy(), cells.iloc[:, -1].to_numpy()


if job == "regress-100k":
    import statsmodels.api as statsmodels

    features, values = table("regress-100k.csv")
    design = statsmodels.add_constant(features)
    samples = [milliseconds(lambda: statsmodels.OLS(values, design).fit().summary())[0] for _ in range(REPEATS)]
    report(job, "statsmodels", "ms", samples)
elif job == "tree-magic":
    from sklearn.tree import DecisionTreeClassifier

    features, labels = table("magic.csv.gz")
    samples = [milliseconds(lambda: DecisionTreeClassifier(random_state=0).fit(features, labels))[0] for _ in range(REPEATS)]
    report(job, "scikit-learn", "ms", samples)
else:
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.inspection import permutation_importance

    features, labels = table("importance-10k.csv")
    forest = RandomForestClassifier(100, n_jobs=threads, random_state=0).fit(features, labels)
    # Its two ways to use the cores: over the columns, or over the trees.
    forest.n_jobs = 1
    columns, _ = milliseconds(
        lambda: permutation_importance(forest, features, labels, n_repeats=10, n_jobs=threads, random_state=0)
    )
    report(job, "scikit-learn", "ms", [columns], threads=threads)
