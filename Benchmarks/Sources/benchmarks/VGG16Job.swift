import Images
import ModelFiles
import Networks
import Tensors

/// VGG16 with random weights from an ONNX file: one forward run, one of eight pictures, and explanations.
enum VGG16Job {
  /// Runs one part of the job a few times.
  static func run(_ folder: String, part: String?, workers: Workers) throws {
    let (loading, network) = try Measurement.milliseconds {
      try PictureNetwork(ONNXModel(path: "\(folder)/vgg16.onnx", workers: workers)).network
    }
    func report(_ name: String, _ samples: [Double]) throws {
      try Measurement(job: "vgg16/\(name)", unit: "ms", samples: samples, threads: workers.count).report()
    }
    let part = part ?? "forward"
    if part == "forward" { try report("load", [loading]) }
    let count = part == "batch" ? 8 : 1
    var generator = SeededGenerator(seed: 0, purpose: .noise)
    let pictures = Tensor(shape: [count, 3, 224, 224]) { target in
      for place in 0..<target.count { target[place] = Float(NormalDistribution.quantile(generator.uniform())) }
    }
    func node(_ layer: String) -> Int {
      network.nodes.lastIndex { $0.names.contains { $0.contains("/\(layer)/") } } ?? 0
    }
    let method: (any SaliencyMethod)?
    switch part {
    case "grad-cam": method = GradCAM(layer: node("features.29"))
    case "guided-backprop": method = GuidedBackprop()
    case "contrastive-excitation-backprop":
      method = ContrastiveExcitationBackprop(layer: node("features.9"), contrastLayer: node("features.30"))
    default: method = nil
    }
    func work() throws {
      if let method {
        _ = try method.explain(Subject(network: network, input: pictures, target: 5, workers: workers))
      } else {
        _ = network.forward(pictures, workers: workers, keeping: .output)
      }
    }
    try work()
    try report(part, try (0..<(count > 1 ? 2 : 5)).map { _ in try Measurement.milliseconds(work).elapsed })
  }
}
