import Testing

@testable import Images

@Suite struct PictureGridTests {
  @Test func everyPrintableCharacterHasAShapeOfItsOwn() {
    #expect(PixelFont.count == 95)
    let shapes = (32..<127).map { code in
      (0..<40).map {
        PixelFont.isSet(Character(UnicodeScalar(UInt8(code))), column: $0 % 5, row: $0 / 5)
      }
    }
    #expect(Set(shapes).count == 95)
    #expect(!shapes[0].contains(true))
  }

  /// "T" is a bar of five pixels over a stem of seven.
  @Test func drawsALetterByHand() {
    for row in 0..<8 {
      for column in 0..<5 {
        let expected = row < 7 && (row == 0 || column == 2 || row == 1 && column % 4 == 0)
        #expect(PixelFont.isSet("T", column: column, row: row) == expected)
      }
    }
  }

  @Test func whatIsNoPrintableCharacterBecomesAQuestionMark() {
    for character in ["é", "\n", "猫"] as [Character] {
      for place in 0..<40 {
        #expect(
          PixelFont.isSet(character, column: place % 5, row: place / 5)
            == PixelFont.isSet("?", column: place % 5, row: place / 5))
      }
    }
  }

  /// Two black pictures of 2 x 1 become 380 x 190, each under a band of 20 rows with a label of letters of twice their
  /// size.
  @Test func smallPicturesAreEnlargedUnderTheirLabels() {
    let black = Picture(width: 2, height: 1, channels: 1, samples: [0, 0])
    let grid = PictureGrid.picture([black, black, black], labels: ["T", "", ""], columns: 2)
    #expect(grid.width == 2 * 386 + 6 && grid.height == 2 * 216 + 6)
    func isDark(_ row: Int, _ column: Int) -> Bool { grid.samples[3 * (row * grid.width + column)] == 0 }
    // The bar of the T, then its stem.
    #expect((6..<16).allSatisfy { isDark(6, $0) } && !isDark(6, 16))
    #expect(isDark(19, 10) && isDark(19, 11) && !isDark(19, 9) && !isDark(20, 10))
    // The first picture begins under the band; the fourth place is empty.
    #expect(isDark(26, 6) && isDark(215, 385) && !isDark(25, 6))
    #expect(!isDark(300, 500) && isDark(300, 100))
  }

  @Test func aLabelThatDoesNotFitEndsInDots() {
    let white = Picture(width: 380, height: 1, channels: 1, samples: [UInt8](repeating: 255, count: 380))
    let long = String(repeating: "T", count: 70)
    let cut = PictureGrid.picture([white], labels: [long], columns: 1)
    // 380 pixels hold 63 letters of the smaller size.
    let short = PictureGrid.picture([white], labels: [String(repeating: "T", count: 61) + ".."], columns: 1)
    #expect(cut == short)
  }
}
