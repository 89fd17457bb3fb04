"""A scikit-learn model as a program that xai-tab asks: rows as CSV on standard input, probabilities as CSV on standard output.

Usage: xai-tab lime Data/heart.csv --row 12 --model 'command:python3 Scripts/examples/scikit_learn_model.py Data/heart.csv'

The model is fitted here so that the example is whole; a program of one's own would load one with joblib. With --stream as
the first argument it answers line by line, for 'stream:python3 Scripts/examples/scikit_learn_model.py --stream ...'.
"""

import csv
import sys

from sklearn.ensemble import GradientBoostingClassifier
from sklearn.feature_extraction import DictVectorizer
from sklearn.pipeline import make_pipeline


def features(names, record):
    """Numbers as numbers, words as words; what is missing is left out."""
    row = {}
    for name, cell in zip(names, record):
        try:
            row[name] = float(cell)
        except ValueError:
            if cell:
                row[name] = cell
    return row


def main():
    arguments = sys.argv[1:]
    is_stream = arguments[0] == "--stream"
    with open(arguments[-1], newline="") as file:
        names, *records = csv.reader(file)
    model = make_pipeline(DictVectorizer(sparse=False), GradientBoostingClassifier(random_state=0))
    model.fit([features(names[:-1], record) for record in records], [record[-1] for record in records])

    out = csv.writer(sys.stdout, lineterminator="\n")
    asked = csv.reader(iter(sys.stdin.readline, ""))
    columns = next(asked)
    out.writerow(model.classes_)
    sys.stdout.flush()
    if is_stream:
        for record in asked:
            out.writerow(model.predict_proba([features(columns, record)])[0])
            sys.stdout.flush()
    else:
        rows = [features(columns, record) for record in asked]
        out.writerows(model.predict_proba(rows))


main()
