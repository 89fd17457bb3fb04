import DataFrames
import Learning
import Tensors
import Trees

/// The spoilt cells of a group of columns, one set a repeat.
struct Shuffle: Sendable {
  private let columns: [[Double]]
  private let group: [Int]
  private let method: PermutationImportance.Method
  /// Rows between which cells may change places.
  private let strata: [[Int]]
  private let seed: UInt64

  init(_ method: PermutationImportance.Method, _ group: [Int], _ data: Dataset, seed: UInt64) {
    self.method = method
    self.group = group
    self.seed = seed
    columns = group.map { column in (0..<data.count).map { data.rows[$0, column] } }
    switch method {
    case .permute, .mean: strata = [Array(0..<data.count)]
    case .conditional: strata = Self.strata(group, data)
    }
    centers = method == .mean ? zip(group, columns).map { Self.center($1, data.features[$0].levelCount) } : []
  }

  /// For each column its mean or commonest category.
  private let centers: [Double]

  /// The cells of each column of the group in a repeat.
  func cells(_ index: Int) -> [[Double]] {
    if method == .mean {
      return zip(columns, centers).map { column, center in [Double](repeating: center, count: column.count) }
    }
    var generator = SeededGenerator(
      seed: seed, stream: UInt64(group.first ?? 0), UInt64(index), purpose: .permutation)
    var cells = columns
    for stratum in strata {
      let order = stratum.shuffled(using: &generator)
      for place in columns.indices {
        for (to, from) in zip(stratum, order) { cells[place][to] = columns[place][from] }
      }
    }
    return cells
  }

  private static func center(_ column: [Double], _ levelCount: Int?) -> Double {
    let known = column.filter { !$0.isNaN }
    guard let levelCount else { return known.isEmpty ? .nan : known.reduce(0, +) / Double(known.count) }
    var counts = [Int](repeating: 0, count: levelCount)
    for code in known { counts[Int(code)] += 1 }
    return known.isEmpty ? .nan : Double(counts.argmax())
  }

  /// The most groups of rows that are alike.
  private static let strataLimit = 32

  /// Rows that are alike in the other columns: the leaves of a small tree that predicts the group's first column from
  /// them (after Strobl, Boulesteix, Kneib, Augustin and Zeileis, *Conditional variable importance for random forests*,
  /// BMC Bioinformatics 9, 2008, who cut by the other columns' thresholds).
  private static func strata(_ group: [Int], _ data: Dataset) -> [[Int]] {
    let members = Set(group)
    let others = data.features.indices.filter { !members.contains($0) }
    guard let first = group.first, !others.isEmpty else { return [Array(0..<data.count)] }
    let values = (0..<data.count).map { data.rows[$0, first] }
    let target: Target
    if case .category(levels: let levels) = data.features[first].kind {
      target = .classes(values.map { $0.isNaN ? -1 : Int($0) }, names: levels)
    } else {
      target = .values(values)
    }
    let known = target.knownRows
    guard known.count > 1 else { return [Array(0..<data.count)] }
    let rows = data.rows.selectingColumns(others)
    let tree = DecisionTree(minimumSamplesLeaf: max(5, known.count / 100), maximumLeaves: strataLimit)
    // Equal scores go to the first column, so the tree needs no luck.
    var generator = SeededGenerator(seed: 0, purpose: .permutation)
    let grown = tree.fit(
      Dataset(
        features: others.map { data.features[$0] }, rows: rows.selectingRows(known), target: target.selectingRows(known)
      ),
      workers: .one, using: &generator)
    var leaves: [Int: [Int]] = [:]
    for (row, leaf) in LeafTable(grown.ensemble, rows, workers: .one).leafNumbers(tree: 0).enumerated() {
      leaves[leaf, default: []].append(row)
    }
    return leaves.sorted { $0.key < $1.key }.map(\.value)
  }
}
