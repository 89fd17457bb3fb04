/// The rows of one node by the codes of one column: for each code that occurs, in order, the sums that impurities
/// are made of. A reusable work space of the split search.
///
/// The sums of a group, its *moments*, are `[weight, Σ weight · y]` for a number or for the second of two classes,
/// and `[weight, weight of class 0, weight of class 1, ...]` for more classes.
struct GroupTable {
  /// One row of the node.
  struct Sample {
    /// The row in the ranked columns.
    var row: Int32
    /// The row's class; 0 for a number.
    var label: Int32
    /// How often the row was drawn, or its weight.
    var weight: Double
    /// y for a number; 1 for the second of two classes and 0 for the first.
    var value: Double
  }

  /// The number of moments of a group.
  let width: Int
  /// The number of groups.
  private(set) var count = 0
  /// The code of each group; the first `count` are in use.
  private(set) var codes: [Int32]
  /// The moments of each group, `[count, width]`.
  private(set) var moments: [Double]
  /// The moments of the rows whose cell is missing.
  private(set) var missing: [Double]

  /// The moments of each code, all 0 between two calls, and a bit for each code that has any.
  private var histogram: [Double]
  private var occupied: [UInt64]
  private var keys: [UInt32]
  private var sortedKeys: [UInt32]
  private var digitStarts = [Int](repeating: 0, count: 257)

  /// A table for nodes of up to `sampleCount` rows in columns of up to `codeCount` codes.
  init(width: Int, sampleCount: Int, codeCount: Int) {
    self.width = width
    let groups = min(sampleCount, codeCount) + 1
    codes = [Int32](repeating: 0, count: groups)
    moments = [Double](repeating: 0, count: groups * width)
    missing = [Double](repeating: 0, count: width)
    histogram = [Double](repeating: 0, count: (codeCount + 1) * width)
    occupied = [UInt64](repeating: 0, count: codeCount / 64 + 1)
    let keyCount = min(sampleCount, Self.sortLimit)
    keys = [UInt32](repeating: 0, count: keyCount)
    sortedKeys = keys
  }

  /// The most rows that are sorted: their places fill the lower half of a 32-bit key.
  private static let sortLimit = 65_536
  /// Up to this many codes for each row are counted, not sorted.
  private static let codesPerSample = 16
  /// Up to this many keys are sorted by insertion.
  private static let insertionLimit = 24

  /// Whether any row's cell is missing.
  var hasMissing: Bool { missing[0] > 0 }

  /// Groups `samples` by their codes in a column.
  ///
  /// Many rows for few codes are counted in a histogram, few rows for many codes are sorted.
  /// - Complexity: O(samples + codes / 64) or O(samples), whichever is less work.
  mutating func gather<Code>(_ samples: UnsafeBufferPointer<Sample>, by column: ColumnCodes<Code>) {
    for index in 0..<width { missing[index] = 0 }
    if samples.count > Self.sortLimit || samples.count * Self.codesPerSample >= column.codeCount {
      if width == 2 { countValues(samples, column) } else { countLabels(samples, column) }
      takeHistogram(missingCode: column.codeCount)
    } else {
      gatherBySorting(samples, column)
    }
  }

  @inline(__always)
  private static func add(_ sample: Sample, to moments: UnsafeMutablePointer<Double>, isScalar: Bool) {
    moments[0] += sample.weight
    if isScalar { moments[1] += sample.weight * sample.value } else { moments[1 + Int(sample.label)] += sample.weight }
  }

  private mutating func countValues<Code>(_ samples: UnsafeBufferPointer<Sample>, _ column: ColumnCodes<Code>) {
    histogram.withUnsafeMutableBufferPointer { histogram in
      occupied.withUnsafeMutableBufferPointer { occupied in
        for sample in samples {
          let code = column[sample.row]
          occupied[code &>> 6] |= 1 &<< UInt64(code & 63)
          histogram[2 &* code] += sample.weight
          histogram[2 &* code &+ 1] += sample.weight * sample.value
        }
      }
    }
  }

  /// Only the classes are counted here; a code's weight is their sum.
  private mutating func countLabels<Code>(_ samples: UnsafeBufferPointer<Sample>, _ column: ColumnCodes<Code>) {
    let width = self.width
    histogram.withUnsafeMutableBufferPointer { histogram in
      occupied.withUnsafeMutableBufferPointer { occupied in
        // A node is mostly of one class and a sparse column of one code: one sum at a time for a run of both, as each
        // addition to memory waits for the one before.
        // The first run is empty.
        var place = 0
        var run = 0.0
        for sample in samples {
          let code = column[sample.row]
          let next = code &* width &+ 1 &+ Int(sample.label)
          if next == place {
            run += sample.weight
          } else {
            histogram[place] += run
            occupied[code &>> 6] |= 1 &<< UInt64(code & 63)
            place = next
            run = sample.weight
          }
        }
        histogram[place] += run
      }
    }
  }

