extension Defaults {
  /// The text of `Schemas/ledger.schema.json`, held equal to it by a test.
  static let ledgerSchema = #"""
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "urn:gainsay:schema:ledger:1",
      "title": "gainsay ledger",
      "description": "The output of “gainsay ledger --json”: who claims what and who denies it, by matter.",
      "type": "object",
      "additionalProperties": false,
      "required": [
        "documents",
        "matters"
      ],
      "properties": {
        "documents": {
          "type": "array",
          "description": "The documents with the version of each that counts.",
          "items": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "id",
              "version"
            ],
            "properties": {
              "id": {
                "type": "string",
                "description": "The document."
              },
              "version": {
                "type": "string",
                "description": "gold, an annotator, or the majority of several."
              }
            }
          }
        },
        "matters": {
          "type": "array",
          "description": "By key; what has none comes last.",
          "items": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "claims",
              "denials",
              "key",
              "proposition",
              "quotes"
            ],
            "properties": {
              "key": {
                "type": [
                  "string",
                  "null"
                ],
                "description": "The value of about; null where there is none."
              },
              "proposition": {
                "type": [
                  "string",
                  "null"
                ],
                "description": "What is in dispute, as matters.json has it."
              },
              "claims": {
                "type": "array",
                "description": "Claims with those who deny them.",
                "items": {
                  "type": "object",
                  "additionalProperties": false,
                  "required": [
                    "denials",
                    "statement"
                  ],
                  "properties": {
                    "statement": {
                      "$ref": "#/$defs/statement"
                    },
                    "denials": {
                      "type": "array",
                      "items": {
                        "$ref": "#/$defs/statement"
                      },
                      "description": "Denials of it."
                    }
                  }
                }
              },
              "denials": {
                "type": "array",
                "description": "Denials of what is not in the text, or of nothing that is said.",
                "items": {
                  "type": "object",
                  "additionalProperties": false,
                  "required": [
                    "claim",
                    "isAbsent",
                    "statement"
                  ],
                  "properties": {
                    "claim": {
                      "type": [
                        "string",
                        "null"
                      ],
                      "description": "What is denied, in the annotator’s words."
                    },
                    "isAbsent": {
                      "type": "boolean",
                      "description": "Whether the target is said not to be in the text."
                    },
                    "statement": {
                      "$ref": "#/$defs/statement"
                    }
                  }
                }
              },
              "quotes": {
                "type": "array",
                "items": {
                  "$ref": "#/$defs/statement"
                },
                "description": "Quotes that lie over no claim and no denial."
              }
            }
          }
        }
      },
      "$defs": {
        "statement": {
          "type": "object",
          "additionalProperties": false,
          "required": [
            "attribution",
            "cue",
            "document",
            "end",
            "label",
            "quotes",
            "sentence",
            "span",
            "speaker",
            "start",
            "text"
          ],
          "description": "Something said.",
          "properties": {
            "attribution": {
              "enum": [
                "named",
                "source",
                "implicit",
                "author",
                "unknown"
              ],
              "description": "How the speaker is known: by a name, by the words of a source, or not."
            },
            "cue": {
              "type": [
                "string",
                "null"
              ],
              "description": "The words that report it."
            },
            "document": {
              "type": "string",
              "description": "The document."
            },
            "end": {
              "type": "integer",
              "minimum": 1,
              "description": "Behind the last code point."
            },
            "label": {
              "type": "string",
              "description": "The label."
            },
            "quotes": {
              "type": "array",
              "items": {
                "type": "string"
              },
              "description": "Words in quotation marks that lie over it."
            },
            "sentence": {
              "type": "integer",
              "minimum": 1,
              "description": "The sentence in which it begins."
            },
            "span": {
              "type": "integer",
              "minimum": 1,
              "description": "The number of the span in that version."
            },
            "speaker": {
              "type": [
                "string",
                "null"
              ],
              "description": "A name, or a source’s words."
            },
            "start": {
              "type": "integer",
              "minimum": 0,
              "description": "The first code point."
            },
            "text": {
              "type": "string",
              "description": "The words, gaps as an ellipsis."
            }
          }
        }
      }
    }

    """#
}
