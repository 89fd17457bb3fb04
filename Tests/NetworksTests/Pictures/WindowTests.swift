import Testing

@testable import Networks

@Suite struct WindowTests {
  /// Places counted by trying: those whose window lies in the padded picture, and with rounding up one more that begins
  /// in the picture or the padding before it.
  @Test func placesAreCounted() {
    for size in 1...3 {
      for step in 1...3 {
        for before in 0...1 {
          for after in 0...1 {
            for dilation in 1...2 {
              for length in 1...9 {
                let span = dilation * (size - 1) + 1
                let starts = Array(stride(from: -before, through: length + after - span, by: step))
                var window = Window(
                  size: [size, size], step: [step, step], padding: [before, before, after, after],
                  dilation: [dilation, dilation])
                #expect(window.places([length, length])?[0] ?? 0 == starts.count)
                guard let last = starts.last else { continue }
                window.roundsUp = true
                let isMore = last + span < length + after && last + step < length
                #expect(
                  window.places([length, length]) == [starts.count + (isMore ? 1 : 0), starts.count + (isMore ? 1 : 0)])
              }
            }
          }
        }
      }
    }
  }

  @Test func placesInsideAreThoseInside() {
    for step in 1...3 {
      for padding in 0...3 {
        for length in 1...6 {
          let window = Window(size: [3, 3], step: [step, step], padding: [padding, padding, padding, padding])
          guard let count = window.places([length, length])?[0] else { continue }
          for element in 0..<3 {
            let expected = (0..<count).filter { 0..<length ~= $0 * step + element - padding }
            #expect(Array(window.inside(axis: 0, element: element, length: length, count: count)) == expected)
          }
        }
      }
    }
  }
}
