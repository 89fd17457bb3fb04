import Foundation
import Testing

@testable import Images

/// Samples as Pillow has them.
struct ReferencePicture: Decodable {
  let width: Int
  let height: Int
  let samples: Data

  var picture: Picture {
    Picture(width: width, height: height, channels: samples.count / (width * height), samples: Array(samples))
  }
}

struct PictureReferences: Decodable {
  struct File: Decodable {
    let name: String
    let file: Data
    let result: ReferencePicture
  }
  struct Resized: Decodable {
    let picture: ReferencePicture
    let side: Int
    let crop: Int
    let result: ReferencePicture
  }
  let files: [File]
  let resized: [Resized]
  let cmyk: Data
  let cmykResult: ReferencePicture
  let deep: Data
  let alpha: Data

  static func read() throws -> PictureReferences { try References.read("pictures.json", as: Self.self) }
}

@Suite struct PictureFileTests {
  /// Palettes, single bits and greys are as Pillow converts them; JPEG is decoded by the same library there.
  @Test func samplesAreThoseOfPillow() throws {
    for file in try PictureReferences.read().files {
      let read = try PictureFile(bytes: Array(file.file))
      let expected = file.result.picture
      #expect(read.picture.converted(to: expected.channels) == expected, "\(file.name)")
      #expect(read.conversions.isEmpty, "\(file.name)")
    }
  }

  /// Pillow multiplies what the inks leave of the light without rounding to the nearest: one step at most.
  @Test func inksBecomeLight() throws {
    let references = try PictureReferences.read()
    let read = try PictureFile(bytes: Array(references.cmyk))
    #expect(read.conversions == [.fromCMYK])
    // JPEG at quality 100 and the inks' rounding: a few steps.
    let expected = references.cmykResult.picture
    #expect(zip(read.picture.samples, expected.samples).allSatisfy { abs(Int($0) - Int($1)) <= 6 })
  }

  /// 1000 n / 65535 · 255, rounded.
  @Test func deepSamplesAreScaled() throws {
    let read = try PictureFile(bytes: Array(try PictureReferences.read().deep))
    #expect(read.conversions == [.deepSamples(bits: 16)] && read.picture.channels == 1)
    for (place, sample) in read.picture.samples.enumerated() {
      #expect(abs(Int(sample) - Int((Double(place) * 1000 / 65535 * 255).rounded())) <= 0, "\(place)")
    }
  }

  /// Transparent becomes white, opaque stays, 128 / 255 lies between: (200 · 128 + 255 · 127) / 255 = 227.4, 177.2,
  /// 127.
  @Test func transparentPixelsLieOnWhite() throws {
    let read = try PictureFile(bytes: Array(try PictureReferences.read().alpha))
    #expect(read.conversions == [.alphaOnWhite])
    #expect(read.picture.samples == [255, 255, 255, 200, 100, 0, 227, 177, 127])
  }

  @Test func whatIsNoPictureIsSaid() throws {
    let references = try PictureReferences.read()
    #expect(throws: PictureError.neitherPNGNorJPEG) { try PictureFile(bytes: Array("a text".utf8)) }
    #expect(throws: PictureError.neitherPNGNorJPEG) { try PictureFile(bytes: []) }
    for file in references.files {
      let bytes = Array(file.file)
      for share in [0.2, 0.6, 0.9] {
        #expect(throws: PictureError.self, "\(file.name), \(share)") {
          try PictureFile(bytes: Array(bytes.prefix(Int(Double(bytes.count) * share))))
        }
      }
    }
  }

  /// Bytes changed at random never do harm: they are read, or refused.
  @Test func damagedFilesAreReadOrRefused() throws {
    var generator = MersenneTwister(seed: 1)
    for file in try PictureReferences.read().files {
      for _ in 0..<60 {
        var bytes = Array(file.file)
        for _ in 0..<3 { bytes[Int(generator.next()) % bytes.count] = UInt8(truncatingIfNeeded: generator.next()) }
        let read = try? PictureFile(bytes: bytes)
        #expect(read.map { $0.picture.samples.count <= PictureFile.mostPixels * 3 } ?? true)
      }
    }
  }

  /// The header says 30,000 x 30,000; nothing is made ready for that.
  @Test func hugePicturesAreRefused() throws {
    let picture = Picture(width: 1, height: 1, channels: 1, samples: [7])
    var bytes = picture.png()
    #expect(try PictureFile(bytes: bytes).picture == picture)
    bytes.replaceSubrange(16..<24, with: [0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30])
    // The header's checksum follows it.
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes[12..<29] {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    bytes.replaceSubrange(29..<33, with: (0..<4).map { UInt8(truncatingIfNeeded: ~crc >> (24 - 8 * $0)) })
    #expect(throws: PictureError.tooLarge(width: 30_000, height: 30_000, most: 100_000_000)) {
      try PictureFile(bytes: bytes)
    }
    #expect(
      "\(PictureError.tooLarge(width: 30_000, height: 30_000, most: 100_000_000))"
        == "30000 x 30000 pixels are too many; 100 million are the most")
  }

  @Test func writtenPicturesReadBack() throws {
    for channels in [1, 3] {
      let samples = MersenneTwister.numbers(7 * 5 * channels, seed: 2, scale: 127).map { UInt8($0 + 128) }
      let picture = Picture(width: 7, height: 5, channels: channels, samples: samples)
      #expect(try PictureFile(bytes: picture.png()).picture == picture)
    }
  }
}
