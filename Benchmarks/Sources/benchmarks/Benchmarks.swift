import ArgumentParser
import Rules
import Tensors

/// `benchmarks JOB`: our side of one job, as one JSON object a line.
@main
struct Benchmarks: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "benchmarks",
    abstract: "Measures one job and prints its results, one JSON object a line.",
    discussion: "Benchmarks/run writes the inputs, starts this beside each peer, and prints the ratios.")

  @Argument(help: "The job.")
  var job: Job

  @Option(help: "The number of threads.")
  var threads = 2

  @Option(help: ArgumentHelp("The folder that holds the inputs.", valueName: "folder"))
  var data = "Benchmarks/work"

  @Option(
    help: "For the jobs of rules, the way to them: \(RuleExtractors.all.map { $0.name }.joined(separator: ", "))."
  )
  var method = "deepred"

  @Option(help: "For the jobs of rules, the seed of random rows.")
  var seed: UInt64 = 0

  @Option(help: "The part of a job that has several.")
  var part: String?

  enum Job: String, CaseIterable, ExpressibleByArgument {
    case limeWine = "lime-wine"
    case limeWide = "lime-wide"
    case limePictures = "lime-pictures"
    case forest100k = "forest-100k"
    case onnxForest = "onnx-forest"
    case network100k = "network-100k"
    case mnist
    case regress100k = "regress-100k"
    case treeMagic = "tree-magic"
    case c45Magic = "c45-magic"
    case c45RulesMagic = "c45rules-magic"
    case importance10k = "importance-10k"
    case read200MB = "read-200mb"
    case readWide = "read-wide"
    case rulesXOR = "rules-xor"
    case rulesArtif = "rules-artif"
    case rulesMAGIC = "rules-magic"
    case rulesMNIST = "rules-mnist"
    case vgg16
    case perturbation
  }

  func validate() throws {
    if threads < 1 { throw ValidationError("There must be at least one thread.") }
  }

  func run() throws {
    FreedMemory.keep()
    let workers = Workers(count: threads)
    switch job {
    case .limeWine: try LimeJob.wine(data, workers: workers)
    case .limeWide: try LimeJob.wide(data, workers: workers)
    case .limePictures: try LimePicturesJob.run(data, workers: workers)
    case .forest100k: try ForestJob.run(data, workers: workers)
    case .onnxForest: try ModelFileJob.run(data, workers: workers)
    case .network100k: try NetworkJob.run(data, workers: workers)
    case .mnist: try PicturesJob.run(data, workers: workers)
    case .regress100k: try SurrogateJob.regression(data, workers: workers)
    case .treeMagic: try SurrogateJob.tree(data, workers: workers)
    case .c45Magic: try C45Job.tree(data, workers: workers)
    case .c45RulesMagic: try C45Job.rules(data, workers: workers)
    case .importance10k: try SurrogateJob.importance(data, workers: workers)
    case .vgg16: try VGG16Job.run(data, part: part, workers: workers)
    case .perturbation: try PerturbationJob.run(data, part: part, workers: workers)
    case .read200MB, .readWide: try ReadJob.run(job.rawValue, data, workers: workers)
    case .rulesXOR, .rulesArtif, .rulesMAGIC, .rulesMNIST:
      guard let extractor = RuleExtractors.named(method) else { throw ValidationError("There is no method \(method).") }
      try RulesJob.run(job.rawValue, extractor, data, seed: seed, workers: workers)
    }
  }
}
