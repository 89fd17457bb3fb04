import ArgumentParser
import DataFrames
import FoundationEssentials
import Images
import Learning
import ModelFiles
import Tensors

/// What the parts of the review share: where the data are, how much is run, and models that several parts look at.
struct Bench {
  let run: RunOptions
  /// Whether counts are small.
  let isQuick: Bool
  private let folders: [String]
  /// Pictures of digits with the models that were trained on them, made when they are first asked for.
  var digits: Digits?

  /// A bench.
  /// - Parameters:
  ///   - folders: where data are looked for, the first one first.
  ///   - isQuick: whether counts are small.
  ///   - run: how the command runs.
  init(folders: [String], isQuick: Bool, run: RunOptions) {
    self.folders = folders
    self.isQuick = isQuick
    self.run = run
  }

  /// Where data are looked for unless a folder is named: below the working folder, and beside the package that the program was built in.
  static var usualFolders: [String] {
    var roots = ["."]
    if let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") {
      var folder = program.split(separator: "/").dropLast()
      while let last = folder.popLast() {
        if last == ".build" { roots.append("/" + folder.joined(separator: "/")) }
      }
    }
    return roots.flatMap { ["\($0)/Data/fetched", "\($0)/Data"] }.map {
      $0.hasPrefix("./") ? String($0.dropFirst(2)) : $0
    }
  }

  /// The path of a file that lies at `path` inside a folder of data and that `Scripts/get-data` fetches by the name `set`; nil for one
  /// that is part of the project.
  /// - Throws: `MissingData`
  func path(_ path: String, set: String?) throws -> String {
    guard let folder = folders.first(where: { FileManager.default.isReadableFile(atPath: "\($0)/\(path)") }) else {
      throw MissingData(path: path, set: set)
    }
    return "\(folder)/\(path)"
  }

  /// A number of things: fewer where the run is quick.
  func count(_ usual: Int, quick: Int) -> Int { isQuick ? quick : usual }

  /// A method with the bench's seed: the one of that kind that has been told something, or else as its paper has it.
  func method(_ kind: any SaliencyMethod.Type, _ told: [any SaliencyMethod]) -> any SaliencyMethod {
    (told.first { type(of: $0) == kind } ?? kind.init()).seeded(run.seed)
  }

  /// The table of a CSV file, read and aimed at a target as options of the command line say.
  /// - Throws: `MissingData`, and what keeps the file from being learned from.
  func table(
    _ path: String, set: String?, _ options: [String] = [], _ target: [String] = [], _ result: inout Reproduced
  )
    throws -> LearningTable
  {
    let found = try self.path(path, set: set)
    let data = try DataOptions.parse([found] + options)
    let frame = try data.read(workers: run.workers)
    result.use(UsedFile(path: found, sha256: frame.source.sha256))
    return try LearningTable(frame, data: data, target: try TargetArguments.parse(target))
  }

  /// A model of a kind with options of the command line, trained on a table.
  /// - Throws: what keeps it from being trained.
  func model(_ table: LearningTable, _ options: [String], seed: UInt64? = nil) throws -> TrainedModel {
    let options = try ModelOptions.parse(options)
    return try TrainedModel(
      table, options: options, seed: seed ?? run.seed,
      workers: run.workers(showing: "training the \(options.kind.rawValue)"))
  }

  /// A figure of a model; NaN where it has none of the name.
  static func figure(_ name: String, _ metrics: [Metric]) -> Double {
    metrics.first { $0.name == name }?.value ?? .nan
  }

  /// A budget of so many seconds at most, which also ends when the user asks.
  func budget(seconds: Double, showing work: String) -> Budget {
    var progress: Budget.Progress?
    if !run.quiet, let bar = ProgressBar(work) { progress = { done, total in bar.show(done, of: total) } }
    return Budget(
      deadline: ContinuousClock.now + .seconds(seconds), progress: progress, isInterrupted: { Interruption.isAsked })
  }
}
