import Tensors
import Testing

@testable import DataFrames

@Suite struct WordTableTests {
  private func number(_ text: String, in table: inout WordTable) -> Int32 {
    Array(text.utf8).withUnsafeBufferPointer { table.number(of: $0) }
  }

  @Test func wordsAreNumberedInTheirOrder() {
    var table = WordTable()
    let words = ["b", "a", "b", "", "longer than eight bytes", "longer than eight bytez", "a", ""]
    #expect(words.map { number($0, in: &table) } == [0, 1, 0, 2, 3, 4, 1, 2])
    #expect(table.count == 5)
    #expect(String(decoding: table[4], as: UTF8.self) == "longer than eight bytez")
    #expect(table[2].isEmpty)
  }

  /// Against a dictionary, over many words with many repeats.
  @Test func agreesWithADictionary() {
    var table = WordTable()
    var numbers: [String: Int32] = [:]
    var generator = SeededGenerator(seed: 5, purpose: .test)
    for _ in 0..<50_000 {
      let word = String(UInt32.random(in: 0..<20_000, using: &generator), radix: 3)
      let expected = numbers[word, default: Int32(numbers.count)]
      numbers[word] = expected
      #expect(number(word, in: &table) == expected)
    }
    #expect(table.count == numbers.count)
    for (word, number) in numbers { #expect(String(decoding: table[Int(number)], as: UTF8.self) == word) }
  }
}
