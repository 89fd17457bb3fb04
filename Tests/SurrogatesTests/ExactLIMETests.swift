import DataFrames
import Foundation
import Learning
import Tensors
import Testing
import Trees

@testable import Surrogates

@Suite struct ExactLIMETests {
  /// A forest on all rows of a data set and its explainer.
  private func explainer(
    _ data: Dataset, trees: Int = 20, maximumDepth: Int? = nil, binning: (TreeEnsemble) -> Binning = { _ in .quartile }
  ) -> ExactLIME {
    var generator = SeededGenerator(seed: 5, purpose: .test)
    let forest = RandomForest(trees: trees, maximumDepth: maximumDepth).fit(
      data, workers: .one, using: &generator)
    return ExactLIME(
      forest.ensemble, discretizer: Discretizer(data, binning: binning(forest.ensemble)), workers: .one)
  }

  @Test func oneSplitByHand() throws {
    // x = 1...8, y = 1 for x > 4: the tree is x <= 4.5. Quartiles by interpolation: 2.75, 4.5, 6.25, two rows a bin,
    // and the split falls on a bin's border. Row x = 1 is in the first bin: z = 1 gives f = 0, z = 0 gives the mean of
    // the bins 0, 1, 1, so 2/3; the slope is -2/3.
    // Kernel width 0.75 for one column: rho = exp(-1 / 1.125); p = 0.25 / (0.25 + 0.75 rho).
    let data = Dataset(
      features: [Feature(name: "x", kind: .number)],
      rows: Matrix(rows: 8, columns: 1, elements: (1...8).map(Double.init)),
      target: .classes((1...8).map { $0 > 4 ? 1 : 0 }, names: ["low", "high"]))
    var generator = SeededGenerator(seed: 0, purpose: .test)
    let tree = DecisionTree().fit(data, workers: .one, using: &generator)
    let exact = ExactLIME(
      tree.ensemble, discretizer: Discretizer(data, binning: .quartile), workers: .one)
    let found = exact.coefficients(of: data.rows.row(0), kernelWidth: ExactLIME.defaultKernelWidth(columns: 1))
    let match = 0.25 / (0.25 + 0.75 * exp(-1 / 1.125))
    #expect(abs(found.slopes[0, 1] + 2.0 / 3) < 1e-15)
    #expect(abs(found.means[1] - (1 - match) * 2 / 3) < 1e-15)
    let fidelity = LocalFidelity(exact, workers: .one, using: &generator)
    let explained = exact.explain(
      data.rows.row(0), number: 1, outputs: [1], kernelWidth: .fixed(0.75), limit: 10, fidelity: fidelity,
      workers: .one
    ).explanations[0]
    #expect(abs(explained.intercept - 2.0 / 3) < 1e-15)
    #expect(abs(explained.localPrediction) < 1e-15)
    // f is 0 or 1 with mean e, so its variance is e(1 - e); the surrogate explains slope² p(1 - p).
    let mean = (1 - match) * 2 / 3
    #expect(abs(explained.rSquared - 4.0 / 9 * match * (1 - match) / (mean * (1 - mean))) < 1e-12)
    #expect(explained.rSquaredError == 0)
    #expect(explained.terms[0].condition == .isBetween(lower: nil, upper: 2.75))
  }

