"""A network 30-64-64-2 on 100,000 x 30, standardised: one epoch with batches of 256 rows and Adam, and prediction.

scikit-learn's MLPClassifier, and torch where it is installed.
"""

import sys
import warnings
from importlib.util import find_spec

import numpy as np
import pandas as pd
from measure import milliseconds, report
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

threads = int(sys.argv[2])
table = pd.read_csv(f"{sys.argv[1]}/forest-100k.csv")
features, labels = table.iloc[:, :-1].to_numpy(), table.iloc[:, -1].to_numpy().astype(int)

warnings.filterwarnings("ignore", message="Stochastic Optimizer")  # one epoch is what is asked for
model = make_pipeline(StandardScaler(), MLPClassifier((64, 64), batch_size=256, max_iter=1, random_state=0))
fit, _ = milliseconds(lambda: model.fit(features, labels))
accuracy = model.score(features, labels)
report("network-100k/epoch", "scikit-learn", "ms", [fit], threads=threads, trainingAccuracy=accuracy)
predict, _ = milliseconds(lambda: model.predict_proba(features))
report("network-100k/predict", "scikit-learn", "rows/s", [len(features) / predict * 1000], threads=threads)

if find_spec("torch"):
    import torch
    from torch import nn

    torch.set_num_threads(threads)
    torch.manual_seed(0)

    def train():
        scaled = StandardScaler().fit_transform(features).astype(np.float32)
        inputs, wanted = torch.from_numpy(scaled), torch.from_numpy(labels)
        network = nn.Sequential(nn.Linear(30, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 2))
        optimizer = torch.optim.Adam(network.parameters(), lr=1e-3)
        loss = nn.CrossEntropyLoss()
        for rows in torch.randperm(len(inputs)).split(256):
            optimizer.zero_grad()
            loss(network(inputs[rows]), wanted[rows]).backward()
            optimizer.step()
        return network, inputs

    train()
    fit, (network, inputs) = milliseconds(train)
    with torch.no_grad():
        predict, answers = milliseconds(lambda: torch.softmax(network(inputs), 1))
    accuracy = float(np.mean(answers.argmax(1).numpy() == labels))
    report("network-100k/epoch", "torch", "ms", [fit], threads=threads, trainingAccuracy=accuracy)
    report("network-100k/predict", "torch", "rows/s", [len(features) / predict * 1000], threads=threads)
