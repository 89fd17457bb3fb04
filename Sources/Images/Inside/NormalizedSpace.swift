import Networks
import Tensors

extension Preprocessing {
  /// What a network's input changes by where a sample from 0 to 255 of a channel changes by 1.
  func slope(_ channel: Int) -> Double { scale / deviation[channel] }

  /// The picture of one example of an input `[n, channels, height, width]`: samples are rounded, and those beyond 0 or
  /// 255 are cut off.
  func picture(of input: Tensor, example: Int = 0) -> Picture {
    let (rows, columns) = (input.shape[2], input.shape[3])
    let size = rows * columns
    var samples = [UInt8](repeating: 0, count: channels * size)
    for channel in 0..<channels {
      for pixel in 0..<size {
        let value = Double(input.elements[(example * channels + channel) * size + pixel])
        let sample = (value * deviation[channel] + mean[channel]) / scale
        samples[pixel * channels + channel] = sample.isFinite ? UInt8(min(max(sample.rounded(), 0), 255)) : 0
      }
    }
    return Picture(width: columns, height: rows, channels: channels, samples: samples)
  }
}

extension Network {
  /// The part of the network that makes the output of a node, which is then the last.
  func upTo(_ node: Int) -> Network { Network(Array(nodes[...node])) }
}
