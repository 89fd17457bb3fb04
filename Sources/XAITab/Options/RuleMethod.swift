import ArgumentParser
import Rules

/// The value of `--method` of `rules`, and what the help says of all that there are.
struct RuleMethod: ExpressibleByArgument {
  let extractor: any RuleExtractor

  init?(argument: String) {
    guard let extractor = RuleExtractors.named(argument) else { return nil }
    self.extractor = extractor
  }

  static var allValueStrings: [String] { RuleExtractors.all.map { $0.name } }

  static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }

  /// The names in a sentence.
  static var names: String { allValueStrings.inWords("or") + "." }

  /// What the methods do: those of the data, the one that all others are measured beside, and the others.
  static var summaries: String {
    func sentences(where isMeant: (any RuleExtractor) -> Bool) -> String {
      var methods: [String: [String]] = [:]
      var summaries: [String] = []
      for extractor in RuleExtractors.all where isMeant(extractor) {
        if methods[extractor.summary] == nil { summaries.append(extractor.summary) }
        methods[extractor.summary, default: []].append(extractor.name)
      }
      return summaries.map { sentence(methods[$0] ?? [], $0) }.joined(separator: ", ")
    }
    let baseline = RuleExtractors.baseline.name
    let others = sentences { $0.requirement != .dataAlone && $0.name != baseline }
    return "\(sentences { $0.requirement == .dataAlone }). \(sentences { $0.name == baseline }); \(others)."
  }

  /// What methods do that do the same: the verb that a summary begins with loses its s for several.
  private static func sentence(_ names: [String], _ summary: String) -> String {
    let words = summary.split(separator: " ", maxSplits: 1)
    let subject = names.inWords("and")
    guard names.count > 1, words.count == 2, words[0].last == "s" else { return "\(subject) \(summary)" }
    return "\(subject) \(words[0].dropLast()) \(words[1])"
  }
}
