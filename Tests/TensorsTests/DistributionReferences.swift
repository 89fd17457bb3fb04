import Foundation

/// What SciPy says of the distributions, in ols.json.
struct Tails: Decodable {
  let student: [[Double]]
  let fisher: [[Double]]
  let quantiles: [[Double]]

  static func read() throws -> Tails {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return try JSONDecoder().decode(
      Tails.self, from: Data(contentsOf: root.appending(path: "References/ols.json")))
  }
}

/// Whether a value is within a relative tolerance of the expected one.
func isClose(_ value: Double, _ expected: Double, _ tolerance: Double) -> Bool {
  (value - expected).magnitude <= tolerance * expected.magnitude
}
