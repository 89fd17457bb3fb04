import DataFrames
import Images
import Tensors

/// LIME of a photograph with a model that costs nothing: quick shift alone, and 1,000 samples around given segments.
enum LimePicturesJob {
  /// A model that looks at one pixel.
  private struct Free: PictureClassifier {
    func probabilities(of pictures: Tensor, workers: Workers) -> Matrix {
      let size = pictures.elements.count / pictures.shape[0]
      return Matrix(
        rows: pictures.shape[0], columns: 2,
        elements: (0..<pictures.shape[0]).flatMap { row -> [Double] in
          let share = Double(pictures.elements[row * size])
          return [share, 1 - share]
        })
    }
  }

  /// Five times the segments, three times the samples.
  static func run(_ folder: String, workers: Workers) throws {
    let whole = try PictureFile(bytes: FileBytes.read(path: "\(folder)/chelsea.png", workers: workers)).picture
    let picture = whole.cropped(
      left: (whole.width - 224) / 2, top: (whole.height - 224) / 2, width: 224, height: 224)
    let segments = (0..<5).map { _ in
      Measurement.milliseconds { Quickshift().segments(of: picture, workers: workers) }.elapsed
    }
    try Measurement(job: "lime-pictures/quickshift", unit: "ms", samples: segments, threads: workers.count).report()

    let found = Quickshift().segments(of: picture, workers: workers)
    // As a drawing, so that the cutting takes no time.
    let drawing = Picture(width: 224, height: 224, channels: 1, samples: found.labels.map { UInt8($0) })
    var lime = PictureLIME()
    lime.segments = .drawn(SegmentFile(drawing))
    let preprocessing = Preprocessing(channels: 3, height: 224, width: 224)
    let subject = Subject(model: Free(), input: preprocessing.tensor(picture), target: 0, workers: workers)
    let samples = try (0..<3).map { _ in
      try Measurement.milliseconds { try lime.explain(subject) }.elapsed
    }
    try Measurement(job: "lime-pictures/1000-samples", unit: "ms", samples: samples, threads: workers.count).report()
  }
}
