import Tensors

/// How badly a map foretells what hiding parts of the picture does: E (β Σ_i I_i A_i − (f(x) − f(x − I)))², f the
/// class's probability (Yeh et al., *On the (In)fidelity and Sensitivity of Explanations*, arXiv 1901.09392, definition
/// 2.1, in the form for I that hides pixels whole: I_i is 1 for a hidden pixel).
///
/// Maps have no unit, so each gets the factor β = E[ab] / E[a²] that serves it best, a being its sums and b the falls
/// of the probability, as in captum with `normalize`.
public struct Infidelity: Sendable {
  /// The number of draws of I, each a square that becomes 0, the mean colour.
  public var samples = 50
  /// The seed of the squares.
  public var seed: UInt64 = 0
  /// The pictures that the model is asked about at once.
  private static let batch = 8

  /// A measure of 50 squares.
  public init() {}

  /// The measure from the sums of the map over what was hidden, and the falls of the model's output: with the factor
  /// that serves best, or as they are.
  public static func value(sums: [Double], falls: [Double], normalized: Bool) -> Double {
    precondition(sums.count == falls.count && !sums.isEmpty, "Infidelity: \(sums.count) sums, \(falls.count) falls")
    let products = zip(sums, falls).reduce(0) { $0 + $1.0 * $1.1 }
    let squares = sums.reduce(0) { $0 + $1 * $1 }
    let factor = normalized ? (squares > 0 ? products / squares : 0) : 1
    let total = zip(sums, falls).reduce(0) { $0 + (factor * $1.0 - $1.1) * (factor * $1.0 - $1.1) }
    return total / Double(sums.count)
  }

  /// What hiding each of the squares does to a subject: the same for all maps of a picture.
  public struct Falls: Sendable {
    /// For each square its first row and column and its side.
    let squares: [(top: Int, left: Int, side: Int)]
    /// How far the probability falls.
    let falls: [Double]
    let width: Int
  }

  /// Hides the squares, whose sides are from a sixteenth to a third of the input's shorter side.
  /// - Throws: what keeps the model from answering.
  public func falls(_ subject: Subject) throws -> Falls {
    let x = subject.input
    let (height, width) = (x.shape[2], x.shape[3])
    let shorter = min(height, width)
    var generator = SeededGenerator(seed: seed, purpose: .hiding)
    func below(_ count: Int) -> Int { Int(generator.uniform() * Double(count)) }
    let squares = (0..<samples).map { _ in
      let (least, most) = (max(1, shorter / 16), max(1, shorter / 3))
      let side = least + below(most - least + 1)
      return (top: below(height - side + 1), left: below(width - side + 1), side: side)
    }
    let whole = try subject.probabilities(of: x)[0, subject.target]
    var falls: [Double] = []
    for places in Workers.ranges(samples, size: Self.batch) {
      var pictures: [Float] = []
      for square in squares[places] {
        var hidden = x.elements
        for plane in 0..<x.shape[1] {
          for row in square.top..<square.top + square.side {
            let start = (plane * height + row) * width + square.left
            for place in start..<start + square.side { hidden[place] = 0 }
          }
        }
        pictures += hidden
      }
      let answers = try subject.probabilities(of: Tensor(shape: [places.count] + x.shape[1...], elements: pictures))
      for row in 0..<places.count { falls.append(whole - answers[row, subject.target]) }
    }
    return Falls(squares: squares, falls: falls, width: width)
  }

  /// The infidelity of a map in the size of the input.
  public static func value(_ values: [Float], _ falls: Falls) -> Double {
    let sums = falls.squares.map { square in
      (square.top..<square.top + square.side).reduce(0.0) { sum, row in
        let start = row * falls.width + square.left
        return values[start..<start + square.side].reduce(sum) { $0 + Double($1) }
      }
    }
    return value(sums: sums, falls: falls.falls, normalized: true)
  }
}
