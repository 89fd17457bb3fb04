import Images
import ModelFiles
import Networks
import Tensors

/// RISE and extremal perturbation of VGG16 with random weights, on a picture of 224 x 224 pixels: the time of a mask,
/// and of a step, which is what two runs of different lengths differ by, and of the network's runs that are in it. What
/// is left is the methods' own.
enum PerturbationJob {
  /// The number of times each is done.
  private static let repetitions = 3
  private static let masks = 32
  private static let iterations = (short: 2, long: 12)

  /// Runs one part of the job.
  static func run(_ folder: String, part: String?, workers: Workers) throws {
    let network = try PictureNetwork(ONNXModel(path: "\(folder)/vgg16.onnx", workers: workers)).network
    var generator = SeededGenerator(seed: 0, purpose: .noise)
    let input = Tensor(shape: [1, 3, 224, 224]) { target in
      for place in 0..<target.count { target[place] = Float(NormalDistribution.quantile(generator.uniform())) }
    }
    let subject = Subject(network: network, input: input, target: 5, workers: workers)
    switch part {
    case "extremal-1-area", "extremal-4-areas":
      let areas = part == "extremal-1-area" ? [0.1] : [0.025, 0.05, 0.1, 0.2]
      func milliseconds(_ iterations: Int) throws -> Double {
        let method = ExtremalPerturbation(areas: areas, iterations: iterations)
        return try Measurement.milliseconds { try method.explain(subject) }.elapsed
      }
      let samples = try (0..<repetitions).map { _ in
        (try milliseconds(iterations.long) - milliseconds(iterations.short))
          / Double(iterations.long - iterations.short)
      }
      try Measurement(job: "perturbation/\(part ?? "")", unit: "ms", samples: samples, threads: workers.count).report()
      let pictures = batch(areas.count, of: input)
      try report("\(part ?? "")/network alone", threads: workers.count) {
        let trace = network.forward(pictures, workers: workers, keeping: .wayBack(to: 0))
        _ = network.backward(seed: trace.output, from: trace, downTo: 0, workers: workers)
      }
    default:
      try report("rise", count: masks, threads: workers.count) { _ = try RISE(masks: masks).explain(subject) }
      let pictures = batch(16, of: input)
      try report("rise/network alone", count: 16, threads: workers.count) {
        _ = network.forward(pictures, workers: workers, keeping: .output)
      }
    }
  }

  private static func batch(_ count: Int, of input: Tensor) -> Tensor {
    Tensor(shape: [count] + input.shape[1...], elements: (0..<count).flatMap { _ in input.elements })
  }

  /// The time of one of `count` pieces of work.
  private static func report(_ name: String, count: Int = 1, threads: Int, _ work: () throws -> Void) throws {
    try work()
    let samples = try (0..<repetitions).map { _ in try Measurement.milliseconds(work).elapsed / Double(count) }
    try Measurement(job: "perturbation/\(name)", unit: "ms", samples: samples, threads: threads).report()
  }
}
