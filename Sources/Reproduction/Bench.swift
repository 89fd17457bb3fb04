import DataFrames
import FoundationEssentials
import Images
import Learning
import ModelFiles
import Runs
import Tensors

/// What the parts of the review share: where the data are, how much is run, and models that several parts look at.
struct Bench {
  let run: RunSettings
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
  init(folders: [String], isQuick: Bool, run: RunSettings) {
    self.folders = folders
    self.isQuick = isQuick
    self.run = run
  }

  /// Where data are looked for unless a folder is named: below the working folder, and beside the package that the
  /// program was built in.
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

  /// The path of a file that lies at `path` inside a folder of data and that `Scripts/get-data` fetches by the name
  /// `set`; nil for one that is part of the project.
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

  /// The table of a CSV file.
  /// - Parameters:
  ///   - path: the file, inside a folder of data.
  ///   - set: what fetches it.
  ///   - kept: the columns to keep; nil keeps all.
  ///   - dropped: the columns to leave out.
  ///   - target: what is to be predicted.
  ///   - result: notes the file.
  /// - Returns: the table.
  /// - Throws: `MissingData`, and what `TableSource.read` and `LearningTable` throw.
  func table(
    _ path: String, set: String?, kept: [String]? = nil, dropped: [String] = [],
    target: TargetRequest = TargetRequest(), _ result: inout Reproduced
  ) throws -> LearningTable {
    let source = TableSource(path: try self.path(path, set: set), kept: kept, dropped: dropped)
    let frame = try source.read(workers: run.workers)
    result.use(UsedFile(path: source.path, sha256: frame.source.sha256))
    return try LearningTable(frame, data: source, target: target)
  }

  /// A figure of a model; NaN where it has none of the name.
  static func figure(_ name: String, _ metrics: [Metric]) -> Double {
    metrics.first { $0.name == name }?.value ?? .nan
  }
}
