extension Score {
  /// √mean (y − ŷ)².
  public static let rmse = Score(
    name: "rmse", title: "RMSE", isBetterLarger: false,
    .values { predictions, values in
      let squares = zip(values, predictions).reduce(0.0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      return (squares / Double(values.count)).squareRoot()
    })
}
