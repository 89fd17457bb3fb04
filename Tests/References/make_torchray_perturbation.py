"""Writes torchray_perturbation.json: what TorchRay 1.0.0.2 makes of the network of make_torchray.py by RISE and by extremal
perturbation, and the parts that these are made of.

pip install torch torchvision torchray numpy matplotlib
"""

import json
import math
import os
import pathlib

os.environ.setdefault("MPLBACKEND", "Agg")

import numpy as np
import torch
from torch import nn
from torchray.attribution.extremal_perturbation import (
    DELETE_VARIANT, DUAL_VARIANT, FADE_PERTURBATION, PRESERVE_VARIANT, MaskGenerator, Perturbation, contrastive_reward,
    extremal_perturbation, simple_reward)
from torchray.attribution.rise import rise
from torchray.utils import imsmooth

ROUNDS, AREAS, TARGET = 12, [0.1, 0.3], 3


def numbers(shape, seed, scale):
    count = math.prod(shape)
    draws = np.random.RandomState(seed)._bit_generator.random_raw(count).astype(np.float64) / 2**32
    return torch.from_numpy(((2 * draws - 1) * scale).astype(np.float32).reshape(shape))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(3, 8, 3, padding=1), nn.ReLU(True), nn.Conv2d(8, 8, 3, padding=1), nn.ReLU(True),
            nn.MaxPool2d(2, 2), nn.Conv2d(8, 16, 3, padding=1), nn.ReLU(True), nn.MaxPool2d(2, 2))
        self.classifier = nn.Sequential(nn.Linear(1024, 32), nn.ReLU(True), nn.Dropout(), nn.Linear(32, 5))

    def forward(self, x):
        return self.classifier(torch.flatten(self.features(x), 1))


net = Net().eval()
for place, parameter in enumerate(net.parameters()):
    fan = parameter[0].numel() if parameter.dim() > 1 else 1
    scale = (6 / fan) ** 0.5 if parameter.dim() > 1 else 0.1
    parameter.data.copy_(numbers(tuple(parameter.shape), 100 + place, scale))
picture = numbers((1, 3, 32, 32), 7, 1.7)

entries = {
    "rise": rise(net, picture.clone(), num_masks=64, batch_size=32, seed=0),
    "imsmooth.2.5.zero": imsmooth(picture, 2.5),
    "imsmooth.0.64.replicate": imsmooth(picture, 0.64, padding_mode="replicate"),
    "blur.0": Perturbation(picture).pyramid[0:1],
    "blur.3": Perturbation(picture).pyramid[3:4],
    "fade.5": Perturbation(picture, type=FADE_PERTURBATION).pyramid[5:6],
}
# Masks of a picture that is not square, and of parameters some of which are 0 and 1.
generator = MaskGenerator((24, 40), 7, 21)
parameters = (2 * numbers((1, 1, *generator.shape_in), 9, 0.5) + 0.5).clamp(0, 1).requires_grad_()
cropped, full = generator.generate(parameters)
weights = numbers(tuple(full.shape), 11, 1)
(full * weights).sum().backward()
entries |= {"mask.parameters": parameters, "mask.full": full, "mask.cropped": cropped, "mask.gradient": parameters.grad}
# Masks are applied, and the way back from a random signal.
masks = numbers((2, 1, 32, 32), 12, 0.5) + 0.5
masks.requires_grad_()
applied = Perturbation(picture).apply(masks)
(applied * numbers(tuple(applied.shape), 13, 1)).sum().backward()
entries |= {"applied": applied, "applied.gradient": masks.grad}

for variant in (PRESERVE_VARIANT, DELETE_VARIANT, DUAL_VARIANT):
    for name, reward in (("simple", simple_reward), ("contrastive", contrastive_reward)):
        mask, history = extremal_perturbation(
            net, picture.clone(), TARGET, areas=AREAS, max_iter=ROUNDS, variant=variant, reward_func=reward)
        entries |= {f"extremal.{variant}.{name}": mask, f"extremal.{variant}.{name}.history": history}
mask, history = extremal_perturbation(
    net, picture.clone(), TARGET, areas=AREAS, max_iter=ROUNDS, perturbation=FADE_PERTURBATION, jitter=False)
entries |= {"extremal.fade.still": mask, "extremal.fade.still.history": history}

document = {
    name: {"shape": list(tensor.shape), "data": [float(f"{value:.6g}") for value in tensor.detach().reshape(-1).tolist()]}
    for name, tensor in entries.items()
}
path = pathlib.Path(__file__).parent / "torchray_perturbation.json"
path.write_text(json.dumps(document, separators=(",", ":")) + "\n")
