import ArgumentParser
import Runs

/// What `--model` names: a model to train on the spot, a file, or a program.
struct ModelChoice: ExpressibleByArgument, Equatable {
  /// The kind.
  let kind: ModelKind
  /// The path of the file, or the program and its arguments as a shell would have them; empty for what is trained.
  let argument: String

  /// `forest`, `network`, `linear`, a path that ends in `.onnx`, `command:PROGRAM ARGS` or `stream:PROGRAM ARGS`.
  init?(argument: String) {
    for (prefix, kind) in [("command:", ModelKind.command), ("stream:", .stream)]
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
    kind = ModelKind(name: argument)
    guard kind.isTrained else { return nil }
    self.argument = ""
  }
}
