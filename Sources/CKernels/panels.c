#include "CKernels.h"
#include "lanes.h"

#include <string.h>

// `rows` x `vectors` sums stay in registers while k runs. Both are constants wherever this is inlined.
INLINE void multiply(
    const float *a, const float *b, size_t inner, size_t width, int rows, int vectors, xai_tile tile, float *c,
    size_t stride) {
  lanes sums[XAI_PANEL_ROWS][XAI_PANEL_COLUMNS / LANES];
  for (int r = 0; r < rows; r++)
    for (int v = 0; v < vectors; v++)
      sums[r][v] = tile.start ? tile.start[r] + (lanes){} : AT(c + r * stride + v * LANES);
  for (size_t k = 0; k < inner; k++) {
    lanes right[XAI_PANEL_COLUMNS / LANES];
    for (int v = 0; v < vectors; v++) right[v] = AT(b + k * width + v * LANES);
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) {
      lanes left = a[k * XAI_PANEL_ROWS + r] + (lanes){};
      for (int v = 0; v < vectors; v++) sums[r][v] += left * right[v];
    }
  }
  for (int r = 0; r < rows; r++)
    for (int v = 0; v < vectors; v++) {
      lanes sum = sums[r][v];
      SET(c + r * stride + v * LANES) = tile.rectifies ? rectified(sum) : sum;
    }
}

// A whole tile in parts of `rows` x `vectors`.
#define TILE(name, target, rows, vectors)                                                                       \
  target static void name(                                                                                      \
      const float *a, const float *b, size_t inner, size_t width, xai_tile tile, float *c, size_t stride) {     \
    for (int r = 0; r < XAI_PANEL_ROWS; r += rows)                                                              \
      for (size_t v = 0; v < width; v += (vectors) * LANES) {                                                   \
        xai_tile part = {tile.start ? tile.start + r : NULL, tile.rectifies};                                   \
        multiply(a + r, b + v, inner, width, rows, vectors, part, c + r * stride + v, stride);                  \
      }                                                                                                         \
  }

#if defined(__x86_64__)
TILE(tile_avx512_3, AVX512, 8, 3)
TILE(tile_avx512_2, AVX512, 8, 2)
TILE(tile_avx512_1, AVX512, 8, 1)
TILE(tile_avx2, AVX2, 4, 1)
#endif
TILE(tile_any, , 2, 1)

static void whole_tile(
    const float *a, const float *b, size_t inner, size_t width, xai_tile tile, float *c, size_t stride) {
#if defined(__x86_64__)
  if (HAS_AVX512) {
    (width == 48 ? tile_avx512_3 : width == 32 ? tile_avx512_2 : tile_avx512_1)(a, b, inner, width, tile, c, stride);
    return;
  }
  if (HAS_AVX2) {
    tile_avx2(a, b, inner, width, tile, c, stride);
    return;
  }
#endif
  tile_any(a, b, inner, width, tile, c, stride);
}

void xai_multiply_panels(
    const float *a, const float *b, size_t inner, size_t width, size_t rows, size_t columns, xai_tile tile, float *c,
    size_t stride) {
  if (rows == XAI_PANEL_ROWS && columns == width) {
    whole_tile(a, b, inner, width, tile, c, stride);
    return;
  }
  // What lies beyond the result's edge is computed aside.
  float aside[XAI_PANEL_ROWS * XAI_PANEL_COLUMNS] = {0};
  if (!tile.start)
    for (size_t r = 0; r < rows; r++) memcpy(aside + r * width, c + r * stride, columns * sizeof *c);
  whole_tile(a, b, inner, width, tile, aside, width);
  for (size_t r = 0; r < rows; r++) memcpy(c + r * stride, aside + r * width, columns * sizeof *c);
}

void xai_copy_rows(
    float *target, size_t target_stride, const float *source, size_t source_stride, size_t step, size_t rows,
    size_t count) {
  for (size_t r = 0; r < rows; r++, target += target_stride, source += source_stride) {
    if (step > 1) {
      for (size_t j = 0; j < count; j++) target[j] = source[j * step];
      continue;
    }
    size_t j = 0;
    for (; j + LANES <= count; j += LANES) SET(target + j) = AT(source + j);
    for (; j < count; j++) target[j] = source[j];
  }
}
