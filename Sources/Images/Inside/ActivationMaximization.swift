public import Networks
public import Tensors

/// The picture that a class, or a channel of a layer, likes best.
///
/// Plain: S(x) − λ|x|² over the network's input x, from the mean picture x = 0, S the class's logit before the softmax
/// (Simonyan, Vedaldi & Zisserman, arXiv 1312.6034, section 2). Or, as Olah, Mordvintsev & Schubert (*Feature
/// Visualization*, Distill 2017) do, over a `FourierPicture` under random `PictureTransforms`, by Adam with a rate of
/// 0.05, signals passing rectifiers that are shut in the first 16 steps (`RedirectedRectifiers`).
public struct ActivationMaximization: Sendable {
  /// What is made large.
  public enum Objective: Sendable, Equatable {
    /// A class's logit, or its mean over the places of an output that is a map.
    case logit(Int)
    /// The mean of a channel of a node's output over all places.
    case channel(Int, node: Int)

    /// The class or channel.
    var channel: Int {
      switch self {
      case .logit(let channel), .channel(let channel, _): channel
      }
    }
  }

  /// Over what, and how.
  public enum Form: String, OptionValue, CaseIterable {
    /// Pixels, with a penalty on their size.
    case plain
    /// Frequencies, under small random transforms.
    case fourier
  }

  /// Over what, and how.
  public var form = Form.fourier
  /// The number of steps; nil: 512, or 200 for the plain form.
  public var iterations: Int?
  /// λ of the plain form; nil: 10 over the number of the input's values.
  public var penalty: Double?
  /// The shorter side of the Fourier form's picture; nil: the network's, but at most 128.
  public var side: Int?
  /// The seed of the grain and of the transforms.
  public var seed: UInt64 = 0

  /// The Fourier form.
  public init() {}

  /// What was found.
  public struct Result: Sendable {
    /// The picture, of the network's size in the plain form.
    public let picture: Picture
    /// What the objective is for the picture at the start, as the network sees it without transforms.
    public let start: Double
    /// What it is for `picture`.
    public let end: Double
    /// The steps that were taken.
    public let effort: Effort
  }

  /// Climbs.
  /// - Parameters:
  ///   - objective: what is made large.
  ///   - network: the network.
  ///   - preprocessing: how pictures become its inputs.
  ///   - workers: the threads that share the work.
  ///   - budget: how long it may take; the steps taken so far count.
  /// - Returns: the picture, and how far the objective rose.
  /// - Throws: `InsideError` where the network has no such channel, or the plain form finds no way up.
  public func maximize(
    _ objective: Objective, of network: Network, _ preprocessing: Preprocessing, workers: Workers = .one,
    budget: Budget = .unlimited
  ) throws -> Result {
    let unit = try NetworkUnit(objective, network, preprocessing, workers)
    switch form {
    case .plain: return try climbPixels(unit, budget)
    case .fourier: return climbFrequencies(unit, budget)
    }
  }

  /// Steps along the gradient of the penalised value, each of a given length, since gradients are steep in one place
  /// and flat in the next; they grow shorter from 0.05 a value to a tenth of that. The best place on the way is taken.
  private func climbPixels(_ unit: NetworkUnit, _ budget: Budget) throws -> Result {
    let count = unit.shape.reduce(1, *)
    let penalty = Float(penalty ?? 10 / Double(count))
    let planned = iterations ?? 200
    func value(_ input: Tensor) -> (objective: Double, gradient: Tensor) {
      let (value, gradient) = unit.climb(input)
      let size = input.elements.reduce(0) { $0 + Double($1) * Double($1) }
      return (value - Double(penalty) * size, gradient.map(with: input) { $0 - 2 * penalty * $1 })
    }
    var input = Tensor(shape: unit.shape)
    let start = unit.value(input)
    var current = value(input)
    var best = (input: input, objective: current.objective)
    var done = 0
    var ending = Effort.Ending.finished
    while done < planned {
      if done > 0, let end = budget.ending {
        ending = end
        break
      }
      let slope = (current.gradient.elements.reduce(0) { $0 + Double($1) * Double($1) } / Double(count)).squareRoot()
      guard slope > 0 else {
        if done == 0 { throw InsideError.unmoved }
        break
      }
      let step = Float(0.05 * (1 - 0.9 * Double(done) / Double(planned)) / slope)
      input = input.map(with: current.gradient) { $0 + step * $1 }
      current = value(input)
      if current.objective > best.objective { best = (input, current.objective) }
      done += 1
      budget.report(done: done, of: planned)
    }
    let picture = unit.preprocessing.picture(of: best.input)
    return Result(
      picture: picture, start: start, end: unit.value(best.input),
      effort: Effort(done: done, planned: planned, unit: "steps", ending: ending))
  }

