// The options that several methods share. Each method says behind them what they mean for it.

extension MethodOption<Int> {
  /// How many random pictures a method looks at.
  static var samples: Self {
    Self("samples", "How many ", valueName: "number", rule: "is at least 1") { $0 >= 1 }
  }

  /// How many steps a method takes.
  static var iterations: Self {
    Self("iterations", "How many steps a method takes: ", valueName: "number", rule: "is at least 1") { $0 >= 1 }
  }

  /// How many random masks a method takes.
  static var masks: Self {
    Self("masks", "How many masks ", valueName: "number", rule: "is at least 1") { $0 >= 1 }
  }
}

extension MethodOption<String> {
  /// Where a method that goes back through the network makes its map.
  static var layer: Self {
    Self("layer", "The layer where the map is made, by its name or that of its output.", valueName: "name")
  }
}

extension MethodParameter {
  /// The steps that a method takes.
  static func iterations(_ path: any WritableKeyPath<Method, Int> & Sendable) -> Self {
    Self(.iterations, part: "\(Method.name) (\(Method()[keyPath: path]))", path)
  }

  /// The layer of the option that methods share.
  static func layer(_ path: any WritableKeyPath<Method, Int?> & Sendable) -> Self { layer(.layer, path) }

  /// A layer, which the option names.
  static func layer(_ option: MethodOption<String>, _ path: any WritableKeyPath<Method, Int?> & Sendable) -> Self {
    Self(option) { method, name, context in method[keyPath: path] = try context.node(name) }
  }
}
