"""Writes the generated inputs that are not there yet: inputs.py FOLDER JOB..."""

import os
import shutil
import sys
from pathlib import Path

import numpy as np

DATA = Path(__file__).resolve().parents[2] / "Data"


def write_csv(path, header, blocks, cell):
    """Writes beside the path and renames, so that a file that is there is whole."""
    part = path.with_suffix(".part")
    with open(part, "w") as file:
        file.write(",".join(header) + "\n")
        for block in blocks:
            line = ",".join([cell] * block.shape[1]) + "\n"
            file.write((line * len(block)) % tuple(block.ravel()))
    os.replace(part, path)


def wine(path):
    from sklearn.datasets import load_wine

    data = load_wine()
    names = [name.replace("/", " per ") for name in data.feature_names]
    rows = np.column_stack([data.data, data.target])
    write_csv(path, names + ["class"], [rows], "%.10g")


def forest(path):
    labelled(path, 100_000)


def small_forest(path):
    labelled(path, 10_000)


def regression(path):
    from sklearn.datasets import make_regression

    features, values = make_regression(n_samples=100_000, n_features=30, n_informative=20, noise=10, random_state=0)
    rows = np.column_stack([features, values])
    write_csv(path, [f"x{i}" for i in range(30)] + ["y"], np.array_split(rows, 10), "%.10g")


def labelled(path, count):
    from sklearn.datasets import make_classification

    features, labels = make_classification(
        n_samples=count, n_features=30, n_informative=12, n_redundant=6, n_classes=2, flip_y=0.05, random_state=0
    )
    rows = np.column_stack([features, labels])
    write_csv(path, [f"f{i}" for i in range(30)] + ["class"], np.array_split(rows, 10), "%.10g")


def batches(path):
    """A million rows of 13 columns, and the first 20,000 of them."""
    from sklearn.datasets import make_classification

    features, labels = make_classification(
        n_samples=1_000_000, n_features=13, n_informative=8, n_redundant=2, n_classes=2, flip_y=0.05, random_state=0)
    rows = np.column_stack([features, labels])
    header = [f"f{i}" for i in range(13)] + ["class"]
    write_csv(path.with_name("batches-20k.csv"), header, [rows[:20_000]], "%.6g")
    write_csv(path, header, np.array_split(rows, 100), "%.6g")


def forest_file(path):
    """scikit-learn's forest of 100 trees on the table, grown to the end, as an ONNX file: about 1.2 million nodes."""
    import pandas as pd
    from skl2onnx import convert_sklearn
    from skl2onnx.common.data_types import FloatTensorType
    from sklearn.ensemble import RandomForestClassifier

    table = pd.read_csv(path.with_suffix(".csv"))
    labels = table.iloc[:, -1].to_numpy().astype(int)
    model = RandomForestClassifier(100, n_jobs=-1, random_state=0).fit(table.iloc[:, :-1].to_numpy(np.float32), labels)
    types = [("x", FloatTensorType([None, table.shape[1] - 1]))]
    path.write_bytes(convert_sklearn(model, initial_types=types, options={"zipmap": False}).SerializeToString())


def tall(path):
    """About 200 MB: each cell is about nine characters with its separator."""
    generator = np.random.default_rng(0)
    blocks = (generator.normal(scale=100, size=(10_000, 20)) for _ in range(122))
    write_csv(path, [f"c{i}" for i in range(20)], blocks, "%.6g")


def wide(path):
    rows = np.random.default_rng(0).normal(8, 2, size=(46, 18_633))
    write_csv(path, [f"g{i}" for i in range(18_633)], [rows], "%.6g")


def embedded(path):
    shutil.copyfile(DATA / path.name, path)


def fetched(path, name):
    source = DATA / "fetched" / name
    if not source.exists():
        sys.exit(f"{source} is absent: Scripts/get-data fetches it")
    shutil.copyfile(source, path)


def picture_file(path):
    fetched(path, f"mnist/{path.name}")


def photograph(path):
    fetched(path, f"images/{path.name}")


def magic(path):
    fetched(path, "rules_magic/magic_19020x10.csv.gz")


def xor(path):
    fetched(path, "rules_xor/xor_1000x10.csv")


def networks(name):
    """A folder of networks, trained once."""

    def write(path):
        import rule_nets

        getattr(rule_nets, name)(path)

    return write


def vgg16_file(path):
    from vgg16 import write_network

    write_network(path)


def squeezenet_file(path):
    fetched(path, f"models/{path.name}")


PICTURE_FILES = [
    (f"{part}-{kind}-ubyte.gz", picture_file) for part in ("train", "t10k") for kind in ("images-idx3", "labels-idx1")
]
INPUTS = {
    "lime-wine": [("wine.csv", wine)],
    "lime-pictures": [("chelsea.png", photograph)],
    "command-heart": [("heart.csv", embedded)],
    "forest-100k": [("forest-100k.csv", forest)],
    "onnx-forest": [("forest-100k.csv", forest), ("forest-100k.onnx", forest_file)],
    "network-100k": [("forest-100k.csv", forest)],
    "mnist": PICTURE_FILES,
    "regress-100k": [("regress-100k.csv", regression)],
    "tree-magic": [("magic.csv.gz", magic)],
    "c45-magic": [("magic.csv.gz", magic)],
    "c45rules-magic": [("magic.csv.gz", magic)],
    "importance-10k": [("importance-10k.csv", small_forest)],
    "read-200mb": [("read-200mb.csv", tall)],
    "read-wide": [("read-wide.csv", wide)],
    "batches": [("batches.csv", batches)],
    "rules-xor": [("xor.csv", xor), ("rules-xor", networks("xor"))],
    "rules-artif": [("rules-artif", networks("artif"))],
    "rules-magic": [("magic.csv.gz", magic), ("rules-magic", networks("magic"))],
    "rules-mnist": PICTURE_FILES + [("rules-mnist", networks("digits"))],
    "vgg16": [("vgg16.onnx", vgg16_file)],
    "squeezenet": [("squeezenet1_1.onnx", squeezenet_file), ("chelsea.png", photograph)],
    "lime-wide": [("bladderbatch_57x22283.csv.gz", embedded)],
}

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for job in sys.argv[2:]:
        for name, write in INPUTS[job]:
            if not (folder / name).exists():
                write(folder / name)
