import Foundation
import Testing

@Suite struct TrainCommandTests {
  /// A table with what is asked of it.
  struct Job: CustomTestStringConvertible, Sendable {
    let name: String
    let options: [String]
    let model: String

    var testDescription: String { "\(name), \(model)" }
  }

  private static let jobs = ["forest", "network", "linear"].flatMap { model in
    [
      Job(name: "heart.csv", options: [], model: model), Job(name: "holes", options: [], model: model),
      Job(name: "penguins.csv", options: ["--target", "species"], model: model),
      Job(name: "penguins.csv", options: ["--target", "body_mass_g"], model: model),
    ]
  }

  private static let fetchedJobs = ["forest", "network", "linear"].map { model in
    Job(name: "student/student-mat.csv", options: [], model: model)
  }

  /// heart.csv with every seventh cell of the features missing.
  private static func holes(in folder: URL) throws -> String {
    let lines = try String(contentsOfFile: Program.data("heart.csv"), encoding: .utf8).split(
      whereSeparator: \.isNewline)
    let changed = lines.enumerated().map { row, line in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      return cells.enumerated().map { column, cell in
        row > 0 && column < cells.count - 1 && (row * 13 + column * 5) % 7 == 0 ? "" : String(cell)
      }.joined(separator: ",")
    }
    return try Program.write(changed.joined(separator: "\n") + "\n", to: "holes.csv", in: folder)
  }

  private static func path(_ job: Job, in folder: URL) throws -> String {
    switch job.name {
    case "holes": try holes(in: folder)
    case let name where name.contains("/"): Program.fetched(name)
    default: Program.data(job.name)
    }
  }

  /// Answers as rows of a label (empty for numbers) and numbers.
  private static func answers(_ csv: String) -> [(label: String, numbers: [Double])] {
    csv.split(separator: "\n").dropFirst().map { line in
      let cells = line.split(separator: ",")
      let label = cells.count > 1 ? String(cells[0]) : ""
      return (label, (cells.count > 1 ? cells.dropFirst() : cells[...]).map { Double($0) ?? .nan })
    }
  }

  /// Class by class the same, and numbers within 1e-5 of their size.
  private static func expectEqual(_ one: String, _ other: String, _ comment: Comment) {
    let (one, other) = (answers(one), answers(other))
    #expect(one.count == other.count && one.count > 100, comment)
    for (row, (first, second)) in zip(one, other).enumerated() {
      #expect(first.label == second.label, "\(comment), row \(row + 1)")
      #expect(first.numbers.count == second.numbers.count)
      for (a, b) in zip(first.numbers, second.numbers) {
        #expect((a - b).magnitude <= 1e-5 * max(1, b.magnitude), "\(comment), row \(row + 1)")
      }
    }
  }

  @Test(arguments: jobs) func theFileAnswersAsTheModelDoes(job: Job) throws { try Self.checkAnswers(job) }

  @Test(.data("student/student-mat.csv"), arguments: fetchedJobs)
  func theFileOfMoreDataAnswersAsTheModelDoes(job: Job) throws { try Self.checkAnswers(job) }

  private static func checkAnswers(_ job: Job) throws {
    try withAnswers(job) { table, _, answers in
      let fresh = try Program.run(["predict", table, "--model", job.model] + job.options + settings)
      expectEqual(answers, fresh.output, "the file and the model")
    }
  }

  @Test(.python("numpy", "onnxruntime"), arguments: jobs) func onnxruntimeAnswersAlike(job: Job) throws {
    try Self.comparePeer(job)
  }

  @Test(.data("student/student-mat.csv"), .python("numpy", "onnxruntime"), arguments: fetchedJobs)
  func onnxruntimeAnswersAlikeForMoreData(job: Job) throws { try Self.comparePeer(job) }

  private static func comparePeer(_ job: Job) throws {
    try withAnswers(job) { table, file, answers in
      let script = Program.root.appending(path: "Tests/References/ask_onnxruntime.py").path
      let peer = try Python.run([script, file, table])
      #expect(peer.status == 0)
      expectEqual(answers, peer.output, "the file here and in onnxruntime")
    }
  }

  private static let settings = ["--quiet", "--seed", "3"]

