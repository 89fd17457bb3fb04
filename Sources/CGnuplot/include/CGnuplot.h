#ifndef XAI_TAB_CGNUPLOT_H
#define XAI_TAB_CGNUPLOT_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// How a rendering ended.
typedef enum {
  /// The drawing was made.
  XAI_GNUPLOT_DONE = 0,
  /// No program named gnuplot stands in the search path.
  XAI_GNUPLOT_MISSING = 1,
  /// gnuplot could not be started, failed, or drew nothing; the message says why.
  XAI_GNUPLOT_FAILED = 2,
} xai_gnuplot_status;

/// The numbers that one `plot '-'` of a script reads: `rows` lines of `columns` numbers, row by row.
typedef struct {
  const double *values;
  size_t rows;
  size_t columns;
} xai_gnuplot_block;

/// Runs gnuplot on `script` followed by `blocks`, one for each `'-'` in the script's last line, in order.
///
/// What the script draws must go to gnuplot's standard output, so it sets a terminal and no output file.
/// `search_path` is a list of folders like PATH; NULL means the PATH of this process. Nothing gnuplot says
/// reaches the standard error of this process: it is stored in `message`, cut to `capacity` bytes with the final NUL.
/// A gnuplot that dies early neither kills nor signals the caller. May be called from several threads at once.
///
/// On XAI_GNUPLOT_DONE `*output` holds `*length` bytes to be released with xai_gnuplot_release; otherwise it is NULL.
xai_gnuplot_status xai_gnuplot_render(
    const char *search_path, const char *script, const xai_gnuplot_block *blocks, size_t block_count, char **output,
    size_t *length, char *message, size_t capacity);

/// Releases what xai_gnuplot_render stored in `*output`. NULL is allowed.
void xai_gnuplot_release(char *output);

#ifdef __cplusplus
}
#endif

#endif
