import Foundation
import Mustache
import Testing

@testable import Reports

@Suite struct TemplatesTests {
  /// The Web Content Accessibility Guidelines ask for 4.5 between text and ground, and 3 for what is drawn.
  @Test func coloursStandOutFromTheirGround() throws {
    let schemes = Templates.style.split(separator: ":root", omittingEmptySubsequences: false).dropFirst().map(
      Self.colours)
    // By light, by dark, on paper; the last only changes some of the first.
    #expect(schemes.count == 3)
    for scheme in schemes.prefix(2) {
      for (text, ground) in [
        ("ink", "paper"), ("muted", "paper"), ("link", "paper"), ("ink", "alert"), ("ink", "panel"),
      ] {
        #expect(try Self.contrast(scheme, text, ground) >= 4.5, "\(text) on \(ground)")
      }
      for mark in ["positive", "negative", "alert-edge", "focus"] {
        #expect(try Self.contrast(scheme, mark, "paper") >= 3, "\(mark)")
      }
      #expect(try Self.contrast(scheme, "ink", "positive") >= 2.5)
    }
  }

  /// Black on white is 21, a colour on itself 1: the formula is the one of the guidelines.
  @Test func contrastIsThatOfTheGuidelines() throws {
    let scheme = ["a": 0x000000, "b": 0xFFFFFF]
    #expect(try Self.contrast(scheme, "a", "b") == 21)
    #expect(try Self.contrast(scheme, "a", "a") == 1)
  }

  @Test func everyTemplateEscapes() throws {
    let library = try Templates.library()
    for name in ["page", "section", "blocks", "table", "facts"] {
      #expect(library.getTemplate(named: name)?.description.hasPrefix("{{% CONTENT_TYPE:MARKUP }}") == true, "\(name)")
    }
  }

  /// The variables of a rule that hold a colour of six digits.
  private static func colours(_ rule: Substring) -> [String: Int] {
    let body = rule.prefix { $0 != "}" }
    let pairs = body.matches(of: #/--([a-z-]+): #([0-9a-f]{6});/#).map { (String($0.1), Int($0.2, radix: 16) ?? 0) }
    return Dictionary(uniqueKeysWithValues: pairs)
  }

  private static func contrast(_ scheme: [String: Int], _ one: String, _ other: String) throws -> Double {
    let lights = [luminance(try #require(scheme[one])), luminance(try #require(scheme[other]))].sorted()
    return (lights[1] + 0.05) / (lights[0] + 0.05)
  }

  private static func luminance(_ colour: Int) -> Double {
    zip([16, 8, 0], [0.2126, 0.7152, 0.0722]).reduce(0) { sum, channel in
      let share = Double(colour >> channel.0 & 0xFF) / 255
      return sum + channel.1 * (share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4))
    }
  }
}
