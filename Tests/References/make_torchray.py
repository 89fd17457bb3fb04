"""Writes torchray.json: what TorchRay 1.0.0.2 makes of a tiny network whose weights are draws of MT19937.

pip install torch torchvision torchray numpy
"""

import json
import pathlib

from torchray.attribution.deconvnet import deconvnet
from torchray.attribution.excitation_backprop import contrastive_excitation_backprop, excitation_backprop
from torchray.attribution.grad_cam import grad_cam
from torchray.attribution.gradient import gradient
from torchray.attribution.guided_backprop import guided_backprop
from torchray.attribution.linear_approx import linear_approx

from torchray_network import net, picture

target = 3

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
