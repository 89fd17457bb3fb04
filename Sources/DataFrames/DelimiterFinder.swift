/// Finds out which byte stands between the fields of a CSV text.
enum DelimiterFinder {
  /// The bytes that may stand between fields, in order of preference. Letters and blanks are never tried.
  static let candidates = [",", ";", "\t", "|"].flatMap { Array($0.utf8) }

  /// The bytes that are looked at; at least two records, however long.
  private static let sampleSize = 1 << 20

  /// What one candidate makes of the sample.
  private struct Trial {
    let delimiter: UInt8
    /// The number of fields of each record.
    let counts: [Int]
    /// Whether there are commas inside fields, all of them between digits.
    let hasDecimalCommas: Bool

    /// The share of records with as many fields as the first.
    var agreement: Double { Double(counts.count { $0 == counts[0] }) / Double(counts.count) }
  }

  /// The candidate that parts most records into as many fields as the first record, which must be two or more; where
  /// two do so equally well, commas between digits are decimal commas, and else the one with more fields wins. A text
  /// that none parts has one column.
  static func delimiter(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> UInt8 {
    let trials = candidates.compactMap { trial(RecordScanner(text: text, start: start, delimiter: $0)) }
    var best: Trial?
    for trial in trials where trial.counts[0] >= 2 {
      guard let champion = best else {
        best = trial
        continue
      }
      let isBetter =
        if trial.agreement != champion.agreement {
          trial.agreement > champion.agreement
        } else {
          trial.hasDecimalCommas && champion.delimiter == UInt8(ascii: ",") || trial.counts[0] > champion.counts[0]
        }
      if isBetter { best = trial }
    }
    if let best { return best.delimiter }
    // The first record is one field: a text of one column, unless nearly all others are parted alike.
    let parted = trials.first { trial in
      let typical = trial.counts.dropFirst().max { $0 < $1 } ?? 1
      return typical >= 2 && trial.counts.dropFirst().count { $0 == typical } * 10 >= (trial.counts.count - 1) * 9
    }
    let single = trials.first { $0.counts.allSatisfy { $0 == 1 } }
    return (parted ?? single)?.delimiter ?? UInt8(ascii: ",")
  }

  private static func trial(_ scanner: RecordScanner) -> Trial? {
    var counts: [Int] = []
    var commas = 0
    var decimalCommas = 0
    var position = scanner.start
    while position - scanner.start < sampleSize || counts.count < 2, let record = scanner.record(from: position) {
      if record.openQuote != nil, !counts.isEmpty { break }
      counts.append(record.fields)
      if scanner.delimiter != UInt8(ascii: ",") {
        for index in record.start..<record.end where scanner.text[index] == UInt8(ascii: ",") {
          commas += 1
          let isBetweenDigits =
            index > record.start && index + 1 < record.end && isDigit(scanner.text[index - 1])
            && isDigit(scanner.text[index + 1])
          if isBetweenDigits { decimalCommas += 1 }
        }
      }
      position = record.end
    }
    if counts.isEmpty { return nil }
    let hasDecimalCommas = commas > 0 && commas == decimalCommas
    return Trial(delimiter: scanner.delimiter, counts: counts, hasDecimalCommas: hasDecimalCommas)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") <= 9 }
}
