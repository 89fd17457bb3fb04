public import Images

/// What was given for methods, and how long each may take.
public struct SaliencyRequest: Sendable {
  /// The values of the methods' options.
  public var given: OptionValues
  /// The most seconds of a method; nil: any time.
  public var timeLimit: Double?
  /// Whether the network's weights are drawn anew to see how far the map stays the same.
  public var isChecked: Bool

  /// Methods as their papers have them, but for what is given.
  public init(given: OptionValues = OptionValues(), timeLimit: Double? = nil, isChecked: Bool = false) {
    self.given = given
    self.timeLimit = timeLimit
    self.isChecked = isChecked
  }

  /// Methods of some kinds, with what was given for them.
  /// - Throws: `UsageError` and `OptionError`, and `FileError` or `PictureFailure` for a file that cannot be read.
  func methods(_ kinds: [any SaliencyMethod.Type], _ run: ImageRun) throws -> [any SaliencyMethod] {
    try SaliencyMethods.told(given, of: kinds, seed: run.run.seed, in: run.context)
  }

  /// The kind of method of a name.
  /// - Throws: `UsageError.unknownMethod`
  public static func kind(named name: String) throws -> any SaliencyMethod.Type {
    guard let method = SaliencyMethods.named(name) else {
      throw UsageError.unknownMethod(name: name, names: SaliencyMethods.all.map { $0.name } + ["list", "compare"])
    }
    return method
  }

  /// The kinds of methods of a list of names with commas between them, or of `all`.
  /// - Throws: `UsageError.unknownMethod`
  public static func kinds(named names: String) throws -> [any SaliencyMethod.Type] {
    try names == "all" ? SaliencyMethods.all : names.split(separator: ",").map { try kind(named: String($0)) }
  }
}
