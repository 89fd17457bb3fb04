import FoundationEssentials
public import Reports
public import Runs

/// What keeps a saved result from being shown.
public enum SavedResultError: BadInput, Equatable {
  /// The text is no JSON, or no object.
  case notJSON(path: String)
  /// The object does not say what it is.
  case noSchema(path: String)
  /// The object is of a kind that there is not.
  case unknownSchema(path: String, schema: String, known: [String])
  /// A part of the object is missing or is not what it should be.
  case broken(path: String, schema: String, reason: String)

  /// The error in one sentence.
  public var description: String {
    switch self {
    case .notJSON(let path): "\(path): this is no JSON object as --format json prints it"
    case .noSchema(let path): "\(path): the JSON object has no \"schema\", so it is no result of xai-tab"
    case .unknownSchema(let path, let schema, let known):
      "\(path): the schema \"\(schema)\" is not known; known are " + known.joined(separator: ", ")
    case .broken(let path, let schema, let reason): "\(path): not a whole \(schema): \(reason)"
    }
  }
}

/// The kinds of results that can be read back from their JSON form.
public struct SavedResults {
  private let kinds: [any PagedResult.Type]

  /// Results of these kinds.
  public init(_ kinds: [any PagedResult.Type]) {
    self.kinds = kinds
  }

  /// The names of all JSON forms that can be read.
  public var schemas: [String] { kinds.flatMap { $0.schemas } }

  private struct Header: Decodable {
    let schema: String?
  }

  /// The result that a JSON text holds.
  /// - Parameters:
  ///   - bytes: the text.
  ///   - path: its name in errors.
  /// - Returns: the result, of the type that its schema names.
  /// - Throws: `SavedResultError`.
  public func read(_ bytes: [UInt8], path: String) throws -> any PagedResult {
    let data = Data(bytes)
    let decoder = JSONDecoder()
    let header: Header
    do {
      header = try decoder.decode(Header.self, from: data)
    } catch {
      throw SavedResultError.notJSON(path: path)
    }
    guard let schema = header.schema else { throw SavedResultError.noSchema(path: path) }
    guard let kind = kinds.first(where: { $0.schemas.contains(schema) }) else {
      throw SavedResultError.unknownSchema(path: path, schema: schema, known: schemas)
    }
    let result: any PagedResult
    do {
      result = try decoder.decode(kind, from: data)
    } catch let error as DecodingError {
      throw SavedResultError.broken(path: path, schema: schema, reason: Self.reason(error))
    }
    if let problem = result.problem { throw SavedResultError.broken(path: path, schema: schema, reason: problem) }
    return result
  }

  /// One page of results: that of a single one, or of several with their pages as parts.
  public static func page(_ results: [any PagedResult], paths: [String], _ figures: inout Figures) -> Page {
    let pages = results.map { $0.page(&figures) }
    if pages.count == 1 { return pages[0] }
    let sections = pages.enumerated().map { number, page in
      Section(
        heading: page.title, id: "result-\(number + 1)",
        blocks: [.paragraph(page.headline)] + page.alerts.map { .note($0) } + page.sections.map { .part($0) }
          + [.details(summary: "Where this came from", [.facts(page.provenance)])])
    }
    return Page(
      title: "Results", headline: "\(results.count) results beside each other.", sections: sections,
      provenance: [Fact("Made", Provenance.time), Fact("From", paths.joined(separator: ", "))]
        + [Fact("Command", Provenance.command)])
  }

  private static func reason(_ error: DecodingError) -> String {
    func place(_ path: [any CodingKey]) -> String {
      let parts = path.map { key in key.intValue.map { "[\($0)]" } ?? ".\(key.stringValue)" }
      return String(parts.joined().drop { $0 == "." })
    }
    switch error {
    case .keyNotFound(let key, let context): return "\"\(place(context.codingPath + [key]))\" is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      return "\"\(place(context.codingPath))\" is of another type"
    case .dataCorrupted(let context): return "\"\(place(context.codingPath))\" cannot be read"
    @unknown default: return "a part cannot be read"
    }
  }
}
