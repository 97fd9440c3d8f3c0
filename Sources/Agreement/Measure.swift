/// A measure of agreement: a function of counts that add up over documents.
public protocol Measure<Study>: Sendable {
  /// The kind of study that it measures.
  associatedtype Study: Sendable
  /// The counts that its value follows from.
  associatedtype Evidence: Tally

  /// The contribution of each document of a study.
  ///
  /// - Throws: what is wrong with the study.
  func tallies(of study: Study) throws(Undefined) -> Tallies<Evidence>

  /// The value for a sum of contributions.
  ///
  /// - Throws: ``Undefined`` if there is none.
  func coefficient(of tally: Evidence) throws(Undefined) -> Coefficient
}

extension Measure {
  /// The value over all documents of a study.
  ///
  /// - Throws: ``Undefined`` if there is none.
  public func coefficient(of study: Study) throws(Undefined) -> Coefficient {
    try coefficient(of: tallies(of: study).total)
  }

  /// The value for a sum of contributions, or the reason that there is none.
  @inlinable
  @Sendable public func result(of tally: Evidence) -> Result<Coefficient, Undefined> {
    do throws(Undefined) { return .success(try coefficient(of: tally)) } catch { return .failure(error) }
  }
}
