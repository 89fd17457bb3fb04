/// A self-contained page of results: what was found, what to beware of, figures and tables, and where it all came from.
///
/// The page loads nothing, so that it can be mailed, printed and kept, and says all that it says without running
/// anything; where its one small script may run, tables can be sorted and copied and choices show one option at a time.
/// It takes plain values; every text in it may come from a data file and is escaped.
public struct Page: Sendable, Equatable {
  /// The name of the page, in the window's title and as its main heading.
  public var title: String
  /// The result in one sentence.
  public var headline: String
  /// What a reader should know before trusting the result, most important first.
  public var alerts: [String]
  /// The parts of the page, in order.
  public var sections: [Section]
  /// How to get the same page again: versions, seeds, files and their hashes.
  public var provenance: [Fact]

  /// A page.
  ///
  /// - Parameters:
  ///   - title: the name of the page.
  ///   - headline: the result in one sentence.
  ///   - alerts: what a reader should know before trusting the result, most important first.
  ///   - sections: the parts of the page, in order.
  ///   - provenance: how to get the same page again.
  public init(
    title: String, headline: String, alerts: [String] = [], sections: [Section] = [], provenance: [Fact] = []
  ) {
    self.title = title
    self.headline = headline
    self.alerts = alerts
    self.sections = sections
    self.provenance = provenance
  }
}

/// A part of a page under a heading of its own.
public struct Section: Sendable, Equatable {
  /// The heading.
  public var heading: String
  /// The part's name in links, `page.html#id`: letters, digits and hyphens; anything else becomes a hyphen.
  public var id: String
  /// What stands under the heading, in order.
  public var blocks: [Block]

  /// A part of a page.
  ///
  /// - Parameters:
  ///   - heading: the heading.
  ///   - id: the part's name in links: letters, digits and hyphens.
  ///   - blocks: what stands under the heading, in order.
  public init(heading: String, id: String, blocks: [Block]) {
    self.heading = heading
    self.id = id
    self.blocks = blocks
  }
}

/// A piece of a section.
public indirect enum Block: Sendable, Equatable {
  /// Running text.
  case paragraph(String)
  /// A remark beside the main line, set apart.
  case note(String)
  /// A table.
  case table(Table)
  /// A figure with the sentence under it.
  case figure(SVG, caption: String)
  /// A picture as the bytes of a PNG file, with the sentence under it.
  case picture(png: [UInt8], caption: String)
  /// Pictures side by side, each under a few words, with the sentence under them all.
  case gallery([GalleryTile], caption: String)
  /// Pairs of a name and a value.
  case facts([Fact])
  /// Text whose lines and spaces count, such as a rule set.
  case preformatted(String)
  /// A part under a heading of its own, one level below that of what it stands in.
  case part(Section)
  /// Alternatives, such as rows or classes.
  case choice(Choice)
  /// What is shown once a reader asks for it, and in print.
  case details(summary: String, [Block])
}

/// A picture among others.
public struct GalleryTile: Sendable, Equatable {
  /// The bytes of a PNG file.
  public var png: [UInt8]
  /// What the picture is, in a few words.
  public var label: String
  /// What should be seen in it, such as a number; may be empty.
  public var note: String

  /// A picture among others.
  ///
  /// - Parameters:
  ///   - png: the bytes of a PNG file.
  ///   - label: what the picture is, in a few words.
  ///   - note: what should be seen in it; may be empty.
  public init(png: [UInt8], label: String, note: String = "") {
    self.png = png
    self.label = label
    self.note = note
  }
}

/// Alternatives of which a reader looks at one at a time. Without a script, and in print, they stand one below the
/// other.
public struct Choice: Sendable, Equatable {
  /// One of the alternatives.
  public struct Option: Sendable, Equatable {
    /// The name of the option beside the others.
    public var label: String
    /// The heading over what it shows.
    public var heading: String
    /// What it shows, in order.
    public var blocks: [Block]

    /// One of the alternatives.
    ///
    /// - Parameters:
    ///   - label: the name of the option beside the others.
    ///   - heading: the heading over what it shows.
    ///   - blocks: what it shows, in order.
    public init(label: String, heading: String, blocks: [Block]) {
      self.label = label
      self.heading = heading
      self.blocks = blocks
    }
  }

  /// What is chosen, such as `Row`.
  public var label: String
  /// The alternatives, the one shown at first in front.
  public var options: [Option]

  /// Alternatives.
  ///
  /// - Parameters:
  ///   - label: what is chosen, such as `Row`.
  ///   - options: the alternatives, the one shown at first in front.
  public init(label: String, options: [Option]) {
    self.label = label
    self.options = options
  }
}

/// A name and its value.
public struct Fact: Sendable, Equatable {
  /// What the value is.
  public var label: String
  /// The value, with its unit.
  public var value: String

  /// A name and its value.
  ///
  /// - Parameters:
  ///   - label: what the value is.
  ///   - value: the value, with its unit.
  public init(_ label: String, _ value: String) {
    self.label = label
    self.value = value
  }
}
