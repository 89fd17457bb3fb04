import DataFrames
import Images
import Learning
import Presentation
import Runs
import Tensors
import Trees

/// Figure 2 of the review: the importance of pixels by the Gini index of a decision tree.
enum Figure2: ReviewPart {
  static let name = "figure2"
  static let title = "Figure 2: the importance of pixels by the Gini index"
  static let says =
    "Decision trees with the Gini index do poorly at naming the pixels that matter for MNIST: the pixels that they "
    + "hold important do not show the contour of the digit, because for different pictures of one class different "
    + "pixels matter."

  /// The greatest depth of the tree of all digits, and of the trees of one digit against the rest.
  private static let depths = (all: 12, one: 8)
  private static let digit = "5"

  static func reproduce(_ bench: inout Bench, _ result: inout Reproduced) throws {
    let digits = try bench.digits(&result)
    let workers = bench.run.workers(showing: "growing trees")
    let all = tree(digits.training.target, digits, depth: depths.all, workers.silent)
    let answers = all.ensemble.predict(digits.tests.rows, workers: workers.silent)
    let accuracy = Bench.figure("accuracy", Metrics.of(answers, target: digits.tests.target))
    let forest = digits.forest.ensemble.flatMap { ImpurityImportance.of($0, columnCount: Digits.pixels) } ?? []
    let names = digits.names
    let ones = workers.map(count: names.count) { index in
      tree(against(names[index], digits.training.target), digits, depth: depths.one, .one).shares
    }
    result.runs = [
      NamedText("Pictures", "\(digits.training.rows.rows) to learn from, \(digits.tests.rows.rows) others to look at"),
      NamedText(
        "Model",
        "a decision tree (Gini, depth \(depths.all)), right in \(NumberText.percent(accuracy)) of the others; trees of "
          + "each digit against the rest (depth \(depths.one)); a \(digits.forest.name)"
      ),
    ]
    let rows = try digits.examples(bench.count(100, quick: 30), workers: bench.run.workers)
    let gradients = try rows.map { row in
      try Gradient().explain(digits.subject(row, workers: bench.run.workers)).values
    }
    let gini = all.shares.map { Float($0) }
    let single = zip(rows, gradients).map { row, map in MapMeasures.overlap(map, marks: digits.ink(row)) }
    let whole = rows.map { MapMeasures.overlap(gini, marks: digits.ink($0)) }
    let chance = rows.map { row in Double(digits.ink(row).count { $0 }) / Double(Digits.pixels) }
    let own = ownDigits(ones.map { $0.map { Float($0) } }, digits.means)
    let five = names.firstIndex(of: digit) ?? 0
    let fives = zip(rows, gradients).filter { digits.testClasses[$0.0] == five }.map(\.1)

    result.exhibits = [
      .pictures(
        caption: "The Gini importance of each pixel, darker for more; beside it the mean picture of \(digit).",
        [
          tile(gini, "all digits, one tree"), tile(forest.map { Float($0) }, "all digits, the forest"),
          tile(ones[five].map { Float($0) }, "\(digit) against the rest"),
          tile(digits.means[five], "the mean \(digit)"),
        ]),
      .pictures(
        caption: "Each digit against the rest: the tree's importance of each pixel.",
        names.indices.map { index in
          tile(
            ones[index].map { Float($0) }, "\(names[index]) against the rest",
            "most like the mean \(names[own[index]])")
        }),
      .table(
        caption:
          "How much of the ink a map finds: of as many of its largest pixels as the digit has ink, the share on ink",
        columns: ["Map", "Mean overlap", "Pictures"],
        rows: [
          .init("Gini importance of the tree", [.bar(mean(whole), of: 1), .number(Double(rows.count))]),
          .init(
            "gradient of the network, each picture its own", [.bar(mean(single), of: 1), .number(Double(rows.count))]),
          .init("pixels at random", [.bar(mean(chance), of: 1), .number(Double(rows.count))]),
        ]),
    ]
    let difference = PairedDifference(zip(single, whole).map { ($0, $1) })
    result.statements = [
      Statement(
        "The important pixels by the Gini index do not show the contour of the digit.",
        criterion:
          "Of as many of the map's largest pixels as a digit has ink, less than half lie on the ink, on average over "
          + "the pictures.",
        [.init("mean overlap of the Gini map with the ink", mean(whole)), .init("by chance", mean(chance))],
        holds: mean(whole) < 0.5),
      Statement(
        "A map of a single picture shows the digit better than the tree's map of all pictures.",
        criterion:
          "The overlap with the ink of the network's gradient for the picture is larger than that of the Gini map by "
          + "more than two standard errors over the pictures.",
        [
          .init("mean difference of overlap", difference.mean), .init("its standard error", difference.standardError),
          .init("mean overlap of the gradient", mean(single)),
        ], holds: difference.isPositive),
      Statement(
        "Nor does the map of a single digit against the rest show that digit.",
        criterion:
          "Of the ten maps of a digit against the rest, at most five are more like the mean picture of their own digit "
          + "than like another's (correlation; one would be by chance).",
        [
          .init(
            "maps that are most like their own digit, of \(names.count)", Double(own.indices.count { own[$0] == $0 }))
        ],
        holds: own.indices.count { own[$0] == $0 } <= 5),
      Statement(
        "For different pictures with the same label, the important pixels are different.",
        criterion:
          "The sets of the 100 most important pixels by the network's gradient of two pictures of \(digit) have less "
          + "than half in common, on average over all pairs.",
        [
          .init("mean share in common", mean(pairs(fives))), .init("pictures of \(digit)", Double(fives.count)),
        ], holds: mean(pairs(fives)) < 0.5),
    ]
  }

