"""The networks whose rules are extracted, trained once with scikit-learn and saved as ONNX files, so that all sides see the same.

A folder holds `rows.csv` (the class last), `folds.csv` (which fifth each row is in) and, for each fold, the network that was
trained on the others: `net-0.onnx` to `net-4.onnx`, its weights also as `net-0.npz` to `net-4.npz`. For the handwritten digits
the rows are the picture files, and network k tells the digit `DIGITS[k]` from the rest.
"""

import gzip
import os
import shutil
import warnings

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import StratifiedKFold
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

SEED = 42
DIGITS = [0, 1, 2, 6, 7]


def artificial(count=30_000):
    """artif-I of Zilke, Loza Mencia and Janssen's DeepRED (2016)."""
    generator = np.random.default_rng(SEED)
    x1 = generator.choice([0, 0.5, 1], count)
    x2 = generator.choice([0, 0.25, 0.5, 0.75, 1], count)
    x3, x4, x5 = generator.random((3, count))
    label = (x1 == x2) | ((x1 > x2) & (x3 > 0.4)) | ((x3 > x4) & (x4 > x5) & (x2 > 0))
    return np.column_stack([x1, x2, x3, x4, x5]), label.astype(int)


def network(hidden, activation, epochs, batch_size):
    net = MLPClassifier(
        hidden, activation=activation, batch_size=batch_size, max_iter=epochs, learning_rate_init=1e-3, random_state=SEED,
        n_iter_no_change=epochs,
    )
    return make_pipeline(StandardScaler(), net)


def save(pipeline, path, width):
    scaler, net = pipeline[0], pipeline[1]
    layers = {f"weights-{i}": w for i, w in enumerate(net.coefs_)} | {f"bias-{i}": b for i, b in enumerate(net.intercepts_)}
    np.savez(path.with_suffix(".npz"), mean=scaler.mean_, scale=scaler.scale_, activation=net.activation, **layers)
    from skl2onnx import convert_sklearn
    from skl2onnx.common.data_types import FloatTensorType

    options = {MLPClassifier: {"zipmap": False}}
    model = convert_sklearn(pipeline, initial_types=[("x", FloatTensorType([None, width]))], options=options)
    path.write_bytes(model.SerializeToString())


def write(path, make):
    """Writes beside the path and renames, so that a folder that is there is whole."""
    part = path.with_name(path.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        make(part)
    os.replace(part, path)


def write_folds(path, features, labels, names, **settings):
    def make(folder):
        folds = np.empty(len(labels), int)
        for fold, (_, test) in enumerate(StratifiedKFold(5, shuffle=True, random_state=SEED).split(features, labels)):
            folds[test] = fold
        with open(folder / "rows.csv", "w") as file:
            file.write(",".join(names) + "\n")
            for row, label in zip(features, labels):
                file.write(",".join(repr(float(cell)) for cell in row) + f",{label}\n")
        np.savetxt(folder / "folds.csv", folds, "%d", header="fold", comments="")
        for fold in range(5):
            net = network(**settings).fit(features[folds != fold].astype(np.float32), labels[folds != fold])
            save(net, folder / f"net-{fold}.onnx", features.shape[1])

    write(path, make)


def activations(path, rows):
    """The rows, what each hidden layer puts out for them, and the probabilities of the two classes, in double precision."""
    net = np.load(path)
    function = {"tanh": np.tanh, "relu": lambda x: np.maximum(x, 0)}[str(net["activation"])]
    layers = [rows]
    values = (rows.astype(np.float32) - net["mean"]) / net["scale"]
    for i in range(sum(name.startswith("weights") for name in net)):
        sums = values @ net[f"weights-{i}"] + net[f"bias-{i}"]
        values = function(sums)
        layers.append(values)
    second = 1 / (1 + np.exp(-np.clip(sums[:, 0], -500, 500)))
    return layers[:-1] + [np.column_stack([1 - second, second])]


def pictures(folder, part):
    def idx(name, header):
        with gzip.open(folder / name) as file:
            return np.frombuffer(file.read(), np.uint8, offset=header)

    return idx(f"{part}-images-idx3-ubyte.gz", 16).reshape(-1, 784), idx(f"{part}-labels-idx1-ubyte.gz", 8)


def xor(path):
    import pandas as pd

    table = pd.read_csv(path.parent / "xor.csv")
    write_folds(
        path, table.iloc[:, :-1].to_numpy(), table.iloc[:, -1].to_numpy().astype(int), list(table.columns), hidden=(64, 32, 16),
        activation="tanh", epochs=150, batch_size=16,
    )


def magic(path):
    import pandas as pd

    table = pd.read_csv(path.parent / "magic.csv.gz")
    write_folds(
        path, table.iloc[:, :-1].to_numpy(), table.iloc[:, -1].to_numpy(), list(table.columns), hidden=(64, 32, 16),
        activation="relu", epochs=200, batch_size=32,
    )


def artif(path):
    features, labels = artificial()
    names = ["x1", "x2", "x3", "x4", "x5", "y"]
    write_folds(path, features, labels, names, hidden=(10, 5), activation="tanh", epochs=60, batch_size=64)


def digits(path):
    def make(folder):
        features, labels = pictures(path.parent, "train")
        for place, digit in enumerate(DIGITS):
            net = network((100, 50), "relu", epochs=10, batch_size=128)
            net.fit(features.astype(np.float32), (labels == digit).astype(int))
            save(net, folder / f"net-{place}.onnx", 784)

    write(path, make)
