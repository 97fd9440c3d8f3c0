import Interchange
import Standoff
import Storage

/// A document as a file gives it, with what is found out about it alone.
struct ImportContent {
  var foreign: ForeignDocument
  /// The SHA-256 of the text.
  let digest: String
  /// The unit of the offsets, or why it cannot be determined.
  let unit: Result<OffsetUnit, ForeignDocument.UnitFault>

  init(_ foreign: ForeignDocument, unit asked: OffsetUnit?) {
    self.foreign = foreign
    digest = SHA256.hex(of: foreign.text.utf8)
    do throws(ForeignDocument.UnitFault) { unit = .success(try foreign.fittingUnit(asked)) } catch {
      unit = .failure(error)
    }
  }
}

/// The part of an imported file that concerns one document.
struct ImportPart {
  /// The document's name, made from ``documentSource``.
  let document: String
  /// The annotator's name, made from ``annotatorSource``; nil if nobody is named.
  let annotator: String?
  /// The document's name as the file, or the file's own name, gives it.
  let documentSource: String
  let annotatorSource: String?
  private var content: ImportContent
  /// Gives the line and column of a byte of the file's chunk.
  let place: @Sendable (Int) -> ImportReport.Place

  var foreign: ForeignDocument {
    get { content.foreign }
    _modify { yield &content.foreign }
  }
  var digest: String { content.digest }
  var unit: Result<OffsetUnit, ForeignDocument.UnitFault> { content.unit }

  init(
    _ document: String, by annotator: String?, _ content: ImportContent,
    place: @escaping @Sendable (Int) -> ImportReport.Place
  ) {
    documentSource = document
    annotatorSource = annotator
    self.document = DocumentName.plain(document)
    self.annotator = annotator.map(DocumentName.plain)
    self.content = content
    self.place = place
  }
}
