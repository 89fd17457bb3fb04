#include "CKernels.h"
#include "lanes.h"

#include <string.h>

#define EVEN(a, b) __builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30)
#define ODD(a, b) __builtin_shufflevector(a, b, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31)
#define NEXT(a, b) __builtin_shufflevector(a, b, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16)
#define FIRST_PAIRS(a, b) __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
#define LAST_PAIRS(a, b) __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)

#define NUMBERS ((bits){0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})

// The columns of a row of tiles and what is read behind them.
enum { SPAN = 2 * XAI_PANEL_COLUMNS + 2 * LANES };

INLINE void copy(float *target, const float *source, size_t count) {
  if (count < LANES) {
    memcpy(target, source, count * sizeof *target);
    return;
  }
  for (size_t j = 0; j + LANES <= count; j += LANES) SET(target + j) = AT(source + j);
  SET(target + count - LANES) = AT(source + count - LANES);
}

// Bt d for 32 columns of the four rows, even and odd columns apart.
INLINE void vertical(float rows[4][SPAN], size_t at, lanes even[4], lanes odd[4]) {
  lanes half[2][4];
  for (int side = 0; side < 2; side++) {
    lanes d[4];
    for (int i = 0; i < 4; i++) d[i] = AT(rows[i] + at + side * LANES);
    half[side][0] = d[0] - d[2];
    half[side][1] = d[1] + d[2];
    half[side][2] = d[2] - d[1];
    half[side][3] = d[1] - d[3];
  }
  for (int i = 0; i < 4; i++) {
    even[i] = EVEN(half[0][i], half[1][i]);
    odd[i] = ODD(half[0][i], half[1][i]);
  }
}

INLINE void winograd_input(
    const float *source, size_t height, size_t width, xai_tile_run run, size_t channels, float *target,
    size_t channel_stride, size_t element_stride) {
  float rows[4][SPAN] = {0};
  ptrdiff_t from = run.column < 0 ? 0 : run.column;
  ptrdiff_t end = run.column + 2 * (ptrdiff_t)run.tiles + 2;
  if (end > (ptrdiff_t)width) end = (ptrdiff_t)width;
  for (size_t c = 0; c < channels; c++, source += height * width, target += channel_stride) {
    for (int i = 0; i < 4; i++) {
      ptrdiff_t row = run.row + i;
      // What stays 0 lies outside the picture, in each channel alike.
      if (row < 0 || row >= (ptrdiff_t)height || end <= from) continue;
      copy(rows[i] + (from - run.column), source + row * (ptrdiff_t)width + from, (size_t)(end - from));
    }
    lanes even[4], odd[4];
    vertical(rows, 0, even, odd);
    for (size_t t = 0; t < run.tiles; t += LANES) {
      bits inside = NUMBERS < (int)(run.tiles - t);
      lanes next_even[4], next_odd[4];
      vertical(rows, 2 * (t + LANES), next_even, next_odd);
      for (int i = 0; i < 4; i++) {
        lanes second_even = NEXT(even[i], next_even[i]), second_odd = NEXT(odd[i], next_odd[i]);
        lanes v[4] = {even[i] - second_even, odd[i] + second_even, second_even - odd[i], odd[i] - second_odd};
        for (int j = 0; j < 4; j++) {
          float *place = target + (size_t)(4 * i + j) * element_stride + t;
          if (run.tiles - t < LANES) v[j] = (lanes)(((bits)v[j] & inside) | ((bits)AT(place) & ~inside));
          SET(place) = v[j];
        }
        even[i] = next_even[i];
        odd[i] = next_odd[i];
      }
    }
  }
}

INLINE void winograd_output(
    const float *sums, size_t element_stride, size_t width, float start, int rectifies, float *upper, float *lower) {
  for (size_t t = 0; t < width; t += LANES, upper += 2 * LANES, lower += 2 * LANES) {
    lanes above[4], below[4];
    for (size_t j = 0; j < 4; j++) {
      lanes m[4];
      for (size_t i = 0; i < 4; i++) m[i] = AT(sums + (4 * i + j) * element_stride + t);
      above[j] = m[0] + m[1] + m[2];
      below[j] = m[1] - m[2] - m[3];
    }
    lanes y[4] = {
        above[0] + above[1] + above[2] + start, above[1] - above[2] - above[3] + start,
        below[0] + below[1] + below[2] + start, below[1] - below[2] - below[3] + start};
    if (rectifies)
      for (int place = 0; place < 4; place++) y[place] = rectified(y[place]);
    SET(upper) = FIRST_PAIRS(y[0], y[1]);
    SET(upper + LANES) = LAST_PAIRS(y[0], y[1]);
    SET(lower) = FIRST_PAIRS(y[2], y[3]);
    SET(lower + LANES) = LAST_PAIRS(y[2], y[3]);
  }
}

// G g for three numbers of a row or a column.
INLINE void expand(lanes first, lanes second, lanes third, lanes result[4]) {
  lanes outer = (first + third) * 0.5f, inner = second * 0.5f;
  result[0] = first;
  result[1] = outer + inner;
  result[2] = outer - inner;
  result[3] = third;
}

// The kernels of two channels, eight rows each, fill the lanes.
INLINE void winograd_kernel(
    const float *weights, size_t row_stride, size_t channel_stride, ptrdiff_t step, size_t rows, size_t channels,
    float *target, size_t element_stride) {
  float taps[9][LANES] = {{0}};
  for (size_t c = 0; c < channels; c += 2, target += LANES) {
    size_t count = channels - c < 2 ? 1 : 2;
    for (size_t lane = 0; lane < count * XAI_PANEL_ROWS; lane++) {
      size_t row = lane % XAI_PANEL_ROWS;
      if (row >= rows) continue;
      const float *kernel = weights + (c + lane / XAI_PANEL_ROWS) * channel_stride + row * row_stride;
      for (int tap = 0; tap < 9; tap++) taps[tap][lane] = kernel[tap * step];
    }
    lanes vertical[3][4];
    for (int j = 0; j < 3; j++) expand(AT(taps[j]), AT(taps[3 + j]), AT(taps[6 + j]), vertical[j]);
    for (int i = 0; i < 4; i++) {
      lanes elements[4];
      expand(vertical[0][i], vertical[1][i], vertical[2][i], elements);
      for (int j = 0; j < 4; j++) {
        float *place = target + (size_t)(4 * i + j) * element_stride;
        if (count == 2)
          SET(place) = elements[j];
        else
          memcpy(place, &elements[j], XAI_PANEL_ROWS * sizeof *place);
      }
    }
  }
}

DISPATCHED(
    winograd_kernel,
    (const float *weights, size_t row_stride, size_t channel_stride, ptrdiff_t step, size_t rows, size_t channels,
     float *target, size_t element_stride),
    (weights, row_stride, channel_stride, step, rows, channels, target, element_stride))
DISPATCHED(
    winograd_input,
    (const float *source, size_t height, size_t width, xai_tile_run run, size_t channels, float *target,
     size_t channel_stride, size_t element_stride),
    (source, height, width, run, channels, target, channel_stride, element_stride))
DISPATCHED(
    winograd_output,
    (const float *sums, size_t element_stride, size_t width, float start, int rectifies, float *upper, float *lower),
    (sums, element_stride, width, start, rectifies, upper, lower))
