import Foundation
import Presentation
import Reports
import Runs
import Testing

@testable import Reproduction

@Suite struct ReproducedTests {
  @Test func aVerdictNeedsNumbers() {
    func verdict(_ value: Double, _ holds: Bool?) -> Verdict {
      Statement("a", criterion: "b", [.init("c", value)], holds: holds).verdict
    }
    #expect(verdict(1, true) == .holds)
    #expect(verdict(1, false) == .doesNotHold)
    #expect(verdict(1, nil) == .cannotBeTold)
    #expect(verdict(.nan, true) == .cannotBeTold)
    #expect(verdict(.infinity, true) == .holds)
  }

  @Test func aLeadIsOverTheNextOne() {
    let lead = Lead([("a", 2), ("b", 8), ("c", 4)], of: "b")
    #expect(lead.value == 8 && lead.next == 4 && lead.nextName == "c" && lead.ratio == 2)
    #expect(Lead([("a", 2), ("b", 8)], of: "a").ratio == 0.25)
    #expect(Lead([("a", 2), ("b", -1)], of: "a").ratio == .infinity)
    #expect(Lead([("a", 2)], of: "x").ratio.isNaN)
  }

  @Test func aMapBelongsToTheDigitThatItIsMostLike() {
    let means: [[Float]] = [[9, 0, 0, 1], [0, 9, 1, 0]]
    #expect(Figure2.ownDigits([[0, 5, 0, 0], [4, 0, 0, 0]], means) == [1, 0])
  }

  @Test func partsHaveNamesOfTheirOwnAndAreFoundByThem() throws {
    let names = ReviewParts.all.map { $0.name }
    #expect(Set(names).count == names.count)
    #expect(try ReviewParts.named("Figure 4").name == "figure4")
    #expect(try ReviewParts.named("table-1").name == "table1")
    #expect(throws: UsageError.unknownPart(name: "figur4", names: names)) { try ReviewParts.named("figur4") }
  }

  @Test("Where data are missing the rest is run, and the call that fetches them is said")
  func missingData() throws {
    // A folder of data that holds the embedded files alone.
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.copyItem(
      at: root.appending(path: "Data/heart.csv"), to: folder.appending(path: "heart.csv"))
    do {
      let options = RunSettings()
      var bench = Bench(folders: [folder.path], isQuick: true, run: options)
      var result = Reproduced(Figure6.self)
      try result.attempt { try Figure6.reproduce(&bench, &$0) }
      // The patient is explained by both models; the wide tables are not there.
      #expect(result.statements.count == 2 && result.exhibits.count == 2)
      #expect(
        result.missing.map { "\($0)" } == [
          "dream7_expression1000/dream_46x1000_merged.csv is not there; Scripts/get-data --from DIR dream7 fetches it",
          "bladderbatch_57x22283.csv.gz is not there; --data DIR names the folder that holds it",
        ])
      var figures = Figures()
      let page = ReproducedPage.page(result, isQuick: true, options, &figures)
      #expect(page.alerts.count == 3 && page.alerts[0].contains("dream7"))
      #expect(Failure(try #require(result.missing.first)).kind == .inputMissing)
    }
  }

  @Test func aPartWithoutAnyDataBecomesAPageThatSaysSo() throws {
    let options = RunSettings()
    var bench = Bench(folders: ["/nonexistent"], isQuick: true, run: options)
    for part in ReviewParts.all {
      var result = Reproduced(part)
      try result.attempt { try part.reproduce(&bench, &$0) }
      #expect(result.statements.isEmpty && !result.missing.isEmpty, "\(part.name)")
      var figures = Figures()
      let page = ReproducedPage.page(result, isQuick: true, options, &figures)
      #expect(page.headline == "Nothing could be run: data are missing.")
      _ = try page.html()
    }
  }
}
