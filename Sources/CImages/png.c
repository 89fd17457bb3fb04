#include <png.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "images.h"

// Where an error of the library jumps to, and what it said. Nothing that is changed after setjmp is read after a jump but
// through pointers.
typedef struct {
  jmp_buf place;
  char *message;
  size_t capacity;
} png_failure;

static void on_error(png_structp png, png_const_charp text) {
  png_failure *failure = png_get_error_ptr(png);
  snprintf(failure->message, failure->capacity, "%s", text);
  longjmp(failure->place, 1);
}

static void on_warning(png_structp png, png_const_charp text) {
  (void)png;
  (void)text;
}

typedef struct {
  const uint8_t *bytes;
  size_t length;
  size_t position;
} png_source;

static void read_bytes(png_structp png, png_bytep target, size_t count) {
  png_source *source = png_get_io_ptr(png);
  if (count > source->length - source->position) png_error(png, "the file is cut");
  memcpy(target, source->bytes + source->position, count);
  source->position += count;
}

static xai_image_status read_open(png_structp png, png_infop info, const xai_image_job *job, png_bytep **rows) {
  xai_image *image = job->image;
  png_set_user_limits(png, 0x7FFFFFFF, 0x7FFFFFFF);
  png_read_info(png, info);
  image->width = png_get_image_width(png, info);
  image->height = png_get_image_height(png, info);
  image->bits = png_get_bit_depth(png, info);
  image->was_palette = png_get_color_type(png, info) == PNG_COLOR_TYPE_PALETTE;
  if ((uint64_t)image->width * image->height > job->most_pixels) return XAI_IMAGE_TOO_LARGE;
  png_set_expand(png);
  png_set_scale_16(png);
  png_set_interlace_handling(png);
  png_read_update_info(png, info);
  image->channels = png_get_channels(png, info);
  xai_image_status status = xai_image_allocate(job);
  if (status != XAI_IMAGE_DONE) return status;
  *rows = malloc(image->height * sizeof(png_bytep));
  if (!*rows) return XAI_IMAGE_NO_MEMORY;
  for (uint32_t row = 0; row < image->height; row++)
    (*rows)[row] = image->pixels + (size_t)row * image->width * (size_t)image->channels;
  png_read_image(png, *rows);
  png_read_end(png, NULL);
  return XAI_IMAGE_DONE;
}

xai_image_status xai_read_png(const xai_image_job *job) {
  png_failure failure = {.message = job->message, .capacity = job->capacity};
  png_source source = {job->bytes, job->length, 0};
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &failure, on_error, on_warning);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  png_bytep **rows = calloc(1, sizeof *rows);
  xai_image_status status = XAI_IMAGE_NO_MEMORY;
  if (info && rows) {
    png_set_read_fn(png, &source, read_bytes);
    if (setjmp(failure.place) == 0)
      status = read_open(png, info, job, rows);
    else
      status = XAI_IMAGE_DAMAGED;
  }
  if (rows) free(*rows);
  free(rows);
  png_destroy_read_struct(png ? &png : NULL, info ? &info : NULL, NULL);
  return status;
}

typedef struct {
  uint8_t *bytes;
  size_t length;
  size_t capacity;
} png_target;

static void write_bytes(png_structp png, png_bytep bytes, size_t count) {
  png_target *target = png_get_io_ptr(png);
  if (count > target->capacity - target->length) {
    size_t capacity = (target->length + count) * 2;
    uint8_t *larger = realloc(target->bytes, capacity);
    if (!larger) png_error(png, "no memory");
    target->bytes = larger;
    target->capacity = capacity;
  }
  memcpy(target->bytes + target->length, bytes, count);
  target->length += count;
}

static void flush_bytes(png_structp png) { (void)png; }

xai_image_status xai_png_write(
    const uint8_t *pixels, uint32_t width, uint32_t height, int channels, uint8_t **output, size_t *length,
    char *message, size_t capacity) {
  png_failure failure = {.message = message, .capacity = capacity};
  png_target *target = calloc(1, sizeof *target);
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &failure, on_error, on_warning);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  xai_image_status status = XAI_IMAGE_NO_MEMORY;
  if (info && target) {
    png_set_write_fn(png, target, write_bytes, flush_bytes);
    if (setjmp(failure.place) == 0) {
      png_set_IHDR(
          png, info, width, height, 8, channels == 1 ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
          PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
      png_write_info(png, info);
      for (uint32_t row = 0; row < height; row++)
        png_write_row(png, pixels + (size_t)row * width * (size_t)channels);
      png_write_end(png, NULL);
      *output = target->bytes;
      *length = target->length;
      target->bytes = NULL;
      status = XAI_IMAGE_DONE;
    } else {
      status = XAI_IMAGE_DAMAGED;
    }
  }
  if (target) free(target->bytes);
  free(target);
  png_destroy_write_struct(png ? &png : NULL, info ? &info : NULL);
  return status;
}
