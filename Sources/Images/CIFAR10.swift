/// Pictures of CIFAR-10 in its binary form (Krizhevsky, 2009): records of a label and 32 x 32 samples of red, of green
/// and of blue.
public struct CIFAR10: Sendable {
  /// The names of the classes.
  public static let classNames = [
    "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
  ]
  private static let pixels = 32 * 32
  private static let recordSize = 3 * pixels + 1

  /// The class of each picture.
  public let labels: [Int]
  private let bytes: [UInt8]

  /// The pictures in the bytes of a file; nil where they are no whole number of records, or a label is none.
  public init?(bytes: [UInt8]) {
    guard !bytes.isEmpty, bytes.count % Self.recordSize == 0 else { return nil }
    labels = stride(from: 0, to: bytes.count, by: Self.recordSize).map { Int(bytes[$0]) }
    guard labels.allSatisfy({ $0 < Self.classNames.count }) else { return nil }
    self.bytes = bytes
  }

  /// The number of pictures.
  public var count: Int { labels.count }

  /// One of the pictures.
  public func picture(_ index: Int) -> Picture {
    let start = index * Self.recordSize + 1
    let samples = (0..<Self.pixels).flatMap { pixel in
      (0..<3).map { bytes[start + $0 * Self.pixels + pixel] }
    }
    return Picture(width: 32, height: 32, channels: 3, samples: samples)
  }
}
