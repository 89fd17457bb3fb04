import Surrogates
import Tensors

/// LIME for pictures (Ribeiro, Singh & Guestrin, *"Why Should I Trust You?"*, KDD 2016, in the form of their program):
/// the picture is cut into segments, samples show each of them with a chance of one half, and a ridge regression of the
/// class's probability on what is shown, weighted by exp(−d² / 2w²) with d the cosine distance to the whole picture,
/// gives each segment its weight.
///
/// On given samples the weights are lime's. Beside them stand standard errors, and how sure the order of the first ones
/// is.
public struct PictureLIME: RandomMethod {
  /// The method's name.
  public static let name = "lime"
  /// The method in a line.
  public static let summary = "what showing each segment adds to the class's probability, by a linear surrogate"
  /// What can be set: beside what stands here, how the picture is cut.
  public static let parameters: [MethodParameter<Self>] =
    [MethodParameter(.samples, part: "how many samples lime (\(Self().samples))", \.samples)] + SegmentChoice.parameters
    + [
      MethodParameter(
        MethodOption(
          "hide", "What lime puts in the place of a hidden segment: mean, or a colour such as 127 or 255,0,0.",
          usual: Self().hidden)
      ) { method, hidden, context in method.hidden = try hidden.checked(channels: context.preprocessing.channels) },
      MethodParameter(
        MethodOption(
          "features", "The most segments that lime gives a weight; all if not given.", rule: "is at least 1",
          accepts: { $0 >= 1 }), \.limit),
    ]

  /// What stands in the place of a hidden segment.
  public enum Hidden: OptionValue, Equatable {
    /// Its own mean colour.
    case mean
    /// A colour, one sample from 0 to 255 for each channel, or one for all.
    case color([Double])

    /// "mean", or samples from 0 to 255.
    public init?(word: String) {
      if word == "mean" {
        self = .mean
      } else {
        guard let list = NumberList(word: word), list.numbers.allSatisfy({ 0...255 ~= $0 }) else { return nil }
        self = .color(list.numbers)
      }
    }

    /// "mean", or the samples.
    public var word: String {
      switch self {
      case .mean: "mean"
      case .color(let samples): samples.map { "\($0)" }.joined(separator: ",")
      }
    }

    /// Itself, where it has a sample for each channel, or one for all.
    /// - Throws: `OptionError`
    func checked(channels: Int) throws -> Hidden {
      if case .color(let samples) = self, samples.count != 1, samples.count != channels {
        throw OptionError("--hide has \(samples.count) samples, the model \(channels) channels")
      }
      return self
    }
  }

  /// How the picture is cut.
  public var segments = SegmentChoice.quickshift(Quickshift())
  /// The number of samples, the whole picture among them.
  public var samples = 1000
  /// What stands in the place of a hidden segment.
  public var hidden = Hidden.mean
  /// The most segments that get a weight.
  public var limit = Int.max
  /// w.
  public var kernelWidth = 0.25
  /// The seed of what samples show.
  public var seed: UInt64 = 0

  /// The method with lime's own settings.
  public init() {}

  /// The weight of each pixel's segment.
  /// - Throws: `SegmentFileError`, `SaliencyError.setting` for too many segments, and what keeps the model from
  ///   answering.
  public func explain(_ subject: Subject) throws -> SaliencyMap {
    // Two samples are the fewest that a line goes through.
    guard samples >= 2 else { throw SaliencyError.setting("lime takes two samples at least") }
    let segments = try segments.segments(of: subject.picture, workers: subject.workers)
    guard segments.count <= SegmentFile.mostSegments else {
      throw SaliencyError.setting(
        "\(segments.count) segments are too many for a surrogate, \(SegmentFile.mostSegments) are the most")
    }
    let planned = samples
    let samples = HiddenSegments(segments, subject, hidden)
    var draws = Matrix(rows: planned, columns: segments.count, repeating: 1)
    var answers: [Double] = []
    let effort = try subject.budget.blocks(planned, of: samples.batch, unit: "samples") { block in
      for sample in block where sample > 0 {
        var generator = SeededGenerator(seed: seed, stream: UInt64(sample), purpose: .hiding)
        var bits: UInt64 = 0
        for segment in 0..<segments.count {
          if segment % 64 == 0 { bits = generator.next() }
          draws[sample, segment] = Double(bits & 1)
          bits >>= 1
        }
      }
      let shown = try subject.probabilities(of: samples.pictures(draws, block, workers: subject.workers))
      for row in 0..<block.count { answers.append(shown[row, subject.target]) }
    }
    let given = GivenSamples(
      features: Matrix(
        rows: answers.count, columns: segments.count,
        elements: Array(draws.elements[..<(answers.count * segments.count)])),
      outputs: Matrix(rows: answers.count, columns: 1, elements: answers), kernelWidth: kernelWidth,
      distance: .cosine)
    let surrogate = given.surrogate(output: 0, selection: .auto, limit: min(limit, segments.count))
    return try map(
      surrogate, segments, answers, effort, subject)
  }

