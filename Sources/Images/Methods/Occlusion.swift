import Tensors

/// Occlusion: how far the class's probability falls where a part of the picture is covered. It only asks the model.
///
/// - `window`: a grey square slides over the picture; a pixel's value is the mean fall over the squares that cover it
///   (Zeiler & Fergus, arXiv 1311.2901, section 4.2);
/// - `hide-and-seek`: each patch of a grid is hidden with probability ½ (the patches of Singh & Lee, arXiv 1704.04232,
///   section 3.1); a patch's value is the mean probability where it is shown less that where it is hidden.
///
/// What covers is 0 in the network's numbers, which for the usual preprocessing is the mean colour of its training
/// pictures.
public struct Occlusion: RandomMethod {
  /// The method's name.
  public static let name = "occlusion"
  /// The method in a line.
  public static let summary = "how far the class's probability falls where a part is covered; only asks the model"
  /// What can be set.
  public static let parameters: [MethodParameter<Self>] = [
    MethodParameter(.masks, part: "and occlusion by hide-and-seek (\(Self().masks))", \.masks),
    MethodParameter(
      MethodOption(
        "occlusion", "What occlusion covers: window for a sliding square, hide-and-seek for random patches."), \.form),
    MethodParameter(
      MethodOption(
        "window", "The side of occlusion's square or patch; a seventh of the picture.", valueName: "pixels",
        rule: "is at least 1", accepts: { $0 >= 1 }), \.window),
    MethodParameter(
      MethodOption(
        "stride", "How far occlusion's square moves; half of its side.", valueName: "pixels", rule: "is at least 1",
        accepts: { $0 >= 1 }), \.stride),
  ]

  /// What is covered.
  public enum Form: String, OptionValue, CaseIterable {
    /// A square that slides over the picture.
    case window
    /// Random patches of a grid.
    case hideAndSeek = "hide-and-seek"
  }

  /// What is covered.
  public var form = Form.window
  /// The side of the square or patch, in pixels; nil: a seventh of the picture's shorter side.
  public var window: Int?
  /// The pixels from a square to the next; nil: half of its side.
  public var stride: Int?
  /// The random coverings of hide-and-seek.
  public var masks = 1000
  /// The seed of the random coverings.
  public var seed: UInt64 = 0

  /// A square of a seventh of the picture.
  public init() {}

  /// The map at the picture's size.
  /// - Throws: `SaliencyError.setting`, and what keeps the model from answering.
  public func explain(_ subject: Subject) throws -> SaliencyMap {
    let (height, width) = (subject.input.shape[2], subject.input.shape[3])
    let side = window ?? max(1, min(height, width) / 7)
    let stride = stride ?? max(1, side / 2)
    guard 1...max(height, width) ~= side, stride >= 1, masks >= 1 else {
      throw SaliencyError.setting(
        "occlusion takes a window from 1 to \(max(height, width)) pixels, a stride of 1 or more and 1 mask or more")
    }
    switch form {
    case .window: return try slide(subject, side: side, stride: stride)
    case .hideAndSeek: return try hide(subject, side: side)
    }
  }

  /// Where windows begin along an axis: every `stride` pixels, and one that ends at the edge.
  static func starts(_ length: Int, side: Int, stride: Int) -> [Int] {
    let last = max(0, length - side)
    return Array(Swift.stride(from: 0, to: last, by: stride)) + [last]
  }

