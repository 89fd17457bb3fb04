import RealModule
import Testing

@testable import Images

@Suite struct PaddedPlanesTests {
  /// Any window of the margin's size around any four pixels of a row can be read, and holds the plane or what is
  /// outside of it.
  @Test(arguments: [(1, 1, 0), (5, 3, 2), (8, 4, 3), (13, 2, 1)]) func windowsHoldThePlaneOrWhatIsOutside(
    width: Int, height: Int, margin: Int
  ) {
    let planes = (0..<3).map { plane in (0..<width * height).map { Double(plane * 1000 + $0) } }
    let padded = PaddedPlanes(planes, width: width, height: height, margin: margin, outside: -1)
    padded.numbers.withUnsafeBytes { bytes in
      for plane in 0..<3 {
        for row in 0..<height {
          for column in stride(from: 0, to: width, by: 4) {
            for (down, across) in [(0, 0), (-margin, -margin), (margin, margin), (0, margin)] {
              let four = bytes.four(plane * padded.size + padded.place(row + down, column + across))
              for lane in 0..<4 {
                let (y, x) = (row + down, column + across + lane)
                let inside = 0..<height ~= y && 0..<width ~= x
                #expect(four[lane] == (inside ? planes[plane][y * width + x] : -1))
              }
            }
          }
        }
      }
    }
  }

  @Test func exponentialIsThatOfTheLibrary() {
    for step in 0...7000 {
      let x = -Double(step) / 10
      let found = Four.exponential(Four(x, x - 0.01, x - 0.033, -900))
      for lane in 0..<4 {
        let expected = Double.exp(max(-700, [x, x - 0.01, x - 0.033, -900][lane]))
        #expect((found[lane] / expected - 1).magnitude < 2e-13)
      }
    }
    #expect(Four.exponential(Four(repeating: 0)) == Four(repeating: 1))
  }
}
