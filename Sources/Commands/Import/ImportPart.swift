import Interchange
import Standoff
import Storage

/// The part of an imported file that concerns one document.
struct ImportPart {
  /// The document's name, made from ``documentSource``.
  let document: String
  /// The annotator's name, made from ``annotatorSource``; nil if nobody is named.
  let annotator: String?
  /// The document's name as the file, or the file's own name, gives it.
  let documentSource: String
  let annotatorSource: String?
  var foreign: ForeignDocument
  /// The SHA-256 of the text.
  let digest: String
  /// The unit of the offsets, or why it cannot be determined.
  let unit: Result<OffsetUnit, ForeignDocument.UnitFault>
  /// Gives the line and column of a byte of the file's chunk.
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
