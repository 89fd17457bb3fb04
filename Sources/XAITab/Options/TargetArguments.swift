import ArgumentParser
import Learning
import Runs

/// What the model predicts.
struct TargetArguments: ParsableArguments {
  enum Task: String, CaseIterable, ExpressibleByArgument { case classification, regression }

  @Option(help: ArgumentHelp("The column to predict; the last one if not given.", valueName: "name"))
  var target: String?

  @Option(help: "classification or regression; found out from the target if not given.")
  var task: Task?

  @Option(help: ArgumentHelp("Tell this class of the target from all others.", valueName: "value"))
  var positive: String?

  @Option(
    help: ArgumentHelp("Make two classes of a number: above this, or not ('mean' or a number).", valueName: "bound"))
  var above: BoundArgument?

  /// The target, and what is made of it.
  var request: TargetRequest {
    TargetRequest(
      column: target,
      options: TargetOptions(
        task: task.flatMap { TargetOptions.Task(rawValue: $0.rawValue) }, positive: positive, above: above?.bound))
  }

  func validate() throws {
    if positive != nil && above != nil { throw ValidationError("--positive and --above exclude each other.") }
    if task == .regression && (positive != nil || above != nil) {
      throw ValidationError("--positive and --above make classes, --task regression does not.")
    }
  }
}

/// `mean` or a finite number.
struct BoundArgument: ExpressibleByArgument, Equatable {
  var bound: TargetOptions.Bound

  init?(argument: String) {
    if argument == "mean" {
      bound = .mean
    } else if let number = Double(argument), number.isFinite {
      bound = .number(number)
    } else {
      return nil
    }
  }
}
