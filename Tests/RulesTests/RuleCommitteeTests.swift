import DataFrames
import Learning
import Tensors
import Testing

@testable import Rules

@Suite struct RuleCommitteeTests {
  private static func committee(_ count: Int, seed: UInt64) -> (committee: RuleCommittee, rows: Matrix) {
    let rows = KnownProblem.rows(count, seed: seed)
    let table = CutTable(features: KnownProblem.features, rows: rows, maximumBins: 64, workers: .one)
    let layers = KnownProblem.model.hiddenActivations(rows, workers: .one).map {
      CodedRows(units: $0, maximumBins: 32, workers: .one)
    }
    let labels = (0..<count).map { KnownProblem.decide(rows.row($0)) }
    return (
      RuleCommittee(
        inputs: CodedRows(rows, table, workers: .one), layers: layers, labels: labels, count: count, classCount: 3,
        columns: [0, 1, 2], seed: seed), rows
    )
  }

  @Test func eachTreeHasOneVoteForEveryRow() throws {
    let (committee, _) = Self.committee(800, seed: 2)
    let sets = committee.rules(maximumRules: 200, budget: .unlimited, workers: .one)
    #expect(sets.count == 2 && sets[0].count <= 100 && sets[1].count <= 200)
    for rules in sets {
      for row in 0..<800 {
        #expect(rules.count { $0.box.contains(committee.inputs.row(row)[...]) } == 5)
      }
    }
  }

  @Test func theVoteFollowsTheNetwork() throws {
    let (committee, rows) = Self.committee(2000, seed: 3)
    let boxes = try #require(committee.rules(maximumRules: 100, budget: .unlimited, workers: .one).first)
    let set = RuleSet(
      features: KnownProblem.features, classNames: KnownProblem.classNames,
      rules: boxes.map { Rule(committee.inputs.table.conditions($0.box), then: $0.conclusion) }, defaultClass: 0,
      semantics: .vote
    ).counted(rows, labels: committee.labels, workers: .one)
    let others = KnownProblem.rows(4000, seed: 4)
    let right = zip(set.classes(others), (0..<4000).map { KnownProblem.decide(others.row($0)) }).count { $0 == $1 }
    #expect(right > 3800, "\(right)")
  }

  @Test func aVoteIsTakenOnlyWhereItIsClearlyBetter() throws {
    let (committee, rows) = Self.committee(2000, seed: 6)
    let task = try KnownProblem.task(2000, seed: 6)
    let others = KnownProblem.rows(500, seed: 7)
    let aside = (rows: others, labels: (0..<500).map { KnownProblem.decide(others.row($0)) })
    let nothing = RuleSet(
      features: task.features, classNames: task.classNames, rules: [], defaultClass: 0)
    let vote = try #require(committee.better(than: nothing, on: aside, task, budget: .unlimited)).rules
    #expect(vote.semantics == .vote && rows.rows == 2000)
    #expect(committee.better(than: vote, on: aside, task, budget: .unlimited)?.size == nil)
    let again = try #require(
      try committee.relearned(size: 0, KnownProblem.model, task, budget: .unlimited))
    #expect(again.semantics == .vote && again.rules.count <= 100)
    #expect(zip(again.classes(others), aside.labels).count { $0 == $1 } > 475)
    // Rules that follow the network as they stand are not replaced, however good a vote would be.
    let good = try ECLAIRE().extract(task).rules
    let figures = RuleFigures(good, others, answers: aside.labels, classes: aside.labels, workers: .one)
    #expect(good.semantics == .firstMatch && figures.balancedFidelity >= RuleCommittee.sufficientFidelity)
    #expect(committee.better(than: good, on: aside, task, budget: .unlimited)?.size == nil)
    let none = (rows: Matrix(rows: 0, columns: 4), labels: [Int]())
    #expect(committee.better(than: nothing, on: none, task, budget: .unlimited)?.size == nil)
  }

  @Test func threadsDoNotMatterAndTooFewRulesAreNoCommittee() throws {
    let (committee, _) = Self.committee(500, seed: 5)
    #expect(
      committee.rules(maximumRules: 60, budget: .unlimited, workers: .one)
        == committee.rules(maximumRules: 60, budget: .unlimited, workers: Workers(count: 3)))
    #expect(committee.rules(maximumRules: 11, budget: .unlimited, workers: .one).isEmpty)
    #expect(committee.rules(maximumRules: 60, budget: Budget(deadline: .now), workers: .one).isEmpty)
  }
}
