"""A tiny network whose weights are draws of MT19937, and its picture: what the two programs beside this one ask TorchRay about."""

import math

import numpy as np
import torch
from torch import nn


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
