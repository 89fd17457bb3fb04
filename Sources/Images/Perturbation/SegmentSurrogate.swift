public import Surrogates

/// A linear model of what showing each segment of a picture adds to a class's probability.
public struct SegmentSurrogate: Sendable, Equatable {
  /// The segments.
  public let segmentation: Segmentation
  /// The segments' weights, the largest magnitudes first.
  public let weights: [GivenSamples.Weight]
  /// The surrogate's value for the picture with all segments hidden.
  public let intercept: Double
  /// Its value for the whole picture.
  public let localPrediction: Double
  /// The model's probability for the whole picture.
  public let probability: Double
  /// The share of the model's variance among the samples that the surrogate explains, weighted; NaN where there is
  /// none.
  public let rSquared: Double
  /// How sure the order of the first weights is.
  public let stability: Stability
  /// The number of samples.
  public let samples: Int

  /// The middle of a segment, as shares of the picture's width and height, and its share of the picture's pixels.
  public func place(of segment: Int) -> (across: Double, down: Double, share: Double) {
    var (column, row, count) = (0.0, 0.0, 0.0)
    for (pixel, label) in segmentation.labels.enumerated() where label == segment {
      column += Double(pixel % segmentation.width) + 0.5
      row += Double(pixel / segmentation.width) + 0.5
      count += 1
    }
    return (
      column / count / Double(segmentation.width), row / count / Double(segmentation.height),
      count / Double(segmentation.labels.count)
    )
  }
}
