#ifndef GAINSAY_DEFAULT_FILES_H
#define GAINSAY_DEFAULT_FILES_H

/* A file of the repository that the program carries. */
typedef struct {
  const char *name;
  const unsigned char *bytes;
  long count;
} gainsay_file;

/* A file of Schemas/ by its number from 0, in the order of names; beyond the last one a file without a name. */
gainsay_file gainsay_schema(long number);
gainsay_file gainsay_report_sheet(void);
gainsay_file gainsay_report_script(void);
#endif
