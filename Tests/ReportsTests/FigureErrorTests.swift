import Reports
import Testing

@Suite struct FigureErrorTests {
  @Test func sentencesSayWhatToDo() {
    #expect(
      "\(FigureError.gnuplotMissing)"
        == "gnuplot was not found in PATH, and figures are drawn by it; on Debian it is in the package gnuplot-nox")
    #expect("\(FigureError.gnuplotFailed(message: ""))" == "gnuplot drew nothing and did not say why")
    #expect("\(FigureError.gnuplotFailed(message: "no ink"))" == "gnuplot could not draw the figure: no ink")
  }
}
