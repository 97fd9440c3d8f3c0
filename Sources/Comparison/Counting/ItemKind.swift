/// The unit that counts as an item.
package enum ItemKind: String, CaseIterable, Sendable { case character, word, sentence }
