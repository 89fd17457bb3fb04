import RealModule
import Tensors

extension Score {
  /// −mean ln p(true class), p no smaller than Double's epsilon.
  public static let logLoss = Score(
    name: "logLoss", title: "log loss", isBetterLarger: false,
    .classes { predictions, codes, _ in
      let loss = codes.indices.reduce(0.0) { $0 - Double.log(max(predictions[$1, codes[$1]], .ulpOfOne)) }
      return loss / Double(codes.count)
    })
}
