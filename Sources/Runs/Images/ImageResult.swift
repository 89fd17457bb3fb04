public import Images
import Tensors

/// What a method made of a picture.
public struct ImageResult {
  /// The name of the method.
  public let method: String
  /// The map; nil where the method gives none.
  public var map: SaliencyMap?
  /// How far the map stays the same with random weights; nil where that was not asked.
  public var sanity: SanityCheck?
  /// Why there is no map.
  public var failure: SaliencyError?

  /// A map, or why there is none.
  public init(method: String, map: SaliencyMap? = nil, failure: SaliencyError? = nil) {
    self.method = method
    self.map = map
    self.failure = failure
  }

  /// The map of a method, within the time that it may take; the map tells how it came to an early end.
  /// - Throws: `SaliencyError` where the method does not fit, and what the model throws where it does not answer.
  public static func explain(_ kind: any SaliencyMethod.Type, _ run: ImageRun, _ request: SaliencyRequest) throws
    -> ImageResult
  {
    let method = try request.methods([kind], run)[0]
    var subject = run.subject
    subject.budget = run.run.budget(seconds: request.timeLimit, showing: kind.name)
    let map = try method.explain(subject)
    // Takes the bar away where the method came to an early end.
    subject.budget.report(done: 1, of: 1)
    var result = ImageResult(method: kind.name, map: map)
    if request.isChecked, !run.run.observer.isInterrupted() {
      result.sanity = try SanityCheck(method, subject, map: map, seed: run.run.seed)
    }
    return result
  }
}
