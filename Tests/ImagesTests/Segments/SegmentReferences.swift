import DataFrames
import Testing

@testable import Images

/// What scikit-image 0.26 and numpy made of pictures (Tests/References/make_segments.py).
struct SegmentReferences: Decodable {
  struct Case: Decodable {
    let method: String
    let settings: [String: Double]
    let width: Int
    let height: Int
    let picture: [UInt8]
    let labels: [Int]

    var subject: Picture { Picture(width: width, height: height, channels: 3, samples: picture) }
    var expected: Segmentation { Segmentation(width: width, height: height, labels: labels) }
  }
  struct Digest: Decodable {
    let name: String
    let method: String
    let count: Int
    let sha256: String
  }
  let normals: [Double]
  let rare: [[Double]]
  let lab: [[[Double]]]
  let cases: [Case]
  let digests: [Digest]

  static func read() throws -> SegmentReferences { try References.read("segments.json", as: SegmentReferences.self) }

  /// The photographs of the digests.
  static let photographs = ConditionTrait.data("images/chelsea.png", "images/coffee.png")

  /// The middle 224 x 224 of a photograph.
  static func photograph(_ name: String) throws -> Picture {
    let picture = try PictureFile(bytes: References.fetched("images/\(name)")).picture
    return picture.cropped(
      left: (picture.width - 224) / 2, top: (picture.height - 224) / 2, width: 224, height: 224)
  }

  /// The SHA-256 of labels as 32-bit numbers.
  static func sha256(_ segments: Segmentation) -> String {
    DataFrames.Digest.sha256(
      segments.labels.flatMap { label in (0..<4).map { UInt8(truncatingIfNeeded: label >> (8 * $0)) } })
  }
}
