extension Score {
  /// R², 1 − Σ(y − ŷ)² / Σ(y − ȳ)², NaN where all y are equal.
  public static let r2 = Score(
    name: "r2", title: "R2", isBetterLarger: true,
    .values { predictions, values in
      // Not told by the sum of squares, which rounding of the mean keeps from being 0.
      if values.allSatisfy({ $0 == values[0] }) { return .nan }
      let mean = values.reduce(0, +) / Double(values.count)
      var squares = 0.0
      var total = 0.0
      for (value, prediction) in zip(values, predictions) {
        squares += (value - prediction) * (value - prediction)
        total += (value - mean) * (value - mean)
      }
      return 1 - squares / total
    })
}
