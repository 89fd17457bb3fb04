import DataFrames
import Learning
import RealModule
import Tensors

/// HypInv (Saad & Wunsch, *Neural network explanation using inversion*, Neural Networks 20(1), 2007): rules of
/// hyperplanes that touch the model's decision boundary where the rules still fail.
///
/// From a row that the rules get wrong the way to the nearest row of another class is halved until it lies on the
/// boundary; that point slides along the boundary towards the row (u = v − (v·n) n with v the way to the row and n the
/// unit gradient) and the plane through it, square to the gradient, joins the others. A tree over all planes and the
/// categories is grown anew each time. The gradient is taken by differences, so any model can be asked; where that
/// shows no slope, the plane is square to the way from the boundary to the row, as in the paper. Small weights are left
/// out.
public struct HypInv: RuleExtractor {
  /// The most planes.
  public var maximumPlanes: Int
  /// The share of the model's answers at which no more planes are sought.
  public var fidelity: Double
  /// The size of a weight beside the largest, per standard deviation, below which it is left out.
  public var smallest: Double

  /// HypInv with the given bounds.
  public init(maximumPlanes: Int = 24, fidelity: Double = 0.985, smallest: Double = 0.1) {
    self.maximumPlanes = maximumPlanes
    self.fidelity = fidelity
    self.smallest = smallest
  }

  /// `hypinv`.
  public var name: String { "hypinv" }
  /// What the method does.
  public var summary: String { "asks any model about random rows too" }
  /// Any model.
  public var requirement: ExtractionRequirement { .anyModel }

  /// Extracts rules.
  /// - Throws: what keeps the model from answering, and `ExtractionError.needsNumbers`.
  /// - Complexity: O(planes · (steps · features model answers + planes · rows))
  public func extract(_ given: ExtractionTask) throws -> Extraction {
    let start = ContinuousClock.now
    let (task, rowCuts) = given.withinBudget()
    let space = PlaneSpace(task)
    if space.columns.isEmpty { throw ExtractionError.needsNumbers(method: name) }
    let reference = try task.reference(synthetic: task.syntheticCount)
    let search = Self.thinned(reference, real: task.labels.count)
    var planes: [Rule.Condition.Plane] = []
    let isCut = try !find(
      &planes, space, search, task, within: task.budget.first(0.6, since: start))
    let (coded, tree) = tree(planes, reference.rows, reference.labels, task)
    var cover = RuleCover(
      coded, labels: reference.labels, classCount: task.classNames.count, budget: task.budget, limits: task.limits)
    cover.minimumGain = max(2, Double(coded.count) / 2500)
    let candidates = tree.leaves.map {
      RuleCover.Candidate(box: $0.box, conclusion: tree.majority($0.node))
    }
    let list = cover.list(candidates, workers: task.workers)
    return Extraction(
      rules: task.finished(task.ruleSet(list, coded.table)),
      cuts: rowCuts + (isCut ? [.planes(found: planes.count)] : []) + list.cuts)
  }

  /// Rows that planes are sought on, and where the real ones among them stand among all.
  private struct Search {
    let rows: Matrix
    let labels: [Int]
    let real: [Int]
  }

  /// At most about 10,000 of the reference rows, real ones first: enough to see where planes are still wanted.
  private static func thinned(_ reference: (rows: Matrix, labels: [Int]), real count: Int) -> Search {
    let real = Array(stride(from: 0, to: count, by: max(1, count / 6000)))
    let others = stride(
      from: count, to: reference.labels.count, by: max(1, (reference.labels.count - count) / 6000))
    let chosen = real + others
    return Search(
      rows: reference.rows.selectingRows(chosen), labels: chosen.map { reference.labels[$0] },
      real: real)
  }

  /// Looks for planes until the tree over them follows the model, there are enough of them, or the time is over.
  /// - Returns: whether there was time.
  private func find(
    _ planes: inout [Rule.Condition.Plane], _ space: PlaneSpace, _ search: Search,
    _ task: ExtractionTask,
    within budget: Budget
  ) throws -> Bool {
    var generator = SeededGenerator(seed: task.seed, purpose: .bank)
    var wrong = search.real
    for _ in 0..<maximumPlanes {
      if budget.isSpent { return false }
      guard let row = wrong.randomElement(using: &generator),
        let plane = try space.plane(from: row, task, smallest: smallest, within: budget)
      else { continue }
      if planes.contains(where: { $0.terms == plane.terms && $0.bound == plane.bound }) { continue }
      planes.append(plane)
      let (coded, tree) = tree(planes, search.rows, search.labels, task)
      let decisions = search.real.indices.map { tree.majority(tree.leaf(coded, row: $0)) }
      let missed = search.real.indices.filter { decisions[$0] != search.labels[$0] }
      if Double(missed.count) <= (1 - fidelity) * Double(search.real.count) { break }
      wrong = Self.largestCell(missed, decisions, search.labels, task.classNames.count).map {
        search.real[$0]
      }
    }
    return true
  }

