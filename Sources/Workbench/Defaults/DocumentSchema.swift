extension Defaults {
  /// The text of `Schemas/document.schema.json`, held equal to it by a test.
  static let documentSchema = #"""
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "urn:gainsay:schema:document:1",
      "title": "gainsay document",
      "description": "Annotations/<document>/document.json: what is known about a document’s text.",
      "type": "object",
      "additionalProperties": false,
      "required": ["format", "title", "sha256"],
      "properties": {
        "format": {"const": 1, "description": "The version of this format."},
        "title": {"type": "string", "description": "The document’s title.", "minLength": 1},
        "source": {"type": "string", "description": "Who published it.", "minLength": 1},
        "url": {"type": "string", "description": "Where it was published.", "minLength": 1},
        "published": {"$ref": "#/$defs/date", "description": "The day of publication."},
        "language": {"$ref": "#/$defs/language", "description": "The language of the text."},
        "sha256": {"$ref": "#/$defs/sha256", "description": "The digest of the bytes of document.txt."},
        "zones": {
          "type": "array",
          "description": "Parts of the text that are no body, in reading order, apart; boilerplate and repeats are left out of items and exports.",
          "items": {
            "type": "object",
            "additionalProperties": false,
            "required": ["end", "kind", "start"],
            "properties": {
              "end": {"type": "integer", "minimum": 1, "description": "Behind the last code point."},
              "kind": {"enum": ["headline", "standfirst", "caption", "body", "boilerplate", "repeat"], "description": "What it is."},
              "start": {"type": "integer", "minimum": 0, "description": "The first code point."}
            }
          }
        }
      },
      "$defs": {
        "sha256": {
          "type": "string",
          "description": "A SHA-256 digest in lower-case hexadecimal.",
          "minLength": 64,
          "maxLength": 64,
          "pattern": "^[0-9a-f]{64}$"
        },
        "date": {
          "type": "string",
          "description": "A day of the calendar.",
          "minLength": 10,
          "maxLength": 10,
          "pattern": "^(([0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8])))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29)$"
        },
        "language": {
          "type": "string",
          "description": "A language tag as BCP 47 has them.",
          "pattern": "^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$"
        }
      }
    }

    """#
}