  /// Moves the histogram's occupied codes into groups and leaves it empty.
  private mutating func takeHistogram(missingCode: Int) {
    let width = self.width
    var found = 0
    histogram.withUnsafeMutableBufferPointer { histogram in
      moments.withUnsafeMutableBufferPointer { moments in
        for word in 0...(missingCode >> 6) {
          var bits = occupied[word]
          occupied[word] = 0
          while bits != 0 {
            let code = word << 6 + bits.trailingZeroBitCount
            bits &= bits &- 1
            let from = code &* width
            if width > 2 {
              for index in 1..<width { histogram[from] += histogram[from &+ index] }
            }
            if code == missingCode {
              for index in 0..<width { missing[index] = histogram[from &+ index] }
            } else {
              let to = found &* width
              for index in 0..<width { moments[to &+ index] = histogram[from &+ index] }
              codes[found] = Int32(truncatingIfNeeded: code)
              found &+= 1
            }
            for index in 0..<width { histogram[from &+ index] = 0 }
          }
        }
      }
    }
    count = found
  }

  private mutating func gatherBySorting<Code>(_ samples: UnsafeBufferPointer<Sample>, _ column: ColumnCodes<Code>) {
    let codeCount = column.codeCount
    for place in 0..<samples.count {
      keys[place] = UInt32(truncatingIfNeeded: column[samples[place].row]) << 16 | UInt32(place)
    }
    sortKeys(samples.count, codeCount: codeCount)
    let width = self.width
    let isScalar = width == 2
    var found = 0
    keys.withUnsafeBufferPointer { keys in
      moments.withUnsafeMutableBufferPointer { moments in
        codes.withUnsafeMutableBufferPointer { codes in
          missing.withUnsafeMutableBufferPointer { missing in
            guard let sums = moments.baseAddress, let missing = missing.baseAddress else { return }
            var last = -1
            for place in 0..<samples.count {
              let code = Int(keys[place] >> 16)
              let sample = samples[Int(keys[place] & 0xFFFF)]
              if code == codeCount {
                Self.add(sample, to: missing, isScalar: isScalar)
                continue
              }
              if code != last {
                last = code
                codes[found] = Int32(code)
                for index in 0..<width { sums[found * width + index] = 0 }
                found += 1
              }
              Self.add(sample, to: sums + (found - 1) * width, isScalar: isScalar)
            }
          }
        }
      }
    }
    count = found
  }

  /// Sorts the first `length` keys by code, rows of one code in their order: by insertion where they are few, else
  /// by one or two passes over the code's bytes.
  private mutating func sortKeys(_ length: Int, codeCount: Int) {
    if length <= Self.insertionLimit {
      keys.withUnsafeMutableBufferPointer { keys in
        for place in stride(from: 1, to: length, by: 1) {
          let key = keys[place]
          var hole = place
          while hole > 0, keys[hole - 1] > key {
            keys[hole] = keys[hole - 1]
            hole -= 1
          }
          keys[hole] = key
        }
      }
      return
    }
    radixPass(length, shift: 16)
    if codeCount > 0xFF { radixPass(length, shift: 24) }
  }

  private mutating func radixPass(_ length: Int, shift: UInt32) {
    for digit in 0..<257 { digitStarts[digit] = 0 }
    keys.withUnsafeBufferPointer { keys in
      sortedKeys.withUnsafeMutableBufferPointer { sorted in
        digitStarts.withUnsafeMutableBufferPointer { starts in
          for place in 0..<length { starts[Int(keys[place] >> shift & 0xFF) + 1] += 1 }
          for digit in 1..<256 { starts[digit] += starts[digit - 1] }
          for place in 0..<length {
            let digit = Int(keys[place] >> shift & 0xFF)
            sorted[starts[digit]] = keys[place]
            starts[digit] += 1
          }
        }
      }
    }
    swap(&keys, &sortedKeys)
  }

  /// Puts the groups in the order of `key`, those with equal keys in the order of their codes.
  mutating func reorder(by key: (_ moments: ArraySlice<Double>) -> Double) {
    let keyed = (0..<count).map { group in
      (key: key(moments[group * width..<(group + 1) * width]), code: codes[group], group: group)
    }.sorted { ($0.key, $0.code) < ($1.key, $1.code) }
    // Only what is in use is copied: a column of numbers may have made the table far longer.
    let before = Array(moments[..<(count * width)])
    for (place, entry) in keyed.enumerated() {
      codes[place] = entry.code
      for index in 0..<width { moments[place * width + index] = before[entry.group * width + index] }
    }
  }
}