  @Test(arguments: [1, 2, 4]) func agreesWithTheSumOverLeaves(classes: Int) {
    for seed in 0..<6 as Range<UInt64> {
      let data = TestTables.random(rows: 120, classes: classes, seed: seed)
      for binning in ["quartile", "decile", "entropy", "tree"] {
        let exact = explainer(data, trees: 7) { ensemble in
          switch binning {
          case "decile": .decile
          case "entropy": .entropy
          case "tree": .tree(ensemble)
          default: .quartile
          }
        }
        for (row, width) in [(0, 0.3), (17, 1.7), (63, 20.0)] {
          let fast = exact.coefficients(of: data.rows.row(row), kernelWidth: width)
          let slow = LeafByLeafLIME(exact.ensemble, bins: exact.bins, neighborhood: fast.neighborhood)
          for output in 0..<exact.ensemble.outputs {
            // 1e-13: rounding of some hundred products of numbers of the order of the outputs, up to about 6.
            #expect(abs(fast.means[output] - slow.means[output]) < 1e-13, "seed \(seed) \(binning)")
            for slot in exact.bins.indices {
              #expect(
                abs(fast.slopes[slot, output] - slow.slopes[slot, output]) < 1e-13,
                "seed \(seed) \(binning) row \(row) width \(width) column \(slot)")
            }
          }
        }
      }
    }
  }

  /// Data sets with categories, missing cells, three classes and a number as target.
  static let tables = ["heart", "penguins", "three classes", "number"]

  private func table(_ name: String) throws -> Dataset {
    switch name {
    case "heart": try TestTables.dataset("heart.csv", target: "diameter narrowing")
    case "penguins": try TestTables.dataset("penguins.csv", target: "species")
    case "three classes": TestTables.random(rows: 200, classes: 3, seed: 77)
    default: TestTables.random(rows: 200, classes: 1, seed: 78)
    }
  }

  @Test(arguments: tables) func plainSamplingConverges(name: String) throws {
    let data = try table(name)
    let exact = explainer(data)
    let width = ExactLIME.defaultKernelWidth(columns: data.features.count)
    var generator = SeededGenerator(seed: 11, purpose: .test)
    let fidelity = LocalFidelity(exact, workers: .one, using: &generator)
    var squares = 0.0
    var count = 0.0
    for row in [3, 11] {
      let cells = Array(data.rows.row(row))
      let explained = exact.explain(
        cells[...], number: row + 1, outputs: Array(0..<exact.ensemble.outputs), kernelWidth: .fixed(width),
        limit: .max,
        fidelity: fidelity, workers: .one
      ).explanations
      // All columns, also those that no tree uses, so that the sampled kernel is the same.
      let bins = data.features.indices.map { exact.discretizer.bins(ofColumn: $0) }
      for explanation in explained {
        let sampled = LiteralLIME(
          exact.ensemble, bins: bins, row: cells, output: explanation.output, kernelWidth: width, samples: 40_000,
          using: &generator)
        for term in explanation.terms {
          let error = sampled.errors[term.column]
          let difference = sampled.slopes[term.column] - term.weight
          // 5 standard errors: one in two million for each of some hundred comparisons.
          #expect(abs(difference) <= 5 * error + 1e-12, "\(name) row \(row) column \(term.column)")
          if error > 0 {
            squares += (difference / error) * (difference / error)
            count += 1
          }
        }
        #expect(abs(sampled.rSquared - explanation.rSquared) < 5 * explanation.rSquaredError + 0.02)
      }
    }
    // The differences are as large as their standard errors say, neither larger nor smaller: the mean square of ten z
    // scores, the fewest here, is within these bounds but for one in a thousand.
    #expect((0.15...3).contains(squares / count), "mean square of z scores \(squares / count) over \(count)")
  }

  @Test func agreesWithLimeOnAScikitLearnTree() throws {
    let reference = try JSONDecoder().decode(
      LimeReference.self,
      from: Data(contentsOf: TestTables.root.appending(path: "Tests/References/exact_lime.json")))
    let data = try TestTables.dataset(
      "heart.csv", target: "diameter narrowing", columns: reference.columns)
    #expect(data.features.map(\.name) == reference.columns)
    var generator = SeededGenerator(seed: 0, purpose: .test)
    let tree = DecisionTree(maximumDepth: 3).fit(data, workers: .one, using: &generator)
    let ours = tree.ensemble.trees[0].nodes.filter { !$0.isLeaf }.map { Double($0.threshold) }.sorted()
    let theirs = reference.tree.map(\.threshold).sorted()
    #expect(ours.count == theirs.count && zip(ours, theirs).allSatisfy { abs($0 - $1) <= 1e-6 * $1.magnitude })
    let exact = ExactLIME(
      tree.ensemble, discretizer: Discretizer(data, binning: .quartile), workers: .one)
    for (column, expected) in reference.bins.enumerated() {
      let bins = exact.discretizer.bins(ofColumn: column)
      let shares = bins.counts.dropLast().map { $0 / 303 }
      #expect(zip(shares, expected.frequencies).allSatisfy { abs($0 - $1) < 1e-12 })
      for (bin, law) in bins.laws.enumerated() {
        if case .truncatedNormal(let mean, let deviation, let lower, let upper) = law {
          #expect(abs(mean - expected.means[bin]) < 1e-9 && abs(deviation - expected.deviations[bin]) < 1e-9)
          #expect(lower == expected.mins[bin] && upper == expected.maxs[bin])
        }
      }
    }
    for reference in reference.cases {
      let row = data.rows.row(reference.row - 1)
      #expect(abs(tree.predict(data.rows, workers: .one)[reference.row - 1, 1] - reference.prediction) < 1e-12)
      let fidelity = LocalFidelity(exact, workers: .one, using: &generator)
      let explanation = exact.explain(
        row, number: reference.row, outputs: [1],
        kernelWidth: .fixed(ExactLIME.defaultKernelWidth(columns: data.features.count)), limit: .max,
        fidelity: fidelity, workers: .one
      ).explanations[0]
      for term in explanation.terms {
        // 5 standard errors of lime's mean over its seeds, and its ridge penalty of 1 in 40,000 samples.
        #expect(
          abs(term.weight - reference.weights[term.column]) < 5 * reference.standardErrors[term.column] + 1e-4,
          "row \(reference.row) \(data.features[term.column].name)")
      }
      #expect(abs(explanation.intercept - reference.intercept) < 5 * reference.interceptError + 1e-4)
    }
  }

  /// What lime and scikit-learn gave, with its origin.
  private struct LimeReference: Decodable {
    struct Bins: Decodable {
      let mins, maxs, means, deviations, frequencies: [Double]
    }
    struct Node: Decodable {
      let feature: Int
      let threshold: Double
    }
    struct Case: Decodable {
      let row: Int
      let weights, standardErrors: [Double]
      let intercept, interceptError, prediction: Double
    }
    let columns: [String]
    let bins: [Bins]
    let tree: [Node]
    let cases: [Case]
  }

  @Test func theSurrogateHasTheModelsMean() throws {
    // E[intercept + Σ β z] = E[f] for any set of shown terms, and all weights of all classes cancel.
    let data = try table("penguins")
    let exact = explainer(data)
    var generator = SeededGenerator(seed: 2, purpose: .test)
    let fidelity = LocalFidelity(exact, workers: .one, using: &generator)
    let coefficients = exact.coefficients(of: data.rows.row(40), kernelWidth: 2)
    let all = exact.explain(
      data.rows.row(40), number: 41, outputs: [0, 1, 2], kernelWidth: .fixed(2), limit: 4, fidelity: fidelity,
      workers: .one
    ).explanations
    for explanation in all {
      var mean = explanation.intercept
      for term in explanation.terms {
        let slot = try #require(exact.ensemble.columns.firstIndex(of: term.column))
        mean += term.weight * coefficients.neighborhood.matchChances[slot]
      }
      #expect(abs(mean - coefficients.means[explanation.output]) < 1e-14)
      let local = explanation.terms.reduce(explanation.intercept) { $0 + $1.weight }
      #expect(abs(local - explanation.localPrediction) < 1e-14)
      #expect(explanation.rSquared > 0 && explanation.rSquared < 1)
    }
    #expect(abs(coefficients.means.reduce(0, +) - 1) < 1e-13)
    for slot in exact.bins.indices {
      #expect(abs((0..<3).reduce(0) { $0 + coefficients.slopes[slot, $1] }) < 1e-13)
    }
  }

  @Test func weightsHaveALimitAsTheKernelNarrows() {
    // Ever narrower kernels give weights that settle, also where the row's own bin alone has next to all the weight.
    let data = TestTables.random(rows: 150, classes: 3, seed: 6)
    let exact = explainer(data)
    for row in [0, 20, 90] {
      let wide = exact.coefficients(of: data.rows.row(row), kernelWidth: 0.13).slopes
      for width in [0.1, 0.05, 0.01, 1e-6] {
        let narrow = exact.coefficients(of: data.rows.row(row), kernelWidth: width).slopes
        for (one, other) in zip(wide.elements, narrow.elements) { #expect(abs(one - other) < 1e-9, "\(width)") }
        for slot in exact.bins.indices {
          #expect(abs((0..<3).reduce(0) { $0 + narrow[slot, $1] }) < 1e-9)
        }
      }
    }
  }

  @Test func manyWordsNeedLittleMemory() {
    // 2,000 words in 4,000 rows: the sets of words are not listed, and the closed form still is the sum over leaves.
    var generator = SeededGenerator(seed: 1, purpose: .test)
    let count = 4000
    let features = [
      Feature(name: "word", kind: .category(levels: (0..<2000).map { "w\($0)" })), Feature(name: "x", kind: .number),
    ]
    var rows = Matrix(rows: count, columns: 2)
    var codes: [Int] = []
    for row in 0..<count {
      rows[row, 0] = row % 50 == 0 ? .nan : Double(UInt32.random(in: 0..<2000, using: &generator))
      rows[row, 1] = generator.uniform()
      codes.append((rows[row, 0].isNaN ? 0.5 : rows[row, 0] / 2000) + rows[row, 1] > 1 ? 1 : 0)
    }
    let data = Dataset(features: features, rows: rows, target: .classes(codes, names: ["low", "high"]))
    let exact = explainer(data, trees: 3)
    for row in [1, 50, 777] {
      let fast = exact.coefficients(of: data.rows.row(row), kernelWidth: 1)
      let slow = LeafByLeafLIME(exact.ensemble, bins: exact.bins, neighborhood: fast.neighborhood)
      for place in fast.slopes.elements.indices {
        #expect(abs(fast.slopes.elements[place] - slow.slopes.elements[place]) < 1e-11)
      }
    }
  }

  @Test func moreTermsExplainMore() throws {
    let data = try table("heart")
    let exact = explainer(data)
    var generator = SeededGenerator(seed: 2, purpose: .test)
    let fidelity = LocalFidelity(exact, workers: .one, using: &generator)
    var last = -1.0
    for limit in 1...13 {
      let explanation = exact.explain(
        data.rows.row(11), number: 12, outputs: [1], kernelWidth: .fixed(2.7), limit: limit, fidelity: fidelity,
        workers: .one
      ).explanations[0]
      #expect(explanation.terms.count == limit)
      #expect(explanation.rSquared >= last)
      #expect(
        zip(explanation.terms, explanation.terms.dropFirst()).allSatisfy { $0.weight.magnitude >= $1.weight.magnitude })
      last = explanation.rSquared
    }
  }

  @Test func aValueThatTrainingNeverHadIsExplained() {
    // The row's category and its missing cell occur in no training row: its bins count once, and all is finite.
    let data = TestTables.random(rows: 100, classes: 2, seed: 3)
    let seen = (0..<data.count).filter { data.rows[$0, 2] != 4 && !data.rows[$0, 1].isNaN }
    let exact = explainer(data.selectingRows(seen))
    var generator = SeededGenerator(seed: 2, purpose: .test)
    let fidelity = LocalFidelity(exact, workers: .one, using: &generator)
    let explanation = exact.explain(
      [0.2, .nan, 4, 0.5, 7], number: 1, outputs: [0], kernelWidth: .fixed(1.5), limit: .max, fidelity: fidelity,
      workers: .one
    ).explanations[0]
    #expect(explanation.terms.count == 5)
    #expect(explanation.terms.allSatisfy { $0.weight.isFinite })
    #expect(explanation.rSquared.isFinite && explanation.rSquared >= 0 && explanation.rSquared <= 1)
    #expect(
      explanation.terms.contains { $0.condition == .isMissing }
        && explanation.terms.contains { $0.condition == .isCategory(4) })
    #expect(explanation.terms.first { $0.column == 4 }?.weight == 0)
  }

  @Test func threadsDoNotChangeABit() throws {
    let data = try table("heart")
    let results = [1, 2, 3].map { count -> ExplainedRow in
      let workers = Workers(count: count)
      var generator = SeededGenerator(seed: 5, purpose: .test)
      let forest = RandomForest(trees: 30).fit(data, workers: workers, using: &generator)
      let exact = ExactLIME(
        forest.ensemble, discretizer: Discretizer(data, binning: .quartile), workers: workers)
      let fidelity = LocalFidelity(exact, workers: workers, using: &generator)
      return exact.explain(
        data.rows.row(5), number: 6, outputs: [0, 1], kernelWidth: .fixed(0.9), limit: .max, fidelity: fidelity,
        workers: workers)
    }
    #expect(results[0] == results[1] && results[1] == results[2])
  }
}
