"""Handwritten digits: a forest of 100 trees and ten epochs of a network 784-128-10, measured on the test pictures.

scikit-learn's forest; the network with torch where it is installed.
"""

import gzip
import sys
from importlib.util import find_spec

import numpy as np
from measure import milliseconds, report
from sklearn.ensemble import RandomForestClassifier

folder, threads = sys.argv[1], int(sys.argv[2])


def idx(name, header):
    with gzip.open(f"{folder}/{name}") as file:
        return np.frombuffer(file.read(), np.uint8, offset=header)


features, labels = idx("train-images-idx3-ubyte.gz", 16).reshape(-1, 784), idx("train-labels-idx1-ubyte.gz", 8)
others, wanted = idx("t10k-images-idx3-ubyte.gz", 16).reshape(-1, 784), idx("t10k-labels-idx1-ubyte.gz", 8)

forest = RandomForestClassifier(100, n_jobs=threads, random_state=0, oob_score=True)
elapsed, _ = milliseconds(lambda: forest.fit(features, labels))
report("mnist/forest", "scikit-learn", "ms", [elapsed], threads=threads, testAccuracy=forest.score(others, wanted))

if find_spec("torch"):
    import torch
    from torch import nn

    torch.set_num_threads(threads)
    torch.manual_seed(0)

    def train():
        mean, deviation = features.mean(0), features.std(0)
        deviation[deviation == 0] = 1
        scaled = torch.from_numpy(((features - mean) / deviation).astype(np.float32))
        targets = torch.from_numpy(labels.astype(int))
        network = nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))
        optimizer = torch.optim.Adam(network.parameters(), lr=1e-3)
        loss = nn.CrossEntropyLoss()
        for _ in range(10):
            for rows in torch.randperm(len(scaled)).split(64):
                optimizer.zero_grad()
                loss(network(scaled[rows]), targets[rows]).backward()
                optimizer.step()
        return network, mean, deviation

    elapsed, (network, mean, deviation) = milliseconds(train)
    with torch.no_grad():
        answers = network(torch.from_numpy(((others - mean) / deviation).astype(np.float32))).argmax(1).numpy()
    report("mnist/network", "torch", "ms", [elapsed], threads=threads, testAccuracy=float(np.mean(answers == wanted)))
