"""lime on wine with a forest of 100 trees and with a network, after training: 10 features, and 5 (which lime selects another way)."""

import sys

import pandas as pd
from lime.lime_tabular import LimeTabularExplainer
from measure import milliseconds, report
from sklearn.ensemble import RandomForestClassifier
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

table = pd.read_csv(f"{sys.argv[1]}/wine.csv")
features, labels = table.iloc[:, :-1].to_numpy(), table.iloc[:, -1].to_numpy()
forest = RandomForestClassifier(100, random_state=0).fit(features, labels)
explainer = LimeTabularExplainer(features, feature_names=list(table.columns[:-1]), random_state=0)


def explain(row, count, model=forest):
    return explainer.explain_instance(features[row], model.predict_proba, num_features=count, top_labels=1)


explain(0, 10)
for count in (10, 5):
    samples = [milliseconds(lambda: explain(row, count))[0] for row in (11, 71, 151)]
    report(f"lime-wine/{count}-features", "lime", "ms", samples, samplesPerExplanation=5000)
    report(f"lime-wine-sampled/{count}-features", "lime", "ms", samples, samplesPerExplanation=5000)

network = make_pipeline(StandardScaler(), MLPClassifier((64, 32), max_iter=500, random_state=0)).fit(features, labels)
explain(0, 10, network)
for count in (10, 5):
    samples = [milliseconds(lambda: explain(row, count, network))[0] for row in (11, 71, 151)]
    report(f"lime-wine-network/{count}-features", "lime", "ms", samples, samplesPerExplanation=5000)
