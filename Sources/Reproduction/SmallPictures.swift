import DataFrames
import Images
import Runs
import Tensors

/// CIFAR-10's pictures of 32 x 32 pixels, and a small network that was trained on such.
struct SmallPictures {
  let pictures: CIFAR10
  let classifier: any PictureClassifier
  let preprocessing: Preprocessing

  /// Opens both.
  /// - Throws: `MissingData`, and what keeps them from being read.
  init(_ bench: Bench, _ result: inout Reproduced) throws {
    let path = try bench.path("cifar10/cifar10_test_1000.bin", set: "cifar10")
    let model = try bench.path("models/cifar10_cnn.onnx", set: "cifar10")
    let bytes = try FileBytes.read(path: path, workers: bench.run.workers)
    guard let pictures = CIFAR10(bytes: bytes) else {
      throw PictureFailure.picture(path: path, error: .damaged("this is no CIFAR-10 file"))
    }
    self.pictures = pictures
    classifier = try PictureModel(model, picture: pictures.picture(0), workers: bench.run.workers).classifier
    preprocessing = Preprocessing(
      channels: 3, height: 32, width: 32, scale: 1, mean: [0, 0, 0], deviation: [1, 1, 1])
    result.use(UsedFile(path: path, sha256: Digest.sha256(bytes)))
    result.use(
      UsedFile(path: model, sha256: Digest.sha256(try FileBytes.read(path: model, workers: bench.run.workers))))
  }

  var modelName: String { "a small convolutional network trained on CIFAR-10" }

  /// What the network is asked about a picture: its own class.
  func subject(_ index: Int, _ bench: Bench) -> Subject {
    let spread = place(index)
    return Subject(
      model: classifier, input: preprocessing.tensor(pictures.picture(spread)), target: pictures.labels[spread],
      bounds: ([0, 0, 0], [255, 255, 255]), workers: bench.run.workers)
  }

  /// Pictures from all over the file, whatever its order: the classes may stand in blocks.
  func place(_ index: Int) -> Int { index * 389 % pictures.count }

  /// How often the network is right.
  /// - Throws: what keeps it from answering.
  func accuracy(_ count: Int, workers: Workers) throws -> Double {
    var right = 0
    for range in Workers.ranges(min(count, pictures.count), size: 50) {
      let inputs = range.map { preprocessing.tensor(pictures.picture(place($0))) }
      let batch = Tensor(shape: [range.count, 3, 32, 32], elements: inputs.flatMap(\.elements))
      let answers = try classifier.probabilities(of: batch, workers: workers)
      for (row, index) in range.enumerated() {
        let own = answers.row(row)
        let best = own.indices.max { own[$0] < own[$1] } ?? own.startIndex
        if best - own.startIndex == pictures.labels[place(index)] { right += 1 }
      }
    }
    return Double(right) / Double(min(count, pictures.count))
  }
}
