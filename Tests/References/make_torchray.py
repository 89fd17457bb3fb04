"""Writes torchray.json: what TorchRay 1.0.0.2 makes of a tiny network whose weights are draws of MT19937.

pip install torch torchvision torchray numpy
"""

import json
import math
import pathlib

import numpy as np
import torch
from torch import nn
from torchray.attribution.deconvnet import deconvnet
from torchray.attribution.excitation_backprop import contrastive_excitation_backprop, excitation_backprop
from torchray.attribution.grad_cam import grad_cam
from torchray.attribution.gradient import gradient
from torchray.attribution.guided_backprop import guided_backprop
from torchray.attribution.linear_approx import linear_approx


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
picture, target = numbers((1, 3, 32, 32), 7, 1.7), 3

maps = {
    "input": picture,
    "logits": net(picture.clone()),
    "gradient": gradient(net, picture.clone(), target),
    "deconvnet": deconvnet(net, picture.clone(), target),
    "guided_backprop": guided_backprop(net, picture.clone(), target),
    "grad_cam.features.6": grad_cam(net, picture.clone(), target, saliency_layer="features.6"),
    "linear_approx.features.6": linear_approx(net, picture.clone(), target, saliency_layer="features.6"),
    "ebp.features.4": excitation_backprop(net, picture.clone(), target, saliency_layer="features.4"),
    "ebp.features.6": excitation_backprop(net, picture.clone(), target, saliency_layer="features.6"),
    "cebp.features.4.contrast.features.7": contrastive_excitation_backprop(
        net, picture.clone(), target, saliency_layer="features.4", contrast_layer="features.7",
        classifier_layer="classifier.3"),
    "cebp.features.4.contrast.classifier.1": contrastive_excitation_backprop(
        net, picture.clone(), target, saliency_layer="features.4", contrast_layer="classifier.1"),
}
document = {
    name: {"shape": list(value.shape), "data": [float("%.7g" % v) for v in value.detach().reshape(-1)]}
    for name, value in maps.items()
}
file = pathlib.Path(__file__).with_name("torchray.json")
file.write_text(json.dumps(document, separators=(",", ":")))
