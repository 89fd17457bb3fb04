import Networks
import Tensors

/// Extremal perturbation: of all smooth masks that cover a share a of the picture, the one under which the class's
/// logit is largest (Fong, Patrick & Vedaldi, arXiv 1910.08485), with the constants of TorchRay:
///
/// max_m r(m) − λ_t · penalty_a(m), by 800 steps of gradient ascent with momentum on the parameters of `SmoothMasks`,
/// λ_t = 300 · 1.0035ᵗ; every other step sees the picture mirrored. With z(m) the picture under the mask, r is y(z(m))
/// where the mask preserves, −y(z(1 − m)) where it deletes, and the sum of both where it does either. All areas are
/// searched in one batch; they do not meet.
public struct ExtremalPerturbation: SaliencyMethod {
  /// The method's name.
  public static let name = "extremal"
  /// The method in a line.
  public static let summary = "the smooth mask of a given area that keeps the class's logit largest"
  /// What can be set.
  public static let parameters: [MethodParameter<Self>] = [
    .iterations(\.iterations),
    MethodParameter(
      MethodOption<NumberList>(
        "areas", "The areas of extremal's masks, shares of the picture.", valueName: "shares",
        rule: "are shares of the picture, above 0 and below 1",
        accepts: { $0.numbers.allSatisfy { 0 < $0 && $0 < 1 } })
    ) { method, areas, _ in method.areas = areas.numbers },
    MethodParameter(MethodOption("variant", "What extremal's masks do: preserve, delete or dual."), \.variant),
    MethodParameter(
      MethodOption(
        "reward",
        "What extremal rewards: simple for the class's logit, contrastive for that less the largest other one."),
      \.reward),
    MethodParameter(
      MethodOption("perturbation", "How extremal destroys the rest of the picture: blur or fade."), \.perturbation),
  ]

  /// What a mask is to do.
  public enum Variant: String, OptionValue, CaseIterable {
    /// What it shows should speak for the class.
    case preserve
    /// What it hides should.
    case delete
    /// Both.
    case dual
  }

  /// What speaks for a class.
  public enum Reward: String, OptionValue, CaseIterable {
    /// Its logit.
    case simple
    /// Its logit less the largest other one.
    case contrastive
  }

  /// The shares of the picture that the masks cover, above 0 and below 1.
  public var areas = [0.1]
  /// The steps.
  public var iterations = 800
  /// What the masks are to do.
  public var variant = Variant.preserve
  /// What speaks for a class.
  public var reward = Reward.simple
  /// How the rest of the picture is destroyed.
  public var perturbation = PerturbationKind.blur
  /// Whether every other step sees the picture mirrored.
  public var mirrors = true

  /// The step size, the momentum (also the share by which a new gradient is damped), and how λ begins and grows.
  static let (rate, momentum, weight, growth) = (Float(0.01), Float(0.9), 300.0, 1.0035)

  /// The most areas, which are searched in one batch.
  static let mostAreas = 32
  /// The shorter side of pictures below which masks, smooth over 21 pixels, are too coarse to say much.
  private static let leastSide = 64

  /// The method with TorchRay's
  public init() {}

  /// Masks of given areas, by a number of steps.
  public init(areas: [Double] = [0.1], iterations: Int) {
    self.areas = areas
    self.iterations = iterations
  }

