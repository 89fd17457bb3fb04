import Testing
import XAITabKit

@Suite struct XAITabKitTests {
  @Test("One import brings all layers, and a library gives the command's own text")
  func lime() throws {
    var request = ModelRequest(.forest)
    request.trees = 10
    let settings = RunSettings(threads: 2)
    let source = TableSource(path: Program.data("heart.csv"))
    let (_, table) = try LearningTable.open(source, TargetRequest(), for: request, settings)
    let forest = try TrainedModel.make(table, request, settings)
    var run = LimeRun(
      table, forest, RowExplainer.Request(columns: table.encoding.features.count), workers: settings.workers)
    try run.explain([12], classes: .predicted, workers: settings.workers)
    let command = try Program.run(["lime", source.path, "--row", "12", "--trees", "10", "--quiet"])
    #expect(LimeText(run: run).text(isSingle: true) == command.output)
  }
}
