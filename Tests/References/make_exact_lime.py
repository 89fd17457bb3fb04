"""Writes exact_lime.json: what lime gives for rows of the heart data and a scikit-learn tree, averaged over many samples.

Run from this folder: python make_exact_lime.py
The weights are the means of lime's over several seeds, with their standard errors; bins are lime's own.
"""

import json

import lime
import lime.lime_tabular
import numpy as np
import pandas as pd
import sklearn
from sklearn.tree import DecisionTreeClassifier

COLUMNS = ["age", "rest SBP", "cholesterol", "max HR", "ST by exercise"]
ROWS = [11, 100, 250]
SEEDS = 12
SAMPLES = 40_000

frame = pd.read_csv("../../Data/heart.csv")
cells = frame[COLUMNS].to_numpy(float)
labels = frame["diameter narrowing"].to_numpy(int)
tree = DecisionTreeClassifier(max_depth=3, random_state=0).fit(cells, labels)

cases = []
for row in ROWS:
    weights, intercepts = [], []
    for seed in range(SEEDS):
        explainer = lime.lime_tabular.LimeTabularExplainer(
            cells, training_labels=labels, random_state=seed, feature_selection="none"
        )
        explanation = explainer.explain_instance(
            cells[row], tree.predict_proba, labels=(1,), num_features=len(COLUMNS), num_samples=SAMPLES
        )
        values = dict(explanation.as_map()[1])
        weights.append([values[column] for column in range(len(COLUMNS))])
        intercepts.append(explanation.intercept[1])
    weights = np.array(weights)
    cases.append(
        {
            "row": row + 1,
            "weights": weights.mean(0).tolist(),
            "standardErrors": (weights.std(0, ddof=1) / np.sqrt(SEEDS)).tolist(),
            "intercept": float(np.mean(intercepts)),
            "interceptError": float(np.std(intercepts, ddof=1) / np.sqrt(SEEDS)),
            "prediction": float(tree.predict_proba(cells[row : row + 1])[0, 1]),
        }
    )

explainer = lime.lime_tabular.LimeTabularExplainer(cells, random_state=0)
bins = [
    {
        "mins": list(explainer.discretizer.mins[column]),
        "maxs": list(explainer.discretizer.maxs[column]),
        "means": list(explainer.discretizer.means[column]),
        "deviations": list(explainer.discretizer.stds[column]),
        "frequencies": [
            float(dict(zip(explainer.feature_values[column], explainer.feature_frequencies[column])).get(bin, 0))
            for bin in range(len(explainer.discretizer.mins[column]))
        ],
    }
    for column in range(len(COLUMNS))
]
nodes = tree.tree_
result = {
    "versions": {"lime": "0.2.0.1", "scikit-learn": sklearn.__version__, "numpy": np.__version__},
    "seeds": SEEDS,
    "samples": SAMPLES,
    "columns": COLUMNS,
    "bins": bins,
    "tree": [
        {"feature": int(f), "threshold": float(t)} for f, t in zip(nodes.feature, nodes.threshold) if f >= 0
    ],
    "cases": cases,
}
json.dump(result, open("exact_lime.json", "w"), indent=1)
