import Tensors

extension Score {
  /// The share of rows whose most probable class is right.
  public static let accuracy = Score(
    name: "accuracy", title: "accuracy", isBetterLarger: true,
    .classes { predictions, codes, _ in
      Double(zip(Metrics.classes(predictions), codes).count { $0 == $1 }) / Double(codes.count)
    })
}
