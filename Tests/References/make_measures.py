"""Reference numbers for the measures of maps: writes measures.json.

Deletion and insertion: a transcription of the RISE authors' `CausalMetric.single_run` (evaluation.py) in numpy, with a model that is a
softmax of linear scores. Infidelity and maximal sensitivity: captum. Pointing game: TorchRay.

pip install torch torchvision captum torchray numpy scipy
"""

import json
import sys
import types
from importlib.metadata import version
from pathlib import Path

import numpy as np
import torch
from captum.metrics import infidelity, sensitivity_max
from scipy.ndimage import gaussian_filter

draw = np.random.default_rng(5)
channels, height, width, classes = 2, 13, 11, 3
x = draw.normal(size=(channels, height, width)).astype(np.float32)
weights = (draw.normal(size=(classes, channels, height, width)) / 8).astype(np.float32)
saliency = np.round(draw.normal(size=(height, width)), 1).astype(np.float32)  # with ties


def model(pictures):
    scores = np.einsum("nchw,kchw->nk", pictures.astype(float), weights.astype(float))
    odds = np.exp(scores - scores.max(1, keepdims=True))
    return odds / odds.sum(1, keepdims=True)


def kernel(length=11, deviation=5):
    single = np.zeros((length, length))
    single[length // 2, length // 2] = 1
    return gaussian_filter(single, deviation)


def blurred(picture):
    weights = kernel()
    padded = np.pad(picture.astype(float), ((0, 0), (5, 5), (5, 5)))
    return np.array([
        [[(padded[c, r : r + 11, k : k + 11] * weights).sum() for k in range(width)] for r in range(height)] for c in range(channels)])


def single_run(mode, step):
    pixels = height * width
    target = model(x[None]).argmax()
    n_steps = (pixels + step - 1) // step
    start, finish = (x.copy(), np.zeros_like(x)) if mode == "deletion" else (blurred(x).astype(np.float32), x.copy())
    scores = np.empty(n_steps + 1)
    # The authors flip an ascending order, which leaves ties open; here equal ones go row by row.
    order = np.argsort(-saliency.reshape(-1), kind="stable")
    for i in range(n_steps + 1):
        scores[i] = model(start[None])[0, target]
        if i < n_steps:
            places = order[step * i : step * (i + 1)]
            start.reshape(channels, pixels)[:, places] = finish.reshape(channels, pixels)[:, places]
    return {"mode": mode, "step": step, "scores": scores.tolist(), "auc": float((scores.sum() - scores[0] / 2 - scores[-1] / 2) / (len(scores) - 1))}


def of_captum():
    linear = torch.nn.Linear(6, 4)
    torch.manual_seed(0)
    torch.nn.init.normal_(linear.weight)
    net = torch.nn.Sequential(linear, torch.nn.Tanh(), torch.nn.Linear(4, 2), torch.nn.Softmax(1))
    point = torch.randn(1, 6)
    attributions = torch.randn(1, 6)
    perturbations = (torch.rand(9, 6) < 0.4).float()
    given = iter(perturbations)

    def perturb(inputs):
        step = torch.stack([next(given) for _ in range(inputs.shape[0])])
        return step, inputs * (1 - step)

    cases = []
    for normalize in (True, False):
        given = iter(perturbations)
        value = infidelity(net, perturb, point, attributions, target=1, n_perturb_samples=9, max_examples_per_batch=1, normalize=normalize)
        cases.append({"normalized": normalize, "value": float(value)})
    with torch.no_grad():
        falls = (net(point) - net(point * (1 - perturbations)))[:, 1]
    sums = (perturbations * attributions).sum(1)

    maps = [torch.randn(1, 5, 4) for _ in range(4)]
    shown = iter(maps)
    sensitivity = sensitivity_max(
        lambda inputs: (next(shown),), torch.zeros(1, 5, 4), perturb_func=lambda i: i, n_perturb_samples=3, max_examples_per_batch=1)
    return {
        "infidelity": {"sums": sums.tolist(), "falls": falls.tolist(), "cases": cases},
        "sensitivity": {"maps": [m.flatten().tolist() for m in maps], "value": float(sensitivity)},
    }


def of_torchray():
    # Its other modules read data sets, which the game itself does not need.
    for name in ("torchvision", "torchvision.datasets", "torchray.benchmark.datasets", "pycocotools"):
        sys.modules.setdefault(name, types.ModuleType(name))
    source = Path(next(iter(__import__("torchray").__path__))) / "benchmark/pointing_game.py"
    scope = {}
    text = source.read_text().split("class PointingGameBenchmark")[0]
    exec(text.replace("from torchvision import datasets as ds", "").replace("from . import datasets as ads", ""), scope)
    game = scope["PointingGame"](3)
    cases = []
    for _ in range(60):
        mask = np.zeros((90, 120), bool)
        boxes = []
        for _ in range(draw.integers(1, 3)):
            top, left = draw.integers(0, 80), draw.integers(0, 110)
            bottom, right = min(89, top + draw.integers(0, 20)), min(119, left + draw.integers(0, 20))
            mask[top : bottom + 1, left : right + 1] = True
            boxes.append([int(left), int(top), int(right), int(bottom)])
        point = [int(draw.integers(0, 120)), int(draw.integers(0, 90))]
        if draw.random() < 0.4:  # at the very edge of the tolerance
            point = [min(119, boxes[0][2] + int(draw.integers(14, 17))), boxes[0][1]]
        name = int(draw.integers(0, 3))
        hit = game.evaluate(torch.tensor(mask), point)
        game.aggregate(hit, name)
        cases.append({"boxes": boxes, "point": point, "class": name, "hit": hit == 1})
    return {"cases": cases, "accuracy": float(game.accuracy)}


json.dump(
    {
        "versions": {name: version(name) for name in ("captum", "torchray", "torch", "scipy")},
        "shape": [channels, height, width], "x": x.ravel().tolist(), "weights": weights.ravel().tolist(), "classes": classes,
        "saliency": saliency.ravel().tolist(), "kernel": kernel().sum(0).tolist(), "blurred": blurred(x).ravel().tolist(),
        "target": int(model(x[None]).argmax()), "runs": [single_run(mode, step) for mode in ("deletion", "insertion") for step in (7, 20)],
        "pointing": of_torchray(),
    }
    | of_captum(),
    open(Path(__file__).parent / "measures.json", "w"), separators=(",", ":"),
)
