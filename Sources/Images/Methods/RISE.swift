import Networks
import RealModule
import Tensors

/// RISE: the mean of random masks, each weighed with the class's probability for the picture under it,
/// S = 1 / (N p) Σ f(x · M_i) M_i (Petsiuk, Das & Saenko, arXiv 1806.07421, eq. 6). It only asks the model.
///
/// Masks come in pairs that open each other's closed cells, which leaves the mean as it is and takes most of its noise
/// away. The standard error of each value is kept along the way.
public struct RISE: RandomMethod {
  /// The method's name.
  public static let name = "rise"
  /// The method in a line.
  public static let summary =
    "the mean of random masks, weighed with the class's probability under each; only asks the model"
  /// What can be set.
  public static let parameters: [MethodParameter<Self>] = [
    MethodParameter(.masks, part: "rise takes (until the map has settled, \(Self().most) at most)", \.masks),
    MethodParameter(
      MethodOption(
        "cells", "The cells of rise's masks along each side.", valueName: "number", usual: Self().cells,
        rule: "is from 2 to 1000", accepts: { 2...1000 ~= $0 }), \.cells),
    MethodParameter(
      MethodOption(
        "open-share", "The chance that a cell of rise's masks is open.", valueName: "share", usual: Self().probability,
        rule: "is above 0 and below 1", accepts: { 0 < $0 && $0 < 1 }), \.probability),
    MethodParameter(
      MethodOption("rise", "The form of rise: paper, or torchray for that program's masks, random numbers and mean."),
      \.form),
    MethodParameter(
      MethodOption<Bool>(
        "unpaired", "Let rise draw every mask by itself instead of pairs that open each other's closed cells.")
    ) { method, isUnpaired, _ in method.pairs = !isUnpaired },
    MethodParameter(
      MethodOption(
        "top", "Also maps of so many of the likeliest classes, by rise.", valueName: "number", usual: Self().top,
        rule: "is at least 0", accepts: { $0 >= 0 }), \.top),
  ]

  /// Whose masks and which mean.
  public enum Form: String, OptionValue, CaseIterable {
    /// The paper's.
    case paper
    /// TorchRay's, with its random numbers: the same seed gives its map. The logits' sigmoid stands for the
    /// probability, and the mean is not divided by p.
    case torchRay = "torchray"
  }

  /// The number of masks; nil: as many as it takes until the places of the largest values have settled, but no more
  /// than `most`.
  public var masks: Int?
  /// The most masks where no number is given.
  public var most = 8000
  /// The cells along each axis.
  public var cells = 7
  /// The probability of an open cell.
  public var probability = 0.5
  /// Whose masks.
  public var form = Form.paper
  /// Whether masks come in pairs; those of TorchRay, and those whose cells are not open with probability ½, never do.
  public var pairs = true
  /// How many of the likeliest classes get a map of their own beside that of the target.
  public var top = 0
  /// The seed of the masks.
  public var seed: UInt64 = 0

  /// The pictures that pass the model at once.
  static let batch = 16
  /// TorchRay's.
  private static let torchBatch = 32
  /// After how many masks it is looked whether the map has settled.
  private static let interval = 256
  /// The share of the pixels that is looked at, and the part of it that may still belong elsewhere.
  private static let (region, tolerance) = (0.05, 0.1)

  /// The method with the paper's settings for ImageNet, but for the pairs.
  public init() {}

  /// A number of masks.
  public init(masks: Int) { self.masks = masks }

