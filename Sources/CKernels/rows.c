#include "CKernels.h"
#include "lanes.h"

#include <string.h>

INLINE lanes of(lanes w, xai_part part) {
  switch (part) {
    case xai_part_all: return w;
    case xai_part_positive: return rectified(w);
    case xai_part_negative: return (lanes)((w < 0) & (bits)w);
    case xai_part_negated: return rectified(-w);
    case xai_part_squared: return w * w;
    case xai_part_one: return (lanes){} + 1;
  }
}

// The first numbers of a row's end, then zeros.
INLINE lanes first(const float *numbers, size_t count) {
  lanes result = {};
  memcpy(&result, numbers, count * sizeof *numbers);
  return result;
}

// `count` rows, a constant wherever this is inlined, whose memory is read side by side.
INLINE void sums_of(const float *weights, size_t width, int count, xai_part part, const float *x, float *sums) {
  lanes parts[4] = {};
  size_t j = 0;
  for (; j + LANES <= width; j += LANES)
    for (int r = 0; r < count; r++) parts[r] += of(AT(weights + (size_t)r * width + j), part) * AT(x + j);
  for (int r = 0; r < count; r++) {
    // Past the end x is 0, whatever the part of a weight.
    parts[r] += of(first(weights + (size_t)r * width + j, width - j), part) * first(x + j, width - j);
    float halves[LANES];
    memcpy(halves, &parts[r], sizeof halves);
    for (int half = LANES / 2; half > 0; half /= 2)
      for (int place = 0; place < half; place++) halves[place] += halves[place + half];
    sums[r] = halves[0];
  }
}

INLINE void row_sums_of(
    const float *weights, size_t width, size_t rows, xai_part part, const float *x, float *sums) {
  size_t r = 0;
  for (; r + 4 <= rows; r += 4) sums_of(weights + r * width, width, 4, part, x, sums + r);
  for (; r < rows; r++) sums_of(weights + r * width, width, 1, part, x, sums + r);
}

INLINE void mix(
    const float *weights, size_t stride, size_t width, const size_t *rows, const float *factors, int count,
    xai_part part, float *result) {
  const float *sources[4];
  for (int k = 0; k < count; k++) sources[k] = weights + rows[k] * stride;
  size_t j = 0;
  for (; j + LANES <= width; j += LANES) {
    lanes sum = AT(result + j);
    for (int k = 0; k < count; k++) sum += factors[k] * of(AT(sources[k] + j), part);
    SET(result + j) = sum;
  }
  if (j == width) return;
  lanes sum = first(result + j, width - j);
  for (int k = 0; k < count; k++) sum += factors[k] * of(first(sources[k] + j, width - j), part);
  memcpy(result + j, &sum, (width - j) * sizeof *result);
}

INLINE void row_mixture_of(
    const float *weights, size_t stride, size_t width, const size_t *rows, const float *factors, size_t count,
    xai_part part, float *result) {
  memset(result, 0, width * sizeof *result);
  size_t k = 0;
  for (; k + 4 <= count; k += 4) mix(weights, stride, width, rows + k, factors + k, 4, part, result);
  for (; k < count; k++) mix(weights, stride, width, rows + k, factors + k, 1, part, result);
}

// The part is a constant in each of the six copies.
#define FOR_EACH_PART(call)                                \
  switch (part) {                                          \
    case xai_part_all: call(xai_part_all); break;           \
    case xai_part_positive: call(xai_part_positive); break; \
    case xai_part_negative: call(xai_part_negative); break; \
    case xai_part_negated: call(xai_part_negated); break;   \
    case xai_part_squared: call(xai_part_squared); break;   \
    case xai_part_one: call(xai_part_one); break;           \
  }

INLINE void row_sums(const float *weights, size_t width, size_t rows, xai_part part, const float *x, float *sums) {
#define SUMS(constant) row_sums_of(weights, width, rows, constant, x, sums)
  FOR_EACH_PART(SUMS)
}

INLINE void row_mixture(
    const float *weights, size_t stride, size_t width, const size_t *rows, const float *factors, size_t count,
    xai_part part, float *result) {
#define MIXTURE(constant) row_mixture_of(weights, stride, width, rows, factors, count, constant, result)
  FOR_EACH_PART(MIXTURE)
}

DISPATCHED(
    row_sums, (const float *weights, size_t width, size_t rows, xai_part part, const float *x, float *sums),
    (weights, width, rows, part, x, sums))
DISPATCHED(
    row_mixture,
    (const float *weights, size_t stride, size_t width, const size_t *rows, const float *factors, size_t count,
     xai_part part, float *result),
    (weights, stride, width, rows, factors, count, part, result))
