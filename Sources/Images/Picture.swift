/// A picture of 8-bit samples, grey or red, green and blue.
public struct Picture: Sendable, Equatable {
  /// The number of columns.
  public let width: Int
  /// The number of rows.
  public let height: Int
  /// 1 for grey, 3 for red, green and blue.
  public let channels: Int
  /// The samples, row by row from the top, those of a pixel side by side.
  public let samples: [UInt8]

  /// A picture of given samples.
  public init(width: Int, height: Int, channels: Int, samples: [UInt8]) {
    precondition(
      width >= 1 && height >= 1 && (channels == 1 || channels == 3) && samples.count == width * height * channels,
      "Picture: \(samples.count) samples for \(width) x \(height) x \(channels)")
    self.width = width
    self.height = height
    self.channels = channels
    self.samples = samples
  }

  /// The same picture with another number of channels: grey becomes three equal ones, colours become
  /// (299 R + 587 G + 114 B) / 1000, rounded, as in Pillow.
  public func converted(to wanted: Int) -> Picture {
    if wanted == channels { return self }
    if wanted == 3 {
      return Picture(width: width, height: height, channels: 3, samples: samples.flatMap { [$0, $0, $0] })
    }
    let grey = (0..<width * height).map { pixel in
      let (red, green, blue) = (Int(samples[3 * pixel]), Int(samples[3 * pixel + 1]), Int(samples[3 * pixel + 2]))
      // The weights in 2⁻¹⁶, which is how Pillow rounds.
      return UInt8((red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16)
    }
    return Picture(width: width, height: height, channels: 1, samples: grey)
  }

  /// The part of the picture that begins at a place; what lies outside the picture is black.
  public func cropped(left: Int, top: Int, width newWidth: Int, height newHeight: Int) -> Picture {
    var result = [UInt8](repeating: 0, count: newWidth * newHeight * channels)
    for row in 0..<newHeight where 0..<height ~= row + top {
      for column in 0..<newWidth where 0..<width ~= column + left {
        for channel in 0..<channels {
          result[(row * newWidth + column) * channels + channel] =
            samples[((row + top) * width + column + left) * channels + channel]
        }
      }
    }
    return Picture(width: newWidth, height: newHeight, channels: channels, samples: result)
  }
}
