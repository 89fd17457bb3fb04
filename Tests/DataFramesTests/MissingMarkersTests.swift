import Testing

@testable import DataFrames

@Suite struct MissingMarkersTests {
  private func matches(_ markers: MissingMarkers, _ text: String) -> Bool {
    Array(text.utf8).withUnsafeBufferPointer(markers.matches)
  }

  @Test func theBuiltInOnesMatchInAnyCase() {
    let markers = MissingMarkers(nil)
    for text in [
      "", "NA", "na", "N/A", "#N/A", "#N/A N/A", "#NA", "NaN", "nan", "-NaN", "null", "NULL", "<NA>", "1.#IND",
      "-1.#ind",
      "1.#QNAN", "-1.#QNAN", "?", ".",
    ] { #expect(matches(markers, text), "\(text)") }
    for text in ["None", "none", "0", "-", "missing", "NAN1", "??", "É"] { #expect(!matches(markers, text), "\(text)") }
    #expect(!markers.includesNumbers)
  }

  @Test func theUsersOwnReplaceThem() {
    let markers = MissingMarkers([" -999 ", "Unknown", ""])
    #expect(markers.includesNumbers)
    for text in ["", "-999", "unknown", "UNKNOWN"] { #expect(matches(markers, text), "\(text)") }
    for text in ["NA", "?", "999", "-9990"] { #expect(!matches(markers, text), "\(text)") }
  }
}