  /// Trains a model: its table, its file, and what the file answers.
  private static func withAnswers(
    _ job: Job, _ body: (_ table: String, _ file: String, _ answers: String) throws -> Void
  ) throws {
    try Program.withFolder { folder in
      let table = try path(job, in: folder)
      let file = folder.appending(path: "model.onnx").path
      let trained = try Program.run(["train", table, "-o", file, "--model", job.model] + job.options + settings)
      #expect(trained.status == 0, "\(trained.errors)")
      let fromFile = try Program.run(["predict", table, "--model", file] + job.options + settings)
      #expect(fromFile.status == 0, "\(fromFile.errors)")
      try body(table, file, fromFile.output)
    }
  }

  @Test func theSameSeedWritesTheSameBytes() throws {
    try Program.withFolder { folder in
      let files = try ["1", "2"].map { threads in
        let file = folder.appending(path: "\(threads).onnx")
        #expect(
          try Program.run([
            "train", Program.data("heart.csv"), "-o", file.path, "--trees", "10", "--threads", threads, "--quiet",
          ]).status == 0)
        return try Data(contentsOf: file)
      }
      #expect(files[0] == files[1] && !files[0].isEmpty)
    }
  }

  /// The explanation of a row is the same from the file alone, which knows the training rows' bins.
  @Test(arguments: ["quartile", "decile", "entropy", "tree"]) func aFileExplainsARowWithoutTheTrainingData(
    bins: String
  ) throws {
    try Program.withFolder { folder in
      let table = Program.data("heart.csv")
      let file = folder.appending(path: "model.onnx").path
      #expect(try Program.run(["train", table, "-o", file, "--quiet"]).status == 0)
      let lines = try String(contentsOfFile: table, encoding: .utf8).split(whereSeparator: \.isNewline)
      // The row alone, without the target.
      let alone = [lines[0], lines[12]].map { line in
        line.split(separator: ",", omittingEmptySubsequences: false).dropLast().joined(separator: ",") + "\n"
      }.joined()
      let options = ["--bins", bins, "--format", "json", "--quiet"]
      let before = try Program.run(["lime", table, "--row", "12"] + options).json
      let result = try Program.run(
        ["lime", "-", "--row", "1", "--model", file] + options, input: Data(alone.utf8))
      #expect(result.status == 0, "\(result.errors)")
      let after = try result.json
      func explanation(_ json: [String: Any]) throws -> (weights: [Double], conditions: [String], intercept: Double) {
        let first = try #require((json["explanations"] as? [[String: Any]])?.first)
        let terms = try #require(first["terms"] as? [[String: Any]])
        return (
          terms.compactMap { $0["weight"] as? Double }, terms.compactMap { $0["condition"] as? String },
          try #require(first["intercept"] as? Double)
        )
      }
      let (one, other) = (try explanation(before), try explanation(after))
      #expect(one.conditions == other.conditions && one.weights.count == 10)
      #expect((one.intercept - other.intercept).magnitude < 1e-12)
      for (a, b) in zip(one.weights, other.weights) { #expect((a - b).magnitude < 1e-12) }
      #expect(((after["method"] as? [String: Any])?["name"] as? String) == "exact")
      #expect((after["actual"] as? String) == nil)
    }
  }

  @Test func theTargetMadeOfANumberIsKnownToTheFile() throws {
    try Program.withFolder { folder in
      let file = folder.appending(path: "model.onnx").path
      let table = Program.data("penguins.csv")
      let options = ["--target", "body_mass_g", "--above", "4200"]
      #expect(try Program.run(["train", table, "-o", file, "--quiet", "--trees", "20"] + options).status == 0)
      let json = try Program.run(["evaluate", table, "--model", file, "--quiet", "--format", "json"]).json
      let metrics = try #require(json["metrics"] as? [String: Any])
      #expect((metrics["accuracy"] as? Double ?? 0) > 0.9)
    }
  }

  @Test func trainSaysWhatWentWrong() throws {
    let table = Program.data("heart.csv")
    let missing = try Program.run(["train", table])
    #expect(missing.status == 64 && missing.errors.contains("--output"))
    let same = try Program.run(["train", table, "-o", table])
    #expect(same.status == 64 && same.errors.contains("will not be overwritten"))
    let nowhere = try Program.run(["train", table, "-o", "/no/such/folder/m.onnx", "--quiet", "--trees", "2"])
    #expect(nowhere.status == 73)
    let there = try Program.run(["train", table, "-o", "/tmp/x.onnx", "--model", "command:cat"])
    #expect(there.status == 64 && there.errors.contains("the model given is there already"))
    for result in [same, nowhere, there] { #expect(result.errors.split(separator: "\n").count == 1) }
  }
}
