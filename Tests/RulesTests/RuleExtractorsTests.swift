import Rules
import Tensors
import Testing

@Suite struct RuleExtractorsTests {
  @Test func eachHasANameOfItsOwnAndALineOnWhatItDoes() {
    let names = RuleExtractors.all.map { $0.name }
    #expect(Set(names).count == names.count && names.contains(RuleExtractors.baseline.name))
    for extractor in RuleExtractors.all {
      #expect(RuleExtractors.named(extractor.name)?.summary == extractor.summary)
      // A verb that loses its s where several methods do the same.
      #expect(extractor.summary.split(separator: " ").first?.last == "s" && !extractor.summary.contains("\n"))
      #expect((extractor.usualModel == nil) == (extractor.requirement == .dataAlone))
    }
    #expect(RuleExtractors.named("") == nil && RuleExtractors.named("DeepRED") == nil)
  }

  @Test func whatATaskDoesNotGiveIsNamed() throws {
    let given = try KnownProblem.task(60)
    var blind = given
    blind.model = KnownModel(outputs: 3, decide: KnownProblem.model.decide)
    let bare = ExtractionTask(
      features: given.features, classNames: given.classNames, rows: given.rows, labels: given.labels, seed: 1,
      workers: .one)
    for extractor in RuleExtractors.all {
      switch extractor.requirement {
      case .dataAlone: #expect(try extractor.extract(bare).rules == extractor.extract(given).rules)
      case .anyModel: #expect(throws: Never.self) { try extractor.extract(blind) }
      case .network:
        #expect(throws: ExtractionError.needsNetwork(method: extractor.name)) { try extractor.extract(blind) }
        #expect(throws: ExtractionError.needsNetwork(method: extractor.name)) { try extractor.extract(bare) }
      case .forest:
        #expect(throws: ExtractionError.needsForest(method: extractor.name)) { try extractor.extract(given) }
      }
    }
    #expect(throws: ExtractionError.needsModel) { try ANNDT().extract(bare) }
  }
}
