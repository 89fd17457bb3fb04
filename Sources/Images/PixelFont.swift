/// A font of 5 x 8 pixels for labels on pictures: the printable characters of ASCII; others are shown as a question
/// mark.
enum PixelFont {
  /// From one character to the next.
  static let advance = 6
  /// The rows of a character, the last of which only descenders use.
  static let height = 8

  /// For each character from the space to the tilde its five columns, the highest pixel in the lowest bit.
  private static let columns: [[UInt8]] = {
    let digits =
      "000000000000005F00000007000700147F147F14242A7F2A12231308646236495620500008070300001C2241000041221C00"
      + "2A1C7F1C2A08083E080800807030000808080808000060600020100804023E5149453E00427F400072494949462141494D33"
      + "1814127F1027454545393C4A49493141211109073649494936464949291E0000140000004034000000081422411414141414"
      + "004122140802015909063E415D594E7C1211127C7F494949363E414141227F4141413E7F494949417F090909013E41415173"
      + "7F0808087F00417F41002040413F017F081422417F404040407F021C027F7F0408107F3E4141413E7F090909063E4151215E"
      + "7F09192946264949493203017F01033F4040403F1F2040201F3F4038403F631408146303047804036159494D43007F414141"
      + "0204081020004141417F04020102044040404040000307080020545478407F284444383844444428384444287F3854545418"
      + "00087E090218A4A49C787F0804047800447D40002040403D007F1028440000417F40007C047804787C080404783844444438"
      + "FC1824241818242418FC7C08040408485454542404043F44243C4040207C1C2040201C3C4030403C44281028444C9090907C"
      + "4464544C440008364100000077000000413608000201020402"
    let nibbles = digits.compactMap { $0.hexDigitValue }
    let bytes = stride(from: 0, to: nibbles.count - 1, by: 2).map { UInt8(nibbles[$0] << 4 | nibbles[$0 + 1]) }
    return stride(from: 0, to: bytes.count - 4, by: 5).map { Array(bytes[$0..<$0 + 5]) }
  }()

  /// The number of characters that there is a shape for.
  static var count: Int { columns.count }

  /// Whether a pixel of a character is set.
  static func isSet(_ character: Character, column: Int, row: Int) -> Bool {
    let code = Int(character.asciiValue ?? 63) - 32
    let shape = columns[columns.indices.contains(code) ? code : 31]
    return shape[column] >> UInt8(row) & 1 == 1
  }
}
