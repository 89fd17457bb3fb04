import ArgumentParser
import Presentation

/// `xai-tab image list`: the methods.
struct ImageListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "The methods, each in a line.")

  func run() throws { try Terminal.write(ImageText.list()) }
}
