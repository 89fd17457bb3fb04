/// How a window of a kernel or of a pool moves over a picture: per axis its size, step and widening, and what is put
/// around the picture.
///
/// Along an axis of length n the window takes ⌊(n + before + after − dilation · (size − 1) − 1) / step⌋ + 1 places.
public struct Window: Sendable, Equatable {
  /// The length of the window, [vertical, horizontal].
  public var size: [Int]
  /// From one place to the next.
  public var step: [Int]
  /// What stands around the picture: [top, left, bottom, right].
  public var padding: [Int]
  /// From one element of the window to the next.
  public var dilation: [Int]
  /// Whether the number of places is rounded up: then the last window may stand over the edge, though it must begin
  /// within the picture or the padding before it.
  public var roundsUp: Bool

  /// A window; everything is given as [vertical, horizontal], the padding as [top, left, bottom, right].
  public init(
    size: [Int], step: [Int] = [1, 1], padding: [Int] = [0, 0, 0, 0], dilation: [Int] = [1, 1], roundsUp: Bool = false
  ) {
    precondition(
      size.count == 2 && step.count == 2 && padding.count == 4 && dilation.count == 2
        && (size + step + dilation).allSatisfy { $0 >= 1 } && padding.allSatisfy { $0 >= 0 },
      "Window: size \(size), step \(step), padding \(padding), dilation \(dilation)")
    self.size = size
    self.step = step
    self.padding = padding
    self.dilation = dilation
    self.roundsUp = roundsUp
  }

  /// The numbers of places over a picture of the given lengths, [vertical, horizontal]; nil where the window does not
  /// fit.
  public func places(_ lengths: [Int]) -> [Int]? {
    var places: [Int] = []
    for axis in 0..<2 {
      let span = dilation[axis] * (size[axis] - 1) + 1
      let room = lengths[axis] + padding[axis] + padding[axis + 2] - span
      guard room >= 0 else { return nil }
      var count = room / step[axis] + 1
      if roundsUp, room % step[axis] != 0, count * step[axis] < lengths[axis] + padding[axis] { count += 1 }
      places.append(count)
    }
    return places
  }

  /// The places of a window, as a range of `count`, whose element `element` lies in the picture along one axis.
  func inside(axis: Int, element: Int, length: Int, count: Int) -> Range<Int> {
    let offset = element * dilation[axis] - padding[axis]
    let first = offset >= 0 ? 0 : (-offset + step[axis] - 1) / step[axis]
    let end = length - offset <= 0 ? 0 : (length - offset - 1) / step[axis] + 1
    let lower = min(first, count)
    return lower..<max(lower, min(end, count))
  }

  /// Whether each place sees one element alone, its own.
  public var isPoint: Bool { size == [1, 1] && step == [1, 1] && padding == [0, 0, 0, 0] }
}
