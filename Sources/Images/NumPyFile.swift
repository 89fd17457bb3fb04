/// Files that hold one array of single-precision numbers, in NumPy's format 1.0.
public enum NumPyFile {
  /// The bytes of a file of the given numbers, the last axis running fastest.
  public static func bytes(_ values: [Float], shape: [Int]) -> [UInt8] {
    precondition(values.count == shape.reduce(1, *), "NumPyFile: \(values.count) numbers for \(shape)")
    let lengths = shape.map { "\($0)" }.joined(separator: ", ") + (shape.count == 1 ? "," : "")
    var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(lengths)), }"
    // The numbers begin at a multiple of 64 bytes, behind a line break.
    header += String(repeating: " ", count: 63 - (header.utf8.count + 10) % 64) + "\n"
    let length = header.utf8.count
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length & 255), UInt8(length >> 8)] + Array(header.utf8)
      + values.flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) } }
  }
}
