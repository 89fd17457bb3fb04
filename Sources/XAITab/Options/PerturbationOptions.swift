import ArgumentParser
import Images

/// What the methods that perturb the picture can be told.
struct PerturbationOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How many masks rise takes (until the map has settled, 8000 at most), and occlusion by hide-and-seek (1000).",
      valueName: "number"))
  var masks: Int?

  @Option(help: ArgumentHelp("The cells of rise's masks along each side.", valueName: "number"))
  var cells = 7

  @Option(help: ArgumentHelp("The chance that a cell of rise's masks is open.", valueName: "share"))
  var openShare = 0.5

  @Option(
    help: "The form of rise: paper, or torchray for that program's masks, random numbers and mean.")
  var rise: Variant<RISE.Form>?

  @Flag(help: "Let rise draw every mask by itself instead of pairs that open each other's closed cells.")
  var unpaired = false

  @Option(help: ArgumentHelp("Also maps of so many of the likeliest classes, by rise.", valueName: "number"))
  var top = 0

  @Option(help: ArgumentHelp("The areas of extremal's masks, shares of the picture.", valueName: "shares"))
  var areas: NumberList?

  @Option(help: "What extremal's masks do: preserve, delete or dual.")
  var variant: Variant<ExtremalPerturbation.Variant>?

  @Option(help: "What extremal rewards: simple for the class's logit, contrastive for that less the largest other one.")
  var reward: Variant<ExtremalPerturbation.Reward>?

  @Option(help: "How extremal destroys the rest of the picture: blur or fade.")
  var perturbation: Variant<PerturbationKind>?

  @Flag(
    help:
      "Let meaningful do as its authors' program does: leave the mask's blur out of the gradient, and round it to 1/255."
  )
  var faithful = false

  @Option(help: "What occlusion covers: window for a sliding square, hide-and-seek for random patches.")
  var occlusion: Variant<Occlusion.Form>?

  @Option(
    help: ArgumentHelp("The side of occlusion's square or patch; a seventh of the picture.", valueName: "pixels"))
  var window: Int?

  @Option(help: ArgumentHelp("How far occlusion's square moves; half of its side.", valueName: "pixels"))
  var stride: Int?

  func validate() throws {
    if let masks, masks < 1 { throw ValidationError("--masks is at least 1.") }
    if cells < 2 || cells > 1000 { throw ValidationError("--cells is from 2 to 1000.") }
    if !(0 < openShare && openShare < 1) { throw ValidationError("--open-share is above 0 and below 1.") }
    if top < 0 { throw ValidationError("--top is at least 0.") }
    if let areas, !areas.numbers.allSatisfy({ 0 < $0 && $0 < 1 }) {
      throw ValidationError("--areas are shares of the picture, above 0 and below 1.")
    }
    if let window, window < 1 { throw ValidationError("--window is at least 1.") }
    if let stride, stride < 1 { throw ValidationError("--stride is at least 1.") }
  }

  /// Puts what was given into the settings.
  func set(_ settings: inout SaliencySettings) {
    settings.rise.masks = masks
    settings.rise.cells = cells
    settings.rise.probability = openShare
    settings.rise.form = rise?.value ?? settings.rise.form
    settings.rise.pairs = !unpaired
    settings.rise.top = top
    settings.occlusion.masks = masks ?? settings.occlusion.masks
    settings.occlusion.form = occlusion?.value ?? settings.occlusion.form
    settings.occlusion.window = window
    settings.occlusion.stride = stride
    settings.meaningful.isFaithful = faithful
    settings.extremal.areas = areas?.numbers ?? settings.extremal.areas
    settings.extremal.variant = variant?.value ?? settings.extremal.variant
    settings.extremal.reward = reward?.value ?? settings.extremal.reward
    settings.extremal.perturbation = perturbation?.value ?? settings.extremal.perturbation
  }
}
