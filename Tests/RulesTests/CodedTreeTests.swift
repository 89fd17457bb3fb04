import DataFrames
import RealModule
import Tensors
import Testing

@testable import Rules

@Suite struct CodedTreeTests {
  @Test func leavesPartTheRowsAndCountThem() {
    let rows = KnownProblem.rows(700, seed: 4)
    let table = CutTable(features: KnownProblem.features, rows: rows, maximumBins: 64, workers: .one)
    let coded = CodedRows(rows, table, workers: .one)
    let labels = (0..<700).map { KnownProblem.decide(rows.row($0)) }
    for isPruned in [false, true] {
      let tree = CodedTree(
        coded, chosen: Array(0..<700), labels: labels, classCount: 3,
        settings: CodedTree.Settings(minimumRows: 3, isPruned: isPruned))
      var seen = [Int](repeating: 0, count: 700)
      for leaf in tree.leaves {
        let held = coded.rows(in: leaf.box)
        let inside = (0..<700).filter { held.contains($0) }
        #expect(inside.count == tree.total(leaf.node))
        #expect(inside.count >= 3)
        for row in inside { seen[row] += 1 }
        for label in 0..<3 { #expect(inside.count { labels[$0] == label } == tree.count(leaf.node, label)) }
      }
      #expect(seen.allSatisfy { $0 == 1 })
    }
  }

  @Test func firstCutIsTheOneOfALiteralSearch() {
    // Every cut of every column by the definition, with unlimited bins.
    for seed in 0..<20 as Range<UInt64> {
      let rows = KnownProblem.rows(60, seed: seed).selectingColumns([0, 1, 3])
      let features = ["a", "b", "noise"].map { Feature(name: $0, kind: .number) }
      let table = CutTable(features: features, rows: rows, maximumBins: 1000, workers: .one)
      let coded = CodedRows(rows, table, workers: .one)
      let labels = (0..<60).map { rows[$0, 0] > 0.5 ? (rows[$0, 1] > 0.3 ? 1 : 0) : 2 }
      let tree = CodedTree(
        coded, chosen: Array(0..<60), labels: labels, classCount: 3,
        settings: CodedTree.Settings(minimumRows: 2, maximumDepth: 1, isPruned: false))
      #expect(tree.nodes[0].left == Self.literal(coded, labels)?.side, "seed \(seed)")
    }
  }

  private static func entropy(_ counts: [Int]) -> Double {
    let total = Double(counts.reduce(0, +))
    return counts.filter { $0 > 0 }.reduce(0) { $0 - Double($1) / total * log2(Double($1) / total) }
  }

  private static func tally(_ rows: [Int], _ labels: [Int]) -> [Int] {
    (0..<3).map { label in rows.count { labels[$0] == label } }
  }

  private static func literal(_ coded: CodedRows, _ labels: [Int]) -> (side: Box.Side, ratio: Double)? {
    let all = Array(0..<coded.count)
    var found: [(side: Box.Side, gain: Double, ratio: Double)] = []
    for column in coded.table.sizes.indices {
      let cuts = (0..<coded.table.sizes[column] - 1).map { cut -> (cut: Int, gain: Double, left: Int) in
        let left = all.filter { Int(coded.code(row: $0, column: column)) <= cut }
        let right = all.filter { Int(coded.code(row: $0, column: column)) > cut }
        let after = [left, right].reduce(0.0) {
          $0 + Double($1.count) / Double(all.count) * entropy(tally($1, labels))
        }
        return (cut, entropy(tally(all, labels)) - after, left.count)
      }.filter { $0.left >= 2 && all.count - $0.left >= 2 }
      guard let best = cuts.max(by: { $0.gain < $1.gain - 1e-12 }) else { continue }
      let gain = best.gain - log2(Double(cuts.count)) / Double(all.count)
      let share = Double(best.left) / Double(all.count)
      if gain > 1e-9 {
        found.append(
          (
            Box.Side(column: column, low: 0, high: best.cut), gain,
            gain / (-share * log2(share) - (1 - share) * log2(1 - share))
          ))
      }
    }
    let average = found.reduce(0) { $0 + $1.gain } / Double(max(1, found.count)) - 1e-3
    return found.filter { $0.gain >= average }.max { $0.ratio < $1.ratio }.map { ($0.side, $0.ratio) }
  }

  private static func log2(_ value: Double) -> Double { Double.log2(value) }
}
