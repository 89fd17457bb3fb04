import Testing

@testable import Images

@Suite struct NumPyFileTests {
  @Test func bytesAreTheFormats() {
    let bytes = NumPyFile.bytes([1, -2], shape: [1, 2])
    #expect(Array(bytes[..<10]) == [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, 118, 0])
    let header = String(decoding: bytes[10..<128], as: UTF8.self)
    #expect(header.hasPrefix("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }") && header.hasSuffix("\n"))
    #expect(Array(bytes[128...]) == [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0])
  }
}
