/// How sure the order of an explanation's first terms is.
public enum Stability: String, Sendable, Equatable {
  /// Each of the first five terms is larger than the next, beyond what chance makes (two standard errors of the
  /// difference, one in forty); exact weights always are.
  case high
  /// The first five are larger than all others in that sense, but their order among themselves is not sure.
  case medium
  /// Other draws may put other terms among the first five.
  case low

  /// The number of terms whose order counts.
  static let depth = 5

  /// The grade of the slopes of all columns.
  init(_ estimates: [SlopeEstimate]) {
    let ranked = estimates.sorted { $0.slope.magnitude > $1.slope.magnitude }
    // The gap after each of the first terms, in standard errors; a term that is 0 for sure ends the order.
    let gaps = (0..<min(Self.depth, ranked.count - 1)).map { place in
      let difference = ranked[place].slope.magnitude - ranked[place + 1].slope.magnitude
      let error =
        (ranked[place].error * ranked[place].error + ranked[place + 1].error * ranked[place + 1].error).squareRoot()
      return error > 0 ? difference / error : .infinity
    }
    if gaps.allSatisfy({ $0 >= 1.96 }) {
      self = .high
    } else {
      self = (gaps.last ?? .infinity) >= 1.96 || gaps.count < Self.depth ? .medium : .low
    }
  }
}
