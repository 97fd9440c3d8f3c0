extension Defaults {
  /// The text of `Schemas/check.schema.json`, held equal to it by a test.
  static let checkSchema = #"""
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "urn:gainsay:schema:check:1",
      "title": "gainsay check",
      "description": "The output of “gainsay check --json”: every problem of a workspace.",
      "type": "object",
      "additionalProperties": false,
      "required": ["checked", "problems", "remarks"],
      "properties": {
        "checked": {
          "type": "object",
          "additionalProperties": false,
          "required": ["documents", "files", "skipped"],
          "properties": {
            "documents": {"type": "integer", "description": "How many documents.", "minimum": 0},
            "files": {"type": "integer", "description": "How many annotation files.", "minimum": 0},
            "skipped": {"type": "integer", "description": "How many annotation files were not looked at, because their document cannot be read.", "minimum": 0}
          },
          "description": "How much was checked."
        },
        "problems": {"type": "array", "description": "The problems; empty where all is well.", "items": {"$ref": "#/$defs/problem"}},
        "remarks": {
          "type": "array",
          "description": "What is allowed and should be known: spellings that are alike, work done twice, files edited by several people.",
          "items": {
            "type": "object",
            "additionalProperties": false,
            "required": ["advice", "file", "message"],
            "properties": {
              "advice": {"type": "string", "description": "What to do about it, such as a command."},
              "file": {"type": "string", "minLength": 1, "description": "The file that is meant."},
              "message": {"type": "string", "minLength": 1, "description": "What there is to know."}
            }
          }
        }
      },
      "$defs": {
        "problem": {
          "type": "object",
          "additionalProperties": false,
          "required": ["file", "line", "column", "message", "advice"],
          "properties": {
            "file": {"type": "string", "description": "The file, as a path within the workspace.", "minLength": 1},
            "line": {
              "description": "The line, from 1, or null where the problem is not in one line.",
              "anyOf": [{"type": "integer", "minimum": 1}, {"type": "null"}]
            },
            "column": {
              "description": "The column, from 1, or null where there is none.",
              "anyOf": [{"type": "integer", "minimum": 1}, {"type": "null"}]
            },
            "message": {"type": "string", "description": "What is the matter.", "minLength": 1},
            "advice": {"type": "string", "description": "What to do about it."}
          },
          "description": "One problem.",
          "if": {"properties": {"line": {"type": "null"}}},
          "then": {"properties": {"column": {"type": "null"}}}
        }
      }
    }

    """#
}