  private func map(
    _ surrogate: GivenSamples.Surrogate, _ segments: Segmentation, _ answers: [Double], _ effort: Effort,
    _ subject: Subject
  ) throws -> SaliencyMap {
    var (slopes, errors) = ([Float](repeating: 0, count: segments.count), [Float](repeating: 0, count: segments.count))
    for weight in surrogate.weights {
      slopes[weight.feature] = Float(weight.slope)
      errors[weight.feature] = Float(weight.standardError)
    }
    var map = SaliencyMap(
      values: segments.spread(slopes), height: segments.height, width: segments.width, score: try subject.score())
    map.parts = [SaliencyMap.Part("standard error", values: segments.spread(errors))]
    map.effort = effort
    map.surrogate = SegmentSurrogate(
      segmentation: segments, weights: surrogate.weights, intercept: surrogate.intercept,
      localPrediction: surrogate.localPrediction, probability: answers[0], rSquared: surrogate.rSquared,
      stability: surrogate.stability, samples: answers.count)
    return map
  }
}

/// Pictures in which some segments are hidden.
struct HiddenSegments: Sendable {
  /// How many pictures are made at once: about ten million bytes of them.
  let batch: Int
  private let labels: [Int32]
  private let shape: [Int]
  private let shown: Tensor
  private let hidden: Tensor

  init(_ segments: Segmentation, _ subject: Subject, _ hidden: PictureLIME.Hidden) {
    let x = subject.input
    shape = Array(x.shape[1...])
    batch = min(256, max(8, 2_400_000 / x.elements.count))
    labels = segments.labels.map { Int32($0) }
    shown = x
    let (channels, pixels) = (shape[0], shape[1] * shape[2])
    var colors: [Float]
    switch hidden {
    case .mean:
      var sums = [Double](repeating: 0, count: channels * segments.count)
      for place in x.elements.indices {
        sums[place / pixels * segments.count + segments.labels[place % pixels]] += Double(x.elements[place])
      }
      let sizes = segments.sizes
      colors = sums.indices.map { Float(sums[$0] / Double(sizes[$0 % segments.count])) }
    case .color(let samples):
      let (lower, upper) = subject.limits
      colors = (0..<channels * segments.count).map { place in
        let channel = place / segments.count
        let sample = samples.count == channels ? samples[channel] : samples.first ?? 0
        return Float(Double(lower[channel]) + sample / 255 * (Double(upper[channel]) - Double(lower[channel])))
      }
    }
    self.hidden = Tensor(
      shape: x.shape,
      elements: x.elements.indices.map { colors[$0 / pixels * segments.count + segments.labels[$0 % pixels]] })
  }

  /// The pictures of some samples, `[n, channels, height, width]`: a segment is shown where its draw is not 0.
  func pictures(_ draws: Matrix, _ samples: Range<Int>, workers: Workers) -> Tensor {
    let (size, pixels) = (shown.elements.count, labels.count)
    return shown.withSharedNumbers { shown in
      hidden.withSharedNumbers { hidden in
        Tensor(shape: [samples.count] + shape, parts: samples.count, workers: workers) { part, target in
          let masks = draws.row(samples.lowerBound + part).map { $0 != 0 ? UInt32.max : 0 }
          // One pass over the labels, then one that needs no branches for each channel.
          let mask = labels.map { masks[Int($0)] }
          mask.withUnsafeBufferPointer { mask in
            for start in stride(from: 0, to: size, by: pixels) {
              for pixel in 0..<pixels {
                let (seen, unseen) = (shown.start[start + pixel].bitPattern, hidden.start[start + pixel].bitPattern)
                target.start[part * size + start + pixel] = Float(
                  bitPattern: seen & mask[pixel] | unseen & ~mask[pixel])
              }
            }
          }
        }
      }
    }
  }
}

extension Subject {
  /// The numbers that stand for samples of 0 and of 255; the input's own extremes where they are not known.
  var limits: (lower: [Float], upper: [Float]) {
    if let bounds { return bounds }
    let (least, most) = (input.elements.min() ?? 0, input.elements.max() ?? 1)
    return (
      [Float](repeating: least, count: input.shape[1]),
      [Float](repeating: most > least ? most : least + 1, count: input.shape[1])
    )
  }

  /// The picture that became the input. One of two channels, or of more than three, is shown by its first alone.
  var picture: Picture {
    let (lower, upper) = limits
    let channels = input.shape[1] == 3 ? 3 : 1
    let pixels = input.shape[2] * input.shape[3]
    let samples = (0..<pixels * channels).map { place in
      let channel = place % channels
      let value = input.elements[channel * pixels + place / channels]
      let share = (Double(value) - Double(lower[channel])) / (Double(upper[channel]) - Double(lower[channel]))
      return UInt8(min(max((share * 255).rounded(), 0), 255))
    }
    return Picture(width: input.shape[3], height: input.shape[2], channels: channels, samples: samples)
  }
}
