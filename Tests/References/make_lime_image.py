"""What lime's image explainer makes of given samples: writes lime_image.json.

A picture of 12 segments and a model of three classes that knows what is hidden; lime draws, and what it drew, what the model said and the
weights that came of it are kept, for some features and for all.
"""

import json
from importlib.metadata import version
from pathlib import Path

import numpy as np
from lime.lime_image import LimeImageExplainer
from sklearn.metrics import pairwise_distances

draws = np.random.default_rng(1)
segments = np.arange(12).reshape(3, 4).repeat(5, 0).repeat(5, 1)
picture = draws.integers(0, 256, (15, 20, 3)).astype(np.uint8)
slopes = draws.normal(size=(12, 3)) / 2


def model(pictures):
    shown = np.array([[(p == picture)[segments == s].all() for s in range(12)] for p in pictures], float)
    logits = shown @ slopes + shown[:, :1] * shown[:, 5:6] * [1, -1, 0]
    odds = np.exp(logits)
    return odds / odds.sum(1, keepdims=True)


class Keeping(LimeImageExplainer):
    def data_labels(self, *arguments, **settings):
        self.kept = super().data_labels(*arguments, **settings)
        return self.kept


cases = []
for samples, limit in ((200, 100000), (200, 4), (60, 9), (30, 100000)):
    explainer = Keeping(random_state=samples + limit)
    result = explainer.explain_instance(
        picture, model, hide_color=0, top_labels=3, num_features=limit, num_samples=samples, segmentation_fn=lambda p: segments)
    data, labels = explainer.kept
    distances = pairwise_distances(data, data[:1], metric="cosine").ravel()
    surrogates = []
    for label in result.top_labels:
        # lime keeps only the last label's score and local prediction.
        intercept, weights, score, local = explainer.base.explain_instance_with_data(
            data, labels, distances, label, limit, feature_selection="auto")
        assert weights == result.local_exp[label]
        surrogates.append({
            "label": int(label), "intercept": float(intercept), "score": float(score), "local": float(local[0]),
            "weights": [[int(f), float(w)] for f, w in weights]})
    cases.append({"limit": limit, "samples": data.tolist(), "outputs": labels.tolist(), "surrogates": surrogates})

json.dump(
    {"versions": {name: version(name) for name in ("lime", "scikit-learn")}, "cases": cases},
    open(Path(__file__).parent / "lime_image.json", "w"), separators=(",", ":"),
)
