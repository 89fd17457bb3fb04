import FoundationEssentials

/// One result: the samples of a job, with the figures that belong to them.
struct Measurement: Encodable {
  /// The name by which the result is paired with the peer's.
  let job: String
  /// The unit of the samples.
  let unit: String
  /// One number for each repetition.
  let samples: [Double]
  /// The number of threads.
  let threads: Int
  /// The accuracy on the training rows' out-of-bag predictions.
  var oobAccuracy: Double?
  /// The accuracy on the training rows.
  var trainingAccuracy: Double?
  /// The accuracy on rows of their own.
  var testAccuracy: Double?
  /// The number of rows that were read.
  var rows: Int?
  /// The number of columns that were read.
  var columns: Int?
  /// The size of the file in MB.
  var megabytes: Double?

  /// Prints the result as one line of JSON.
  func report() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    print(String(decoding: try encoder.encode(self), as: UTF8.self))
  }

  /// The wall time of `work`, in ms, and what it returned.
  static func milliseconds<Result>(_ work: () throws -> Result) rethrows -> (elapsed: Double, result: Result) {
    let clock = ContinuousClock()
    let begin = clock.now
    let result = try work()
    return ((clock.now - begin) / .milliseconds(1), result)
  }
}
