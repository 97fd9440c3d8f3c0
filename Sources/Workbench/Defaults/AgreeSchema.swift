extension Defaults {
  /// The text of `Schemas/agree.schema.json`, held equal to it by a test.
  static let agreeSchema = #"""
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "urn:gainsay:schema:agree:1",
      "title": "gainsay agreement",
      "description": "The output of “gainsay agree --json”: how far annotators agree, one row a figure.",
      "type": "object",
      "additionalProperties": false,
      "required": ["documents", "annotators", "figures"],
      "properties": {
        "documents": {
          "type": "array",
          "description": "The documents that took part.",
          "uniqueItems": true,
          "items": {"$ref": "#/$defs/name"}
        },
        "annotators": {
          "type": "array",
          "description": "The annotators who took part.",
          "uniqueItems": true,
          "items": {"$ref": "#/$defs/name"}
        },
        "seed": {"type": "integer", "description": "The seed of every random choice.", "minimum": 0},
        "settings": {
          "type": "object",
          "additionalProperties": false,
          "required": ["distance", "inProgress", "labels", "overlap", "reference", "round", "withoutSuggested", "zones"],
          "properties": {
            "cu": {"enum": ["pairwise", "union"], "description": "What alpha-cu and alpha-ku take of a unit for pairable."},
            "distance": {"enum": ["nominal", "jaccard", "masi"], "description": "How alpha compares sets of labels."},
            "gamma": {
              "type": "object",
              "additionalProperties": false,
              "required": ["alpha", "beta", "delta", "precision", "sampler", "samples", "seed"],
              "properties": {
                "alpha": {"type": "number", "description": "The weight of places.", "exclusiveMinimum": 0},
                "beta": {"type": "number", "description": "The weight of labels.", "minimum": 0},
                "delta": {"type": "number", "description": "What it costs to leave a unit alone.", "exclusiveMinimum": 0},
                "precision": {
                  "type": ["number", "null"],
                  "description": "How well chance was to be known, or null where a number of samples was asked for."
                },
                "sampler": {"enum": ["shuffle", "statistical"], "description": "How chance is drawn."},
                "samples": {"type": "integer", "description": "How many samples were asked for, at least.", "minimum": 1},
                "seed": {"type": "integer", "description": "The seed of the samples.", "minimum": 0}
              },
              "description": "How gamma aligns, and how chance is drawn; left out where gamma is not among the measures."
            },
            "inProgress": {"type": "boolean", "description": "Whether files count that are not done."},
            "labels": {"type": "array", "description": "The labels that count.", "items": {"type": "string"}},
            "overlap": {"type": "number", "description": "The least intersection over union, or 0 for any.", "minimum": 0, "maximum": 1},
            "reference": {
              "description": "The annotator with whom the spans of all others are compared, or null for all pairs.",
              "anyOf": [{"$ref": "#/$defs/name"}, {"type": "null"}]
            },
            "round": {"type": ["integer", "null"], "minimum": 1, "description": "The round whose assignments count, or null for all files."},
            "withoutSuggested": {"type": "boolean", "description": "Whether suggested spans are left out."},
            "zones": {"type": "array", "uniqueItems": true, "items": {"enum": ["headline", "standfirst", "caption", "body", "boilerplate", "repeat"]}, "description": "Zones that count although they are left out otherwise."}
          },
          "description": "What was asked for that changes figures."
        },
        "bootstrap": {
          "type": "object",
          "additionalProperties": false,
          "required": ["confidence", "resampled", "resamples"],
          "properties": {
            "confidence": {"type": "number", "description": "The share of resamples that an interval holds.", "minimum": 0, "maximum": 1},
            "resampled": {"enum": ["documents", "sentences"], "description": "What was drawn again."},
            "resamples": {"type": "integer", "description": "How often.", "minimum": 1}
          },
          "description": "How the intervals were made; absent where there are none."
        },
        "alignment": {
          "type": "object",
          "additionalProperties": false,
          "required": ["annotators", "cost", "disorder", "document", "unitary"],
          "properties": {
            "annotators": {
              "type": "array",
              "description": "Who has annotated the document.",
              "uniqueItems": true,
              "items": {"$ref": "#/$defs/name"}
            },
            "cost": {"type": "number", "description": "The costs of the unitary alignments together.", "minimum": 0},
            "disorder": {
              "type": ["number", "null"],
              "description": "The cost by the mean number of spans of an annotator; null where there are no spans.",
              "minimum": 0
            },
            "document": {"$ref": "#/$defs/name", "description": "The document."},
            "unitary": {
              "type": "array",
              "description": "The unitary alignments, in reading order.",
              "items": {
                "type": "object",
                "additionalProperties": false,
                "required": ["cost", "spans"],
                "properties": {
                  "cost": {"type": "number", "description": "What it costs.", "minimum": 0},
                  "spans": {
                    "type": "array",
                    "description": "For each annotator a span, by its hull in code points, or null.",
                    "items": {
                      "anyOf": [
                        {
                          "type": "object",
                          "additionalProperties": false,
                          "required": ["end", "label", "start"],
                          "properties": {
                            "end": {"type": "integer", "description": "Where it ends.", "minimum": 1},
                            "label": {"type": "string", "description": "Its label.", "minLength": 1},
                            "start": {"type": "integer", "description": "Where it starts.", "minimum": 0}
                          }
                        },
                        {"type": "null"}
                      ]
                    }
                  }
                }
              }
            }
          },
          "description": "The best alignment of the document that --explain names."
        },
        "coincidences": {
          "type": "object",
          "additionalProperties": false,
          "required": ["labels", "lengths"],
          "properties": {
            "labels": {"type": "array", "description": "The labels.", "uniqueItems": true, "items": {"type": "string"}},
            "lengths": {
              "type": "array",
              "description": "Labels and the gap × labels and the gap: the code points on which two annotators have these values, by one less than the number of annotators.",
              "items": {"type": "array", "items": {"type": "number", "minimum": 0}}
            }
          },
          "description": "What the alphas for unitizing of all labels are computed from; left out where they do not exist."
        },
        "confusion": {
          "type": "object",
          "additionalProperties": false,
          "required": ["counts", "labels"],
          "properties": {
            "counts": {
              "type": "array",
              "description": "Rows are the first annotator’s labels, columns the second’s, over all pairs; the last of each is nothing.",
              "items": {"type": "array", "items": {"type": "integer", "minimum": 0}}
            },
            "labels": {"type": "array", "description": "The labels.", "uniqueItems": true, "items": {"type": "string"}}
          },
          "description": "How spans of two annotators that overlap are labelled, aligned one to one."
        },
        "disagreements": {
          "type": "array",
          "description": "The greatest kinds of disagreement about words, the most frequent first.",
          "maxItems": 3,
          "items": {"$ref": "#/$defs/disagreement"}
        },
        "influence": {
          "type": "object",
          "additionalProperties": false,
          "required": ["annotators", "documents", "unit"],
          "properties": {
            "annotators": {"$ref": "#/$defs/influences", "description": "Annotators without whom alpha is greater."},
            "documents": {"$ref": "#/$defs/influences", "description": "Documents without which alpha is greater."},
            "unit": {"enum": ["character", "word", "sentence"], "description": "What one item is."}
          },
          "description": "What pulls Krippendorff’s alpha of all labels down."
        },
        "segmentation": {"const": 1, "description": "The version of the rules by which words and sentences are counted."},
        "figures": {"type": "array", "description": "The figures.", "items": {"$ref": "#/$defs/figure"}},
        "warnings": {
          "type": "array",
          "description": "What a reader of the figures should know.",
          "items": {"type": "string", "minLength": 1}
        },
        "omitted": {
          "type": "object",
          "additionalProperties": false,
          "required": ["documents", "files"],
          "properties": {
            "documents": {"type": "integer", "description": "How many documents had fewer than two annotators.", "minimum": 0},
            "files": {
              "type": "array",
              "description": "The annotation files that were left out.",
              "uniqueItems": true,
              "items": {"$ref": "#/$defs/omission"}
            }
          },
          "description": "What took no part."
        }
      },
      "$defs": {
        "name": {
          "type": "string",
          "description": "The name of a document, an annotator or a scheme.",
          "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$"
        },
        "figure": {
          "type": "object",
          "additionalProperties": false,
          "required": ["measure", "unit", "label", "annotators", "document", "value", "low", "high", "interval", "items", "undefined"],
          "properties": {
            "measure": {
              "enum": [
                "observed-agreement", "cohen-kappa", "scott-pi", "fleiss-kappa", "hubert-kappa", "bennett-s", "gwet-ac1",
                "krippendorff-alpha", "span-f1-exact", "span-f1-boundary", "span-f1-partial", "span-f1-type",
                "span-f1-overlap", "span-precision-exact", "span-precision-boundary", "span-precision-partial",
                "span-precision-type", "span-precision-overlap", "span-recall-exact", "span-recall-boundary",
                "span-recall-partial", "span-recall-type", "span-recall-overlap", "alpha-u", "alpha-u-binary", "alpha-cu",
                "alpha-ku", "alpha-u-1995", "gamma", "gamma-cat", "gamma-k", "gamma-soft", "relation-f1",
                "relation-alpha", "attribute-agreement"
              ],
              "description": "The measure."
            },
            "unit": {
              "type": "string",
              "description": "What one item is, such as character, word, sentence or span.",
              "pattern": "^[a-z]+(-[a-z]+)*$"
            },
            "label": {
              "description": "The label, or null for all labels together; of relations a type, of attributes a name.",
              "anyOf": [{"type": "string", "minLength": 1}, {"type": "null"}]
            },
            "annotators": {
              "description": "The annotators compared, or null for all together; for a measure of pairs, the mean over pairs.",
              "anyOf": [{"type": "array", "minItems": 2, "uniqueItems": true, "items": {"$ref": "#/$defs/name"}}, {"type": "null"}]
            },
            "document": {
              "description": "The document, or null for the whole corpus.",
              "anyOf": [{"$ref": "#/$defs/name"}, {"type": "null"}]
            },
            "distance": {
              "enum": ["nominal", "jaccard", "masi"],
              "description": "How sets of labels on one item are compared, where the measure does so."
            },
            "value": {"type": ["number", "null"], "description": "The figure, or null where it does not exist."},
            "low": {"type": ["number", "null"], "description": "The lower end of the interval, or null where there is none."},
            "high": {"type": ["number", "null"], "description": "The upper end of the interval, or null where there is none."},
            "interval": {
              "enum": ["bca", "percentile", null],
              "description": "How the interval was made, or null where there is none."
            },
            "items": {"type": "integer", "description": "How many items the figure rests on.", "minimum": 0},
            "observed": {
              "type": ["number", "null"],
              "description": "Observed agreement, disagreement or disorder, by the measure’s own definition."
            },
            "expected": {"type": ["number", "null"], "description": "What chance would give, by the measure’s own definition."},
            "samples": {"type": "integer", "description": "How many chance corpora stand behind “expected”.", "minimum": 1},
            "standardError": {
              "type": ["number", "null"],
              "description": "The standard error of “expected” over those corpora.",
              "minimum": 0
            },
            "undefined": {
              "description": "Why the figure does not exist, or null where it does.",
              "anyOf": [{"type": "string", "pattern": "^because ."}, {"type": "null"}]
            },
            "undefinedResamples": {
              "type": "integer",
              "description": "Resamples in which the figure does not exist; they are left out of the interval.",
              "minimum": 0
            },
            "intervalUndefined": {
              "description": "Why there is no interval, or null.",
              "anyOf": [{"type": "string", "minLength": 1}, {"type": "null"}]
            }
          },
          "description": "One figure and what it rests on.",
          "allOf": [
            {
              "if": {"properties": {"value": {"type": "null"}}},
              "then": {"properties": {"undefined": {"type": "string"}, "interval": {"type": "null"}}},
              "else": {"properties": {"undefined": {"type": "null"}}}
            },
            {
              "if": {"properties": {"interval": {"type": "null"}}},
              "then": {"properties": {"low": {"type": "null"}, "high": {"type": "null"}}},
              "else": {
                "properties": {"low": {"type": "number"}, "high": {"type": "number"}, "intervalUndefined": {"type": "null"}}
              }
            }
          ]
        },
        "influences": {
          "type": "array",
          "maxItems": 3,
          "items": {
            "type": "object",
            "additionalProperties": false,
            "required": ["name", "without"],
            "properties": {
              "name": {"$ref": "#/$defs/name", "description": "The document or annotator."},
              "without": {"type": "number", "description": "Alpha without it."}
            }
          }
        },
        "disagreement": {
          "type": "object",
          "additionalProperties": false,
          "required": ["first", "second", "share"],
          "properties": {
            "example": {
              "type": "object",
              "additionalProperties": false,
              "required": ["annotators", "document", "text", "words"],
              "properties": {
                "annotators": {"type": "array", "minItems": 2, "maxItems": 2, "items": {"$ref": "#/$defs/name"}},
                "document": {"$ref": "#/$defs/name"},
                "text": {"type": "string", "description": "The first words of it.", "minLength": 1},
                "words": {"type": "integer", "description": "How many words it has.", "minimum": 1}
              },
              "description": "The longest stretch of words with this disagreement."
            },
            "first": {"type": "array", "description": "The labels that one annotator gives.", "items": {"type": "string"}},
            "second": {"type": "array", "description": "The labels that another gives.", "items": {"type": "string"}},
            "share": {"type": "number", "description": "Its part in all disagreement about words.", "minimum": 0, "maximum": 1}
          },
          "description": "A kind of disagreement."
        },
        "omission": {
          "type": "object",
          "additionalProperties": false,
          "required": ["document", "annotator", "reason"],
          "properties": {
            "document": {"$ref": "#/$defs/name", "description": "The document."},
            "annotator": {"$ref": "#/$defs/name", "description": "The annotator."},
            "reason": {"type": "string", "description": "Why it was left out.", "minLength": 1}
          },
          "description": "A file that took no part."
        }
      }
    }

    """#
}
