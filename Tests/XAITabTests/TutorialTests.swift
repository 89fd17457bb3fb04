import DataFrames
import Foundation
import Learning
import Rules
import Surrogates
import Tensors
import Testing
import Trees

/// The code of the documentation's tutorial, word for word.
@Suite struct TutorialTests {
  /// What is compared of the command's answer.
  private struct Told: Decodable {
    let explanations: [Explanation]
    let model: Model

    struct Explanation: Decodable {
      let terms: [Term]
    }

    struct Term: Decodable {
      let weight: Double
    }

    struct Model: Decodable {
      let heldOut: [String: Double]
    }
  }

  @Test func theTutorialsCodeExplainsARow() throws {
    let path = Program.data("heart.csv")
    // tutorial
    let workers = Workers(count: 2)
    let frame = try CSVReader(options: .init()).read(path: path, workers: workers)
    let last = frame.columns.count - 1
    let target = try Target(frame.columns[last])
    let encoding = Encoding(of: frame, columns: Array(0..<last))
    let data = Dataset(features: encoding.features, rows: encoding.encode(frame), target: target)
    // tutorial
    var splitting = SeededGenerator(seed: 0, purpose: .split)
    let split = HoldOut(target, fraction: 0.2, using: &splitting)
    let training = data.selectingRows(split.training)
    var growing = SeededGenerator(seed: 0, purpose: .tree)
    let forest = RandomForest(trees: 100).fit(training, workers: workers, using: &growing)
    let others = data.selectingRows(split.heldOut)
    let quality = Metrics.of(forest.predict(others.rows, workers: workers), target: others.target)
    // tutorial
    let discretizer = Discretizer(training, binning: .quartile)
    let explainer = ExactLIME(forest.ensemble, discretizer: discretizer, workers: workers)
    var drawing = SeededGenerator(seed: 0, purpose: .bank)
    let fidelity = LocalFidelity(explainer, workers: workers, using: &drawing)
    let width = ExactLIME.defaultKernelWidth(columns: data.features.count)
    let explained = explainer.explain(
      data.rows.row(11), number: 12, outputs: [0], kernelWidth: .fixed(width), limit: 3, fidelity: fidelity,
      workers: workers)
    for term in explained.explanations[0].terms {
      print(data.features[term.column].name, term.condition, term.weight)
    }
    // tutorial
    let rules = C45Rules().fit(training, workers: workers)
    print(RuleText.print(WrittenRules(rules)))
    guard case .classes(let classes, _) = others.target else { return }
    let answers = Metrics.classes(forest.predict(others.rows, workers: workers))
    let figures = RuleFigures(rules, others.rows, answers: answers, classes: classes, workers: workers)
    print("right in \(figures.accuracy), as the forest in \(figures.fidelity)")
    // end

    // The command says the same of the same row.
    let result = try Program.run(["lime", path, "--row", "12", "--features", "3", "--class", "0", "--format", "json"])
    // JSONDecoder keeps every digit, which JSONSerialization does not.
    let told = try JSONDecoder().decode(Told.self, from: Data(result.output.utf8))
    #expect(told.explanations[0].terms.map { $0.weight } == explained.explanations[0].terms.map { $0.weight })
    #expect(told.model.heldOut["accuracy"] == quality.first { $0.name == "accuracy" }?.value)
  }

  @Test func theTutorialHoldsThisCode() throws {
    let article = try String(
      contentsOf: Program.root.appending(path: "Sources/Documentation.docc/ExplainATable.md"), encoding: .utf8)
    let source = try String(contentsOfFile: #filePath, encoding: .utf8)
    func lines(_ text: some StringProtocol) -> [String] {
      text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }
    let blocks = article.components(separatedBy: "```swift\n").dropFirst().map { block in
      lines(block.components(separatedBy: "```")[0])
    }
    let code = source.components(separatedBy: "    // end\n")[0].components(separatedBy: "    // tutorial\n")
    #expect(blocks.dropFirst().elementsEqual(code.dropFirst().map { lines($0) }))
    // All that the tutorial imports is imported here.
    #expect(Set(try #require(blocks.first)).isSubset(of: lines(code[0])))
  }
}
