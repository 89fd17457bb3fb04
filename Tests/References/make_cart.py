"""Writes cart.json: scikit-learn's trees with the figures of every node, importances and pruning paths.

Run from this folder: python make_cart.py
No two splits are equally good, which is checked: every test of every node is tried. The seed of each is the first that does it.
"""

import json

import numpy as np
import sklearn
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor


def preorder(tree):
    order, waiting = [], [0]
    while waiting:
        node = waiting.pop()
        order.append(node)
        if tree.children_left[node] >= 0:
            waiting += [tree.children_right[node], tree.children_left[node]]
    return [
        {
            "column": int(tree.feature[n]), "threshold": float(tree.threshold[n]), "count": int(tree.n_node_samples[n]),
            "weight": float(tree.weighted_n_node_samples[n]), "impurity": float(tree.impurity[n]),
            "values": tree.value[n].ravel().tolist(),
        }
        for n in order
    ]


def is_tied(tree, node, rows, target, options, make):
    """Whether another test of a node is as good as its own, to eight digits."""
    if tree.children_left[node] < 0:
        return False
    here = tree_rows(tree, rows)[:, node]
    values, labels = rows[here], target[here]
    weights = np.ones(len(labels))
    if "class_weight" in options:
        counts = np.bincount(target)
        weights = (len(target) / (len(counts) * counts))[labels]

    def impurity(part):
        total = weights[part].sum()
        if make is DecisionTreeRegressor:
            return total * labels[part].var()
        shares = np.bincount(labels[part], weights[part]) / total
        if options.get("criterion") == "entropy":
            return -total * np.sum(shares[shares > 0] * np.log2(shares[shares > 0]))
        return total * (1 - np.sum(shares**2))

    least = options.get("min_samples_leaf", 1)
    costs = []
    for column in range(rows.shape[1]):
        for edge in np.unique(values[:, column])[:-1]:
            left = values[:, column] <= edge
            if least <= left.sum() <= len(left) - least:
                costs.append(impurity(left) + impurity(~left))
    costs.sort()
    return len(costs) > 1 and costs[1] - costs[0] < 1e-8 * max(1, costs[0])


def tree_rows(tree, rows):
    return tree.decision_path(rows).toarray().astype(bool)


def case(name, target, rows, **options):
    make = DecisionTreeRegressor if name.startswith("number") else DecisionTreeClassifier
    fit = make(random_state=0, **options).fit(rows, target)
    nodes = preorder(fit.tree_)
    if any(is_tied(fit.tree_, node, rows, target, options, make) for node in range(fit.tree_.node_count)):
        raise ArithmeticError(name)
    path = make(random_state=0, **options).cost_complexity_pruning_path(rows, target)
    alphas, impurities = path.ccp_alphas, path.impurities
    # Strengths between two changes.
    tried = [float((alphas[i] + alphas[i + 1]) / 2) for i in range(0, len(alphas) - 1, max(1, len(alphas) // 5)) if alphas[i + 1] > alphas[i] * 1.001]
    pruned = [
        {"alpha": alpha, "nodes": preorder(make(random_state=0, ccp_alpha=alpha, **options).fit(rows, target).tree_)}
        for alpha in tried
    ]
    return {
        "name": name, "options": {k: v for k, v in options.items()}, "nodes": nodes,
        "importances": fit.feature_importances_.tolist(), "alphas": alphas.tolist(), "impurities": impurities.tolist(),
        "pruned": pruned,
    }


def table(name, seed, options):
    random = np.random.RandomState(seed)
    rows = np.round(random.normal(size=(160, 5)) * 256).astype(np.float32) / 256
    number = np.round((rows[:, 0] + rows[:, 1] * rows[:, 2] + random.normal(size=160) * 0.7) * 256).astype(np.float32) / 256
    classes = np.digitize(number, [-0.9, 0.8])
    target = number if name.startswith("number") else classes
    return case(name, target, rows, **options) | {
        "seed": seed, "rows": rows.tolist(), "classes": classes.tolist(), "numbers": number.tolist()
    }


def first(name, **options):
    for seed in range(2000):
        try:
            return table(name, seed, options)
        except ArithmeticError:
            pass
    raise ArithmeticError(f"no seed without ties for {name}")


cases = [
    first("gini", min_samples_leaf=7),
    first("entropy", criterion="entropy", min_samples_leaf=7),
    first("gini, best first", max_leaf_nodes=9, min_samples_leaf=5),
    first("entropy, best first", criterion="entropy", max_leaf_nodes=12, min_samples_leaf=5),
    first("gini, balanced", class_weight="balanced", max_depth=3),
    first("number", min_samples_leaf=6),
    first("number, best first", max_leaf_nodes=10, min_samples_leaf=2),
]
with open("cart.json", "w") as file:
    json.dump({"scikit-learn": sklearn.__version__, "cases": cases}, file)
    file.write("\n")
