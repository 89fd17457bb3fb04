"""Held-out figures of scikit-learn's forest over 20 random 80/20 splits, to compare forests by: mean and standard error.

forest_accuracy.py [SETS], from Data/ and Data/fetched/. Text columns are one-hot encoded, a missing cell being a level of its
own; missing numbers take the training rows' median. Forests have 100 trees and are otherwise as scikit-learn sets them.
"""

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.impute import SimpleImputer
from sklearn.model_selection import ShuffleSplit, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder

DATA = Path(__file__).resolve().parents[2] / "Data"


def heart():
    return pd.read_csv(DATA / "heart.csv"), "diameter narrowing"


def penguins():
    return pd.read_csv(DATA / "penguins.csv"), "species"


def cleveland():
    table = pd.read_csv(DATA / "fetched/heart/processed.cleveland.data", header=None, na_values="?")
    return table.rename(columns=str), "13"


def cleveland_disease():
    table, target = cleveland()
    table[target] = (table[target] > 0).astype(int)
    return table, target


def student():
    return pd.read_csv(DATA / "fetched/student/student-mat.csv", sep=";"), "G3"


def student_without_grades():
    table, target = student()
    return table.drop(columns=["G1", "G2"]), target


SETS = {
    "heart": (heart, "accuracy"),
    "penguins": (penguins, "accuracy"),
    "cleveland": (cleveland, "accuracy"),
    "cleveland > 0": (cleveland_disease, "accuracy"),
    "student": (student, "r2"),
    "student without G1, G2": (student_without_grades, "r2"),
}

for name in sys.argv[1:] or SETS:
    read, metric = SETS[name]
    table, target = read()
    forest = RandomForestRegressor if metric == "r2" else RandomForestClassifier
    columns = make_column_transformer(
        (SimpleImputer(strategy="median"), make_column_selector(dtype_include="number")),
        remainder=make_pipeline(
            SimpleImputer(strategy="constant", fill_value="missing"), OneHotEncoder(handle_unknown="ignore")
        ),
    )
    model = make_pipeline(columns, forest(100, random_state=0, n_jobs=2))
    splits = ShuffleSplit(20, test_size=0.2, random_state=0)
    scores = cross_val_score(model, table.drop(columns=target), table[target], scoring=metric, cv=splits)
    error = scores.std(ddof=1) / np.sqrt(len(scores))
    print(json.dumps({"data": name, "metric": metric, "mean": scores.mean(), "standardError": error}), flush=True)