  /// The tree over all planes and the categories.
  private func tree(
    _ planes: [Rule.Condition.Plane], _ rows: Matrix, _ labels: [Int], _ task: ExtractionTask
  ) -> (coded: CodedRows, tree: CodedTree) {
    let rule = Rule(planes.map { .plane($0) }, then: 0)
    let coded = CodedRows(
      rows, CutTable(of: [rule], features: task.features), workers: task.workers)
    let tree = CodedTree(
      coded, chosen: Array(labels.indices), labels: labels, classCount: task.classNames.count,
      settings: CodedTree.Settings(minimumRows: max(2, labels.count / 500), maximumDepth: 12))
    return (coded, tree)
  }

  /// The missed rows of the model's class and the tree's that occur together most often.
  private static func largestCell(
    _ missed: [Int], _ decisions: [Int], _ labels: [Int], _ count: Int
  ) -> [Int] {
    var cells = [Int](repeating: 0, count: count * count)
    for row in missed { cells[labels[row] * count + decisions[row]] += 1 }
    let largest = cells.argmax()
    return missed.filter { labels[$0] * count + decisions[$0] == largest }
  }
}

/// The columns of numbers, per standard deviation, in which planes are sought.
private struct PlaneSpace: Sendable {
  /// The most columns whose slopes are taken one by one.
  private static let maximumColumns = 1500
  /// The columns that vary, and the standard deviation of each.
  let columns: [Int]
  let deviations: [Double]

