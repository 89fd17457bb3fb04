import Runs

extension CheckRun {
  /// What a reader must know.
  var warnings: [String] {
    unknown.isEmpty
      ? []
      : [
        "the data do not have \(unknown.prefix(5).joined(separator: ", "))"
          + (unknown.count > 5 ? " and \(unknown.count - 5) more" : "")
      ]
  }
}
