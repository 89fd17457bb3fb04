import Testing

@testable import Reports

@Suite struct StringMarkupTests {
  @Test func markupBecomesReferences() {
    #expect("<a href=\"x\">'&amp;'</a>".markup == "&lt;a href=&quot;x&quot;&gt;&#39;&amp;amp;&#39;&lt;/a&gt;")
  }

  /// U+0600 joins what follows it into one `Character`, U+0301 what precedes it.
  @Test(arguments: ["\u{600}<b", "<\u{301}b", "\"\u{301}", "\u{110BD}\"", "&\u{200D}", "'\u{FE0F}", "\r\n<"])
  func scalarsThatJoinDoNotHideMarkup(text: String) {
    #expect(text.markup.unicodeScalars.allSatisfy { !"<>\"'".unicodeScalars.contains($0) })
  }

  @Test func unseenCharactersAreSeen() {
    #expect("a\u{0}\u{1B}\u{7F}\u{85}\u{202E}\u{2066}".markup == "a␀␛␡\u{FFFD}\u{FFFD}\u{FFFD}")
    for noncharacter in [0xFDD0, 0xFDEF, 0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF].compactMap(Unicode.Scalar.init(_:)) {
      #expect(String(noncharacter).markup == "\u{FFFD}")
    }
    #expect("\u{FDCF}\u{FDF0}\u{FFFD}".markup == "\u{FDCF}\u{FDF0}\u{FFFD}")
    #expect("a\tb\nc\r\nd\re".markup == "a\tb\nc\n\nd\ne")
    #expect("שלום 👩‍👧 漢\u{200F}\u{FE0F}".markup == "שלום 👩‍👧 漢\u{200F}\u{FE0F}")
  }

  @Test func longTextIsCut() {
    #expect("abcdef".shortened(to: 6) == "abcdef")
    #expect("abcdefg".shortened(to: 6) == "abcde…")
    #expect("a\nb\r\nc".shortened(to: 9) == "a b c")
    #expect("mmmm".shortened(to: 9, width: 3) == "mmm…")
    #expect("".shortened(to: 6).isEmpty)
    let marks = "z" + String(repeating: "\u{300}", count: 1_000)
    #expect(("ab" + marks + "c").shortened(to: 6) == "ab…")
  }
}