  /// The mask, or the mean of those of several areas, each of which is a part with the logit under it.
  ///
  /// The best area is the smallest whose mask has come down to it and does enough alone: preserves at least the
  /// picture's own logit, or lets no more remain than destroying all does.
  /// - Throws: `SaliencyError.needsNetwork`, and `SaliencyError.setting` for areas that are none.
  public func explain(_ subject: Subject) throws -> SaliencyMap {
    let search = try search(subject)
    let (height, width) = (subject.input.shape[2], subject.input.shape[3])
    let pixels = height * width
    let network = try subject.network
    let pyramid = search.pyramid
    let ends = Tensor(
      shape: [2] + subject.input.shape[1...],
      elements: subject.input.elements + pyramid.levels.elements[..<subject.input.elements.count])
    let whole = network.forward(ends, workers: subject.workers, keeping: .output).output
    let (score, destroyed) = (subject.score(whole), subject.score(whole, example: 1))
    var figures = [[SaliencyMap.Figure]](repeating: [], count: areas.count)
    var isEnough = [Bool](repeating: true, count: areas.count)
    for (name, inverted) in [("logit preserved", false), ("logit after deletion", true)] where uses(inverted) {
      let masked = pyramid.apply(search.masks, inverted: inverted, workers: subject.workers)
      let output = network.forward(masked, workers: subject.workers, keeping: .output).output
      for index in areas.indices {
        let logit = subject.score(output, example: index)
        figures[index].append(.init(name, logit))
        isEnough[index] = isEnough[index] && (inverted ? logit <= destroyed : logit >= score)
      }
    }
    var values = [Float](repeating: 0, count: pixels)
    var parts: [SaliencyMap.Part] = []
    var remarks: [String] = []
    for (index, area) in areas.enumerated() {
      let mask = Array(search.masks.elements[index * pixels..<(index + 1) * pixels])
      for pixel in values.indices { values[pixel] += mask[pixel] / Float(areas.count) }
      let covered = mask.reduce(0) { $0 + Double($1) } / Double(pixels)
      // Masks begin by covering all; the margin around the picture takes some of the area, or gives some.
      if covered > area + min(area, (1 - area) / 2) {
        isEnough[index] = false
        let share = Int((covered * 100).rounded())
        remarks.append(
          "the mask of area \(area) still covers \(share) % of the picture: it has not come down to its area"
        )
      }
      parts.append(.init("area \(area)", values: mask, figures: figures[index] + [.init("share covered", covered)]))
    }
    var map = SaliencyMap(values: values, height: height, width: width, score: score)
    map.effort = search.effort
    map.figures = [.init("logit with all destroyed", destroyed)]
    let best = areas.indices.filter { isEnough[$0] }.map { areas[$0] }.min()
    if let best { map.figures.append(.init("best area", best)) }
    map.parts = parts
    if min(height, width) < Self.leastSide {
      remarks.append(
        "masks are smooth over 21 pixels, as suits pictures of some 224; in one of \(width) x \(height) they are coarse"
      )
    }
    map.remarks = remarks
    return map
  }

  /// What the steps came to.
  struct Search {
    /// The picture, from destroyed to whole.
    let pyramid: PerturbationPyramid
    /// The masks of the last step, `[areas, height, width]`.
    let masks: Tensor
    /// For each step and area the reward and the penalty, −λ times the distance from the area.
    let history: [[(reward: Double, penalty: Double)]]
    let effort: Effort
  }

  /// Takes the steps.
  /// - Throws: as `explain`.
  func search(_ subject: Subject) throws -> Search {
    guard !areas.isEmpty, areas.allSatisfy({ 0 < $0 && $0 < 1 }) else {
      throw SaliencyError.setting("an area is a share of the picture, above 0 and below 1")
    }
    guard areas.count <= Self.mostAreas else {
      throw SaliencyError.setting("\(areas.count) areas are too many, \(Self.mostAreas) are the most")
    }
    guard iterations >= 1 else { throw SaliencyError.setting("there is at least one iteration") }
    let network = try subject.network
    let generator = SmoothMasks(height: subject.input.shape[2], width: subject.input.shape[3])
    let pyramid = PerturbationPyramid(subject.input, kind: perturbation, workers: subject.workers)
    var state = State(areas: areas.count, generator)
    let effort = subject.budget.steps(iterations, unit: "iterations") { number in
      step(number, &state, subject, network, generator, pyramid)
    }
    return Search(pyramid: pyramid, masks: state.masks, history: state.history, effort: effort)
  }

  /// What a step changes. Its parts share no storage: of two copies that a closure changes, Swift 6.3's optimiser frees
  /// the storage too early.
  private struct State {
    /// The masks' parameters, `[areas, rows, columns]`.
    var parameters: Tensor
    var velocity: [Float]
    /// λ, the weight of the distance from the area.
    var weight = ExtremalPerturbation.weight
    var history: [[(reward: Double, penalty: Double)]] = []
    /// The masks of the last step, `[areas, height, width]`.
    var masks: Tensor

    init(areas: Int, _ generator: SmoothMasks) {
      parameters = Tensor(shape: [areas, generator.rows, generator.columns], repeating: 1)
      velocity = [Float](repeating: 1, count: areas * generator.rows * generator.columns)
      masks = Tensor(shape: [areas, generator.height, generator.width], repeating: 1)
    }
  }

