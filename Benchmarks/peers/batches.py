"""What a user of onnxruntime and pandas writes to predict a large CSV file in parts: batches.py CSV MODEL OUTPUT THREADS."""

import sys

import numpy as np
import onnxruntime
import pandas as pd

options = onnxruntime.SessionOptions()
options.intra_op_num_threads = int(sys.argv[4])
session = onnxruntime.InferenceSession(sys.argv[2], options, providers=["CPUExecutionProvider"])
types = {"tensor(float)": np.float32, "tensor(double)": np.float64}
with open(sys.argv[3], "w") as output:
    for part in pd.read_csv(sys.argv[1], chunksize=50_000):
        columns = {i.name: part[i.name].to_numpy(types[i.type])[:, None] for i in session.get_inputs()}
        label, probabilities = session.run(None, columns)
        answers = pd.DataFrame(probabilities)
        answers.insert(0, "class", label)
        answers.to_csv(output, index=False, header=False)
