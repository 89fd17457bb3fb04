"""scikit-learn's forest of 100 trees on 100,000 x 30: fit, out-of-bag accuracy, prediction of the same rows."""

import sys

import pandas as pd
from measure import milliseconds, report
from sklearn.ensemble import RandomForestClassifier

threads = int(sys.argv[2])
table = pd.read_csv(f"{sys.argv[1]}/forest-100k.csv")
features, labels = table.iloc[:, :-1].to_numpy(), table.iloc[:, -1].to_numpy()

forest = RandomForestClassifier(100, n_jobs=threads, oob_score=True, random_state=0)
fit, _ = milliseconds(lambda: forest.fit(features, labels))
report("forest-100k/fit", "scikit-learn", "ms", [fit], threads=threads, oobAccuracy=forest.oob_score_)
predict, _ = milliseconds(lambda: forest.predict_proba(features))
report("forest-100k/predict", "scikit-learn", "rows/s", [len(features) / predict * 1000], threads=threads)
