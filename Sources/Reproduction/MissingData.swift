import Runs

/// A file that a part of the review needs and that is not there.
struct MissingData: FailureConvertible, Equatable {
  /// Where it would be, inside a folder of data.
  let path: String
  /// The name that `Scripts/get-data` has for it; nil for a file that is part of the project.
  let set: String?
  /// Whether there is a file of the name with other content.
  var isAnother = false

  var failureKind: Failure.Kind { .inputMissing }

  var description: String {
    let what = isAnother ? "\(path) is another file than the one that was looked at" : "\(path) is not there"
    guard let set else { return "\(what); --data DIR names the folder that holds it" }
    // Some data have no address of their own to be downloaded from.
    let how = Self.copiedOnly.contains(set) ? " --from DIR" : ""
    return "\(what); Scripts/get-data\(how) \(set) fetches it"
  }

  private static let copiedOnly: Set<String> = ["dream7", "cifar10", "squeezenet", "pictures"]
}
