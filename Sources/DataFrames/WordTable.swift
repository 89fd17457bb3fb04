/// The different words of a column, numbered in the order of their first appearance.
///
/// Open addressing with linear probing over a block of bytes; up to eight words are looked for one by one.
struct WordTable: Sendable {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  private var hashes: [UInt64] = []
  /// The number of the word at each place, or -1; empty while there are few words.
  private var slots: [Int32] = []

  private static let few = 8

  /// The number of different words.
  var count: Int { ends.count }

  /// The bytes of a word.
  subscript(number: Int) -> ArraySlice<UInt8> {
    bytes[(number == 0 ? 0 : ends[number - 1])..<ends[number]]
  }

  /// The number of the word, which is added if it is new.
  mutating func number(of word: UnsafeBufferPointer<UInt8>) -> Int32 {
    let hash = Self.hash(word)
    if slots.isEmpty {
      for number in 0..<count where hashes[number] == hash && isEqual(number, word) { return Int32(number) }
      if count < Self.few { return add(word, hash) }
      grow(to: 4 * Self.few)
    } else if 2 * count >= slots.count {
      grow(to: 2 * slots.count)
    }
    let mask = slots.count - 1
    var place = Int(truncatingIfNeeded: hash) & mask
    while slots[place] >= 0 {
      let number = Int(slots[place])
      if hashes[number] == hash, isEqual(number, word) { return slots[place] }
      place = (place + 1) & mask
    }
    slots[place] = Int32(count)
    return add(word, hash)
  }

  private mutating func add(_ word: UnsafeBufferPointer<UInt8>, _ hash: UInt64) -> Int32 {
    bytes.append(contentsOf: word)
    ends.append(bytes.count)
    hashes.append(hash)
    return Int32(count - 1)
  }

  private mutating func grow(to size: Int) {
    slots = [Int32](repeating: -1, count: size)
    for number in 0..<count {
      var place = Int(truncatingIfNeeded: hashes[number]) & (size - 1)
      while slots[place] >= 0 { place = (place + 1) & (size - 1) }
      slots[place] = Int32(number)
    }
  }

  private func isEqual(_ number: Int, _ word: UnsafeBufferPointer<UInt8>) -> Bool {
    let first = number == 0 ? 0 : ends[number - 1]
    guard ends[number] - first == word.count else { return false }
    for index in 0..<word.count where bytes[first + index] != word[index] { return false }
    return true
  }

  /// FNV-1a over 8 bytes at a time, with a last mix so that the low bits depend on all.
  private static func hash(_ word: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ UInt64(word.count)
    let raw = UnsafeRawBufferPointer(word)
    var index = 0
    while index + 8 <= raw.count {
      hash = (hash ^ raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)) &* 0x9FB2_1C65_1E98_DF25
      hash ^= hash >> 32
      index += 8
    }
    while index < raw.count {
      hash = (hash ^ UInt64(raw[index])) &* 0x0000_0100_0000_01B3
      index += 1
    }
    hash = (hash ^ hash >> 29) &* 0xBF58_476D_1CE4_E5B9
    return hash ^ hash >> 32
  }
}
