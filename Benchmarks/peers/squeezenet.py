"""What a user of TorchRay writes for one Grad-CAM with SqueezeNet over a picture, as a PNG file: squeezenet.py FOLDER THREADS."""

import sys

import torch
from vgg16 import kept  # noqa: F401, it comes before torchvision

import onnx
from onnx import numpy_helper
from PIL import Image
from torchray.attribution.grad_cam import grad_cam
from torchvision import transforms
from torchvision.models import squeezenet1_1

folder = sys.argv[1]
torch.set_num_threads(int(sys.argv[2]))
file = onnx.load(f"{folder}/squeezenet1_1.onnx")
constants = {tensor.name: numpy_helper.to_array(tensor) for tensor in file.graph.initializer}
arrays = [constants[name] for node in file.graph.node if node.op_type == "Conv" for name in node.input[1:]]
network = squeezenet1_1(weights=None).eval()
with torch.no_grad():
    for parameter, array in zip(network.parameters(), arrays, strict=True):
        parameter.copy_(torch.from_numpy(array.copy()))

picture = Image.open(f"{folder}/chelsea.png").convert("RGB")
seen = transforms.Compose([transforms.Resize(256), transforms.CenterCrop(224)])(picture)
normalize = transforms.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])
values = normalize(transforms.ToTensor()(seen))[None]
target = network(values).argmax(1).item()
heat = grad_cam(network, values, target, saliency_layer="features.12", resize=(224, 224))[0, 0].detach()
shares = (heat / heat.max()).clamp(0, 1)
colors = torch.stack([255 * shares, 255 * (1 - shares), torch.zeros_like(shares)], 2).byte().numpy()
Image.blend(seen, Image.fromarray(colors), 0.5).save(f"{folder}/squeezenet_peer.png")
