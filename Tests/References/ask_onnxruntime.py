"""Prints what onnxruntime answers for the raw cells of a CSV file: ask_onnxruntime.py MODEL.onnx DATA.csv

One record a row: the outputs' numbers or words, in the order of the model's outputs. Empty cells and NA are missing: NaN in an
input of numbers, the empty word in one of words. Columns meet inputs by name.
"""

import csv
import sys

import numpy as np
import onnxruntime

session = onnxruntime.InferenceSession(sys.argv[1], providers=["CPUExecutionProvider"])
with open(sys.argv[2], newline="") as file:
    text = file.read()
records = list(csv.DictReader(text.splitlines(), delimiter=";" if text.partition("\n")[0].count(";") > 2 else ","))


def plain(name):
    return "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in name)


feeds = {}
for given in session.get_inputs():
    column = next(name for name in records[0] if name == given.name or plain(name) == plain(given.name))
    cells = ["" if record[column] in ("", "NA") else record[column] for record in records]
    if given.type == "tensor(string)":
        feeds[given.name] = np.array(cells, dtype=object).reshape(-1, 1)
    else:
        kind = np.float64 if "double" in given.type else np.float32
        feeds[given.name] = np.array([float(cell) if cell else np.nan for cell in cells], dtype=kind).reshape(-1, 1)
names = [output.name for output in session.get_outputs()]
print(*names, sep=",")
for row in zip(*(np.asarray(result).reshape(len(records), -1) for result in session.run(None, feeds))):
    print(*(cell if isinstance(cell, str) else repr(float(cell)) if isinstance(cell, np.floating) else cell for part in row for cell in part), sep=",")