  /// Steps of Adam on the spectrum.
  private func climbFrequencies(_ unit: NetworkUnit, _ budget: Budget) -> Result {
    let preprocessing = unit.preprocessing
    let size = size(preprocessing)
    let network = (height: preprocessing.height, width: preprocessing.width)
    let planned = iterations ?? 512
    var generator = SeededGenerator(seed: seed, purpose: .noise)
    var picture = FourierPicture(
      channels: preprocessing.channels, height: size.height, width: size.width, using: &generator)
    let plain = PictureTransforms.resizing(side: size, network: network)
    let start = unit.value(Self.input(picture.samples(), plain, preprocessing))
    var adam = AdamSteps(rate: 0.05, count: picture.spectrum.count)
    let effort = budget.steps(planned, unit: "steps") { step in
      var draws = SeededGenerator(seed: seed, stream: UInt64(step), purpose: .noise)
      let transforms = PictureTransforms.drawn(side: size, network: network, using: &draws)
      let (_, gradient) = Self.climb(picture, transforms, unit, isStart: step < 16)
      adam.descend(&picture.spectrum, gradient.map { -$0 })
    }
    let samples = picture.samples()
    return Result(
      picture: Self.picture(samples, channels: preprocessing.channels, size), start: start,
      end: unit.value(Self.input(samples, plain, preprocessing)), effort: effort)
  }

  /// The size of the Fourier form's picture, in the proportion of the network's.
  private func size(_ preprocessing: Preprocessing) -> (height: Int, width: Int) {
    let shorter = min(preprocessing.height, preprocessing.width)
    let wanted = side ?? min(128, shorter)
    func length(_ whole: Int) -> Int { max(1, Int((Double(whole * wanted) / Double(shorter)).rounded())) }
    return (length(preprocessing.height), length(preprocessing.width))
  }

  /// The network's value for a picture after transforms, and the gradient with regard to the spectrum.
  static func climb(
    _ picture: FourierPicture, _ transforms: PictureTransforms, _ unit: NetworkUnit, isStart: Bool = false
  ) -> (value: Double, gradient: [Double]) {
    let samples = picture.samples()
    let (value, signal) = unit.climb(input(samples, transforms, unit.preprocessing), isStart: isStart)
    let (plane, count) = (picture.height * picture.width, signal.elements.count / picture.channels)
    var gradient: [Double] = []
    gradient.reserveCapacity(plane * picture.channels)
    for channel in 0..<picture.channels {
      let slope = 255 * unit.preprocessing.slope(channel)
      gradient += transforms.transposed(
        signal.elements[channel * count..<(channel + 1) * count].map { Double($0) * slope })
    }
    return (value, picture.gradient(gradient, samples: samples))
  }

  /// The network's input for samples from 0 to 1, `[channels, height, width]`, after transforms.
  static func input(_ samples: [Double], _ transforms: PictureTransforms, _ preprocessing: Preprocessing) -> Tensor {
    let plane = samples.count / preprocessing.channels
    var elements: [Float] = []
    for channel in 0..<preprocessing.channels {
      let shown = transforms.apply(Array(samples[channel * plane..<(channel + 1) * plane]))
      elements += shown.map {
        Float(($0 * 255 * preprocessing.scale - preprocessing.mean[channel]) / preprocessing.deviation[channel])
      }
    }
    return Tensor(
      shape: [1, preprocessing.channels, preprocessing.height, preprocessing.width], elements: elements)
  }

  private static func picture(_ samples: [Double], channels: Int, _ size: (height: Int, width: Int)) -> Picture {
    let plane = size.height * size.width
    return Picture(
      width: size.width, height: size.height, channels: channels,
      samples: (0..<channels * plane).map { place in
        UInt8((samples[place % channels * plane + place / channels] * 255).rounded())
      })
  }
}
