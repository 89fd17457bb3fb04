import DataFrames
import Foundation
import Images

/// What a case records of bytes: all that does not change with the version, the machine, and the libraries that draw.
struct GoldenText {
  /// The version of the program, which stands as VERSION.
  let version: String

  /// Bytes as the text that is recorded, numbers to a number of significant digits if one is given.
  func text(_ data: Data, digits: Int?) -> String {
    let text = String(decoding: withoutVersion(data), as: UTF8.self)
    return Self.rounded(Self.visible(text), digits: digits)
  }

  /// The hash of a file: of a picture's samples, of a page without what only its drawing libraries decide, of a text,
  /// or of the bytes.
  func hash(_ data: Data, name: String, digits: Int?) -> String {
    switch (name as NSString).pathExtension {
    case "png": Self.pictureHash(data) ?? "no picture"
    case "html": Digest.sha256(Array(page(data, digits: digits).utf8))
    case "onnx": Digest.sha256(withoutVersion(data))
    default: Digest.sha256(Array(text(data, digits: digits).utf8))
    }
  }

  private func page(_ data: Data, digits: Int?) -> String {
    let page = String(decoding: withoutVersion(data), as: UTF8.self)
    // gnuplot's places of lines and words are its release's own; the words are ours.
    let drawn = Self.replacing("<g id=\"[^\"]*gnuplot_canvas\">[\\s\\S]*?</svg>", in: page) { figure in
      var texts: [String] = []
      _ = Self.replacing("<text[^>]*>([\\s\\S]*?</text>)", in: figure[0]) { match in
        texts.append("<text>" + match[1])
        return ""
      }
      return texts.joined(separator: "\n")
    }
    let plain = Self.replacing("data:image/png;base64,([A-Za-z0-9+/=]+)", in: drawn) { match in
      Data(base64Encoded: match[1]).flatMap { Self.pictureHash($0) } ?? "no picture"
    }
    return Self.rounded(plain, digits: digits)
  }

  /// The text with what a regular expression finds, group by group, replaced; Foundation's looks behind and is quick in
  /// pages.
  private static func replacing(
    _ pattern: String, in text: String, with replacement: ([String]) -> String
  ) -> String {
    guard let expression = try? NSRegularExpression(pattern: pattern) else { preconditionFailure(pattern) }
    let whole = text as NSString
    var result = ""
    var end = 0
    for match in expression.matches(in: text, range: NSRange(location: 0, length: whole.length)) {
      result += whole.substring(with: NSRange(location: end, length: match.range.location - end))
      let groups = (0..<match.numberOfRanges).map(match.range(at:))
      result += replacement(groups.map { $0.location == NSNotFound ? "" : whole.substring(with: $0) })
      end = match.range.location + match.range.length
    }
    return result + whole.substring(from: end)
  }

  /// How a picture's bytes are packed is the library's own; the samples are ours.
  private static func pictureHash(_ data: Data) -> String? {
    guard let picture = try? PictureFile(bytes: Array(data)).picture else { return nil }
    let size = [picture.width, picture.height, picture.channels].map { "\($0)" }.joined(separator: " ")
    return Digest.sha256(Array(size.utf8) + picture.samples)
  }

  /// The bytes with VERSION in place of the version, where it is no part of a longer number.
  private func withoutVersion(_ data: Data) -> [UInt8] {
    let bytes = Array(data)
    let wanted = Array(version.utf8)
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    let point = UInt8(ascii: ".")
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var place = 0
    while place < bytes.count {
      let rest = bytes[place...]
      guard rest.starts(with: wanted), !(result.last.map { digits.contains($0) || $0 == point } ?? false) else {
        result.append(bytes[place])
        place += 1
        continue
      }
      let next = rest.dropFirst(wanted.count).prefix(2)
      let goesOn = next.first.map { first in
        digits.contains(first) || first == point && next.count == 2 && next.last.map(digits.contains) == true
      }
      result += goesOn == true ? wanted : Array("VERSION".utf8)
      place += wanted.count
    }
    return result
  }

  /// The text with the pictures of control characters in place of these, but for the ends of lines.
  private static func visible(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { $0.value < 32 && $0 != "\n" || $0.value == 127 }) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      let picture: Unicode.Scalar? =
        scalar == "\n" || scalar.value > 127
        ? nil : scalar.value < 32 ? Unicode.Scalar(0x2400 + scalar.value) : scalar.value == 127 ? "\u{2421}" : nil
      result.unicodeScalars.append(picture ?? scalar)
    }
    return result
  }

  /// The text with each number of more than `digits` significant digits rounded to so many, and 0 for what is only the
  /// noise of a sum.
  static func rounded(_ text: String, digits: Int?) -> String {
    guard let digits else { return text }
    let number = "(?<![A-Za-z0-9_.])[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?(?![A-Za-z0-9_])"
    return replacing(number, in: text) { match in
      let word = match[0]
      let significant = word.prefix { $0 != "e" && $0 != "E" }.filter(\.isNumber).drop { $0 == "0" }.count
      guard significant > digits, !(match[1] + match[2]).isEmpty, let value = Double(word) else { return word }
      return value < 1e-12 ? "0" : String(format: "%.\(digits)g", value)
    }
  }
}
