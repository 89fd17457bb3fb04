/// Counts in sentences.
public enum Plural {
  /// A count with the noun for one or for several, such as `1 row` or `3 rows`.
  public static func text(_ count: Int, _ one: String, _ several: String) -> String {
    "\(count) \(count == 1 ? one : several)"
  }
}
