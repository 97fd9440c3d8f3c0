/// What one item of a text is.
package enum ItemKind: String, CaseIterable { case character, word, sentence }
