import Images
import Surrogates

extension ImageText {
  /// The segments that count most are listed.
  private static let shownSegments = 5

  /// A surrogate: its fit, and the segments that count most.
  static func lines(_ surrogate: SegmentSurrogate) -> [String] {
    let grade =
      switch surrogate.stability {
      case .high: "the order of the first weights is sure"
      case .medium: "which weights are the first is sure, their order is not"
      case .low: "other samples may put other segments first"
      }
    let (fit, hidden) = (NumberText.significant(surrogate.rSquared, 3), NumberText.significant(surrogate.intercept, 3))
    let shown = NumberText.significant(surrogate.localPrediction, 3)
    let model = NumberText.significant(surrogate.probability, 3)
    var lines = [
      "  \(surrogate.segmentation.count) segments, \(surrogate.samples) samples, R2 \(fit): all hidden \(hidden), all "
        + "shown \(shown) (the model: \(model)); \(grade)"
    ]
    for weight in surrogate.weights.prefix(shownSegments) {
      let place = surrogate.place(of: weight.feature)
      let slope = (weight.slope < 0 ? "" : "+") + NumberText.significant(weight.slope, 3)
      let error = NumberText.significant(weight.standardError, 1)
      let across = NumberText.significant(place.across * 100, 2)
      let down = NumberText.significant(place.down * 100, 2)
      let share = NumberText.percent(place.share)
      lines.append(
        "  \(slope) ± \(error)  the segment around \(across) % from the left, \(down) % from the top, \(share) of the "
          + "picture"
      )
    }
    return lines
  }
}

/// A surrogate over segments, as a part of an object.
struct SurrogateFacts: Encodable {
  let intercept: JSONNumber
  let localPrediction: JSONNumber
  let probability: JSONNumber
  let rSquared: JSONNumber
  let stability: String
  let samples: Int
  /// The segment of each pixel, row by row.
  let labels: [Int]
  let segments: [Weight]

  struct Weight: Encodable {
    let segment: Int
    let weight: JSONNumber
    let standardError: JSONNumber
    let pixels: Int
  }

  init(_ surrogate: SegmentSurrogate) {
    intercept = JSONNumber(surrogate.intercept)
    localPrediction = JSONNumber(surrogate.localPrediction)
    probability = JSONNumber(surrogate.probability)
    rSquared = JSONNumber(surrogate.rSquared)
    stability = surrogate.stability.rawValue
    samples = surrogate.samples
    labels = surrogate.segmentation.labels
    let sizes = surrogate.segmentation.sizes
    segments = surrogate.weights.map {
      Weight(
        segment: $0.feature, weight: JSONNumber($0.slope), standardError: JSONNumber($0.standardError),
        pixels: sizes[$0.feature])
    }
  }
}
