"""lime on 57 x 22,283 gene expressions with a forest of 100 trees; takes a minute and several GB."""

import sys

import pandas as pd
from lime.lime_tabular import LimeTabularExplainer
from measure import milliseconds, report
from sklearn.ensemble import RandomForestClassifier

table = pd.read_csv(f"{sys.argv[1]}/bladderbatch_57x22283.csv.gz")
features, labels = table.iloc[:, 1:-1].to_numpy(), table["cancer"].to_numpy()
forest = RandomForestClassifier(100, random_state=0).fit(features, labels)
explainer = LimeTabularExplainer(features, random_state=0)
elapsed, explanation = milliseconds(
    lambda: explainer.explain_instance(features[11], forest.predict_proba, num_features=10, top_labels=1)
)
report("lime-wide/explain", "lime", "ms", [elapsed], samplesPerExplanation=5000)
