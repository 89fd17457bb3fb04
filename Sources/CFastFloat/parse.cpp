#include "CFastFloat.h"

#include <fast_float/fast_float.h>

extern "C" const char *xai_parse_double(const char *begin, const char *end, double *value) {
  auto answer = fast_float::from_chars(begin, end, *value);
  return answer.ec == std::errc::invalid_argument ? nullptr : answer.ptr;
}
