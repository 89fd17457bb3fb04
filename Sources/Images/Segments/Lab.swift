import RealModule

/// The CIE L*a*b* colours of pictures, for light D65 and the 2° observer, from sRGB samples: the constants and cases
/// are those of scikit-image's `rgb2lab`.
enum Lab {
  /// XYZ from linear red, green and blue, row by row.
  private static let matrix = [
    0.412453, 0.357580, 0.180423, 0.212671, 0.715160, 0.072169, 0.019334, 0.119193, 0.950227,
  ]
  private static let white = [0.95047, 1.0, 1.08883]

  /// L*, a* and b* of each pixel.
  /// - Returns: three planes of `width · height` numbers, row by row.
  static func planes(_ picture: Picture) -> [[Double]] {
    planes(picture.converted(to: 3).samples.map { Double($0) / 255 })
  }

  /// L*, a* and b* of pixels whose red, green and blue, from 0 to 1, stand side by side.
  static func planes(_ colors: [Double]) -> [[Double]] {
    let pixels = colors.count / 3
    var planes = [[Double]](repeating: [Double](repeating: 0, count: pixels), count: 3)
    // Pictures of 8 bits have few different samples.
    var linear: [Double: Double] = [:]
    func light(_ color: Double) -> Double {
      if let known = linear[color] { return known }
      let value = color > 0.04045 ? Double.pow((color + 0.055) / 1.055, 2.4) : color / 12.92
      linear[color] = value
      return value
    }
    for pixel in 0..<pixels {
      let (red, green, blue) = (light(colors[3 * pixel]), light(colors[3 * pixel + 1]), light(colors[3 * pixel + 2]))
      func response(_ axis: Int) -> Double {
        let sum = red * matrix[3 * axis] + green * matrix[3 * axis + 1] + blue * matrix[3 * axis + 2]
        let share = sum / white[axis]
        return share > 0.008856 ? Double.root(share, 3) : 7.787 * share + 16.0 / 116
      }
      let (x, y, z) = (response(0), response(1), response(2))
      planes[0][pixel] = 116 * y - 16
      planes[1][pixel] = 500 * (x - y)
      planes[2][pixel] = 200 * (y - z)
    }
    return planes
  }
}
