/* Files that are carried as they stand in the repository; one that changes is compiled anew. A new file of Schemas/ needs
   an array and a line in the table below; a test holds the table to the folder. */
#include "CDefaultFiles.h"
#include <stddef.h>

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char agree_schema[] = {
#embed "../../Schemas/agree.schema.json"
};
static const unsigned char annotations_schema[] = {
#embed "../../Schemas/annotations.schema.json"
};
static const unsigned char assignments_schema[] = {
#embed "../../Schemas/assignments.schema.json"
};
static const unsigned char attribution_scheme[] = {
#embed "../../Schemas/attribution.scheme.json"
};
static const unsigned char check_schema[] = {
#embed "../../Schemas/check.schema.json"
};
static const unsigned char claims_denials_quotes_scheme[] = {
#embed "../../Schemas/claims-denials-quotes.scheme.json"
};
static const unsigned char compare_schema[] = {
#embed "../../Schemas/compare.schema.json"
};
static const unsigned char de_lexicon[] = {
#embed "../../Schemas/de.lexicon.json"
};
static const unsigned char default_scheme[] = {
#embed "../../Schemas/default"
};
static const unsigned char document_schema[] = {
#embed "../../Schemas/document.schema.json"
};
static const unsigned char en_lexicon[] = {
#embed "../../Schemas/en.lexicon.json"
};
static const unsigned char grouped_schema[] = {
#embed "../../Schemas/grouped.schema.json"
};
static const unsigned char journal_schema[] = {
#embed "../../Schemas/journal.schema.json"
};
static const unsigned char jsonl_schema[] = {
#embed "../../Schemas/jsonl.schema.json"
};
static const unsigned char ledger_schema[] = {
#embed "../../Schemas/ledger.schema.json"
};
static const unsigned char lexicon_schema[] = {
#embed "../../Schemas/lexicon.schema.json"
};
static const unsigned char list_schema[] = {
#embed "../../Schemas/list.schema.json"
};
static const unsigned char log_schema[] = {
#embed "../../Schemas/log.schema.json"
};
static const unsigned char matters_schema[] = {
#embed "../../Schemas/matters.schema.json"
};
static const unsigned char plan_schema[] = {
#embed "../../Schemas/plan.schema.json"
};
static const unsigned char scheme_schema[] = {
#embed "../../Schemas/scheme.schema.json"
};
static const unsigned char show_schema[] = {
#embed "../../Schemas/show.schema.json"
};
static const unsigned char speakers_schema[] = {
#embed "../../Schemas/speakers.schema.json"
};
static const unsigned char splits_schema[] = {
#embed "../../Schemas/splits.schema.json"
};
static const unsigned char status_schema[] = {
#embed "../../Schemas/status.schema.json"
};
static const unsigned char tally_schema[] = {
#embed "../../Schemas/tally.schema.json"
};
static const unsigned char tokens_schema[] = {
#embed "../../Schemas/tokens.schema.json"
};
static const unsigned char report_css[] = {
#embed "../Reports/HTML/report.css"
};
static const unsigned char report_js[] = {
#embed "../Reports/HTML/report.js"
};

static const gainsay_file schemas[] = {
  {"agree.schema.json", agree_schema, sizeof agree_schema},
  {"annotations.schema.json", annotations_schema, sizeof annotations_schema},
  {"assignments.schema.json", assignments_schema, sizeof assignments_schema},
  {"attribution.scheme.json", attribution_scheme, sizeof attribution_scheme},
  {"check.schema.json", check_schema, sizeof check_schema},
  {"claims-denials-quotes.scheme.json", claims_denials_quotes_scheme, sizeof claims_denials_quotes_scheme},
  {"compare.schema.json", compare_schema, sizeof compare_schema},
  {"de.lexicon.json", de_lexicon, sizeof de_lexicon},
  {"default", default_scheme, sizeof default_scheme},
  {"document.schema.json", document_schema, sizeof document_schema},
  {"en.lexicon.json", en_lexicon, sizeof en_lexicon},
  {"grouped.schema.json", grouped_schema, sizeof grouped_schema},
  {"journal.schema.json", journal_schema, sizeof journal_schema},
  {"jsonl.schema.json", jsonl_schema, sizeof jsonl_schema},
  {"ledger.schema.json", ledger_schema, sizeof ledger_schema},
  {"lexicon.schema.json", lexicon_schema, sizeof lexicon_schema},
  {"list.schema.json", list_schema, sizeof list_schema},
  {"log.schema.json", log_schema, sizeof log_schema},
  {"matters.schema.json", matters_schema, sizeof matters_schema},
  {"plan.schema.json", plan_schema, sizeof plan_schema},
  {"scheme.schema.json", scheme_schema, sizeof scheme_schema},
  {"show.schema.json", show_schema, sizeof show_schema},
  {"speakers.schema.json", speakers_schema, sizeof speakers_schema},
  {"splits.schema.json", splits_schema, sizeof splits_schema},
  {"status.schema.json", status_schema, sizeof status_schema},
  {"tally.schema.json", tally_schema, sizeof tally_schema},
  {"tokens.schema.json", tokens_schema, sizeof tokens_schema},
};

gainsay_file gainsay_schema(long number) {
  const long count = sizeof schemas / sizeof schemas[0];
  return number < count ? schemas[number] : (gainsay_file){NULL, NULL, 0};
}

gainsay_file gainsay_report_sheet(void) { return (gainsay_file){"report.css", report_css, sizeof report_css}; }
gainsay_file gainsay_report_script(void) { return (gainsay_file){"report.js", report_js, sizeof report_js}; }
