extension Score {
  /// mean |y − ŷ|.
  public static let mae = Score(
    name: "mae", title: "MAE", isBetterLarger: false,
    .values { predictions, values in
      zip(values, predictions).reduce(0.0) { $0 + ($1.0 - $1.1).magnitude } / Double(values.count)
    })
}
