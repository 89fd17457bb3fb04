import Images
public import Runs

/// The JSON form of the measures of methods, `xai-tab/image-evaluate/1`.
public struct ImageEvaluationJSON: HeadedObject, Equatable {
  /// The name and version of the JSON form.
  public static let schema = "xai-tab/image-evaluate/1"
  let header: ResultHeader
  let body: Body

  struct Body: Codable, Equatable {
    let data: Data
    let model: String
    /// The pictures that were measured whole.
    let pictures: [String]
    let planned: Int
    /// What each measure is, in a line.
    let measures: [String: String]
    let pixelsPerStep: Int
    let methods: [Method]
    let notes: [String]

    init(_ run: ImageEvaluationRun) {
      data = Data(
        path: run.folder.path, rows: run.measured.count, columns: JSONText.Nullable(text: nil), sha256: run.sha256,
        target: JSONText.Nullable(text: nil))
      model = run.modelPath
      pictures = run.measured
      planned = run.planned
      measures = Dictionary(run.measures.map { ($0.rawValue, $0.summary) }) { first, _ in first }
      pixelsPerStep = run.pixelsPerStep
      methods = run.scores.map { score in
        let means = run.measures.compactMap { measure in
          score.mean(measure).map { (measure.rawValue, ImageEvaluationJSON.mean($0, measure, score, run)) }
        }
        return Method(
          method: score.method, measures: Dictionary(means) { first, _ in first },
          seconds: ImageEvaluationJSON.showsTimes && score.maps > 0 ? JSONNumber(score.seconds) : nil, maps: score.maps,
          error: score.failure)
      }
      notes = run.notes
    }
  }

  /// Times are left out where a result is to be the same each time.
  static var showsTimes: Bool { !Provenance.isReproducible }

  struct Data: Codable, Equatable {
    let path: String
    let rows: Int
    let columns: JSONText.Nullable
    let sha256: String
    let target: JSONText.Nullable
  }

  struct Mean: Codable, Equatable {
    let mean: JSONNumber
    let standardError: JSONNumber
    let count: Int
    let values: [JSONNumber]?
    let classes: [String: [Int]]?
    let curve: [JSONNumber]?
  }

  struct Method: Codable, Equatable {
    let method: String
    let measures: [String: Mean]
    /// The seconds of all maps, and the number of maps.
    let seconds: JSONNumber?
    let maps: Int
    let error: String?
  }

  private static func mean(
    _ mean: (value: Double, error: Double?, count: Int), _ measure: ImageEvaluationRun.Measure,
    _ score: ImageEvaluationRun.Score,
    _ run: ImageEvaluationRun
  ) -> Mean {
    let way = PixelRanking.Way(rawValue: measure.rawValue)
    return Mean(
      mean: JSONNumber(mean.value), standardError: JSONNumber(mean.error ?? .nan), count: mean.count,
      values: score.values[measure]?.map { JSONNumber($0) },
      classes: measure == .pointing ? score.pointing.counts.mapValues { [$0.hits, $0.misses] } : nil,
      curve: way.flatMap { score.curves[$0] }?.map { JSONNumber($0 / Double(run.measured.count)) })
  }

  /// The measures that some method has, in their usual order.
  var shown: [ImageEvaluationRun.Measure] {
    ImageEvaluationRun.Measure.allCases.filter { measure in
      body.methods.contains { $0.measures[measure.rawValue] != nil }
    }
  }
}

extension ImageEvaluationJSON {
  /// The object of an evaluation.
  public init(_ run: ImageEvaluationRun) {
    self.init(header: ResultHeader(Self.schema, seed: run.seed), body: Body(run))
  }
}
