import Images

/// The JSON form of the measures of methods, `xai-tab/image-evaluate/1`.
struct ImageEvaluationJSON: Encodable {
  private let schema = "xai-tab/image-evaluate/1"
  private let version = Provenance.version
  private let seed: UInt64
  private let data: Data
  private let model: String
  private let pictures: [String]
  private let planned: Int
  private let measures: [String: String]
  private let pixelsPerStep: Int
  private let methods: [Method]
  private let notes: [String]

  /// Times are left out where a result is to be the same each time.
  static var showsTimes: Bool { Terminal.environment("SOURCE_DATE_EPOCH").isEmpty }

  private struct Data: Encodable {
    let path: String
    let rows: Int
    let columns = JSONText.Nullable(text: nil)
    let sha256: String
    let target = JSONText.Nullable(text: nil)
  }

  private struct Mean: Encodable {
    let mean: JSONNumber
    let standardError: JSONNumber
    let count: Int
    let values: [JSONNumber]?
    let classes: [String: [Int]]?
    let curve: [JSONNumber]?
  }

  private struct Method: Encodable {
    let method: String
    let measures: [String: Mean]
    let seconds: JSONNumber?
    let error: String?
  }

  init(_ run: EvaluationRun) {
    seed = run.seed
    data = Data(path: run.folder.path, rows: run.measured.count, sha256: run.sha256)
    model = run.modelPath
    pictures = run.measured
    planned = run.planned
    measures = Dictionary(uniqueKeysWithValues: run.measures.map { ($0.rawValue, $0.summary) })
    pixelsPerStep = run.pixelsPerStep
    methods = run.scores.map { score in
      Method(
        method: score.method,
        measures: Dictionary(
          uniqueKeysWithValues: run.measures.compactMap { measure in
            score.mean(measure).map { (measure.rawValue, Self.mean($0, measure, score, run)) }
          }),
        seconds: Self.showsTimes && score.maps > 0 ? JSONNumber(score.seconds) : nil, error: score.failure)
    }
    notes = run.notes
  }

  private static func mean(
    _ mean: (value: Double, error: Double?, count: Int), _ measure: EvaluationRun.Measure, _ score: EvaluationRun.Score,
    _ run: EvaluationRun
  ) -> Mean {
    let way = PixelRanking.Way(rawValue: measure.rawValue)
    return Mean(
      mean: JSONNumber(mean.value), standardError: JSONNumber(mean.error ?? .nan), count: mean.count,
      values: score.values[measure]?.map { JSONNumber($0) },
      classes: measure == .pointing ? score.pointing.counts.mapValues { [$0.hits, $0.misses] } : nil,
      curve: way.flatMap { score.curves[$0] }?.map { JSONNumber($0 / Double(run.measured.count)) })
  }
}
