"""VGG16 with random weights in torch, and explanations of it with TorchRay: vgg16.py FOLDER PART THREADS.

PART is forward, batch, grad-cam, guided-backprop or contrastive-excitation-backprop.
"""

import sys
from pathlib import Path

import numpy as np
import torch
from measure import milliseconds, report


def prepare_torchvision():
    """Lets torchvision be imported beside a torch that its compiled operators, which nothing here uses, do not fit."""
    import importlib.util

    folder = Path(importlib.util.find_spec("torchvision").origin).parent
    try:
        for library in folder.glob("_C*.so"):
            torch.ops.load_library(str(library))
        torch.ops.torchvision.nms
    except (OSError, AttributeError, RuntimeError):
        operators = torch.library.Library("torchvision", "DEF")
        for name in ("nms", "qnms"):
            operators.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
        return operators


def network():
    """The network, whose weights are the same at each call."""
    from torchvision.models import vgg16

    torch.manual_seed(0)
    return vgg16(weights=None).eval()


def write_network(path):
    model = network()
    part = path.with_suffix(".part")
    torch.onnx.export(
        model, torch.zeros(1, 3, 224, 224), str(part), input_names=["input"], output_names=["output"],
        dynamic_axes={"input": {0: "N"}, "output": {0: "N"}}, dynamo=False)
    part.rename(path)


kept = prepare_torchvision()

if __name__ == "__main__":
    part, threads = sys.argv[2], int(sys.argv[3])
    torch.set_num_threads(threads)
    model = network()
    pictures = torch.from_numpy(np.random.default_rng(0).standard_normal((8, 3, 224, 224), dtype=np.float32))
    picture, target = pictures[:1], 5

    def forward(batch):
        with torch.no_grad():
            return model(batch)

    def grad_cam():
        from torchray.attribution.grad_cam import grad_cam

        return grad_cam(model, picture.clone(), target, saliency_layer="features.29")

    def guided():
        from torchray.attribution.guided_backprop import guided_backprop

        return guided_backprop(model, picture.clone(), target)

    def contrastive():
        from torchray.attribution.excitation_backprop import contrastive_excitation_backprop

        return contrastive_excitation_backprop(
            model, picture.clone(), target, saliency_layer="features.9", contrast_layer="features.30",
            classifier_layer="classifier.6")

    work = {
        "forward": lambda: forward(picture), "batch": lambda: forward(pictures), "grad-cam": grad_cam,
        "guided-backprop": guided, "contrastive-excitation-backprop": contrastive,
    }[part]
    work()
    samples = [milliseconds(work)[0] for _ in range(2 if part == "batch" else 5)]
    report(f"vgg16/{part}", "torch" if part in ("forward", "batch") else "torchray", "ms", samples, threads=threads)
