import CCrypto

/// SHA-256 (FIPS 180-4), the name of a file's content.
public enum Digest {
  /// The SHA-256 of the bytes, as 64 hex digits.
  public static func sha256(_ bytes: [UInt8]) -> String {
    var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var length: UInt32 = 0
    let done = bytes.withUnsafeBytes { buffer in
      EVP_Digest(buffer.baseAddress, buffer.count, &digest, &length, EVP_sha256(), nil)
    }
    precondition(done == 1, "Digest: libcrypto has no SHA-256")
    let digits = Array("0123456789abcdef".utf8)
    let hex = digest[..<Int(length)].flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return String(decoding: hex, as: UTF8.self)
  }
}
