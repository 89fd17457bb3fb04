import CImages

/// What was read from a picture's file, and how its samples were converted.
public struct PictureFile: Sendable, Equatable {
  /// The picture.
  public let picture: Picture
  /// What of the file was converted.
  public let conversions: [Conversion]

  /// A way in which a file's samples differ from 8-bit grey or red, green and blue.
  public enum Conversion: Sendable, Equatable, CustomStringConvertible {
    /// The file has transparent pixels; they lie on white.
    case alphaOnWhite
    /// The samples were of more bits than 8, to which they were scaled.
    case deepSamples(bits: Int)
    /// The samples were cyan, magenta, yellow and black.
    case fromCMYK

    /// The conversion in a few words.
    public var description: String {
      switch self {
      case .alphaOnWhite: "transparent pixels lie on white"
      case .deepSamples(let bits): "\(bits)-bit samples were scaled to 8 bits"
      case .fromCMYK: "cyan, magenta, yellow and black were converted to red, green and blue"
      }
    }
  }

  /// The most pixels of a picture.
  public static let mostPixels = 100_000_000

  /// Reads the bytes of a PNG or JPEG file.
  /// - Throws: `PictureError`
  public init(bytes: [UInt8]) throws {
    var image = xai_image()
    var message = [CChar](repeating: 0, count: 200)
    let status = xai_image_read(bytes, bytes.count, UInt64(Self.mostPixels), &image, &message, message.count)
    defer { xai_image_release(image.pixels) }
    let (width, height) = (Int(image.width), Int(image.height))
    switch status {
    case XAI_IMAGE_DONE: break
    case XAI_IMAGE_UNKNOWN: throw PictureError.neitherPNGNorJPEG
    case XAI_IMAGE_TOO_LARGE: throw PictureError.tooLarge(width: width, height: height, most: Self.mostPixels)
    case XAI_IMAGE_NO_MEMORY: throw PictureError.damaged("no memory")
    default:
      throw PictureError.damaged(
        String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }
    let channels = Int(image.channels)
    var samples = Array(UnsafeBufferPointer(start: image.pixels, count: width * height * channels))
    var conversions: [Conversion] = []
    if image.was_cmyk != 0 { conversions.append(.fromCMYK) }
    if image.bits > 8 { conversions.append(.deepSamples(bits: Int(image.bits))) }
    if channels % 2 == 0 {
      if Self.putOnWhite(&samples, channels: channels) { conversions.append(.alphaOnWhite) }
    }
    picture = Picture(width: width, height: height, channels: channels <= 2 ? 1 : 3, samples: samples)
    self.conversions = conversions
  }

  /// Takes the alpha samples away: c · a + 255 · (1 − a), rounded. Whether any pixel was not opaque.
  private static func putOnWhite(_ samples: inout [UInt8], channels: Int) -> Bool {
    let colors = channels - 1
    var isTransparent = false
    let pixels = samples.count / channels
    samples.withUnsafeMutableBufferPointer { samples in
      for pixel in 0..<pixels {
        let alpha = Int(samples[pixel * channels + colors])
        if alpha != 255 { isTransparent = true }
        for color in 0..<colors {
          let value = Int(samples[pixel * channels + color])
          samples[pixel * colors + color] = UInt8((value * alpha + 255 * (255 - alpha) + 127) / 255)
        }
      }
    }
    samples.removeLast(pixels)
    return isTransparent
  }
}

/// What keeps a picture from being read.
public enum PictureError: Error, Equatable, CustomStringConvertible {
  /// The bytes are of another format.
  case neitherPNGNorJPEG
  /// The file is cut or broken.
  case damaged(String)
  /// The picture has too many pixels.
  case tooLarge(width: Int, height: Int, most: Int)

  /// The error in one sentence.
  public var description: String {
    switch self {
    case .neitherPNGNorJPEG: "neither a PNG nor a JPEG picture"
    case .damaged(let reason): "damaged picture: \(reason)"
    case .tooLarge(let width, let height, let most):
      "\(width) x \(height) pixels are too many; \(most / 1_000_000) million are the most"
    }
  }
}
