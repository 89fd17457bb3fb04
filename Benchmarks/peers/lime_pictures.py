"""lime on a photograph with a model that costs nothing: scikit-image's quickshift alone, and 1,000 samples around given segments."""

import sys

import numpy as np
from lime.lime_image import LimeImageExplainer
from measure import milliseconds, report
from PIL import Image
from skimage.segmentation import quickshift

picture = np.asarray(Image.open(f"{sys.argv[1]}/chelsea.png").convert("RGB"))
top, left = (picture.shape[0] - 224) // 2, (picture.shape[1] - 224) // 2
picture = np.ascontiguousarray(picture[top : top + 224, left : left + 224])


def segment():
    return quickshift(picture, kernel_size=4, max_dist=200, ratio=0.2)


segments = segment()
report("lime-pictures/quickshift", "scikit-image", "ms", [milliseconds(segment)[0] for _ in range(5)], segments=int(segments.max()) + 1)


def free(pictures):
    share = pictures[:, 0, 0, 0] / 255.0
    return np.stack([share, 1 - share], 1)


def explain():
    explainer = LimeImageExplainer(random_state=0)
    return explainer.explain_instance(picture, free, top_labels=1, num_samples=1000, segmentation_fn=lambda _: segments)


report("lime-pictures/1000-samples", "lime", "ms", [milliseconds(explain)[0] for _ in range(3)])
