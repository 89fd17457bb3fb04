/// A model of pictures, how a picture enters it, and what is asked of it.
public struct PictureRequest: Sendable, Equatable {
  /// The path of the model, an ONNX file.
  public var model: String?
  /// Which picture of a file of several, counted from 1; nil: the first.
  public var row: Int?
  /// The class, by its name or its place from 0; nil: the likeliest.
  public var className: String?
  /// The path of a file with the names of the classes, one a line.
  public var classes: String?
  /// What is taken off each channel, one number a channel or one for all; nil: what is usual.
  public var mean: [Double]?
  /// What each channel is divided by, one number a channel or one for all; nil: what is usual.
  public var deviation: [Double]?
  /// What samples from 0 to 255 are multiplied with first; nil: what is usual.
  public var scale: Double?

  /// A model of which nothing else is asked.
  public init(model: String? = nil) {
    self.model = model
  }
}
