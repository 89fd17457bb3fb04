import CKernels

/// What becomes of the memory of tensors that are no more.
public enum FreedMemory {
  /// Lets the process keep it for the next ones, for the rest of its life: a run of a convolutional network gives and
  /// takes dozens of megabytes, which the system would otherwise fill with zeros each time. A program's decision, not a
  /// library's.
  public static func keep() { xai_keep_freed_memory() }
}
