import FoundationEssentials
import Presentation

/// The manual page of the command in man(7) macros, made from what the parser knows of its options.
struct ManualPage {
  private let command: Command

  /// The command and its subcommands as the parser describes them.
  private struct Command: Decodable {
    let commandName: String
    let abstract: String?
    let discussion: String?
    let shouldDisplay: Bool?
    let subcommands: [Command]?
    let arguments: [Argument]?
  }

  private struct Argument: Decodable {
    struct Name: Decodable {
      let kind: String
      let name: String

      var text: String { (kind == "long" ? "--" : "-") + name }
    }

    let kind: String
    let shouldDisplay: Bool
    let isOptional: Bool
    let names: [Name]?
    let valueName: String?
    let defaultValue: String?
    let allValues: [String]?
    let abstract: String?
  }

  private struct Description: Decodable {
    let command: Command
  }

  /// Reads a description.
  /// - Parameter description: JSON, as the parser dumps it.
  /// - Throws: where it is none.
  init(description: String) throws {
    command = try JSONDecoder().decode(Description.self, from: Data(description.utf8)).command
  }

  /// The page's source.
  var text: String {
    let name = command.commandName
    var lines = [
      ".TH \(name.uppercased()) 1 \"\" \"\(name) \(Provenance.version)\"",
      ".SH NAME", "\(Self.escaped(name)) \\- \(Self.escaped(Self.sentence(command.abstract)))",
      ".SH SYNOPSIS", ".B \(Self.escaped(name))", "COMMAND [ARGUMENTS] [OPTIONS]",
      ".SH DESCRIPTION",
    ]
    lines += Self.preformatted(command.discussion)
    lines.append(".SH COMMANDS")
    for command in command.subcommands ?? [] where command.shouldDisplay ?? true && command.commandName != "help" {
      lines += Self.section(command, path: [name])
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func section(_ command: Command, path: [String]) -> [String] {
    let path = path + [command.commandName]
    let arguments = (command.arguments ?? []).filter { $0.shouldDisplay && $0.names?.first?.name != "help" }
    let positional = arguments.filter { $0.kind == "positional" }
    let usage = positional.map { $0.isOptional ? "[\($0.valueName ?? "")]" : "\($0.valueName ?? "")" }
    var lines = [
      ".SS " + escaped((path + usage + ["[OPTIONS]"]).joined(separator: " ")), escaped(command.abstract ?? ""), ".PP",
    ]
    lines += preformatted(command.discussion)
    for argument in positional + arguments.filter({ $0.kind != "positional" }) {
      let names = (argument.names ?? []).map { "\\fB\(escaped($0.text))\\fR" }.joined(separator: ", ")
      let value = argument.kind == "flag" ? "" : "\\fI\(escaped(argument.valueName ?? ""))\\fR"
      lines += [".TP", names + (names.isEmpty || value.isEmpty ? "" : " ") + value]
      var words = argument.abstract ?? ""
      if let values = argument.allValues, !values.isEmpty {
        words += " One of: \(values.joined(separator: ", "))."
      }
      if let known = argument.defaultValue { words += " Default: \(known)." }
      lines.append(escaped(words.isEmpty ? " " : words))
    }
    for inner in command.subcommands ?? [] where inner.shouldDisplay ?? true && inner.commandName != "help" {
      lines += section(inner, path: path)
    }
    return lines
  }

  /// Text whose lines stay as they are.
  private static func preformatted(_ text: String?) -> [String] {
    guard let text, !text.isEmpty else { return [] }
    return [".nf"] + text.split(separator: "\n", omittingEmptySubsequences: false).map { escaped(String($0)) } + [".fi"]
  }

  /// A sentence as a part of another one.
  private static func sentence(_ text: String?) -> String {
    let text = text ?? ""
    return text.prefix(1).lowercased() + (text.hasSuffix(".") ? text.dropFirst().dropLast() : text.dropFirst())
  }

  /// Text in which nothing is a macro.
  private static func escaped(_ text: String) -> String {
    let text = text.replacing("\\", with: "\\e").replacing("-", with: "\\-").replacing("'", with: "\\(aq")
    return text.hasPrefix(".") ? "\\&" + text : text
  }
}
