/// What of a method an option sets.
public struct MethodParameter<Method: SaliencyMethod>: Sendable {
  /// The option.
  public let option: any DeclaredOption
  /// What the method adds to the help of an option that it shares with others.
  let part: String?
  private let put: @Sendable (inout Method, OptionValues, OptionContext) throws -> Void

  /// What an option sets in a way of its own.
  /// - Parameters:
  ///   - option: the option.
  ///   - part: what the method adds to the help of an option that it shares with others.
  ///   - put: puts a value into the method.
  public init<Value>(
    _ option: MethodOption<Value>, part: String? = nil,
    put: @escaping @Sendable (_ method: inout Method, _ value: Value, _ context: OptionContext) throws -> Void
  ) {
    self.option = option
    self.part = part
    self.put = { method, values, context in
      if let value = values[option] { try put(&method, value, context) }
    }
  }

  /// A property that an option sets.
  public init<Value>(
    _ option: MethodOption<Value>, part: String? = nil, _ path: any WritableKeyPath<Method, Value> & Sendable
  ) {
    self.init(option, part: part) { method, value, _ in method[keyPath: path] = value }
  }

  /// A property that an option sets, and that has no value without it.
  public init<Value>(
    _ option: MethodOption<Value>, part: String? = nil, _ path: any WritableKeyPath<Method, Value?> & Sendable
  ) {
    self.init(option, part: part) { method, value, _ in method[keyPath: path] = value }
  }

  /// Sets it in a method, where the option was given.
  func set(_ method: inout Method, _ values: OptionValues, _ context: OptionContext) throws {
    try put(&method, values, context)
  }
}

/// The options that were given, with their values.
public struct OptionValues: Sendable {
  private var values: [String: any Sendable] = [:]

  /// None.
  public init() {}

  /// The value of an option; nil where it was not given.
  public subscript<Option: DeclaredOption>(option: Option) -> Option.Value? {
    get { values[option.name] as? Option.Value }
    set { values[option.name] = newValue }
  }
}

/// The picture and the network that options speak of.
public struct OptionContext {
  /// The picture as it was read.
  let picture: Picture
  /// The picture as the model sees it.
  let seen: Picture
  /// What was done to it in between.
  let preprocessing: Preprocessing
  /// The node of a layer's name.
  let node: (String) throws -> Int
  /// The picture in the file of a path; nil for a word that is no path, and names no file either.
  let read: (String) throws -> Picture?
  /// Says something beside the result.
  let note: (String) -> Void

  /// The picture and the network that options speak of.
  /// - Parameters:
  ///   - picture: the picture as it was read.
  ///   - seen: the picture as the model sees it.
  ///   - preprocessing: what was done to it in between.
  ///   - node: finds the node of a layer's name.
  ///   - read: reads the picture in the file of a path; nil for a word that is no path, and names no file either.
  ///   - note: says something beside the result.
  public init(
    picture: Picture, seen: Picture, preprocessing: Preprocessing, node: @escaping (String) throws -> Int,
    read: @escaping (String) throws -> Picture?, note: @escaping (String) -> Void
  ) {
    self.picture = picture
    self.seen = seen
    self.preprocessing = preprocessing
    self.node = node
    self.read = read
    self.note = note
  }
}