  init(_ task: ExtractionTask) {
    var found: [(column: Int, deviation: Double)] = []
    for column in task.features.indices where task.features[column].levelCount == nil {
      let known = (0..<task.rows.rows).map { task.rows[$0, column] }.filter { !$0.isNaN }
      let mean = known.reduce(0) { $0 + $1 / Double(known.count) }
      let variance = known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) / Double(known.count) }
      if variance > 0, variance.isFinite { found.append((column, variance.squareRoot())) }
    }
    columns = found.map(\.column)
    deviations = found.map(\.deviation)
  }

  private func distance(_ rows: Matrix, _ one: Int, _ two: Int) -> Double {
    var sum = 0.0
    for (place, column) in columns.enumerated() {
      let way = (rows[one, column] - rows[two, column]) / deviations[place]
      sum += way * way
    }
    return sum
  }

  /// The plane that touches the boundary near a row; nil where no row of another class or no slope is found.
  ///
  /// Where the model is flat (a forest is, but for its steps), and where there are too many columns to try each, the
  /// plane is square to the way from the boundary to the row, as in the paper.
  func plane(
    from row: Int, _ task: ExtractionTask, smallest: Double, within budget: Budget
  ) throws -> Rule.Condition.Plane? {
    let rows = task.rows
    let label = task.labels[row]
    var nearest: (row: Int, distance: Double)?
    for other in task.labels.indices where task.labels[other] != label {
      let way = distance(rows, row, other)
      if way < nearest?.distance ?? .infinity { nearest = (other, way) }
    }
    guard let nearest else { return nil }
    let start = Array(rows.row(row))
    var point = try halved(start, Array(rows.row(nearest.row)), label, task)
    guard var normal = try gradient(point, label, task) else {
      let way = columns.indices.map { (start[columns[$0]] - point[columns[$0]]) / deviations[$0] }
        .map { $0.isNaN ? 0 : $0 }
      let size = way.reduce(0.0) { $0 + $1 * $1 }.squareRoot()
      return size > 0 && size.isFinite
        ? plane(through: point, way.map { $0 / size }, rows, smallest) : nil
    }
    for _ in 0..<12 where !budget.isSpent {
      let way = columns.indices.map { (start[columns[$0]] - point[columns[$0]]) / deviations[$0] }
      let along = zip(way, normal).reduce(0.0) { $0 + $1.0 * $1.1 }
      let slide = zip(way, normal).map { $0 - along * $1 }
      let size = slide.reduce(0.0) { $0 + $1 * $1 }.squareRoot()
      if size < 0.01 * max(0.1, along.magnitude) { break }
      var moved = point
      for place in columns.indices {
        moved[columns[place]] += 0.5 * slide[place] * deviations[place]
      }
      guard let onBoundary = try projected(moved, normal, label, task),
        let slope = try gradient(onBoundary, label, task)
      else { break }
      point = onBoundary
      normal = slope
    }
    return plane(through: point, normal, rows, smallest)
  }

  /// The point between two where the model's class changes.
  private func halved(_ start: [Double], _ end: [Double], _ label: Int, _ task: ExtractionTask)
    throws -> [Double]
  {
    var low = 0.0
    var high = 1.0
    func at(_ share: Double) -> [Double] {
      zip(start, end).enumerated().map { column, cells in
        let isNumber = task.features[column].levelCount == nil && !cells.0.isNaN && !cells.1.isNaN
        return isNumber ? cells.0 + share * (cells.1 - cells.0) : cells.0
      }
    }
    for _ in 0..<20 {
      let middle = (low + high) / 2
      if try margins([at(middle)], label, task)[0] > 0 { low = middle } else { high = middle }
    }
    return at((low + high) / 2)
  }

  /// The point on the boundary before or behind one along the normal; nil where none is near.
  private func projected(
    _ point: [Double], _ normal: [Double], _ label: Int, _ task: ExtractionTask
  ) throws -> [Double]? {
    func moved(_ way: Double) -> [Double] {
      var result = point
      for place in columns.indices {
        result[columns[place]] += way * normal[place] * deviations[place]
      }
      return result
    }
    let isInside = try margins([point], label, task)[0] > 0
    // Towards lower margins from inside the class, towards higher ones from outside.
    let sign = isInside ? -1.0 : 1.0
    let ways = (0..<8).map { sign * 0.05 * Double.exp2(Double($0)) }
    let values = try margins(ways.map { moved($0) }, label, task)
    guard let place = values.firstIndex(where: { ($0 > 0) != isInside }) else { return nil }
    return try isInside
      ? halved(point, moved(ways[place]), label, task)
      : halved(moved(ways[place]), point, label, task)
  }

  /// The model's probability of a class less the largest of the others, for each point.
  private func margins(_ points: [[Double]], _ label: Int, _ task: ExtractionTask) throws
    -> [Double]
  {
    let rows = Matrix(
      rows: points.count, columns: task.features.count, elements: points.flatMap { $0 })
    let answers = try task.answers(to: rows, workers: task.workers.silent)
    return (0..<answers.rows).map { row in
      let others = (0..<answers.columns).filter { $0 != label }.map { answers[row, $0] }.max() ?? 0
      return answers[row, label] - others
    }
  }

  /// The unit gradient of the margin per standard deviation; nil where it is flat.
  private func gradient(_ point: [Double], _ label: Int, _ task: ExtractionTask) throws -> [Double]? {
    if columns.count > Self.maximumColumns { return nil }
    let step = 0.02
    let values = try margins(
      columns.indices.flatMap { place in
        [-step, step].map { way in
          var moved = point
          moved[columns[place]] += way * deviations[place]
          return moved
        }
      }, label, task)
    let slopes = columns.indices.map { values[2 * $0 + 1] - values[2 * $0] }
    let size = slopes.reduce(0.0) { $0 + $1 * $1 }.squareRoot()
    return size > 1e-9 && size.isFinite ? slopes.map { $0 / size } : nil
  }

  /// The plane through a point, without its small weights, in the columns' units and few digits.
  private func plane(
    through point: [Double], _ normal: [Double], _ rows: Matrix, _ smallest: Double
  ) -> Rule.Condition.Plane? {
    let largest = normal.reduce(0) { max($0, $1.magnitude) }
    let kept = columns.indices.filter {
      normal[$0].magnitude >= smallest * largest && !point[columns[$0]].isNaN
    }
    let terms = kept.map { place in
      Rule.Condition.Plane.Term(
        column: columns[place],
        weight: (normal[place] / deviations[place]).rounded(significantDigits: 3))
    }
    guard !terms.isEmpty else { return nil }
    let sums = (0..<rows.rows).map { row in
      terms.reduce(0.0) { $0 + $1.weight * rows[row, $1.column] }
    }
    .filter { !$0.isNaN }.sorted()
    let own = terms.reduce(0.0) { $0 + $1.weight * point[$1.column] }
    guard let place = sums.firstIndex(where: { $0 > own }), place > 0 else { return nil }
    return Rule.Condition.Plane(
      terms: terms, bound: ColumnCuts.settled(below: sums[place - 1], above: sums[place]),
      isAbove: true)
  }
}
