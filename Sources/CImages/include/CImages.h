#ifndef XAI_TAB_CIMAGES_H
#define XAI_TAB_CIMAGES_H

#include <stddef.h>
#include <stdint.h>

/// How the reading or writing of a picture ended.
typedef enum {
  XAI_IMAGE_DONE = 0,
  /// The bytes are neither a PNG nor a JPEG file.
  XAI_IMAGE_UNKNOWN = 1,
  /// The file is damaged or cut; the message says where.
  XAI_IMAGE_DAMAGED = 2,
  /// The picture has more pixels than is allowed; its sizes are set.
  XAI_IMAGE_TOO_LARGE = 3,
  /// There is no memory.
  XAI_IMAGE_NO_MEMORY = 4,
} xai_image_status;

/// A picture of 8-bit samples, row by row from the top, the samples of a pixel side by side.
typedef struct {
  uint32_t width;
  uint32_t height;
  /// 1 grey, 2 grey and alpha, 3 red green blue, 4 with alpha.
  int channels;
  /// The bits of a sample in the file; deeper samples are scaled to 8 bits, shallower ones widened.
  int bits;
  /// Whether the file's samples were cyan, magenta, yellow, black.
  int was_cmyk;
  /// Whether the file had a palette.
  int was_palette;
  uint8_t *pixels;
} xai_image;

/// Reads the PNG or JPEG file of `length` bytes into `*image`, whose pixels are to be released with xai_image_release.
/// No more than `most_pixels` are read. What goes wrong is told in `message`, cut to `capacity` bytes with the final
/// NUL. May be called from several threads at once.
xai_image_status xai_image_read(
    const uint8_t *bytes, size_t length, uint64_t most_pixels, xai_image *image, char *message, size_t capacity);

/// Makes a PNG file of 8-bit samples, 1 or 3 a pixel, into `*output` of `*length` bytes, to be released with
/// xai_image_release.
xai_image_status xai_png_write(
    const uint8_t *pixels, uint32_t width, uint32_t height, int channels, uint8_t **output, size_t *length,
    char *message, size_t capacity);

/// Releases pixels or bytes that were made here. NULL is allowed.
void xai_image_release(uint8_t *pixels);

#endif
