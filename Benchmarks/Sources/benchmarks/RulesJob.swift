import DataFrames
import FoundationEssentials
import Learning
import ModelFiles
import Rules
import Tensors

/// Rules of networks that another program has trained, one a fold: how well they follow it on the rows of the other
/// folds and on the fold's own, how many there are, and how long they take.
enum RulesJob {
  /// The figures of a method, one for each fold.
  private struct Report: Encodable {
    let job: String
    let method: String
    let threads: Int
    var seconds: [Double] = []
    var trainFidelity: [Double] = []
    var fidelity: [Double] = []
    var balancedFidelity: [Double] = []
    /// The share of each class of the network's on which the rules agree.
    var recalls: [[Double]] = []
    var rules: [Int] = []
    var conditions: [Int] = []
    /// How well the network does on the fold.
    var networkAccuracy: [Double] = []
    var graphFidelity: [Double] = []
    /// How often a budget cut a run short.
    var cut = 0
  }

  /// A network with the rows that rules are made from, and others.
  private struct Fold {
    let model: FileModel
    let training: Matrix
    let heldOut: Matrix
    /// The classes of the held-out rows, in the model's order.
    let classes: [Int]
  }

  /// Extracts rules from the network of each fold.
  static func run(_ job: String, _ method: any RuleExtractor, _ folder: String, seed: UInt64, workers: Workers) throws {
    var report = Report(job: job, method: method.name, threads: workers.count)
    try forEachFold(job, folder, workers) { fold in
      let names = fold.model.classNames ?? []
      let task = try ExtractionTask(
        features: fold.model.features, classNames: names, rows: fold.training, model: fold.model,
        seed: seed, workers: workers)
      let (elapsed, extraction) = try Measurement.milliseconds { try method.extract(task) }
      let answers = Metrics.classes(try fold.model.predict(fold.heldOut, workers: workers))
      let figures = RuleFigures(
        extraction.rules, fold.heldOut, answers: answers, classes: fold.classes, workers: workers)
      let train = RuleFigures(
        extraction.rules, fold.training, answers: task.labels, classes: task.labels, workers: workers)
      report.seconds.append(elapsed / 1000)
      report.trainFidelity.append(train.fidelity)
      report.fidelity.append(figures.fidelity)
      report.balancedFidelity.append(figures.balancedFidelity)
      report.recalls.append(figures.recalls)
      report.rules.append(extraction.rules.rules.count)
      report.conditions.append(extraction.rules.rules.reduce(0) { $0 + $1.length })
      report.networkAccuracy.append(share(answers, fold.classes))
      if let graph = extraction.graph {
        report.graphFidelity.append(share(Metrics.classes(graph.predict(fold.heldOut, workers: workers)), answers))
      }
      report.cut += extraction.cuts.isEmpty ? 0 : 1
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    print(String(decoding: try encoder.encode(report), as: UTF8.self))
  }

  private static func share(_ one: [Int], _ two: [Int]) -> Double {
    Double(zip(one, two).count { $0 == $1 }) / Double(max(1, one.count))
  }

  private static func forEachFold(
    _ job: String, _ folder: String, _ workers: Workers, _ body: (Fold) throws -> Void
  ) throws {
    func model(_ place: Int, _ data: Dataset) throws -> FileModel {
      let file = try ONNXModel(bytes: FileBytes.read(path: "\(folder)/\(job)/net-\(place).onnx", workers: workers))
      let inputs = try ModelInputs(file.graph, columnCount: data.rows.columns)
      return try FileModel(file, inputs: inputs, features: data.features, classNames: nil, isClassification: true)
    }
    if job == "rules-mnist" {
      let training = try PicturesJob.pictures("\(folder)/train", workers: workers)
      let test = try PicturesJob.pictures("\(folder)/t10k", workers: workers)
      guard case .classes(let digits, let names) = test.target else { return }
      let wanted = ["0", "1", "2", "6", "7"]
      for place in wanted.indices {
        try body(
          Fold(
            model: try model(place, training), training: training.rows, heldOut: test.rows,
            classes: digits.map { names[$0] == wanted[place] ? 1 : 0 }))
      }
      return
    }
    let data = try InputTable.read("\(folder)/\(job)/rows.csv", workers: workers)
    let frame = try CSVReader(options: .init()).read(path: "\(folder)/\(job)/folds.csv", workers: workers)
    guard case .classes(let codes, let names) = data.target, case .numbers(let folds)? = frame.columns.first?.values
    else { return }
    for place in 0..<5 {
      let model = try model(place, data)
      let order = names.map { name in model.classNames?.firstIndex(of: name) ?? -1 }
      let test = folds.indices.filter { folds[$0] == Double(place) }
      try body(
        Fold(
          model: model, training: data.rows.selectingRows(folds.indices.filter { folds[$0] != Double(place) }),
          heldOut: data.rows.selectingRows(test), classes: test.map { order[codes[$0]] }))
    }
  }
}
