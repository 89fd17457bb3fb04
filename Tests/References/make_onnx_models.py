"""Writes onnx_models.json: small models as their usual writers save them, and what onnxruntime answers.

Run from this folder, with scikit-learn, skl2onnx, onnxmltools, xgboost, lightgbm, torch, onnx and onnxruntime:
python make_onnx_models.py
"""

import base64
import io
import json
import warnings

import numpy as np
import onnx
import onnxruntime
import torch
from lightgbm import LGBMClassifier, LGBMRegressor
from onnx import TensorProto, helper, numpy_helper
from onnxmltools import convert_lightgbm, convert_xgboost
from onnxmltools.convert.common.data_types import FloatTensorType as ToolsFloats
from skl2onnx import convert_sklearn
from skl2onnx.common.data_types import FloatTensorType, Int64TensorType, StringTensorType
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import (
    ExtraTreesClassifier, GradientBoostingClassifier, GradientBoostingRegressor, RandomForestClassifier, RandomForestRegressor,
)
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler, Normalizer, OneHotEncoder, OrdinalEncoder, StandardScaler
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor
from xgboost import XGBClassifier, XGBRegressor

warnings.filterwarnings("ignore")
random = np.random.RandomState(7)
COUNT = 160
numbers = np.round(random.normal(size=(COUNT, 4)), 2).astype(np.float32)
colours = random.choice(["red", "green", "blue", "o'hara, \"q\""], size=COUNT)
signal = numbers[:, 0] - numbers[:, 1] * numbers[:, 2] + (colours == "red") * 1.5
value = (signal + 0.2 * random.normal(size=COUNT)).astype(np.float32)
two = (signal > 0.3).astype(int)
three = np.digitize(signal, [-0.5, 1.0])
words = np.array(["low", "mid", "high"])[three]
ASKED = 24
models = []


def answers(model, feeds):
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, feeds), [output.name for output in session.get_outputs()]


def probabilities(result):
    """The last output, as rows of numbers: a list of dictionaries becomes their values."""
    last = result[-1]
    if isinstance(last, list):
        return [list(row.values()) for row in last]
    return np.asarray(last).reshape(ASKED, -1).tolist()


def add(name, model, rows, feeds, trees="none", classes=None, takes_text=()):
    """Keeps a model: `trees` says whether it is a mean of trees (mean), has a margin that is one (margin), or neither."""
    result, _ = answers(model, feeds)
    models.append({
        "name": name, "model": base64.b64encode(model.SerializeToString()).decode(), "trees": trees, "classes": classes,
        "text": list(takes_text), "rows": [[cell if isinstance(cell, str) else float(cell) for cell in row] for row in rows],
        "answers": [[float(cell) for cell in row] for row in probabilities(result)],
    })


def plain(name, model, trees="none", classes=None):
    rows = numbers[:ASKED]
    add(name, model, rows.tolist(), {model.graph.input[0].name: rows}, trees, classes)


def learn(name, estimator, target, trees="none", opset=None, inputs=4, **options):
    estimator.fit(numbers, target)
    model = convert_sklearn(estimator, initial_types=[("x", FloatTensorType([None, inputs]))], target_opset=opset, **options)
    classes = None if target is value else [str(label) for label in sorted(set(target.tolist()))]
    plain(name, model, trees, classes)


forest = dict(n_estimators=4, max_depth=4, random_state=0)
boosted = dict(n_estimators=4, max_depth=3, random_state=0)
for opset in (9, 12, 15, 18, 21):
    domains = {"": opset, "ai.onnx.ml": 1 if opset < 10 else 3}
    learn(f"skl2onnx {opset}, forest of two classes", RandomForestClassifier(**forest), two, "mean", domains)
    learn(f"skl2onnx {opset}, boosted regression", GradientBoostingRegressor(**boosted), value, "mean", domains)
    learn(f"skl2onnx {opset}, network", MLPClassifier(hidden_layer_sizes=[5], max_iter=30, random_state=0), three, "none", domains)
    scaled = make_pipeline(StandardScaler(), LogisticRegression())
    learn(f"skl2onnx {opset}, scaler and logistic regression", scaled, three, "none", domains)
