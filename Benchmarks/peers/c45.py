"""scikit-learn's tree, what there is for C4.5 in Python's usual packages, on three of four rows: c45.py FOLDER JOB"""

import sys

import numpy as np
import pandas as pd
from measure import milliseconds, report
from sklearn.tree import DecisionTreeClassifier

folder, job = sys.argv[1], sys.argv[2]
cells = pd.read_csv(f"{folder}/magic.csv.gz")
features, labels = cells.iloc[:, :-1].to_numpy(), cells.iloc[:, -1].to_numpy()
is_test = np.arange(len(labels)) % 4 == 0
samples = []
for _ in range(5):
    tree = DecisionTreeClassifier(min_samples_leaf=5, random_state=0)
    samples.append(milliseconds(lambda: tree.fit(features[~is_test], labels[~is_test]))[0])
report(job, "scikit-learn", "ms", samples, testAccuracy=tree.score(features[is_test], labels[is_test]))
