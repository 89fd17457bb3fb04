"""Writes linear.json: scikit-learn's logistic and ridge regressions on parts of the embedded tables.

Run from this folder: python make_linear.py
Numbers are standardised, words are one-hot with all levels, in sorted order, as our inputs are.
"""

import json

import numpy as np
import pandas as pd
import sklearn
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.preprocessing import StandardScaler


def inputs(frame, columns):
    parts = []
    for column in columns:
        if pd.api.types.is_numeric_dtype(frame[column]):
            parts.append(StandardScaler().fit_transform(frame[[column]].to_numpy(float)))
        else:
            levels = sorted(frame[column].unique())
            parts.append(np.column_stack([frame[column] == level for level in levels]).astype(float))
    return np.hstack(parts)


def logistic(name, file, columns, target):
    frame = pd.read_csv(f"../../Data/{file}")[[*columns, target]].dropna()
    rows = inputs(frame, columns)
    model = LogisticRegression(C=1, tol=1e-10, solver="newton-cholesky").fit(rows, frame[target])
    return {
        "name": name, "file": file, "columns": columns, "target": target,
        "coefficients": model.coef_.tolist(), "intercepts": model.intercept_.tolist(),
        "predictions": model.predict_proba(rows)[:5].tolist(),
    }


def ridge(name, columns, target, rows=None):
    frame = pd.read_csv("../../Data/heart.csv")[[*columns, target]].dropna()[:rows]
    cells = inputs(frame, columns)
    model = Ridge(alpha=1, solver="cholesky").fit(cells, frame[target].astype(float))
    return {
        "name": name, "file": "heart.csv", "columns": columns, "target": target, "rows": len(frame),
        "coefficients": [model.coef_.tolist()], "intercepts": [float(model.intercept_)],
        "predictions": [[float(value)] for value in model.predict(cells)[:5]],
    }


HEART = ["age", "gender", "chest pain", "rest SBP", "cholesterol", "slope peak exc ST", "ST by exercise"]
PENGUINS = ["island", "bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g", "year"]
result = {
    "versions": {"scikit-learn": sklearn.__version__, "numpy": np.__version__, "pandas": pd.__version__},
    "cases": [
        logistic("two classes", "heart.csv", HEART, "diameter narrowing"),
        logistic("three classes", "penguins.csv", PENGUINS, "species"),
        ridge("more rows than inputs", HEART, "max HR"),
        ridge("more inputs than rows", HEART, "max HR", rows=9),
    ],
}
with open("linear.json", "w") as file:
    json.dump(result, file, indent=1)
    file.write("\n")