  private func slide(_ subject: Subject, side: Int, stride: Int) throws -> SaliencyMap {
    let (height, width) = (subject.input.shape[2], subject.input.shape[3])
    let windows = Self.starts(height, side: side, stride: stride).flatMap { top in
      Self.starts(width, side: side, stride: stride).map { left in
        (rows: top..<min(top + side, height), columns: left..<min(left + side, width))
      }
    }
    let whole = try subject.probabilities(of: subject.input)[0, subject.target]
    var falls = [Double](repeating: 0, count: height * width)
    var counts = falls
    let (done, ending) = try subject.ask(windows.count) { number, mask in
      for row in windows[number].rows { for column in windows[number].columns { mask[row * width + column] = 0 } }
    } answer: { number, probability in
      for row in windows[number].rows {
        for column in windows[number].columns {
          falls[row * width + column] += whole - probability
          counts[row * width + column] += 1
        }
      }
    }
    var map = SaliencyMap(
      values: zip(falls, counts).map { Float($1 > 0 ? $0 / $1 : 0) }, height: height, width: width,
      score: try subject.score())
    map.effort = Effort(done: done, planned: windows.count, unit: "windows", ending: ending)
    return map
  }

  private func hide(_ subject: Subject, side: Int) throws -> SaliencyMap {
    let (height, width) = (subject.input.shape[2], subject.input.shape[3])
    let (rows, columns) = ((height + side - 1) / side, (width + side - 1) / side)
    @Sendable func patch(_ pixel: Int) -> Int { pixel / width / side * columns + pixel % width / side }
    @Sendable func isHidden(_ number: Int) -> [Bool] {
      var generator = SeededGenerator(seed: seed, stream: 0, UInt64(number), purpose: .noise)
      return (0..<rows * columns).map { _ in generator.next() >> 63 == 1 }
    }
    var patches = [Patch](repeating: Patch(), count: rows * columns)
    let (done, ending) = try subject.ask(masks) { number, mask in
      let hidden = isHidden(number)
      for pixel in 0..<height * width where hidden[patch(pixel)] { mask[pixel] = 0 }
    } answer: { number, probability in
      for (patch, hides) in isHidden(number).enumerated() {
        let place = hides ? 1 : 0
        patches[patch].sums[place] += probability
        patches[patch].counts[place] += 1
      }
    }
    let values = patches.map { Float($0.difference) }
    var map = SaliencyMap(
      values: (0..<height * width).map { values[patch($0)] }, height: height, width: width, score: try subject.score())
    map.effort = Effort(done: done, planned: masks, unit: "masks", ending: ending)
    return map
  }
}

/// The probabilities where a patch was shown, and where it was hidden.
private struct Patch {
  var sums = SIMD2<Double>.zero
  var counts = SIMD2<Double>.zero

  /// The difference of the means; 0 for a patch that was always, or never, hidden, of which nothing is known.
  var difference: Double { counts.min() > 0 ? sums[0] / counts[0] - sums[1] / counts[1] : 0 }
}

extension Subject {
  /// The pictures under masks that pass the model at once.
  private static let batch = 16

  /// Asks the model about the picture under numbered masks, as far as the budget goes, in their order.
  /// - Parameters:
  ///   - count: how many masks there are.
  ///   - mask: makes a mask, by setting other values than 1 in it.
  ///   - answer: takes the class's probability under it.
  /// - Returns: how many masks were asked about, at least one batch, and why it came to an end.
  /// - Throws: what keeps the model from answering.
  func ask(
    _ count: Int, mask: @Sendable (_ number: Int, _ mask: UnsafeMutableBufferPointer<Float>) -> Void,
    answer: (_ number: Int, _ probability: Double) -> Void
  ) throws -> (done: Int, ending: Effort.Ending) {
    let pixels = input.shape[2] * input.shape[3]
    for batch in Workers.ranges(count, size: Self.batch) {
      if batch.lowerBound > 0, let ending = budget.ending { return (batch.lowerBound, ending) }
      let masks = Tensor(
        shape: [batch.count, input.shape[2], input.shape[3]], parts: batch.count, workers: workers
      ) { place, target in
        let values = UnsafeMutableBufferPointer(start: target.start + place * pixels, count: pixels)
        values.update(repeating: 1)
        mask(batch.lowerBound + place, values)
      }
      let answers = try probabilities(of: masked(masks))
      for (place, number) in batch.enumerated() { answer(number, answers[place, self.target]) }
      budget.report(done: batch.upperBound, of: count)
    }
    return (count, .finished)
  }
}
