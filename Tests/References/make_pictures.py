"""Writes pictures.json: pictures in every form that PNG and JPEG have, resized by torchvision and converted by Pillow.

pip install torch torchvision pillow numpy
"""

import base64
import io
import json
import pathlib

import numpy as np
from PIL import Image
from torchvision import transforms

draw = np.random.default_rng(0)


def smooth(height, width, channels):
    """Noise with some likeness of neighbours, which JPEG needs."""
    small = Image.fromarray(draw.integers(0, 256, (height // 4 + 1, width // 4 + 1, channels), dtype=np.uint8).squeeze())
    return small.resize((width, height), Image.BICUBIC)


def encoded(picture, kind, **settings):
    stream = io.BytesIO()
    picture.save(stream, kind, **settings)
    return base64.b64encode(stream.getvalue()).decode()


def samples(picture):
    return {"width": picture.width, "height": picture.height, "samples": base64.b64encode(picture.tobytes()).decode()}


def main():
    color, grey = smooth(21, 30, 3), smooth(21, 30, 1)
    files = [
        ("png color", encoded(color, "PNG"), color), ("png grey", encoded(grey, "PNG"), grey),
        ("png palette", encoded(color.quantize(16), "PNG"), color.quantize(16).convert("RGB")),
        ("png one bit", encoded(grey.convert("1"), "PNG"), grey.convert("1").convert("L")),
        ("jpeg color", encoded(color, "JPEG", quality=90), Image.open(io.BytesIO(base64.b64decode(encoded(color, "JPEG", quality=90))))),
        ("jpeg grey", encoded(grey, "JPEG"), Image.open(io.BytesIO(base64.b64decode(encoded(grey, "JPEG"))))),
        ("jpeg progressive", encoded(color, "JPEG", progressive=True), Image.open(io.BytesIO(base64.b64decode(encoded(color, "JPEG", progressive=True))))),
        ("grey of color", encoded(color, "PNG"), color.convert("L")),
    ]
    resized = []
    for width, height, side, crop in [(30, 21, 8, 8), (21, 30, 16, 14), (17, 17, 40, 35), (64, 40, 9, 8), (30, 21, 21, 15)]:
        picture = smooth(height, width, 3)
        way = transforms.Compose([transforms.Resize(side), transforms.CenterCrop(crop)])
        resized.append({"picture": samples(picture), "side": side, "crop": crop, "result": samples(way(picture))})
    cmyk = smooth(8, 8, 3).convert("CMYK")
    document = {
        "files": [{"name": name, "file": file, "result": samples(result)} for name, file, result in files],
        "resized": resized,
        "cmyk": encoded(cmyk, "JPEG", quality=100), "cmykResult": samples(cmyk.convert("RGB")),
        "deep": encoded(Image.fromarray((np.arange(64, dtype=np.uint16) * 1000).reshape(8, 8)), "PNG"),
        "alpha": encoded(Image.fromarray(np.array([[[200, 100, 0, 0], [200, 100, 0, 255], [200, 100, 0, 128]]], np.uint8)), "PNG"),
    }
    pathlib.Path(__file__).with_name("pictures.json").write_text(json.dumps(document, separators=(",", ":")) + "\n")


main()
