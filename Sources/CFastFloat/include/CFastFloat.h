#ifndef XAI_TAB_CFASTFLOAT_H
#define XAI_TAB_CFASTFLOAT_H

#ifdef __cplusplus
extern "C" {
#endif

/// Parses a decimal number, locale-independently and correctly rounded, from the front of [begin, end).
/// Returns the first byte after the number, or NULL where none begins; a value beyond Double's range is
/// stored as an infinity or a zero. "inf" and "nan" in any case are numbers here. A leading '+' is not.
const char *xai_parse_double(const char *begin, const char *end, double *value);

#ifdef __cplusplus
}
#endif

#endif
