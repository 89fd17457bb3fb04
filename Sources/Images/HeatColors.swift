/// Colours for heat maps, from numbers.
public enum HeatColors {
  /// Stops of a scale from dark blue over green to yellow that also reads in grey, at equal distances from 0 to 1.
  private static let sequential: [[Double]] = [
    [13, 8, 60], [60, 15, 120], [120, 28, 109], [175, 48, 80], [220, 80, 50], [247, 130, 20], [250, 190, 60],
    [252, 250, 160],
  ]
  /// Stops from blue over white to red, from −1 to 1.
  private static let diverging: [[Double]] = [
    [20, 50, 140], [80, 130, 205], [170, 205, 235], [247, 247, 247], [250, 190, 165], [215, 95, 75], [140, 15, 35],
  ]

  /// The size to which the scale goes: that which all but one of 200 values stay below, so that a few large ones do not
  /// leave the rest pale; the largest, if that is 0.
  static func top(_ values: [Float]) -> Double {
    let sizes = values.map { $0.isFinite ? Double($0.magnitude) : 0 }.sorted()
    guard let largest = sizes.last else { return 0 }
    let most = sizes[(sizes.count - 1) * 199 / 200]
    return most > 0 ? most : largest
  }

  /// The colours of the values: from 0 to `top`, or, where there are negative ones, from blue over white to red with 0
  /// in white. A map that is 0 everywhere is of one colour; what is not finite counts as 0.
  public static func colors(_ values: [Float]) -> [UInt8] {
    let finite = values.map { $0.isFinite ? Double($0) : 0 }
    let largest = top(values)
    let isSigned = finite.contains { $0 < 0 }
    return finite.flatMap { value in
      let share = largest > 0 ? min(max(value / largest, -1), 1) : 0
      return isSigned ? color(diverging, (share + 1) / 2) : color(sequential, share)
    }
  }

  /// The colour at a place from 0 to 1 between the stops.
  private static func color(_ stops: [[Double]], _ place: Double) -> [UInt8] {
    let position = min(max(place, 0), 1) * Double(stops.count - 1)
    let index = min(Int(position), stops.count - 2)
    let share = position - Double(index)
    return (0..<3).map { UInt8((stops[index][$0] * (1 - share) + stops[index + 1][$0] * share).rounded()) }
  }

  /// A picture of the values alone.
  public static func picture(_ values: [Float], width: Int, height: Int) -> Picture {
    Picture(width: width, height: height, channels: 3, samples: colors(values))
  }

  /// The values' colours over a picture of the same size, the more of them the larger a value is.
  public static func overlay(_ values: [Float], on picture: Picture) -> Picture {
    let base = picture.converted(to: 3)
    let heat = colors(values)
    let largest = top(values)
    var samples = base.samples
    for pixel in values.indices {
      let size = values[pixel].isFinite && largest > 0 ? min(1, Double(values[pixel].magnitude) / largest) : 0
      let share = 0.25 + 0.55 * size
      for channel in 3 * pixel..<3 * pixel + 3 {
        samples[channel] = UInt8(
          (Double(base.samples[channel]) * (1 - share) + Double(heat[channel]) * share).rounded())
      }
    }
    return Picture(width: base.width, height: base.height, channels: 3, samples: samples)
  }
}
