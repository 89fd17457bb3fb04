"""RISE and extremal perturbation of VGG16 with random weights by TorchRay: perturbation.py FOLDER PART THREADS.

PART is rise, extremal-1-area or extremal-4-areas; reported is the time of one mask, or of one step: what two runs of different lengths
differ by, so that what is done but once, such as blurring the picture, is not counted as the steps'.
"""

import os
import sys
import warnings

os.environ.setdefault("MPLBACKEND", "Agg")

import numpy as np
import torch
from measure import milliseconds, report
from vgg16 import network

MASKS, STEPS, REPETITIONS, TARGET = 32, (2, 12), 3, 5
part, threads = sys.argv[2], int(sys.argv[3])
torch.set_num_threads(threads)
warnings.filterwarnings("ignore")
model = network()
picture = torch.from_numpy(np.random.default_rng(0).standard_normal((1, 3, 224, 224), dtype=np.float32))


def rise():
    from torchray.attribution.rise import rise

    rise(model, picture.clone(), num_masks=MASKS)


def extremal(areas, steps):
    from torchray.attribution.extremal_perturbation import extremal_perturbation

    return milliseconds(lambda: extremal_perturbation(model, picture.clone(), TARGET, areas=areas, max_iter=steps))[0]


def step(areas):
    short, long = STEPS
    return (extremal(areas, long) - extremal(areas, short)) / (long - short)


work = {
    "rise": lambda: milliseconds(rise)[0] / MASKS,
    "extremal-1-area": lambda: step([0.1]),
    "extremal-4-areas": lambda: step([0.025, 0.05, 0.1, 0.2]),
}[part]
with torch.no_grad():
    model(picture)
samples = [work() for _ in range(REPETITIONS)]
report(f"perturbation/{part}", "torchray", "ms", samples, threads=threads)
