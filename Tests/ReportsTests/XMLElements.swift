import Foundation
import FoundationXML

/// The elements of an XML text in order, each with its own text: the judge of what a drawing says.
struct XMLElements {
  struct Malformed: Error, CustomStringConvertible {
    var description: String
  }

  private(set) var elements: [(name: String, attributes: [String: String], text: String)] = []

  /// Throws `Malformed` unless `xml` is well-formed.
  init(_ xml: String) throws {
    let reader = Reader()
    let parser = XMLParser(data: Data(xml.utf8))
    parser.delegate = reader
    guard parser.parse() else {
      throw Malformed(description: "line \(parser.lineNumber): \(parser.parserError.map { "\($0)" } ?? "")")
    }
    elements = reader.elements
  }

  /// The attributes of the elements of a name.
  func all(_ name: String) -> [[String: String]] {
    elements.filter { $0.name == name }.map(\.attributes)
  }

  /// The texts of the elements of a name.
  func texts(_ name: String) -> [String] {
    elements.filter { $0.name == name }.map(\.text)
  }

  /// All names for links.
  var ids: Set<String> { Set(elements.compactMap { $0.attributes["id"] }) }

  private final class Reader: NSObject, XMLParserDelegate {
    var elements: [(name: String, attributes: [String: String], text: String)] = []
    private var open: [Int] = []

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String] = [:]
    ) {
      open.append(elements.count)
      elements.append((name, attributes, ""))
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
      open.removeLast()
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
      if let last = open.last { elements[last].text += text }
    }
  }
}
