import ArgumentParser
import Images
import Testing

@testable import XAITab

@Suite struct MethodOptionsTests {
  private static func value<Option: DeclaredOption>(_ values: OptionValues, of option: Option) -> String? {
    values[option]?.word
  }

  private static func given(_ arguments: String...) throws -> [String: String] {
    let values = try MethodOptions.parse(arguments).values
    let words = SaliencyMethods.options.compactMap { option in value(values, of: option).map { (option.name, $0) } }
    return Dictionary(uniqueKeysWithValues: words)
  }

  @Test func whatIsNotGivenIsUsualOrAbsent() throws {
    let given = try Self.given()
    #expect(given["noise"] == "0.15" && given["squared"] == "false" && given["segments"] == "quickshift")
    #expect(given["samples"] == nil && given["cam"] == nil && given["layer"] == nil)
  }

  @Test func valuesOfAllKindsAreRead() throws {
    let given = try Self.given(
      "--noise", "0.25", "--squared", "--cam", "layer-cam", "--areas", "0.1,1/4", "--samples=9", "--layer",
      "features.4",
      "--hide", "127")
    #expect(given["noise"] == "0.25" && given["squared"] == "true" && given["cam"] == "layer-cam")
    #expect(given["areas"] == "0.1,0.25" && given["samples"] == "9" && given["layer"] == "features.4")
    #expect(given["hide"] == "127.0")
  }

  private static func message(_ arguments: String...) -> String? {
    do {
      _ = try MethodOptions.parse(arguments)
      return nil
    } catch {
      return MethodOptions.message(for: error)
    }
  }

  @Test func wrongValuesAndTyposAreNamed() {
    #expect(Self.message("--noise", "much") == "The value 'much' is invalid for '--noise <noise>'")
    #expect(
      Self.message("--rise", "film")
        == "The value 'film' is invalid for '--rise <rise>'. Please provide one of 'paper' and 'torchray'.")
    #expect(Self.message("--masks", "0") == "--masks is at least 1.")
    #expect(Self.message("--areas", "0.5,2") == "--areas are shares of the picture, above 0 and below 1.")
    #expect(Self.message("--squarred") == "Unknown option '--squarred'. Did you mean '--squared'?")
    #expect(Self.message("--layer") == "Missing value for '--layer <name>'")
  }

  /// Each option stands in the help once, so that no two options of the command have one name.
  @Test func everyOptionIsInTheHelpOnce() {
    let lines = ImageExplainCommand.helpMessage(columns: 100).split(separator: "\n")
    for option in SaliencyMethods.options {
      let count = lines.count { $0.hasPrefix("  --\(option.name) ") || $0 == "  --\(option.name)" }
      #expect(count == 1, "--\(option.name)")
    }
  }
}
