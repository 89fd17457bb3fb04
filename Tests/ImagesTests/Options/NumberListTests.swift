import Testing

@testable import Images

@Suite struct NumberListTests {
  @Test func numbersAndFractionsAreRead() {
    #expect(NumberList(word: "0.5,1/255")?.numbers == [0.5, 1.0 / 255])
    for word in ["", "1,", "a", "1/0", "1/2/3", "nan"] { #expect(NumberList(word: word) == nil, "\(word)") }
    #expect(NumberList(word: "0.5,1/4")?.word == "0.5,0.25")
  }

  @Test func oneNumberIsForAllChannels() {
    #expect(NumberList(word: "0.5")?.perChannel(3) == [0.5, 0.5, 0.5])
    #expect(NumberList(word: "1,2")?.perChannel(3) == nil && NumberList(word: "1,2")?.perChannel(2) == [1, 2])
  }
}
