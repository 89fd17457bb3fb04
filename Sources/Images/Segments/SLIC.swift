public import Tensors

/// SLIC superpixels (Achanta et al., *SLIC Superpixels Compared to State-of-the-Art Superpixel Methods*, TPAMI 34(11),
/// 2012), with scikit-image's defaults and order of work: k-means from centres on a grid, in which a pixel only looks
/// at centres within two grid steps, over the distance |Δlab|² / compactness² + |Δplace|² / step²; afterwards pieces of
/// less than half the mean size join a neighbour.
public struct SLIC: Segmenter, Equatable {
  /// About how many segments there shall be.
  public var count: Int
  /// How much places count against colours.
  public var compactness: Double
  /// The rounds of k-means.
  public var rounds = 10

  /// SLIC for about `count` segments.
  public init(count: Int = 100, compactness: Double = 10) {
    precondition(count >= 1 && compactness > 0, "SLIC: \(count) segments, compactness \(compactness)")
    self.count = count
    self.compactness = compactness
  }

  /// The segments.
  /// - Complexity: O(pixels · rounds)
  public func segments(of picture: Picture, workers: Workers) -> Segmentation {
    let (width, height) = (picture.width, picture.height)
    let colors = colors(picture)
    let (rows, columns) = Self.grid(height: height, width: width, points: count)
    var clusters = Clusters(colors, width: width, height: height, rows: rows, columns: columns)
    for _ in 0..<rounds { if !clusters.assign() { break } else { clusters.recenter() } }
    let size = Double(width * height) / Double(clusters.count)
    let labels = Self.connected(
      clusters.nearest, width: width, height: height, least: Int(0.5 * size), most: Int(3 * size))
    return Segmentation(width: width, height: height, labels: labels)
  }

  /// L*, a* and b* over the compactness; the samples are stretched to 0 ... 1 first. A grey picture has one plane.
  private func colors(_ picture: Picture) -> [[Double]] {
    let samples = picture.samples.map { Double($0) / 255 }
    let (least, most) = (samples.min() ?? 0, samples.max() ?? 0)
    let stretched = samples.map { most > least ? ($0 - least) / (most - least) : $0 - least }
    let planes = picture.channels == 3 ? Lab.planes(stretched) : [stretched]
    return planes.map { $0.map { $0 * (1 / compactness) } }
  }

  /// The centres' rows and columns: nearly square steps whose number of points is about the wanted one.
  private static func grid(height: Int, width: Int, points: Int) -> (rows: Line, columns: Line) {
    if height * width <= points { return (Line(start: 0, step: 1), Line(start: 0, step: 1)) }
    let (short, long) = (Double(min(height, width)), Double(max(height, width)))
    var steps = [(short * long / Double(points)).squareRoot(), (short * long / Double(points)).squareRoot()]
    // A side that is shorter than a step holds one point.
    if short < steps[0] { steps = [short, long / Double(points)] }
    let lines = steps.map { Line(start: Int($0 / 2), step: Int($0.rounded(.toNearestOrEven))) }
    return height <= width ? (lines[0], lines[1]) : (lines[1], lines[0])
  }

  private struct Line {
    let start: Int
    let step: Int
    func places(_ length: Int) -> [Int] { Array(stride(from: start, to: length, by: step)) }
  }

  /// The centres, and which of them each pixel is nearest to.
  private struct Clusters {
    let colors: [[Double]]
    let (width, height): (Int, Int)
    let (rowStep, columnStep): (Int, Int)
    let weight: Double
    var rows: [Double]
    var columns: [Double]
    var means: [[Double]]
    var nearest: [Int]
    var count: Int { rows.count }

    init(_ colors: [[Double]], width: Int, height: Int, rows: Line, columns: Line) {
      self.colors = colors
      (self.width, self.height) = (width, height)
      (rowStep, columnStep) = (rows.step, columns.step)
      let step = Double(max(rows.step, columns.step))
      weight = 1 / (step * step)
      let places = rows.places(height).flatMap { row in columns.places(width).map { (row, $0) } }
      self.rows = places.map { Double($0.0) }
      self.columns = places.map { Double($0.1) }
      means = colors.map { _ in [Double](repeating: 0, count: places.count) }
      nearest = [Int](repeating: 0, count: width * height)
    }

    /// Gives each pixel its nearest centre; whether any centre took a pixel.
    mutating func assign() -> Bool {
      var distances = [Double](repeating: .greatestFiniteMagnitude, count: width * height)
      var hasChanged = false
      for cluster in rows.indices {
        let (row, column) = (rows[cluster], columns[cluster])
        guard row >= 0 else { continue }
        let lines = Int(max(row - Double(2 * rowStep), 0))..<Int(min(row + Double(2 * rowStep + 1), Double(height)))
        let places =
          Int(
            max(column - Double(2 * columnStep), 0))..<Int(min(column + Double(2 * columnStep + 1), Double(width)))
        for line in lines {
          let down = (row - Double(line)) * (row - Double(line))
          for place in places {
            let across = (column - Double(place)) * (column - Double(place))
            let pixel = line * width + place
            var color = 0.0
            for plane in colors.indices {
              let difference = colors[plane][pixel] - means[plane][cluster]
              color += difference * difference
            }
            let distance = (down + across) * weight + color
            if distances[pixel] > distance {
              distances[pixel] = distance
              nearest[pixel] = cluster
              hasChanged = true
            }
          }
        }
      }
      return hasChanged
    }

    /// Puts each centre into the middle of its pixels; one without any leaves the game.
    mutating func recenter() {
      var sizes = [Double](repeating: 0, count: count)
      rows = sizes
      columns = sizes
      means = means.map { _ in sizes }
      for pixel in nearest.indices {
        let cluster = nearest[pixel]
        sizes[cluster] += 1
        rows[cluster] += Double(pixel / width)
        columns[cluster] += Double(pixel % width)
        for plane in colors.indices { means[plane][cluster] += colors[plane][pixel] }
      }
      for cluster in sizes.indices {
        // A negative row marks one that is out.
        rows[cluster] = sizes[cluster] > 0 ? rows[cluster] / sizes[cluster] : -1
        columns[cluster] /= max(1, sizes[cluster])
        for plane in means.indices { means[plane][cluster] /= max(1, sizes[cluster]) }
      }
    }
  }

  /// Labels of connected pieces; a piece of less than `least` pixels joins the one that was met last around it, and one
  /// of `most` is cut.
  private static func connected(_ labels: [Int], width: Int, height: Int, least: Int, most: Int) -> [Int] {
    var pieces = [Int](repeating: -1, count: labels.count)
    var next = 0
    for start in labels.indices where pieces[start] < 0 {
      var adjacent = next
      var members = [start]
      pieces[start] = next
      var visited = 0
      while visited < members.count, members.count < most {
        let (row, column) = (members[visited] / width, members[visited] % width)
        for (across, down) in [(1, 0), (-1, 0), (0, 1), (0, -1)] {
          guard 0..<width ~= column + across, 0..<height ~= row + down else { continue }
          let neighbor = members[visited] + across + down * width
          if labels[neighbor] == labels[start], pieces[neighbor] < 0 {
            pieces[neighbor] = next
            members.append(neighbor)
            if members.count >= most { break }
          } else if pieces[neighbor] >= 0, pieces[neighbor] != next {
            adjacent = pieces[neighbor]
          }
        }
        visited += 1
      }
      if members.count < least {
        for member in members { pieces[member] = adjacent }
      } else {
        next += 1
      }
    }
    return pieces
  }
}
