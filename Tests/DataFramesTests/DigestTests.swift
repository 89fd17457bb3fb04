import Testing

@testable import DataFrames

@Suite struct DigestTests {
  /// The examples of FIPS 180-4 for no bytes and for "abc".
  @Test func agreesWithTheStandardsExamples() {
    #expect(Digest.sha256([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(Digest.sha256(Array("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }
}
