import Images
import Runs
import Synchronization
import Tensors
import Testing

@Suite struct RunSettingsTests {
  @Test func byDefaultNobodyListens() {
    let settings = RunSettings()
    settings.note("unheard")
    #expect(settings.workers(showing: "nothing").count == 1)
    #expect(!settings.observer.isInterrupted())
  }

  @Test func theObserverHearsNotesAndProgress() {
    let heard = Mutex<[String]>([])
    let settings = RunSettings(
      threads: 2,
      observer: RunObserver(
        note: { text in heard.withLock { $0.append(text) } },
        progress: { work in { done, total in heard.withLock { $0.append("\(work) \(done)/\(total)") } } },
        isInterrupted: { true }))
    settings.note("a note")
    settings.workers(showing: "counting").report(done: 1, of: 2)
    let budget = settings.budget(seconds: nil, showing: "searching")
    budget.report(done: 3, of: 4)
    #expect(heard.withLock { $0 } == ["a note", "counting 1/2", "searching 3/4"])
    #expect(budget.ending == .interrupted)
  }
}