learn("forest of three classes", RandomForestClassifier(**forest), three, "mean")
learn("forest of words", RandomForestClassifier(**forest), words, "mean")
learn("forest without ZipMap", RandomForestClassifier(**forest), words, "mean", options={"zipmap": False})
learn("extra trees", ExtraTreesClassifier(**forest), three, "mean")
learn("forest regression", RandomForestRegressor(**forest), value, "mean")
learn("tree", DecisionTreeClassifier(max_depth=4), three, "mean")
learn("tree regression", DecisionTreeRegressor(max_depth=4), value, "mean")
learn("boosted, two classes", GradientBoostingClassifier(**boosted), two, "margin")
learn("boosted, three classes", GradientBoostingClassifier(**boosted), three, "margin")
learn("logistic regression of two classes", LogisticRegression(), two)
learn("linear regression", LinearRegression(), value)
learn("ridge behind a min-max scaler", make_pipeline(MinMaxScaler(), Ridge()), value)
learn("network regression, tanh", MLPRegressor(hidden_layer_sizes=[5, 4], activation="tanh", max_iter=30, random_state=0), value)
learn("network of two classes, logistic", MLPClassifier(hidden_layer_sizes=[5], activation="logistic", max_iter=30, random_state=0), two)
learn("scaler and forest", make_pipeline(StandardScaler(), RandomForestClassifier(**forest)), three, "mean")
learn("normalizer and forest", make_pipeline(Normalizer(), RandomForestClassifier(**forest)), three)

# Words and numbers, one input a column.
import pandas

frame = pandas.DataFrame({f"x{i}": numbers[:, i] for i in range(4)} | {"colour": colours})
types = [(f"x{i}", FloatTensorType([None, 1])) for i in range(4)] + [("colour", StringTensorType([None, 1]))]
for name, encoder, final, target, trees in [
    ("one-hot and forest", OneHotEncoder(handle_unknown="ignore"), RandomForestClassifier(**forest), words, "mean"),
    ("one-hot and logistic regression", OneHotEncoder(), LogisticRegression(), two, "none"),
    ("ordinal and boosted regression", OrdinalEncoder(), GradientBoostingRegressor(**boosted), value, "mean"),
    ("one-hot and network", OneHotEncoder(), MLPClassifier(hidden_layer_sizes=[5], max_iter=30, random_state=0), two, "none"),
]:
    columns = ColumnTransformer(
        [("n", make_pipeline(SimpleImputer(), StandardScaler()), [f"x{i}" for i in range(4)]), ("c", encoder, ["colour"])]
    )
    pipeline = make_pipeline(columns, final).fit(frame, target)
    model = convert_sklearn(pipeline, initial_types=types)
    asked = frame[:ASKED]
    feeds = {f"x{i}": asked[[f"x{i}"]].to_numpy() for i in range(4)} | {"colour": asked[["colour"]].to_numpy(dtype=object)}
    add(
        name, model, asked.values.tolist(), feeds, trees,
        None if target is value else [str(label) for label in sorted(set(target.tolist()))], ["colour"],
    )

tools = [("x", ToolsFloats([None, 4]))]
for name, estimator, target, trees in [
    ("XGBoost, two classes", XGBClassifier(**boosted), two, "margin"),
    ("XGBoost, three classes", XGBClassifier(**boosted), three, "margin"),
    ("XGBoost regression", XGBRegressor(**boosted), value, "mean"),
]:
    holed = numbers.copy()
    holed[::5, 1] = np.nan
    model = convert_xgboost(estimator.fit(holed, target), initial_types=tools)
    asked = holed[:ASKED]
    result, _ = answers(model, {"x": asked})
    models.append({
        "name": name, "model": base64.b64encode(model.SerializeToString()).decode(), "trees": trees, "text": [],
        "classes": None if target is value else [str(label) for label in sorted(set(target.tolist()))],
        "rows": [[None if np.isnan(cell) else float(cell) for cell in row] for row in asked],
        "answers": [[float(cell) for cell in row] for row in probabilities(result)],
    })
for name, estimator, target, trees in [
    ("LightGBM, two classes", LGBMClassifier(n_estimators=4, max_depth=3, min_child_samples=5, verbose=-1), two, "margin"),
    ("LightGBM, three classes", LGBMClassifier(n_estimators=4, max_depth=3, min_child_samples=5, verbose=-1), three, "margin"),
    ("LightGBM regression", LGBMRegressor(n_estimators=4, max_depth=3, min_child_samples=5, verbose=-1), value, "mean"),
]:
    model = convert_lightgbm(estimator.fit(numbers, target), initial_types=tools)
    plain(name, model, trees, None if target is value else [str(label) for label in sorted(set(target.tolist()))])

