"""Writes torchray_perturbation.json: what TorchRay 1.0.0.2 makes of the network of torchray_network.py by RISE and by extremal
perturbation, and the parts that these are made of.

pip install torch torchvision torchray numpy matplotlib
"""

import json
import os
import pathlib

os.environ.setdefault("MPLBACKEND", "Agg")

from torchray.attribution.extremal_perturbation import (
    DELETE_VARIANT, DUAL_VARIANT, FADE_PERTURBATION, PRESERVE_VARIANT, MaskGenerator, Perturbation, contrastive_reward,
    extremal_perturbation, simple_reward)
from torchray.attribution.rise import rise
from torchray.utils import imsmooth

from torchray_network import net, numbers, picture

ROUNDS, AREAS, TARGET = 12, [0.1, 0.3], 3

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
