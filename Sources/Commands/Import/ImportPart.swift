import Interchange
import Standoff
import Storage

/// What a piece of a file holds of one document.
struct ImportPart {
  /// A name made of ``documentSource``.
  let document: String
  /// A name made of ``annotatorSource``; nil where nobody is named.
  let annotator: String?
  /// As the file, or its name, has them.
  let documentSource: String
  let annotatorSource: String?
  var foreign: ForeignDocument
  /// SHA-256 of the text.
  let digest: String
  /// What offsets count, or why there is no telling.
  let unit: Result<OffsetUnit, ForeignDocument.UnitFault>
  /// Finds the line and column of a byte of the piece.
  let place: @Sendable (Int) -> ImportReport.Place

  init(
    _ document: String, by annotator: String?, _ foreign: ForeignDocument, unit asked: OffsetUnit?,
    place: @escaping @Sendable (Int) -> ImportReport.Place
  ) {
    documentSource = document
    annotatorSource = annotator
    self.document = DocumentName.plain(document)
    self.annotator = annotator.map(DocumentName.plain)
    self.foreign = foreign
    self.place = place
    digest = SHA256.hex(of: foreign.text.utf8)
    do throws(ForeignDocument.UnitFault) { unit = .success(try foreign.fittingUnit(asked)) } catch {
      unit = .failure(error)
    }
  }
}
