"""Rules of networks by other programs, one network a fold: rules.py FOLDER JOB TOOL

TOOL is scikit-learn (CART on the network's answers), c50py or c50py-rules (C5.0 on them), ruleex-deepred or ruleex-ann-dt. One
line of JSON has the figures of all folds.
"""

import json
import resource
import sys
import time
from importlib.metadata import version
from pathlib import Path

import numpy as np
import rule_nets

folder, job, tool = Path(sys.argv[1]), sys.argv[2], sys.argv[3]


def folds():
    """For each fold the path of its network, and the rows of the others and its own with their classes."""
    if job == "rules-mnist":
        rows, _ = rule_nets.pictures(folder, "train")
        others, digits = rule_nets.pictures(folder, "t10k")
        for place, digit in enumerate(rule_nets.DIGITS):
            yield folder / job / f"net-{place}.npz", rows.astype(float), others.astype(float), digits == digit
        return
    lines = (folder / job / "rows.csv").read_text().split("\n")[1:-1]
    cells = [line.split(",") for line in lines]
    names = sorted({row[-1] for row in cells})
    rows = np.array([row[:-1] for row in cells], float)
    labels = np.array([names.index(row[-1]) for row in cells])
    fold = np.loadtxt(folder / job / "folds.csv", int, skiprows=1)
    for place in range(5):
        yield folder / job / f"net-{place}.npz", rows[fold != place], rows[fold == place], labels[fold == place]


def cart(layers, answers):
    from sklearn.tree import DecisionTreeClassifier

    tree = DecisionTreeClassifier(min_samples_leaf=5, random_state=0).fit(layers[0], answers)
    return tree.predict, tree.get_n_leaves()


def c50_tree(layers, answers):
    import c50py

    tree = c50py.C5Classifier().fit(layers[0], answers)
    return tree.predict, len(set(tree.apply(layers[0])))


def c50_rules(layers, answers):
    import c50py

    rules = c50py.C5RulesClassifier().fit(layers[0], answers)
    return rules.predict, len(rules.rules_)


def ruleex_modules():
    """ruleex imports TensorFlow 1 and its author's gtrain even where nothing of them is used."""
    from unittest.mock import MagicMock

    class Anything:
        pass

    for name in ["tensorflow", "gtrain", "gtrain.core", "gtrain.data", "gtrain.model", "gtrain.utils", "graphviz", "rpy2",
                 "rpy2.robjects", "rpy2.robjects.packages", "rpy2.robjects.numpy2ri", "rpy2.rlike", "rpy2.rlike.container"]:
        module = MagicMock(Data=Anything, FCNet=Anything, Model=Anything, TextCNN=Anything, AllData=Anything, BatchedData=Anything)
        sys.modules[name] = module


def ruleex_deepred(layers, answers):
    from ruleex.deepred.core import deepred

    graph = deepred(layers, {"varbose": 0})
    return lambda rows: graph.eval_all(rows), sum(1 for rule in paths(graph.root))


def ruleex_ann_dt(layers, answers):
    from ruleex.anndt.core import anndt
    from ruleex.anndt.sampling import NormalSampler

    tree = anndt(lambda rows: rule_nets.activations(path, rows)[-1], layers[0], {"varbose": 0}, sampler=NormalSampler(layers[0]))
    return lambda rows: tree.eval_all(rows), sum(1 for rule in paths(tree.root))


def paths(rule, limit=100_000):
    """The ways from a node to the leaves, at most `limit`."""
    waiting, count = [rule], 0
    while waiting and count < limit:
        rule = waiting.pop()
        branches = [getattr(rule, name, None) for name in ("true_branch", "false_branch")]
        if branches == [None, None]:
            count += 1
            yield rule
        waiting += [branch for branch in branches if branch is not None]


extract = {
    "scikit-learn": cart, "c50py": c50_tree, "c50py-rules": c50_rules, "ruleex-deepred": ruleex_deepred,
    "ruleex-ann-dt": ruleex_ann_dt,
}[tool]
package = {"ruleex-deepred": "ruleex", "ruleex-ann-dt": "ruleex", "c50py-rules": "c50py"}.get(tool, tool)
if package == "ruleex":
    ruleex_modules()
names = ["seconds", "trainFidelity", "fidelity", "balancedFidelity", "recalls", "rules", "networkAccuracy"]
result = {"job": job, "method": tool, "version": version(package)} | {name: [] for name in names} | {"failures": []}
for path, rows, others, truth in folds():
    layers = rule_nets.activations(path, rows)
    answers, wanted = layers[-1].argmax(1), rule_nets.activations(path, others)[-1].argmax(1)
    begin = time.perf_counter()
    try:
        predict, count = extract(layers, answers)
        seconds = time.perf_counter() - begin
        decided, own = np.asarray(predict(others)).astype(int), np.asarray(predict(rows)).astype(int)
    except Exception as error:
        result["failures"].append(f"{type(error).__name__}: {error}"[:200])
        continue
    recalls = [float(np.mean(decided[wanted == label] == label)) for label in (0, 1)]
    figures = [
        seconds, float(np.mean(own == answers)), float(np.mean(decided == wanted)), float(np.mean(recalls)), recalls, int(count),
        float(np.mean(wanted == truth)),
    ]
    for name, figure in zip(names, figures):
        result[name].append(figure)
result["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps(result))
