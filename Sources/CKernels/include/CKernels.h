#ifndef XAI_TAB_CKERNELS_H
#define XAI_TAB_CKERNELS_H

#include <stddef.h>

/// The rows of a panel of the left factor.
#define XAI_PANEL_ROWS 8
/// The most columns of a panel of the right factor; a panel has one, two or three times 16.
#define XAI_PANEL_COLUMNS 48

/// What a tile of a product starts from, and what becomes of it.
typedef struct {
  /// A number for each of XAI_PANEL_ROWS rows to start from; NULL: the sums go on from what stands in the result.
  const float *start;
  /// Whether sums below 0 become 0 at the end.
  int rectifies;
} xai_tile;

/// A tile c of a product of matrices: c[r][j] = start[r] + sum over k of a[k][r] * b[k][j], for the first `rows` rows and
/// `columns` columns of the panels a, [inner][XAI_PANEL_ROWS], and b, [inner][width]. Both panels are whole, filled up with
/// anything. Each sum is taken in the order of k, by fused multiplications and additions where the processor has them, so that
/// a number depends neither on its place nor on the width of the processor's registers.
void xai_multiply_panels(
    const float *a, const float *b, size_t inner, size_t width, size_t rows, size_t columns, xai_tile tile, float *c,
    size_t stride);

/// Copies `rows` rows of `count` numbers each, from rows `source_stride` apart to rows `target_stride` apart; in a row every
/// `step`th number is taken.
void xai_copy_rows(
    float *target, size_t target_stride, const float *source, size_t source_stride, size_t step, size_t rows,
    size_t count);

/// Transforms kernels g of 3 x 3 of up to XAI_PANEL_ROWS rows and some channels: G g Gt with G = [1 0 0; .5 .5 .5; .5 -.5 .5; 0 0 1]. The nine
/// numbers of g lie `step` apart. Element (i, j) of row r in channel c goes to
/// target[(4 i + j) * element_stride + c * XAI_PANEL_ROWS + r]; rows that are missing become 0.
void xai_winograd_kernel(
    const float *weights, size_t row_stride, size_t channel_stride, ptrdiff_t step, size_t rows, size_t channels,
    float *target, size_t element_stride);

/// Tiles of four by four numbers, side by side and two columns apart, of one row of tiles of a picture.
typedef struct {
  /// Where the first tile's first number lies; it may lie outside the picture, where all numbers are 0.
  ptrdiff_t row, column;
  /// How many tiles, at most XAI_PANEL_COLUMNS.
  size_t tiles;
} xai_tile_run;

/// Transforms the tiles d of some channels of a picture for a convolution of 3 x 3: Bt d B with
/// Bt = [1 0 -1 0; 0 1 1 0; 0 -1 1 0; 0 1 0 -1]. Element (i, j) of channel c's tile t goes to
/// target[(4 i + j) * element_stride + c * channel_stride + t]. Up to 15 numbers behind the last tile are read and put back.
void xai_winograd_input(
    const float *source, size_t height, size_t width, xai_tile_run run, size_t channels, float *target,
    size_t channel_stride, size_t element_stride);

/// Transforms the sums m of `width` tiles of one output channel, m's element (i, j) of tile t at
/// sums[(4 i + j) * element_stride + t], to the tiles' two by two outputs: At m A + start with At = [1 1 1 0; 0 1 -1 -1].
/// The outputs of tile t stand at 2 t and 2 t + 1 of `upper` and of `lower`.
void xai_winograd_output(
    const float *sums, size_t element_stride, size_t width, float start, int rectifies, float *upper, float *lower);

/// Which function of a weight w stands in its place: w, max(w, 0), min(w, 0), max(-w, 0), w * w, 1.
typedef enum {
  xai_part_all,
  xai_part_positive,
  xai_part_negative,
  xai_part_negated,
  xai_part_squared,
  xai_part_one
} xai_part;

/// sums[r] = sum over j of f(weights[r * width + j]) * x[j] for `rows` rows. Each sum is taken in sixteen lanes that are added at the end.
void xai_row_sums(const float *weights, size_t width, size_t rows, xai_part part, const float *x, float *sums);

/// result[j] = sum over k of factors[k] * f(weights[rows[k] * stride + j]) for `width` columns, in the order of k.
void xai_row_mixture(
    const float *weights, size_t stride, size_t width, const size_t *rows, const float *factors, size_t count,
    xai_part part, float *result);

/// Lets the C library keep what is given back, so that large arrays that come and go are not taken from the system anew each time,
/// page by page. Does nothing where that cannot be asked for.
void xai_keep_freed_memory(void);

#endif
