"""Segments of pictures by scikit-image: writes segments.json.

  python3 make_segments.py FOLDER-WITH-chelsea.png-AND-coffee.png

Small pictures stand in the file with all labels; of the middle 224 x 224 of two photographs the SHA-256 of the labels (32 bits each, least
byte first). scikit-image tells equal densities apart by numpy's default_rng(42); one picture is mostly flat, so that only this decides.
"""

import hashlib
import json
import sys
from importlib.metadata import version
from pathlib import Path

import numpy as np
from PIL import Image
from skimage.color import rgb2lab
from skimage.segmentation import quickshift, slic

folder = Path(sys.argv[1])


def quick(picture, **settings):
    return quickshift(picture, **({"kernel_size": 4, "max_dist": 200, "ratio": 0.2} | settings))


def middle(name):
    picture = np.asarray(Image.open(folder / name).convert("RGB"))
    top, left = (picture.shape[0] - 224) // 2, (picture.shape[1] - 224) // 2
    return np.ascontiguousarray(picture[top : top + 224, left : left + 224])


def case(picture, labels, method, **settings):
    return {
        "method": method, "settings": settings, "height": picture.shape[0], "width": picture.shape[1],
        "picture": picture.ravel().tolist(), "labels": labels.ravel().tolist(),
    }


chelsea, coffee = middle("chelsea.png"), middle("coffee.png")
small = np.ascontiguousarray(chelsea[60:100, 70:118])
flat = np.full((36, 40, 3), 250, np.uint8)
flat[8:20, 10:31] = (30, 60, 200)
flat[22:30, 4:9] = (250, 250, 249)

cases = [case(p, quick(p), "quickshift", kernelSize=4, maxDistance=200, ratio=0.2) for p in (small, flat)]
cases += [case(small, quick(small, kernel_size=2, max_dist=6, ratio=0.5), "quickshift", kernelSize=2, maxDistance=6, ratio=0.5)]
cases += [case(p, slic(p, n_segments=n, compactness=c, start_label=0), "slic", count=n, compactness=c)
          for p, n, c in ((small, 20, 10), (small, 7, 30), (flat, 12, 1))]

digests = []
for name, picture in (("chelsea.png", chelsea), ("coffee.png", coffee)):
    for method, labels in (("quickshift", quick(picture)), ("slic", slic(picture, n_segments=100, compactness=10, start_label=0))):
        labels = np.unique(labels, return_inverse=True)[1].reshape(labels.shape)
        digests.append({
            "name": name, "method": method, "count": int(labels.max()) + 1,
            "sha256": hashlib.sha256(labels.astype("<i4").tobytes()).hexdigest(),
        })
# How far the noise decides on a photograph.
others = [(quickshift(chelsea, kernel_size=4, max_dist=200, ratio=0.2, rng=seed) != quick(chelsea)).mean() for seed in range(3)]
print("labels of chelsea that other noise changes:", others)

json.dump(
    {
        "versions": {name: version(name) for name in ("scikit-image", "numpy")},
        "normals": np.random.default_rng(42).normal(size=2000)[[0, 1, 2, 3, 500, 1999]].tolist(),
        "rare": [[seed, int(i), float(np.random.default_rng(seed).normal(size=20000)[i])]
                 for seed in (0, 7) for i in np.argsort(-np.abs(np.random.default_rng(seed).normal(size=20000)))[:4]],
        "lab": [[rgb, rgb2lab(np.array([[rgb]], np.uint8))[0, 0].tolist()]
                for rgb in ([0, 0, 0], [255, 255, 255], [1, 2, 3], [200, 30, 90], [12, 200, 7], [128, 128, 128])],
        "cases": cases, "digests": digests,
    },
    open(Path(__file__).parent / "segments.json", "w"), separators=(",", ":"),
)
