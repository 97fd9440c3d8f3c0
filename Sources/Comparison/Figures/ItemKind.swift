/// The unit that counts as an item.
package enum ItemKind: String, CaseIterable { case character, word, sentence }
