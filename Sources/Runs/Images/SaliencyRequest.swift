public import Images

/// How methods are set, and how long each may take.
public struct SaliencyRequest: Sendable {
  /// The settings of the methods for a picture and its network.
  public var settings: @Sendable (ImageRun) throws -> SaliencySettings
  /// The most seconds of a method; nil: any time.
  public var timeLimit: Double?
  /// Whether the network's weights are drawn anew to see how far the map stays the same.
  public var isChecked: Bool

  /// Methods with settings of their own.
  public init(
    settings: @escaping @Sendable (ImageRun) throws -> SaliencySettings = { _ in SaliencySettings() },
    timeLimit: Double? = nil, isChecked: Bool = false
  ) {
    self.settings = settings
    self.timeLimit = timeLimit
    self.isChecked = isChecked
  }
}
