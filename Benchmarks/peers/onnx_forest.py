"""onnxruntime with a forest of 100 grown trees: loading, prediction of 100,000 x 30, and of one row at a time."""

import sys

import numpy as np
import onnxruntime
import pandas as pd
from measure import milliseconds, report

folder, threads = sys.argv[1], int(sys.argv[2])
table = pd.read_csv(f"{folder}/forest-100k.csv")
rows, labels = table.iloc[:, :-1].to_numpy(np.float32), table.iloc[:, -1].to_numpy()
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = threads
load, session = milliseconds(
    lambda: onnxruntime.InferenceSession(f"{folder}/forest-100k.onnx", options, providers=["CPUExecutionProvider"])
)
report("onnx-forest/load", "onnxruntime", "ms", [load], threads=threads)
session.run(None, {"x": rows[:10]})
predict, (found, _) = milliseconds(lambda: session.run(None, {"x": rows}))
accuracy = float(np.mean(found == labels))
report("onnx-forest/predict", "onnxruntime", "rows/s", [len(rows) / predict * 1000], threads=threads, trainingAccuracy=accuracy)
singles = [rows[index:index + 1] for index in range(1000)]
single, _ = milliseconds(lambda: [session.run(None, {"x": row}) for row in singles])
report("onnx-forest/one row", "onnxruntime", "ms", [single / len(singles)], threads=threads)
