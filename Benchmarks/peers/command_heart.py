"""What a user of lime writes to explain one row of the heart data: command_heart.py CSV ROW, rows counted from 1."""

import sys

import pandas as pd
from lime.lime_tabular import LimeTabularExplainer
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import OrdinalEncoder

table = pd.read_csv(sys.argv[1])
row = int(sys.argv[2]) - 1
features, labels = table.iloc[:, :-1].copy(), table.iloc[:, -1]

names = {}
for index, column in enumerate(features.columns):
    if pd.api.types.is_numeric_dtype(features[column]):
        features[column] = features[column].fillna(features[column].median())
    else:
        encoder = OrdinalEncoder()
        features[[column]] = encoder.fit_transform(features[[column]].fillna("missing"))
        names[index] = list(encoder.categories_[0])

values = features.to_numpy(dtype=float)
train, test, train_labels, test_labels = train_test_split(values, labels, test_size=0.2, random_state=0)
forest = RandomForestClassifier(100, random_state=0).fit(train, train_labels)
explainer = LimeTabularExplainer(
    train, feature_names=list(features.columns), class_names=[str(name) for name in forest.classes_],
    categorical_features=list(names), categorical_names=names, random_state=0,
)
explanation = explainer.explain_instance(values[row], forest.predict_proba, num_features=10, top_labels=1)
print("held-out accuracy", forest.score(test, test_labels))
print("probabilities", forest.predict_proba(values[row : row + 1])[0])
for condition, weight in explanation.as_list(explanation.available_labels()[0]):
    print(f"{weight:+.4f}  {condition}")
