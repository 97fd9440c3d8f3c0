/// The formats that there are.
public enum Formats {
  /// Those that can be written, in the order in which they are listed.
  public static let exporters: [any Exporter.Type] = [
    JSONLines.self, SpaCy.self, Prodigy.self, Doccano.self, LabelStudio.self, Brat.self, CoNLL.self, WebAnnotation.self,
    WebAnnoTSV.self, CASJSON.self, PubAnnotation.self, Citron.self, CommaTable.self, TabTable.self, Markdown.self,
  ]

  /// Those that can be read, in the order in which they are listed.
  public static let importers: [any Importer.Type] = [
    JSONLines.self, SpaCy.self, Prodigy.self, Doccano.self, LabelStudio.self, Brat.self, CoNLL.self, WebAnnotation.self,
    WebAnnoTSV.self, CASJSON.self, PubAnnotation.self, Citron.self, Slate.self, Yedda.self, MarkedText.self,
  ]

  /// A writer of a format; nil where there is none of that name.
  ///
  /// - Parameter tags: how the columns of CoNLL tag.
  public static func exporter(_ name: String, tags: CoNLL.Tags = .iob2) -> (any Exporter)? {
    name == CoNLL.name ? CoNLL(tags: tags) : exporters.first { $0.name == name }?.init()
  }

  public static func importer(_ name: String) -> (any Importer.Type)? { importers.first { $0.name == name } }
}
