/// The list of formats.
public enum Formats {
  /// The formats that can be written, in the order in which they are listed to users.
  public static let exporters: [any Exporter.Type] = [
    JSONLines.self, HFTokens.self, SpaCy.self, Prodigy.self, Doccano.self, LabelStudio.self, Brat.self, CoNLL.self,
    WebAnnotation.self,
    WebAnnoTSV.self, CASXMI.self, CASJSON.self, BioCXML.self, BioCJSON.self, PubAnnotation.self, Citron.self,
    CommaTable.self, TabTable.self,
    Markdown.self,
  ]

  /// The formats that can be read, in the order in which they are listed to users.
  public static let importers: [any Importer.Type] = [
    JSONLines.self, HFTokens.self, SpaCy.self, Prodigy.self, Doccano.self, LabelStudio.self, Brat.self, CoNLL.self,
    CoNLLU.self, WebAnnotation.self,
    WebAnnoTSV.self, CASXMI.self, CASJSON.self, BioCXML.self, BioCJSON.self, PubAnnotation.self, Citron.self,
    Slate.self, Yedda.self,
    MarkedText.self,
  ]

  /// A new writer of the format with this name; nil if there is none.
  ///
  /// - Parameters:
  ///   - name: the name of the format, such as `brat`.
  ///   - tags: the tags of ``CoNLL``; other formats ignore them.
  public static func exporter(_ name: String, tags: CoNLL.Tags = .iob2) -> (any Exporter)? {
    name == CoNLL.name ? CoNLL(tags: tags) : exporters.first { $0.name == name }?.init()
  }

  /// The reader of the format with this name; nil if there is none.
  public static func importer(_ name: String) -> (any Importer.Type)? { importers.first { $0.name == name } }
}
