public import Tensors

/// How a picture becomes a network's input: its size, and for each channel (sample · scale − mean) / deviation.
public struct Preprocessing: Sendable, Equatable {
  /// The number of channels, 1 or 3.
  public var channels: Int
  /// The input's height.
  public var height: Int
  /// The input's width.
  public var width: Int
  /// What a sample from 0 to 255 is multiplied with.
  public var scale: Double
  /// For each channel what is taken off.
  public var mean: [Double]
  /// For each channel what is divided by.
  public var deviation: [Double]

  /// ImageNet's mean of red, green and blue, of samples from 0 to 1.
  public static let imageNetMean = [0.485, 0.456, 0.406]
  /// ImageNet's standard deviation of red, green and blue.
  public static let imageNetDeviation = [0.229, 0.224, 0.225]

  /// A way into a network. Unless something else is given, samples become numbers from 0 to 1, from which three
  /// channels take ImageNet's mean and deviation.
  public init(
    channels: Int, height: Int, width: Int, scale: Double = 1.0 / 255, mean: [Double]? = nil,
    deviation: [Double]? = nil
  ) {
    precondition(channels == 1 || channels == 3, "Preprocessing: \(channels) channels")
    self.channels = channels
    self.height = height
    self.width = width
    self.scale = scale
    self.mean = mean ?? (channels == 3 ? Self.imageNetMean : [0])
    self.deviation = deviation ?? (channels == 3 ? Self.imageNetDeviation : [1])
    precondition(
      self.mean.count == channels && self.deviation.count == channels,
      "Preprocessing: \(self.mean.count) means and \(self.deviation.count) deviations for \(channels) channels")
  }

  /// What is done to a picture's size.
  public enum Fitting: Sendable, Equatable {
    /// Nothing.
    case none
    /// Its shorter side is brought to a length, and the middle is cut out.
    case resizedAndCropped(shorterSide: Int)
  }

  /// What is done to a picture of the given size: nothing where it is the input's. Else the shorter side is brought to
  /// 8/7 of the input's shorter side (256 for 224), or to that side itself for inputs below 64 pixels, and the middle
  /// is cut out.
  public func fitting(width pictureWidth: Int, height pictureHeight: Int) -> Fitting {
    if pictureWidth == width, pictureHeight == height { return .none }
    let side = min(width, height)
    let usual = side < 64 ? side : Int((Double(side) * 8 / 7).rounded())
    // A picture of another shape than the input must cover it along both axes.
    let shorter = min(pictureWidth, pictureHeight)
    let covering = max(
      (width * shorter + pictureWidth - 1) / pictureWidth, (height * shorter + pictureHeight - 1) / pictureHeight)
    return .resizedAndCropped(shorterSide: max(usual, covering))
  }

  /// The picture as the network sees it, before its samples become numbers: converted to the channels, resized and
  /// cropped as torchvision's `Resize` and `CenterCrop` do.
  public func fit(_ picture: Picture) -> Picture {
    let converted = picture.converted(to: channels)
    guard case .resizedAndCropped(let side) = fitting(width: picture.width, height: picture.height) else {
      return converted
    }
    // The longer side is cut off to a whole number, as in torchvision.
    let (newWidth, newHeight) =
      picture.width <= picture.height
      ? (side, side * picture.height / picture.width) : (side * picture.width / picture.height, side)
    let resized = converted.resized(width: newWidth, height: newHeight)
    // Halves go to the even number, as in Python.
    func start(_ length: Int, _ wanted: Int) -> Int { Int((Double(length - wanted) / 2).rounded(.toNearestOrEven)) }
    return resized.cropped(
      left: start(newWidth, width), top: start(newHeight, height), width: width, height: height)
  }

  /// The input `[1, channels, height, width]` of a picture that fits.
  public func tensor(_ picture: Picture) -> Tensor {
    precondition(
      picture.width == width && picture.height == height && picture.channels == channels,
      "Preprocessing: a picture of \(picture.width) x \(picture.height) x \(picture.channels)")
    return Tensor(shape: [1, channels, height, width]) { target in
      for channel in 0..<channels {
        for pixel in 0..<width * height {
          let sample = Double(picture.samples[pixel * channels + channel])
          target[channel * width * height + pixel] = Float((sample * scale - mean[channel]) / deviation[channel])
        }
      }
    }
  }
}
