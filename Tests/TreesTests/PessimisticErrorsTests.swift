import RealModule
import Testing

@testable import Trees

struct PessimisticErrorsTests {
  @Test func withoutErrorsTheLimitIsExact() {
    // Quinlan's example: U(6, 0) = 0.206, U(9, 0) = 0.143, U(1, 0) = 0.750.
    for errors in [PessimisticErrors(), PessimisticErrors(quantile: .release8)] {
      for (cases, share) in [(6.0, 0.206), (9, 0.143), (1, 0.750)] {
        #expect((errors.expected(cases: cases, errors: 0) / cases - share).magnitude < 5e-4)
      }
    }
    #expect(PessimisticErrors().additional(cases: 0, errors: 0) == 0)
    // 4 cases and no error: 1 − 0.25^(1/4).
    #expect((PessimisticErrors().share(cases: 4, errors: 0) - 0.29289321881345254).magnitude < 1e-12)
    #expect(PessimisticErrors().share(cases: 10, errors: 10) == 1)
    #expect(PessimisticErrors().share(cases: 0, errors: 0) == 1)
  }

  @Test func release8InterpolatesItsTable() {
    // Quinlan's U(16, 1) = 0.157 by the table's z = 0.84 − (0.25 − 0.20) / 0.20 · 0.59 = 0.6925 at 0.25.
    let z = 0.6925
    let (cases, made) = (16.0, 1.0)
    let square = z * z
    let limit =
      (made + 0.5 + square / 2 + (square * ((made + 0.5) * (1 - (made + 0.5) / cases) + square / 4)).squareRoot())
      / (cases + square)
    let release8 = PessimisticErrors(quantile: .release8)
    #expect((release8.expected(cases: cases, errors: made) / cases - limit).magnitude < 1e-12)
    #expect((limit - 0.157).magnitude < 2e-3)
    #expect(release8.expected(cases: cases, errors: made) > PessimisticErrors().expected(cases: cases, errors: made))
    // Near all cases wrong: 0.67 (N − e) against N − e.
    #expect((release8.additional(cases: 5, errors: 4.75) - 0.67 * 0.25).magnitude < 1e-12)
    #expect(PessimisticErrors().additional(cases: 5, errors: 4.75) == 0.25)
  }

  @Test func moreErrorsAndLessConfidenceNeverLowerTheLimit() {
    for quantile in [PessimisticErrors.Quantile.exact, .release8] {
      for cases in [2.0, 7.5, 40, 1000] {
        let (sure, unsure) = (
          PessimisticErrors(confidence: 0.4, quantile: quantile),
          PessimisticErrors(confidence: 0.05, quantile: quantile)
        )
        var last = 0.0
        for step in 0...20 {
          let made = cases * Double(step) / 20
          let limit = unsure.expected(cases: cases, errors: made)
          #expect(limit >= sure.expected(cases: cases, errors: made) - 1e-9, "\(cases), \(made)")
          #expect(limit >= made && limit <= cases + 1e-9 && limit >= last - 0.5, "\(cases), \(made)")
          last = limit
        }
      }
    }
  }
}
