#include <stdlib.h>
#include <string.h>

#include "images.h"

xai_image_status xai_image_read(
    const uint8_t *bytes, size_t length, uint64_t most_pixels, xai_image *image, char *message, size_t capacity) {
  static const uint8_t png[] = {0x89, 'P', 'N', 'G'};
  static const uint8_t jpeg[] = {0xFF, 0xD8, 0xFF};
  xai_image_job job = {bytes, length, most_pixels, image, message, capacity};
  memset(image, 0, sizeof *image);
  if (capacity > 0) message[0] = 0;
  xai_image_status status = XAI_IMAGE_UNKNOWN;
  if (length >= sizeof png && memcmp(bytes, png, sizeof png) == 0)
    status = xai_read_png(&job);
  else if (length >= sizeof jpeg && memcmp(bytes, jpeg, sizeof jpeg) == 0)
    status = xai_read_jpeg(&job);
  if (status != XAI_IMAGE_DONE) {
    xai_image_release(image->pixels);
    image->pixels = NULL;
  }
  return status;
}

xai_image_status xai_image_allocate(const xai_image_job *job) {
  xai_image *image = job->image;
  uint64_t pixels = (uint64_t)image->width * image->height;
  if (pixels > job->most_pixels) return XAI_IMAGE_TOO_LARGE;
  image->pixels = malloc((size_t)pixels * (size_t)image->channels + 1);
  return image->pixels ? XAI_IMAGE_DONE : XAI_IMAGE_NO_MEMORY;
}

void xai_image_release(uint8_t *pixels) { free(pixels); }
