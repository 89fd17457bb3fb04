import Tensors
import Testing

@testable import Trees

struct GroupTableTests {
  private static func gather(
    _ codes: [UInt16], codeCount: Int, width: Int, samples: [GroupTable.Sample]
  ) -> GroupTable {
    var table = GroupTable(width: width, sampleCount: samples.count, codeCount: codeCount)
    // Twice, as a table is used again and must be clean.
    codes.withUnsafeBufferPointer { codes in
      let column = ColumnCodes(codes: codes, first: 0, stride: 1, codeCount: codeCount)
      for _ in 0..<2 { samples.withUnsafeBufferPointer { table.gather($0, by: column) } }
    }
    return table
  }

  @Test(arguments: [2, 4], [1, 3, 24, 25, 300, 5000]) func countingAndSortingAgree(width: Int, count: Int) {
    var generator = SeededGenerator(seed: 4, stream: UInt64(count), purpose: .test)
    let samples = (0..<count).map { row in
      GroupTable.Sample(
        row: Int32(row), label: Int32.random(in: 0..<3, using: &generator),
        weight: Double.random(in: 0.1...2, using: &generator), value: Double.random(in: -1...1, using: &generator))
    }
    // The code 40 stands for missing cells; spread over 65,000 codes, the same rows are sorted, not counted.
    let codes = samples.map { _ in UInt16.random(in: 0...40, using: &generator) }
    let counted = Self.gather(codes, codeCount: 40, width: width, samples: samples)
    let sorted = Self.gather(codes.map { $0 * 1625 }, codeCount: 65_000, width: width, samples: samples)
    #expect(counted.count == sorted.count)
    #expect(counted.codes[..<counted.count].map { $0 * 1625 } == Array(sorted.codes[..<sorted.count]))
    // A weight is summed class by class in the one, row by row in the other.
    let pairs = zip(counted.moments[..<(counted.count * width)], sorted.moments)
    #expect(pairs.allSatisfy { ($0 - $1).magnitude < 1e-10 })
    #expect(zip(counted.missing, sorted.missing).allSatisfy { ($0 - $1).magnitude < 1e-10 })

    // Against sums made one group at a time.
    for group in 0..<counted.count {
      var sums = [Double](repeating: 0, count: width)
      for sample in samples where codes[Int(sample.row)] == UInt16(counted.codes[group]) {
        sums[0] += sample.weight
        if width == 2 { sums[1] += sample.weight * sample.value } else { sums[1 + Int(sample.label)] += sample.weight }
      }
      for (moment, sum) in zip(counted.moments[(group * width)...], sums) { #expect((moment - sum).magnitude < 1e-10) }
    }
  }

  @Test func ordersGroupsByKeyThenCode() {
    // Means 3, 1, 3, 2 of the codes 0, 1, 2, 3.
    let samples = [3.0, 1, 3, 2].enumerated().map {
      GroupTable.Sample(row: Int32($0.offset), label: 0, weight: 1, value: $0.element)
    }
    var table = Self.gather([0, 1, 2, 3], codeCount: 4, width: 2, samples: samples)
    table.reorder { $0[$0.startIndex + 1] / $0[$0.startIndex] }
    #expect(table.codes[..<4] == [1, 3, 0, 2])
    #expect(table.moments[..<8] == [1, 1, 1, 2, 1, 3, 1, 3])
  }
}
