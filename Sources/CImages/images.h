#ifndef XAI_TAB_IMAGES_H
#define XAI_TAB_IMAGES_H

#include "CImages.h"

/// What a reader of either format is given.
typedef struct {
  const uint8_t *bytes;
  size_t length;
  uint64_t most_pixels;
  xai_image *image;
  char *message;
  size_t capacity;
} xai_image_job;

xai_image_status xai_read_png(const xai_image_job *job);
xai_image_status xai_read_jpeg(const xai_image_job *job);

/// Makes room for the picture's pixels.
xai_image_status xai_image_allocate(const xai_image_job *job);

#endif