  /// Takes a step.
  private func step(
    _ number: Int, _ state: inout State, _ subject: Subject, _ network: Network, _ generator: SmoothMasks,
    _ pyramid: PerturbationPyramid
  ) {
    let (count, workers) = (areas.count, subject.workers)
    let generated = generator.generate(state.parameters, workers: workers)
    let masks = generator.cropped(generated)
    let flipped = mirrors && number % 2 == 0
    let sides = [false, true].filter { uses($0) }
    let batches = sides.map { pyramid.apply(masks, inverted: $0, flipped: flipped, workers: workers) }
    let batch = Tensor(
      shape: [batches.count * count] + subject.input.shape[1...], elements: batches.flatMap(\.elements))
    let trace = network.forward(batch, workers: workers, keeping: .wayBack(to: 0))
    let (rewards, seed) = reward(trace.output, target: subject.target)
    let signal = network.backward(seed: seed, from: trace, downTo: 0, workers: workers)
    var maskSignal: Tensor?
    for (place, inverted) in sides.enumerated() {
      let size = signal.elements.count / sides.count
      let part = Tensor(
        shape: [count] + signal.shape[1...], elements: Array(signal.elements[place * size..<(place + 1) * size]))
      let gradient = pyramid.gradient(part, masks: masks, inverted: inverted, flipped: flipped, workers: workers)
      maskSignal = maskSignal.map { $0.map(with: gradient, +) } ?? gradient
    }
    guard let maskSignal else { preconditionFailure("ExtremalPerturbation: no side") }
    let (penalties, full) = penalized(maskSignal, generated, generator, weight: state.weight, workers: workers)
    let gradient = generator.gradient(full, parameters: state.parameters, masks: generated, workers: workers)
    // Ascent: TorchRay's optimiser descends on the negative.
    for index in state.parameters.elements.indices {
      let g = gradient.elements[index]
      let velocity = number == 0 ? g : Self.momentum * state.velocity[index] + (1 - Self.momentum) * g
      state.velocity[index] = velocity
      state.parameters.elements[index] = min(max(state.parameters.elements[index] + Self.rate * velocity, 0), 1)
    }
    state.history.append(zip(rewards, penalties).map { ($0, -state.weight * $1) })
    state.weight *= Self.growth
    state.masks = masks
  }

  /// Whether pictures under the masks, or under their inverses, are looked at.
  private func uses(_ inverted: Bool) -> Bool { variant != (inverted ? .preserve : .delete) }

  /// The reward of each area and its gradient with regard to the network's output `[examples, classes, ...]`, means
  /// over the places of a map of logits.
  private func reward(_ output: Tensor, target: Int) -> (rewards: [Double], seed: Tensor) {
    let (examples, classes) = (output.shape[0], output.shape[1])
    let places = output.elements.count / (examples * classes)
    var rewards = [Double](repeating: 0, count: areas.count)
    let seed = Tensor(shape: output.shape) { seed in
      for index in 0..<seed.count { seed[index] = 0 }
      for example in 0..<examples {
        let isInverted = variant == .delete || example >= areas.count
        let sign: Float = isInverted ? -1 : 1
        for place in 0..<places {
          func index(_ class: Int) -> Int { (example * classes + `class`) * places + place }
          var reward = output.elements[index(target)]
          seed[index(target)] += sign / Float(places)
          let others = (0..<classes).filter { $0 != target }
          if self.reward == .contrastive,
            let rival = others.max(by: { output.elements[index($0)] < output.elements[index($1)] })
          {
            reward -= output.elements[index(rival)]
            seed[index(rival)] -= sign / Float(places)
          }
          rewards[example % areas.count] += Double(sign * reward) / Double(places)
        }
      }
    }
    return (rewards, seed)
  }

  /// Adds −λ times the penalties' gradients to a signal at the masks within the picture.
  /// - Returns: the penalties, and the signal at the masks with their margins.
  private func penalized(
    _ signal: Tensor, _ masks: Tensor, _ generator: SmoothMasks, weight: Double, workers: Workers
  ) -> (penalties: [Double], signal: Tensor) {
    let size = generator.fullHeight * generator.fullWidth
    var full = generator.padded(signal)
    let results = workers.map(count: areas.count) { index in
      var gradient = [Float](repeating: 0, count: size)
      let penalty = masks.elements.withUnsafeBufferPointer { masks in
        gradient.withUnsafeMutableBufferPointer { gradient in
          gradient.baseAddress.map { start in
            AreaPenalty.penalty(
              UnsafeBufferPointer(rebasing: masks[index * size..<(index + 1) * size]), area: areas[index],
              factor: -weight, gradient: start)
          }
        }
      }
      return (penalty ?? 0, gradient)
    }
    for (index, result) in results.enumerated() {
      for place in 0..<size { full.elements[index * size + place] += result.1[place] }
    }
    return (results.map(\.0), full)
  }
}
