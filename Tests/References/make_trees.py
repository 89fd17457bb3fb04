"""Trees of scikit-learn on data where no two splits are equally good, and figures of its metrics.

make_trees.py > trees.json. The numbers are Floats, so that they are the same for every reader. That no two splits are equally
good is checked: the order in which scikit-learn tries the columns, which its random state decides, must not matter.
"""

import json
import sys

import numpy as np
import sklearn
from sklearn import metrics
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

SEED = 20240517
random = np.random.RandomState(SEED)
rows = random.normal(size=(150, 4)).astype(np.float32)
fresh = random.normal(size=(40, 4)).astype(np.float32)
number = (rows[:, 0] * rows[:, 1] + np.sin(2 * rows[:, 2]) + random.normal(size=150) * 0.8).astype(np.float32)
classes = np.digitize(number, [-0.6, 0.7])


def preorder(tree):
    """Per node, a parent before its left and its right subtree: [column or -1, threshold or 0, value...]."""
    nodes, waiting = [], [0]
    while waiting:
        node = waiting.pop()
        is_leaf = tree.children_left[node] < 0
        nodes.append(
            [-1 if is_leaf else int(tree.feature[node]), 0 if is_leaf else tree.threshold[node], *tree.value[node].ravel()]
        )
        if not is_leaf:
            waiting += [tree.children_right[node], tree.children_left[node]]
    return nodes


def fitted(make, target):
    trees = [make(random_state=state, min_samples_leaf=12).fit(rows, target) for state in range(10)]
    assert all(preorder(tree.tree_) == preorder(trees[0].tree_) for tree in trees)
    predict = getattr(trees[0], "predict_proba", trees[0].predict)
    return {"nodes": preorder(trees[0].tree_), "predictions": predict(fresh).reshape(len(fresh), -1).tolist()}


def classification(count, n):
    truth = random.randint(count, size=n)
    # Shares of 20 trees, so that there are ties and zeros.
    shares = np.array([random.multinomial(20, 0.5 * np.ones(count) / count + 0.5 * np.eye(count)[k]) for k in truth]) / 20
    areas = (shares[:, 1],) if count == 2 else (shares,)
    return {
        "truth": truth.tolist(),
        "predictions": shares.tolist(),
        "figures": {
            "accuracy": metrics.accuracy_score(truth, shares.argmax(1)),
            "balancedAccuracy": metrics.balanced_accuracy_score(truth, shares.argmax(1)),
            "logLoss": metrics.log_loss(truth, shares, labels=range(count)),
            "auc": metrics.roc_auc_score(truth, *areas, multi_class="ovr", average="macro"),
        },
    }


def regression(n):
    truth = random.normal(size=n)
    predicted = truth + random.normal(size=n) * 0.7
    return {
        "truth": truth.tolist(),
        "predictions": predicted.tolist(),
        "figures": {
            "r2": metrics.r2_score(truth, predicted),
            "rmse": metrics.root_mean_squared_error(truth, predicted),
            "mae": metrics.mean_absolute_error(truth, predicted),
        },
    }


if __name__ == "__main__":
    json.dump(
        {
            "madeBy": {"scikit-learn": sklearn.__version__, "numpy": np.__version__, "seed": SEED},
            "rows": rows.tolist(),
            "fresh": fresh.tolist(),
            "classes": classes.tolist(),
            "numbers": number.tolist(),
            "gini": fitted(DecisionTreeClassifier, classes),
            "entropy": fitted(lambda **rest: DecisionTreeClassifier(criterion="entropy", **rest), classes),
            "variance": fitted(DecisionTreeRegressor, number),
            "twoClasses": classification(2, 60),
            "fourClasses": classification(4, 90),
            "regression": regression(50),
        },
        sys.stdout,
    )
    print()