  /// The map at the picture's size; its parts are the standard errors and the maps of other classes.
  /// - Throws: `SaliencyError.setting`, `SaliencyError.needsNetwork` for TorchRay's form, and what keeps the model from
  ///   answering.
  public func explain(_ subject: Subject) throws -> SaliencyMap {
    let planned = masks ?? most
    guard planned >= 1, cells >= 2, 0 < probability, probability < 1, top >= 0
    else {
      throw SaliencyError.setting("rise takes 1 mask or more, 2 cells or more, and a probability between 0 and 1")
    }
    let (height, width) = (subject.input.shape[2], subject.input.shape[3])
    let isTorch = form == .torchRay
    let isPaired = pairs && !isTorch && probability == 0.5 && planned > 1
    let generator = RandomGridMasks(
      form: isTorch ? .torchRay : .paper, height: height, width: width, cells: cells,
      probability: probability)
    let whole = try subject.probabilities(of: subject.input)
    let likeliest = whole.row(0).fallingOrder()
    let classes = [subject.target] + likeliest.filter { $0 != subject.target }.prefix(top)
    var maps = classes.map { _ in RunningMaps(pixels: height * width) }
    var twister = MersenneTwister(seed: UInt32(truncatingIfNeeded: seed))
    var waiting: [RandomGridMasks.Mask] = []
    var (done, ending) = (0, Effort.Ending.finished)
    while done < planned {
      if done > 0, let reason = subject.budget.ending {
        ending = reason
        break
      }
      let count = min(Self.batch, planned - done)
      if isTorch {
        if waiting.isEmpty {
          waiting = generator.torchMasks(min(Self.torchBatch, planned - done), using: &twister)
        }
      } else {
        waiting = (done..<done + count).map { number in
          if !isPaired { return generator.mask(number, seed: seed) }
          let mask = generator.mask(number / 2, seed: seed)
          return number % 2 == 0 ? mask : mask.complement
        }
      }
      let masks = generator.values(Array(waiting.prefix(count)), workers: subject.workers)
      waiting.removeFirst(count)
      let answers = try answers(to: subject, under: masks, isTorch: isTorch)
      add(masks, answers, classes, to: &maps, isPaired: isPaired, workers: subject.workers)
      done += count
      subject.budget.report(done: done, of: planned)
      if self.masks == nil, done % Self.interval == 0, done >= 2 * Self.interval,
        maps[0].misplaced(share: Self.region) < Self.tolerance
      {
        ending = .settled
        break
      }
    }
    var map = map(maps, classes, score: try subject.score(), height: height, width: width)
    map.effort = Effort(done: done, planned: planned, unit: "masks", ending: ending)
    return map
  }

  /// The probabilities of all classes under each mask, `[n, classes]`.
  private func answers(to subject: Subject, under masks: Tensor, isTorch: Bool) throws -> Matrix {
    let pictures = subject.masked(masks)
    if !isTorch { return try subject.probabilities(of: pictures) }
    var logits = NetworkClassifier(try subject.network).logits(of: pictures, workers: subject.workers)
    for index in logits.elements.indices { logits.elements[index] = 1 / (1 + .exp(-logits.elements[index])) }
    return logits
  }

  /// Adds the masks to the classes' maps: each alone, or the means of pairs.
  private func add(
    _ masks: Tensor, _ answers: Matrix, _ classes: [Int], to maps: inout [RunningMaps], isPaired: Bool, workers: Workers
  ) {
    let pixels = masks.shape[1] * masks.shape[2]
    let groups = Workers.ranges(answers.rows, size: isPaired ? 2 : 1)
    let before = maps
    maps = workers.silent.map(count: classes.count) { place in
      var running = before[place]
      var values = [Float](repeating: 0, count: pixels)
      for group in groups {
        for pixel in 0..<pixels { values[pixel] = 0 }
        for row in group {
          let share = Float(answers[row, classes[place]] / Double(group.count))
          masks.elements.withUnsafeBufferPointer { masks in
            for pixel in 0..<pixels { values[pixel] += share * masks[row * pixels + pixel] }
          }
        }
        values.withUnsafeBufferPointer { running.add($0) }
      }
      return running
    }
  }

  private func map(
    _ maps: [RunningMaps], _ classes: [Int], score: Double, height: Int, width: Int
  ) -> SaliencyMap {
    let scale = form == .paper ? 1 / probability : 1
    let values = maps.map { $0.mean.map { Float(scale * $0) } }
    var map = SaliencyMap(values: values[0], height: height, width: width, score: score)
    if maps[0].count > 1 {
      let errors = maps[0].standardErrors.map { Float(scale * $0) }
      let peak = values[0].indices.max { values[0][$0] < values[0][$1] } ?? 0
      map.figures = [.init("standard error of the largest value", Double(errors[peak]))]
      map.parts = [.init("standard errors", values: errors)]
    }
    for (place, target) in classes.enumerated().dropFirst() {
      map.parts.append(.init("class", target: target, values: values[place]))
    }
    return map
  }
}

extension Subject {
  /// The picture times each of some masks `[n, height, width]`: `[n, channels, height, width]`.
  func masked(_ masks: Tensor) -> Tensor {
    let (channels, pixels) = (input.shape[1], masks.shape[1] * masks.shape[2])
    precondition(pixels * channels == input.elements.count, "Subject: masks \(masks.shape) for \(input.shape)")
    return input.withSharedNumbers { input in
      masks.withSharedNumbers { masks in
        Tensor(shape: [masks.count / pixels] + self.input.shape[1...], parts: masks.count / pixels, workers: workers) {
          number, target in
          for channel in 0..<channels {
            let (from, to) = (channel * pixels, (number * channels + channel) * pixels)
            for pixel in 0..<pixels {
              target.start[to + pixel] = input.start[from + pixel] * masks.start[number * pixels + pixel]
            }
          }
        }
      }
    }
  }
}
