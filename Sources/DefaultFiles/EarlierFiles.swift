// Made by .ci/earlier-files from the history of Schemas/.

extension DefaultFile {
  /// The first 16 hexadecimal digits of the SHA-256 of every version of a file of `Schemas/` that `init` ever wrote.
  package static let earlierDigests: [String: Set<String>] = [
    "agree.schema.json": [
      "1d6de56dad1e9cd5", "3651301087a159e8", "3f0b492e26d43983", "455f42132c25ad94", "5a1069270ecdc99b",
      "5b81c5b529291fa2", "8629b8529c1f4050", "86edfdf8297f406f", "a4f4f8ab854261ff", "b891f15cdb5d67eb",
      "cebfd8d8f30b0d4e", "f0bced3cd9bccc29",
    ],
    "annotations.schema.json": [
      "33c1a62afe991c4b", "383d239b4db0754e", "41fe4114d50d77bd", "669cb9ce3bc062cf", "bb919d62718c10ad",
    ],
    "assignments.schema.json": ["e8b6a47404f7f7bf"],
    "attribution.scheme.json": ["1db09d72c5d44bd9", "3541b8f2807ec734"],
    "check.schema.json": ["58bf9371638387c2", "c84603963ebc713c", "d8f4683640a4502f"],
    "claims-denials-quotes.scheme.json": ["3c2e54e973eb0b3b", "e5473bc5b071c03b"],
    "compare.schema.json": [
      "6dd824c9cb82f285", "883c7cb51f615687", "8dba01a2947e07ac", "b7e7d85ec26c7e90", "e2eabb410bcde31b",
      "e46a3af52d889d9a", "ebbf9659885630af",
    ],
    "de.lexicon.json": ["08e2fccdea018748", "1212364384cbdfbd", "163354492be08284", "513383ce9c6306a6"],
    "default": ["f3fb838281a9bdf2"],
    "document.schema.json": ["2acbbd0a64026cc1", "3e2ad1b10b457086"],
    "en.lexicon.json": ["60970565cd9c649a", "9b6a99a85373e492", "b0b1a505ac9c7210", "d7da1c8410acfea9"],
    "grouped.schema.json": ["a4444a3476fd444d"],
    "journal.schema.json": [
      "0989d79401de713e", "0b7250decc4d6856", "1cfd0ec793bfa265", "53839b41d9891af8", "aea5c590f42597a1",
      "b5ad2fc8d7cd8339", "f6eade66785d3c05",
    ],
    "jsonl.schema.json": ["271245a41cd3e7d8", "84c5aeda90f8cd5f"],
    "ledger.schema.json": ["68127bd3678d7ba9"],
    "lexicon.schema.json": ["4831827a751a2e27", "91c201cceaca818f", "c9cdf7f34a189605", "ce152edb331fb35b"],
    "list.schema.json": ["7f35b97c47b1f608"],
    "log.schema.json": ["59359e7b4678d46c", "efe001868e02fa84", "f7e9105857b6cabf"],
    "matters.schema.json": ["9e87c07fc91557f1", "ad06937fd3183f25"],
    "plan.schema.json": ["4b324f2580314477", "eb9f49ed871c6604"],
    "scheme.schema.json": [
      "1c1537eb904f45c4", "3a06c94c66759187", "65920da8310e66e1", "7bd72e734b1f11b8", "f14081a0413a53bc",
      "fa0a48474f98f54e",
    ],
    "show.schema.json": [
      "42c321c270f032bd", "4dbb91ed2f1a117a", "71d170541990c0ea", "d6dd8dab63528d8d", "d93d6ab374e8cbda",
    ],
    "speakers.schema.json": ["432a3cc6df9e1a65"],
    "splits.schema.json": ["be31534febaed13b"],
    "status.schema.json": [
      "2e30fc6f7faf0a03", "441724d07ae2f7e3", "4c91be0703fa2659", "aa0074a40e44091c", "d1fe6094a66a6af6",
    ],
    "tally.schema.json": ["22689ee1f67cb1a2", "475291ebbb6f2c6c", "f247af357b14185e"],
    "tokens.schema.json": ["958dcc8306399dc9"],
  ]
}
