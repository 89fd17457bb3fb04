import ArgumentParser

/// What `--model` names: a model to train on the spot, a file, or a program.
struct ModelChoice: ExpressibleByArgument, Equatable {
  /// The kind.
  let kind: ModelOptions.Kind
  /// The path of the file, or the program and its arguments as a shell would have them; empty for what is trained.
  let argument: String

  /// `forest`, `network`, `linear`, a path that ends in `.onnx`, `command:PROGRAM ARGS` or `stream:PROGRAM ARGS`.
  init?(argument: String) {
    for (prefix, kind) in [("command:", ModelOptions.Kind.command), ("stream:", .stream)]
    where argument.hasPrefix(prefix) {
      self.kind = kind
      self.argument = String(argument.dropFirst(prefix.count))
      return
    }
    if argument.lowercased().hasSuffix(".onnx") {
      kind = .file
      self.argument = argument
      return
    }
    guard let kind = ModelOptions.Kind(rawValue: argument), kind.isTrained else { return nil }
    self.kind = kind
    self.argument = ""
  }
}
