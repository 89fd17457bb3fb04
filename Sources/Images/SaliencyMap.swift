public import Tensors

/// How much each place of a picture, or of a layer's planes, speaks for a class.
public struct SaliencyMap: Sendable, Equatable {
  /// The class's logit, or, of a model that gives none, its probability.
  public let score: Double
  /// The node at whose output the map was made; 0 is the picture itself.
  public let layer: Int
  /// The number of rows.
  public let height: Int
  /// The number of columns.
  public let width: Int
  /// The values, row by row.
  public let values: [Float]
  /// What the method promises of the sum of its values, and how far it was kept.
  public var completeness: Completeness?
  /// The steps that went into it, for a method that could have taken fewer or more.
  public var effort: Effort?
  /// What else the method says of the whole, in numbers.
  public var figures: [Figure] = []
  /// What keeps the map from meaning what its method promises, each in a sentence without its full stop.
  public var remarks: [String] = []
  /// Other maps of the same size that belong to it, such as one for each area, or the values' standard errors.
  public var parts: [Part] = []
  /// The linear surrogate whose weights the values are, for a method that has one.
  public var surrogate: SegmentSurrogate?

  /// A number with its name.
  public struct Figure: Sendable, Equatable {
    /// What it is.
    public let name: String
    /// The number.
    public let value: Double

    /// A number with its name.
    public init(_ name: String, _ value: Double) {
      self.name = name
      self.value = value
    }
  }

  /// A map beside the main one.
  public struct Part: Sendable, Equatable {
    /// What it is.
    public let name: String
    /// The class that it speaks of, where that is another than the main map's.
    public let target: Int?
    /// Its values, row by row.
    public let values: [Float]
    /// What the method says of it.
    public let figures: [Figure]

    /// A map beside the main one.
    public init(_ name: String, target: Int? = nil, values: [Float], figures: [Figure] = []) {
      self.name = name
      self.target = target
      self.values = values
      self.figures = figures
    }
  }

  /// The sum that a method's values should have.
  public struct Completeness: Sendable, Equatable {
    /// The sum of the values.
    public let sum: Double
    /// What it should be.
    public let expected: Double

    /// The difference, as a share of what is expected.
    public var error: Double { (sum - expected).magnitude / max(expected.magnitude, .leastNormalMagnitude) }
  }

  /// A map of given values, row by row.
  public init(values: [Float], height: Int, width: Int, score: Double, layer: Int = 0) {
    precondition(values.count == height * width, "SaliencyMap: \(values.count) values for \(height) x \(width)")
    self.score = score
    self.layer = layer
    self.height = height
    self.width = width
    self.values = values
  }

  /// A map of one value for each place of a tensor `[1, channels, height, width]`.
  init(_ tensor: Tensor, score: Double, layer: Int, completeness: Completeness? = nil, _ reduce: ([Float]) -> Float) {
    let (channels, height, width) = (tensor.shape[1], tensor.shape[2], tensor.shape[3])
    var column = [Float](repeating: 0, count: channels)
    values = (0..<height * width).map { pixel in
      for channel in 0..<channels { column[channel] = tensor.elements[channel * height * width + pixel] }
      return reduce(column)
    }
    self.score = score
    self.layer = layer
    self.height = height
    self.width = width
    self.completeness = completeness
  }

  /// The largest size of a value of a place's channels.
  static func largest(_ values: [Float]) -> Float { values.reduce(0) { max($0, $1.magnitude) } }

  /// The sum over a place's channels.
  static func sum(_ values: [Float]) -> Float { values.reduce(0, +) }

  /// Whether all values are the same, so that the map tells nothing of places.
  public var isConstant: Bool { values.allSatisfy { $0 == values.first } }

  /// The values as they are drawn: where all are positive, from the least one on, since a level that all places share
  /// would hide how they differ.
  public var drawn: SaliencyMap {
    guard let least = values.min(), least > 0, !isConstant else { return self }
    return SaliencyMap(values: values.map { $0 - least }, height: height, width: width, score: score, layer: layer)
  }

  /// The values in another size: bilinear with the centres of the outer values half a place inside the edge, as torch's
  /// `interpolate(mode="bilinear", align_corners=False)`.
  public func resized(height newHeight: Int, width newWidth: Int) -> [Float] {
    if newHeight == height, newWidth == width { return values }
    return BilinearResize(height: height, width: width, toHeight: newHeight, toWidth: newWidth)(values)
  }
}