torch.manual_seed(0)
for name, network in [
    ("torch, softmax", torch.nn.Sequential(torch.nn.Linear(4, 6), torch.nn.ReLU(), torch.nn.Linear(6, 3), torch.nn.Softmax(1))),
    ("torch, batch norm, sigmoid", torch.nn.Sequential(torch.nn.Linear(4, 6), torch.nn.BatchNorm1d(6), torch.nn.Tanh(), torch.nn.Linear(6, 1), torch.nn.Sigmoid())),
    ("torch, GELU, number", torch.nn.Sequential(torch.nn.Linear(4, 6), torch.nn.GELU(), torch.nn.LayerNorm(6), torch.nn.Linear(6, 1))),
]:
    network.eval()
    for opset in (13, 18):
        stream = io.BytesIO()
        torch.onnx.export(
            network, (torch.zeros(2, 4),), stream, input_names=["x"], opset_version=opset, dynamo=False,
            dynamic_axes={"x": {0: "n"}},
        )
        model = onnx.load_from_string(stream.getvalue())
        classes = None if "number" in name else ["0", "1", "2"] if "softmax" in name else ["0", "1"]
        plain(f"{name}, opset {opset}", model, "none", classes)
        if "sigmoid" in name:
            models[-1]["answers"] = [[1 - row[0], row[0]] for row in models[-1]["answers"]]

# Every way to compare, in both layouts of trees: node i asks column i % 4, and a chain of tests ends in leaves.
MODES = ["BRANCH_LEQ", "BRANCH_LT", "BRANCH_GTE", "BRANCH_GT", "BRANCH_EQ", "BRANCH_NEQ"]


def chain(mode, missing):
    """Three tests of the columns 0, 1, 2 at their cells of row 0, 1, 2, so that some rows are equal to the threshold."""
    count = 3
    return dict(
        nodes_treeids=[0] * (2 * count + 1), nodes_nodeids=list(range(2 * count + 1)),
        nodes_featureids=[0, 0, 1, 0, 2, 0, 0], nodes_modes=[mode, "LEAF", mode, "LEAF", mode, "LEAF", "LEAF"],
        nodes_values=[float(numbers[0, 0]), 0.0, float(numbers[1, 1]), 0.0, float(numbers[2, 2]), 0.0, 0.0],
        nodes_truenodeids=[1, 0, 3, 0, 5, 0, 0], nodes_falsenodeids=[2, 0, 4, 0, 6, 0, 0],
        nodes_missing_value_tracks_true=[missing] * (2 * count + 1),
        target_treeids=[0] * 4, target_nodeids=[1, 3, 5, 6], target_ids=[0] * 4, target_weights=[1.0, 2.5, -4.0, 8.0],
    )


def graph(node, opset, domain_version, initializers=()):
    return helper.make_model(
        helper.make_graph(
            [node], "g", [helper.make_tensor_value_info("x", TensorProto.FLOAT, [None, 4])],
            [helper.make_tensor_value_info("y", TensorProto.FLOAT, [None, 1])], list(initializers),
        ),
        opset_imports=[helper.make_opsetid("", opset), helper.make_opsetid("ai.onnx.ml", domain_version)], ir_version=8 if domain_version < 5 else 10,
    )


for mode in MODES:
    for missing in (0, 1):
        node = helper.make_node(
            "TreeEnsembleRegressor", ["x"], ["y"], domain="ai.onnx.ml", n_targets=1, base_values=[0.25], **chain(mode, missing)
        )
        model = graph(node, 15, 3)
        holed = numbers[:ASKED].copy()
        if mode == "BRANCH_LEQ" and missing:
            holed[3, 0] = holed[4, 1] = np.nan
        result, _ = answers(model, {"x": holed})
        models.append({
            "name": f"{mode}, missing {missing}", "model": base64.b64encode(model.SerializeToString()).decode(), "trees": "mean",
            "text": [], "classes": None, "rows": [[None if np.isnan(c) else float(c) for c in row] for row in holed],
            "answers": probabilities(result),
        })
for code, mode in enumerate(MODES):
    floats = lambda cells: helper.make_tensor("t", TensorProto.FLOAT, [len(cells)], cells)
    node = helper.make_node(
        "TreeEnsemble", ["x"], ["y"], domain="ai.onnx.ml", n_targets=1, aggregate_function=1, post_transform=0,
        tree_roots=[0], nodes_featureids=[0, 1, 2],
        nodes_modes=helper.make_tensor("m", TensorProto.UINT8, [3], [code] * 3),
        nodes_splits=floats([float(numbers[0, 0]), float(numbers[1, 1]), float(numbers[2, 2])]),
        nodes_truenodeids=[0, 1, 2], nodes_trueleafs=[1, 1, 1], nodes_falsenodeids=[1, 2, 3], nodes_falseleafs=[0, 0, 1],
        leaf_targetids=[0] * 4, leaf_weights=floats([1.0, 2.5, -4.0, 8.0]),
    )
    plain(f"version 5, {mode}", graph(node, 21, 5), "mean")

with open("onnx_models.json", "w") as file:
    json.dump({"onnxruntime": onnxruntime.__version__, "models": models}, file)
    file.write("\n")
print(len(models))
