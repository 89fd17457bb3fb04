"""lime on wine with a forest of 100 trees, after training: 10 features, and 5 (which lime selects another way)."""

import sys

import pandas as pd
from lime.lime_tabular import LimeTabularExplainer
from measure import milliseconds, report
from sklearn.ensemble import RandomForestClassifier

table = pd.read_csv(f"{sys.argv[1]}/wine.csv")
features, labels = table.iloc[:, :-1].to_numpy(), table.iloc[:, -1].to_numpy()
forest = RandomForestClassifier(100, random_state=0).fit(features, labels)
explainer = LimeTabularExplainer(features, feature_names=list(table.columns[:-1]), random_state=0)


def explain(row, count):
    return explainer.explain_instance(features[row], forest.predict_proba, num_features=count, top_labels=1)


explain(0, 10)
for count in (10, 5):
    samples = [milliseconds(lambda: explain(row, count))[0] for row in (11, 71, 151)]
    report(f"lime-wine/{count}-features", "lime", "ms", samples, samplesPerExplanation=5000)
