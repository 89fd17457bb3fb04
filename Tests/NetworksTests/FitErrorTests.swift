import Networks
import Testing

@Suite struct FitErrorTests {
  @Test(arguments: [
    (FitError.noRows, "there are no rows to learn from"),
    (.infiniteCell(column: "age", row: 3), "training row 3, column \"age\": the value is infinite"),
    (.infiniteTarget(row: 4), "training row 4: the target is infinite"),
    (
      .diverged(epoch: 2, learningRate: 10),
      "training diverged in epoch 2 at learning rate 10.0; try a smaller one"
    ),
    (
      .notPositiveDefinite(order: 5),
      "the ridge regression's system of order 5 is singular; try a larger penalty"
    ),
  ])
  func saysWhatWasWrong(error: FitError, text: String) {
    #expect(error.description == text)
  }
}