  /// A tree with the Gini importance of each pixel.
  private static func tree(_ target: Target, _ digits: Digits, depth: Int, _ workers: Workers) -> (
    ensemble: TreeEnsemble, shares: [Double]
  ) {
    let data = Dataset(features: digits.training.encoding.features, rows: digits.training.rows, target: target)
    var generator = SeededGenerator(seed: 0, purpose: .tree)
    let learner = DecisionTree(criterion: .gini, maximumDepth: depth, minimumSamplesLeaf: 1, maximumLeaves: nil)
    let ensemble = learner.fit(data, weights: nil, workers: workers, using: &generator).ensemble
    let statistics = TreeStatistics(ensemble, data, weights: nil, criterion: .gini)
    return (ensemble, statistics.importances(ensemble, columnCount: Digits.pixels))
  }

  private static func against(_ name: String, _ target: Target) -> Target {
    guard case .classes(let codes, let names) = target, let own = names.firstIndex(of: name) else { return target }
    return .classes(codes.map { $0 == own ? 1 : 0 }, names: ["not \(name)", name])
  }

  /// For each map the digit whose mean picture it is most like.
  static func ownDigits(_ maps: [[Float]], _ means: [[Float]]) -> [Int] {
    maps.map { map in
      let likeness = means.map { MapMeasures.correlation(map, $0) }
      return likeness.indices.max { likeness[$0] < likeness[$1] } ?? 0
    }
  }

  /// For each pair of maps the share that their 100 largest places have in common.
  private static func pairs(_ maps: [[Float]]) -> [Double] {
    let marks = maps.map { MapMeasures.largest($0, share: 100 / Double(Digits.pixels)) }
    return marks.indices.flatMap { first in
      marks.indices.dropFirst(first + 1).map { second in
        Double(zip(marks[first], marks[second]).count { $0 && $1 }) / 100
      }
    }
  }

  private static func tile(_ values: [Float], _ label: String, _ note: String = "") -> Exhibit.Tile {
    Exhibit.Tile(
      picture: Digits.inked(values).enlarged(5), label: label, note: note)
  }

  private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
}

extension Digits {
  /// Values of pixels as ink on paper: the largest are black.
  static func inked(_ values: [Float]) -> Picture {
    let top = Double(values.max() ?? 0)
    return picture(
      values.map { value in
        // The square root, so that what is small beside the largest can be seen too.
        let share = top > 0 ? (max(0, Double(value)) / top).squareRoot() : 0
        return UInt8((255 * (1 - share)).rounded())
      })
  }
}
