"""Writes mlp.json: the held-out accuracy of scikit-learn's MLPClassifier on 20 random 80/20 splits of the embedded tables.

Run from this folder: python make_mlp.py
Two hidden layers of 64 units, all else by default; numbers are standardised, words one-hot, missing cells the column's
mean with an indicator, or a level of their own. Written with scikit-learn 1.9.1.
"""

import json
import warnings

import pandas as pd
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

warnings.simplefilter("ignore")  # 200 epochs are the default, not convergence


def accuracies(file, target):
    frame = pd.read_csv(f"../../Data/{file}").dropna(subset=[target])
    rows, labels = frame.drop(columns=target), frame[target]
    result = []
    for seed in range(20):
        numbers = make_pipeline(SimpleImputer(add_indicator=True), StandardScaler())
        words = OneHotEncoder(handle_unknown="ignore")
        model = make_pipeline(
            make_column_transformer(
                (numbers, make_column_selector(dtype_include="number")),
                (words, make_column_selector(dtype_exclude="number")),
            ),
            MLPClassifier((64, 64), random_state=seed),
        )
        train, test, of_train, of_test = train_test_split(
            rows, labels, test_size=0.2, stratify=labels, random_state=seed
        )
        result.append(model.fit(train, of_train).score(test, of_test))
    return result


with open("mlp.json", "w") as file:
    tables = {"heart.csv": "diameter narrowing", "penguins.csv": "species"}
    json.dump({name: accuracies(name, target) for name, target in tables.items()}, file, indent=1)
    file.write("\n")
