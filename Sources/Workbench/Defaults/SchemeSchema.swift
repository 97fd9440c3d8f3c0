extension Defaults {
  /// The text of `Schemas/scheme.schema.json`, held equal to it by a test.
  static let schemeSchema = #"""
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "urn:gainsay:schema:scheme:1",
      "title": "gainsay scheme",
      "description": "Schemas/<name>.scheme.json: the labels, attributes and relations that annotations may use, and the guideline for using them.",
      "type": "object",
      "additionalProperties": false,
      "required": ["format", "name", "version", "labels"],
      "properties": {
        "format": {"const": 1, "description": "The version of this format."},
        "name": {"$ref": "#/$defs/name", "description": "The scheme’s name, as in the file’s name."},
        "version": {"$ref": "#/$defs/version", "description": "The scheme’s version."},
        "title": {"type": "string", "description": "The scheme’s title for people.", "minLength": 1},
        "description": {"type": "string", "description": "What the scheme is for."},
        "labels": {
          "type": "array",
          "description": "The labels; names and keys are unique.",
          "minItems": 1,
          "uniqueItems": true,
          "items": {"$ref": "#/$defs/label"}
        },
        "attributes": {
          "type": "array",
          "description": "The attributes; names are unique.",
          "uniqueItems": true,
          "items": {"$ref": "#/$defs/attribute"}
        },
        "relations": {
          "type": "array",
          "description": "The relations; names are unique.",
          "uniqueItems": true,
          "items": {"$ref": "#/$defs/relationType"}
        },
        "dissimilarities": {
          "type": "array",
          "description": "Pairs of labels that gamma takes to differ by less than others; each pair once. All others differ by 1.",
          "uniqueItems": true,
          "items": {
            "type": "object",
            "additionalProperties": false,
            "required": ["labels", "value"],
            "properties": {
              "labels": {
                "type": "array",
                "description": "The two labels.",
                "minItems": 2,
                "maxItems": 2,
                "uniqueItems": true,
                "items": {"$ref": "#/$defs/word"}
              },
              "value": {"type": "number", "description": "How far they are apart.", "minimum": 0, "maximum": 1}
            }
          }
        },
        "guideline": {
          "type": "array",
          "description": "The rules for annotators, in order.",
          "uniqueItems": true,
          "items": {"$ref": "#/$defs/rule"}
        }
      },
      "$defs": {
        "name": {
          "type": "string",
          "description": "The name of a document, an annotator or a scheme.",
          "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$"
        },
        "word": {
          "type": "string",
          "description": "A letter, then letters, digits, “_” or “-”, in any script.",
          "pattern": "^[^0-9_\\-\\u0000-\\u0020!-,./:-@\\[-^`{-\\u00A9\\u00AB-\\u00B4\\u00B6-\\u00B9\\u00BB-\\u00BF\\u00D7\\u00F7\\u2000-\\u206F\\u20A0-\\u20CF\\u2190-\\u2BFF\\u2E00-\\u2E7F\\u3000-\\u3004\\u3008-\\u3020\\u3030\\uFF01-\\uFF0F][^\\u0000-\\u0020!-,./:-@\\[-^`{-\\u00A9\\u00AB-\\u00B4\\u00B6-\\u00B9\\u00BB-\\u00BF\\u00D7\\u00F7\\u2000-\\u206F\\u20A0-\\u20CF\\u2190-\\u2BFF\\u2E00-\\u2E7F\\u3000-\\u3004\\u3008-\\u3020\\u3030\\uFF01-\\uFF0F]*$"
        },
        "version": {
          "type": "string",
          "description": "A version: numbers separated by points, such as 1.0.0.",
          "pattern": "^[0-9]+(\\.[0-9]+)*([-+][0-9A-Za-z.+-]+)?$"
        },
        "label": {
          "type": "object",
          "additionalProperties": false,
          "required": ["name", "key", "colour", "kind", "description"],
          "properties": {
            "name": {"$ref": "#/$defs/word", "description": "The label’s name."},
            "key": {
              "type": "string",
              "description": "One or two letters that mark with this label at the prompt.",
              "pattern": "^[^0-9_\\-\\u0000-\\u0020!-,./:-@\\[-^`{-\\u00A9\\u00AB-\\u00B4\\u00B6-\\u00B9\\u00BB-\\u00BF\\u00D7\\u00F7\\u2000-\\u206F\\u20A0-\\u20CF\\u2190-\\u2BFF\\u2E00-\\u2E7F\\u3000-\\u3004\\u3008-\\u3020\\u3030\\uFF01-\\uFF0F]{1,2}$"
            },
            "colour": {
              "enum": ["red", "green", "yellow", "blue", "magenta", "cyan", "white"],
              "description": "The colour in which its spans are shown."
            },
            "kind": {
              "enum": ["content", "source", "cue", "other"],
              "description": "What its spans are: something said, who says it, the word that reports it, or anything else."
            },
            "default": {
              "enum": ["sentence", "quotation"],
              "description": "What the key alone selects: the sentence less its source and cue, or the next quotation; left out where a selection must be given."
            },
            "description": {"type": "string", "description": "The label in one sentence."},
            "requires": {
              "type": "array",
              "description": "What a finished span with this label must have; left out where it needs nothing.",
              "uniqueItems": true,
              "items": {
                "type": "array",
                "description": "Names of relations and attributes, at least one of which must be present.",
                "minItems": 1,
                "uniqueItems": true,
                "items": {"$ref": "#/$defs/word"}
              }
            }
          },
          "description": "A label that spans may carry."
        },
        "attribute": {
          "type": "object",
          "additionalProperties": false,
          "required": ["name", "labels", "type", "description"],
          "properties": {
            "name": {"$ref": "#/$defs/word", "description": "The attribute’s name."},
            "labels": {
              "type": "array",
              "description": "The labels whose spans may have it.",
              "minItems": 1,
              "uniqueItems": true,
              "items": {"$ref": "#/$defs/word"}
            },
            "type": {"enum": ["text", "choice"], "description": "Whether its value is free text or one of a list."},
            "values": {
              "type": "array",
              "description": "The values to choose from; only for a choice.",
              "minItems": 1,
              "uniqueItems": true,
              "items": {"type": "string", "minLength": 1}
            },
            "description": {"type": "string", "description": "What the attribute says about a span."}
          },
          "description": "An attribute that spans may have.",
          "if": {"required": ["type"], "properties": {"type": {"const": "choice"}}},
          "then": {"required": ["values"]},
          "else": {"not": {"required": ["values"]}}
        },
        "relationType": {
          "type": "object",
          "additionalProperties": false,
          "required": ["name", "from", "to", "description"],
          "properties": {
            "name": {"$ref": "#/$defs/word", "description": "The relation’s name."},
            "from": {
              "type": "array",
              "description": "The labels from which it may go out.",
              "minItems": 1,
              "uniqueItems": true,
              "items": {"$ref": "#/$defs/word"}
            },
            "to": {
              "type": "array",
              "description": "The labels to which it may go.",
              "minItems": 1,
              "uniqueItems": true,
              "items": {"$ref": "#/$defs/word"}
            },
            "absent": {
              "type": "boolean",
              "description": "Whether “not in the text” may stand instead of a target; left out for no."
            },
            "description": {"type": "string", "description": "What the relation says."}
          },
          "description": "A relation that spans may have to one another."
        },
        "rule": {
          "type": "object",
          "additionalProperties": false,
          "required": ["rule", "labels", "text", "right", "wrong"],
          "properties": {
            "rule": {"type": "integer", "description": "The rule’s number.", "minimum": 1},
            "labels": {
              "type": "array",
              "description": "The labels that the rule concerns.",
              "minItems": 1,
              "uniqueItems": true,
              "items": {"$ref": "#/$defs/word"}
            },
            "text": {"type": "string", "description": "The rule.", "minLength": 1},
            "right": {
              "type": "string",
              "description": "An example that keeps the rule; marked words stand as ⟦label: words⟧.",
              "minLength": 1
            },
            "wrong": {"type": "string", "description": "An example that breaks the rule, written likewise.", "minLength": 1}
          },
          "description": "One rule of the guideline."
        }
      }
    }

    """#
}
