"""Writes convnets.json: tiny networks over pictures as ONNX files (base64) and what onnxruntime makes of a picture.

Between them they hold every operator and attribute that networks over pictures are read with.
pip install torch onnx onnxruntime numpy
"""

import base64
import io
import json
import pathlib

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn
from torch.nn import functional as F


class Residual(nn.Module):
    """ResNet's block, MobileNet's depthwise convolution and clip, a mean over all places."""

    def __init__(self):
        super().__init__()
        self.first = nn.Sequential(nn.Conv2d(3, 8, 3, 2, 1, bias=False), nn.BatchNorm2d(8), nn.ReLU())
        self.block = nn.Sequential(
            nn.Conv2d(8, 8, 3, 1, 1, bias=False), nn.BatchNorm2d(8), nn.ReLU(), nn.Conv2d(8, 8, 1), nn.BatchNorm2d(8))
        self.deep = nn.Sequential(nn.Conv2d(8, 8, 3, 2, 1, groups=8), nn.ReLU6(), nn.Conv2d(8, 12, 3, 1, 2, 2, groups=2))
        self.head = nn.Linear(12, 5)

    def forward(self, x):
        x = self.first(x)
        x = F.relu(x + self.block(x))
        x = F.adaptive_avg_pool2d(torch.tanh(self.deep(x)), 1)
        return self.head(torch.flatten(x, 1))


class Fire(nn.Module):
    """SqueezeNet's concatenation and rounded-up pools, normalisation behind a rectifier, a softmax at the end."""

    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(1, 6, 3)
        self.left, self.right = nn.Conv2d(6, 4, 1), nn.Conv2d(6, 3, 3, padding=1)
        self.norm = nn.BatchNorm2d(7)
        self.head = nn.Linear(7 * 3 * 3, 4)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.first(x)), 3, 2, ceil_mode=True)
        x = self.norm(F.relu(torch.cat([self.left(x), torch.sigmoid(self.right(x))], 1)))
        x = F.dropout(F.avg_pool2d(x, 2, 2, count_include_pad=False), training=self.training)
        return F.softmax(self.head(x.reshape(x.shape[0], -1)), 1)


class Gated(nn.Module):
    """EfficientNet's block with its gates, x * sigmoid(x) and the squeezed channels, and MobileNetV3's straight pieces of both."""

    def __init__(self):
        super().__init__()
        self.first = nn.Sequential(nn.Conv2d(3, 8, 3, 2, 1, bias=False), nn.BatchNorm2d(8), nn.SiLU())
        self.deep = nn.Sequential(nn.Conv2d(8, 8, 5, 1, 2, groups=8, bias=False), nn.BatchNorm2d(8), nn.Hardswish())
        self.squeeze, self.excite = nn.Conv2d(8, 3, 1), nn.Conv2d(3, 8, 1)
        self.other = nn.Sequential(nn.Conv2d(8, 2, 1), nn.ReLU(), nn.Conv2d(2, 8, 1), nn.Hardsigmoid())
        self.head = nn.Linear(8, 4)

    def forward(self, x):
        x = self.first(x)
        y = self.deep(x)
        gate = torch.sigmoid(self.excite(F.silu(self.squeeze(F.adaptive_avg_pool2d(y, 1)))))
        x = x + gate * y
        x = x * self.other(F.adaptive_avg_pool2d(x, 1))
        return self.head(torch.flatten(F.adaptive_avg_pool2d(x, 1), 1))


def statistics(model):
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.running_mean.normal_(0, 0.3)
            module.running_var.uniform_(0.5, 1.5)
            module.weight.data.uniform_(-1.5, 1.5)
            module.bias.data.normal_(0, 0.3)


def exported(model, picture, dynamo):
    if dynamo:
        file = pathlib.Path("/tmp/convnet.onnx")
        torch.onnx.export(model, (picture,), file, dynamo=True, external_data=False, verbose=False)
        return file.read_bytes()
    stream = io.BytesIO()
    torch.onnx.export(
        model, picture, stream, dynamo=False, opset_version=13, dynamic_axes={"input": {0: "N"}}, input_names=["input"])
    return stream.getvalue()


def automatic():
    """Padding by name, constants before and behind a convolution, and a product with a matrix, as other programs write them."""
    draw = np.random.default_rng(3)

    def constant(name, *shape):
        return numpy_helper.from_array(draw.normal(size=shape).astype(np.float32), name)

    nodes = [
        helper.make_node("Sub", ["input", "mean"], ["centred"]),
        helper.make_node("Div", ["centred", "deviation"], ["scaled"]),
        helper.make_node("Conv", ["scaled", "w1"], ["c1"], auto_pad="SAME_UPPER", strides=[2, 2], kernel_shape=[3, 3]),
        helper.make_node("Mul", ["c1", "factor"], ["m1"]),
        helper.make_node("Add", ["m1", "shift"], ["a1"]),
        helper.make_node("Clip", ["a1", "low", "high"], ["r1"]),
        helper.make_node("MaxPool", ["r1"], ["p1"], auto_pad="SAME_LOWER", strides=[2, 2], kernel_shape=[2, 2]),
        helper.make_node("LRN", ["p1"], ["l1"], size=3, alpha=0.01, beta=0.75, bias=2.0),
        helper.make_node("ReduceMean", ["l1"], ["g"], axes=[2, 3], keepdims=0),
        helper.make_node("MatMul", ["g", "w2"], ["y"]),
        helper.make_node("Add", ["y", "b2"], ["output"]),
    ]
    graph = helper.make_graph(
        nodes, "automatic", [helper.make_tensor_value_info("input", TensorProto.FLOAT, ["N", 3, 9, 11])],
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, ["N", 4])],
        [
            constant("mean", 1, 3, 1, 1), numpy_helper.from_array(np.array([2.0], np.float32), "deviation"),
            constant("w1", 5, 3, 3, 3), constant("factor", 5, 1, 1), constant("shift", 1, 5, 1, 1),
            numpy_helper.from_array(np.array(0.0, np.float32), "low"),
            numpy_helper.from_array(np.array(6.0, np.float32), "high"), constant("w2", 5, 4), constant("b2", 4),
        ])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    onnx.checker.check_model(model)
    return model.SerializeToString()


def main():
    torch.manual_seed(0)
    cases = []
    for name, model, shape in [("residual", Residual(), (1, 3, 19, 17)), ("fire", Fire(), (1, 1, 15, 15))]:
        model.eval()
        statistics(model)
        picture = torch.randn(shape)
        for dynamo in (False, True):
            cases.append((name + (" dynamo" if dynamo else ""), exported(model, picture, dynamo), picture.numpy()))
    cases.append(("automatic", automatic(), torch.randn(1, 3, 9, 11).numpy()))
    model = Gated().eval()
    statistics(model)
    picture = torch.randn(1, 3, 13, 16)
    for dynamo in (False, True):
        cases.append(("gated" + (" dynamo" if dynamo else ""), exported(model, picture, dynamo), picture.numpy()))
    document = []
    for name, content, picture in cases:
        session = onnxruntime.InferenceSession(content)
        output = session.run(None, {session.get_inputs()[0].name: picture})[0]
        document.append({
            "name": name, "model": base64.b64encode(content).decode(), "shape": list(picture.shape),
            "input": [float(f"{v:.8g}") for v in picture.reshape(-1)],
            "output": [float(f"{v:.8g}") for v in output.reshape(-1)],
        })
    pathlib.Path(__file__).with_name("convnets.json").write_text(json.dumps(document, separators=(",", ":")) + "\n")


main()
