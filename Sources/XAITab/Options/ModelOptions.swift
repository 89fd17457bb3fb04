import ArgumentParser
import Trees

/// Which model is trained, and on which share of the rows.
struct ModelOptions: ParsableArguments {
  /// The kinds of models that are trained on the spot.
  enum Kind: String, CaseIterable, ExpressibleByArgument {
    case forest
  }

  @Option(help: "The model to explain.")
  var model = Kind.forest

  @Option(help: "The number of trees of a forest.")
  var trees = 100

  @Option(help: ArgumentHelp("The greatest depth of a tree.", valueName: "depth"))
  var maxDepth: Int?

  @Option(help: ArgumentHelp("The least number of rows in a leaf.", valueName: "rows"))
  var minSamplesLeaf = 1

  @Option(help: ArgumentHelp("The share of the rows to hold out and measure the model on.", valueName: "share"))
  var testFraction = 0.2

  func validate() throws {
    if trees < 1 { throw ValidationError("--trees is at least 1.") }
    if let maxDepth, maxDepth < 1 { throw ValidationError("--max-depth is at least 1.") }
    if minSamplesLeaf < 1 { throw ValidationError("--min-samples-leaf is at least 1.") }
    if !(testFraction >= 0 && testFraction < 1) {
      throw ValidationError("--test-fraction is at least 0 and less than 1.")
    }
  }

  var forest: RandomForest {
    RandomForest(trees: trees, maximumDepth: maxDepth, minimumSamplesLeaf: minSamplesLeaf)
  }
}
