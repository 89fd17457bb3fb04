import RealModule
import Tensors

/// Chooses the rules of one class by the minimum description length principle (Quinlan, *C4.5*, 1993, section 5.2):
/// those whose own bits, by half, and the bits that name the rows that they get wrong are least together.
///
/// Of N rows the chosen rules cover C, of which fp are not of the class, and leave U, of which fn are of the class.
/// First the number e = fp + fn of wrong rows is told, then which they are: to pick k of n at a rate p costs B(n, k, p)
/// = −k log₂ p − (n − k) log₂(1 − p) bits. Where C > U that is
///
///     log₂(N + 1) + B(C, fp, e/2C) + B(U, fn, fn/U),
///
/// as fp is expected to be half of e, and else log₂(N + 1) + B(C, fp, fp/C) + B(U, fn, e/2U). n rules in any order cost
/// the sum of their bits less log₂ n!.
struct RuleSelection: Sendable {
  /// For each rule the rows that it covers.
  let covered: RowBits
  /// The rows of the class.
  let ofClass: [UInt64]
  /// The bits of each rule.
  let bits: [Double]
  let rowCount: Int
  /// Once it is spent the choice stays as it is; until then it is improved as long as it can be.
  var budget = Budget.unlimited

  /// The part of the rules' bits that counts, as they are redundant.
  private static let theoryWeight = 0.5
  /// The most rules of which every choice is tried.
  private static let exhaustiveLimit = 10

  private var ruleCount: Int { bits.count }

  /// The chosen rules' indices, ascending.
  ///
  /// Up to ten rules, all choices are tried; else the best single change is made as long as one helps, once from no
  /// rules and once from all.
  /// - Complexity: O(rules² · rows / 64) in practice
  func choose() -> [Int] {
    if ruleCount <= Self.exhaustiveLimit { return best(of: (0..<1 << ruleCount).lazy.map { Set($0, ruleCount) }) }
    return best(of: [climb(from: []), climb(from: Array(0..<ruleCount))].lazy.map { Set($0) })
  }

  /// A choice of rules.
  private struct Set {
    let rules: [Int]

    init(_ rules: [Int]) { self.rules = rules }

    init(_ mask: Int, _ count: Int) { rules = (0..<count).filter { mask >> $0 & 1 != 0 } }
  }

  /// The choice with the fewest bits, the first among equals.
  private func best(of choices: some Sequence<Set>) -> [Int] {
    var best: (rules: [Int], length: Double)?
    for choice in choices {
      let length = length(choice.rules)
      if length < (best?.length ?? .infinity) - 1e-9 { best = (choice.rules, length) }
    }
    return best?.rules ?? []
  }

  /// The bits of a choice and of its exceptions.
  func length(_ rules: [Int]) -> Double {
    var union = [UInt64](repeating: 0, count: covered.wordCount)
    for rule in rules { for (place, word) in covered[rule].enumerated() { union[place] |= word } }
    var (count, right) = (0, 0)
    for (word, own) in zip(union, ofClass) {
      count += word.nonzeroBitCount
      right += (word & own).nonzeroBitCount
    }
    return length(
      covered: count, right: right, bits: rules.reduce(0) { $0 + bits[$1] }, rules: rules.count)
  }

  private var classCount: Int { ofClass.reduce(0) { $0 + $1.nonzeroBitCount } }

  private func length(covered: Int, right: Int, bits: Double, rules: Int, classCount: Int? = nil) -> Double {
    let theory = bits - Self.bitsOfOrder(rules)
    let missed = (classCount ?? self.classCount) - right
    return Self.theoryWeight * theory
      + Self.exceptions(rowCount, covered: covered, wrong: covered - right, missed: missed)
  }

  /// log₂ n!, what the order of n rules or tests would say.
  static func bitsOfOrder(_ count: Int) -> Double { Double.logGamma(Double(count + 1)) / Double.log(2) }

  /// The bits that name the wrong rows among those covered and the missed ones among the others.
  static func exceptions(_ rows: Int, covered: Int, wrong: Int, missed: Int) -> Double {
    func bits(_ count: Int, of rows: Int, expected: Double) -> Double {
      func cost(_ count: Int, _ rate: Double) -> Double { count == 0 ? 0 : -Double(count) * Double.log2(rate) }
      if rows == 0 { return 0 }
      return cost(count, expected / Double(rows)) + cost(rows - count, 1 - expected / Double(rows))
    }
    let uncovered = rows - covered
    let half = Double(wrong + missed) / 2
    let isLarge = covered > uncovered
    return Double.log2(Double(rows + 1)) + bits(wrong, of: covered, expected: isLarge ? half : Double(wrong))
      + bits(missed, of: uncovered, expected: isLarge ? Double(missed) : half)
  }

  /// Adds or drops the rule that shortens the description most, as long as one does.
  private func climb(from start: [Int]) -> [Int] {
    var isChosen = [Bool](repeating: false, count: ruleCount)
    for rule in start { isChosen[rule] = true }
    let classCount = classCount
    let sizes = (0..<ruleCount).map { (covered.count($0), covered.count($0, and: ofClass)) }
    var shortest = length(start)
    while true {
      let (none, once) = cover(isChosen)
      let chosen = isChosen.indices.filter { isChosen[$0] }
      if budget.isSpent { return chosen }
      let bitsNow = chosen.reduce(0) { $0 + bits[$1] }
      let uncovered = none.reduce(0) { $0 + $1.nonzeroBitCount }
      let missed = zip(none, ofClass).reduce(0) { $0 + ($1.0 & $1.1).nonzeroBitCount }
      let (count, right) = (rowCount - uncovered, classCount - missed)
      var best: Int?
      for rule in 0..<ruleCount {
        if !isChosen[rule], sizes[rule].1 == 0 { continue }
        let (rows, own) = changed(rule, isChosen[rule] ? once : none)
        let sign = isChosen[rule] ? -1 : 1
        let length = length(
          covered: count + sign * rows, right: right + sign * own, bits: bitsNow + Double(sign) * bits[rule],
          rules: chosen.count + sign, classCount: classCount)
        if length < shortest - 1e-9 {
          shortest = length
          best = rule
        }
      }
      guard let best else { return chosen }
      isChosen[best].toggle()
    }
  }

  /// The rows of `rule` among `rows`, and those of them that are of the class.
  private func changed(_ rule: Int, _ rows: [UInt64]) -> (Int, Int) {
    var (count, own) = (0, 0)
    let start = rule * covered.wordCount
    for place in rows.indices {
      let word = covered.words[start + place] & rows[place]
      if word == 0 { continue }
      count += word.nonzeroBitCount
      own += (word & ofClass[place]).nonzeroBitCount
    }
    return (count, own)
  }

  /// The rows that no chosen rule covers, and those that one alone does.
  private func cover(_ isChosen: [Bool]) -> (none: [UInt64], once: [UInt64]) {
    var none = [UInt64](repeating: .max, count: covered.wordCount)
    if rowCount & 63 != 0 { none[none.count - 1] = (1 << UInt64(rowCount & 63)) - 1 }
    var once = [UInt64](repeating: 0, count: covered.wordCount)
    for rule in isChosen.indices where isChosen[rule] {
      for (place, word) in covered[rule].enumerated() {
        once[place] = once[place] & ~word | none[place] & word
        none[place] &= ~word
      }
    }
    return (none, once)
  }
}
