import ArgumentParser

/// `xai-tab manual`: the manual page, for who packs or installs the command.
struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual", abstract: "The manual page, as man(1) takes it.", shouldDisplay: false)

  func run() throws {
    try Terminal.write(ManualPage(description: XAITab._dumpHelp()).text)
  }
}
