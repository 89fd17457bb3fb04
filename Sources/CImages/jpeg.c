#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <jerror.h>

#include "images.h"

// The library's error handler, and where an error jumps to.
typedef struct {
  struct jpeg_error_mgr manager;
  jmp_buf place;
  const xai_image_job *job;
} jpeg_failure;

static void on_error(j_common_ptr codec) {
  jpeg_failure *failure = (jpeg_failure *)codec->err;
  char text[JMSG_LENGTH_MAX];
  failure->manager.format_message(codec, text);
  snprintf(failure->job->message, failure->job->capacity, "%s", text);
  longjmp(failure->place, 1);
}

// The library fills up what is missing of a cut file with grey, and warns; here that is an error.
static void on_message(j_common_ptr codec, int level) {
  int code = codec->err->msg_code;
  if (level == -1 && (code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER || code == JWRN_HUFF_BAD_CODE)) on_error(codec);
}

// Cyan, magenta, yellow, black in place into red, green, blue. Adobe's programs write the samples inverted, and say so by a
// marker.
static void from_cmyk(uint8_t *pixels, size_t count, int is_inverted) {
  for (size_t index = 0; index < count; index++) {
    const uint8_t *ink = pixels + 4 * index;
    unsigned light[4];
    for (int number = 0; number < 4; number++) light[number] = is_inverted ? ink[number] : 255u - ink[number];
    for (int number = 0; number < 3; number++)
      pixels[3 * index + (size_t)number] = (uint8_t)((light[number] * light[3] + 127) / 255);
  }
}

static xai_image_status read_open(struct jpeg_decompress_struct *codec, const xai_image_job *job) {
  xai_image *image = job->image;
  jpeg_mem_src(codec, job->bytes, (unsigned long)job->length);
  jpeg_read_header(codec, TRUE);
  image->width = codec->image_width;
  image->height = codec->image_height;
  image->bits = codec->data_precision;
  image->was_cmyk = codec->num_components == 4;
  codec->out_color_space =
      codec->num_components == 1 ? JCS_GRAYSCALE : codec->num_components == 4 ? JCS_CMYK : JCS_RGB;
  image->channels = codec->num_components == 1 ? 1 : codec->num_components == 4 ? 4 : 3;
  xai_image_status status = xai_image_allocate(job);
  if (status != XAI_IMAGE_DONE) return status;
  jpeg_start_decompress(codec);
  while (codec->output_scanline < codec->output_height) {
    JSAMPROW row = image->pixels + (size_t)codec->output_scanline * image->width * (size_t)image->channels;
    jpeg_read_scanlines(codec, &row, 1);
  }
  jpeg_finish_decompress(codec);
  if (image->was_cmyk) {
    from_cmyk(image->pixels, (size_t)image->width * image->height, codec->saw_Adobe_marker);
    image->channels = 3;
  }
  return XAI_IMAGE_DONE;
}

xai_image_status xai_read_jpeg(const xai_image_job *job) {
  jpeg_failure failure = {.job = job};
  struct jpeg_decompress_struct codec;
  memset(&codec, 0, sizeof codec);
  codec.err = jpeg_std_error(&failure.manager);
  failure.manager.error_exit = on_error;
  failure.manager.emit_message = on_message;
  xai_image_status status;
  if (setjmp(failure.place) == 0) {
    jpeg_create_decompress(&codec);
    status = read_open(&codec, job);
  } else {
    status = XAI_IMAGE_DAMAGED;
  }
  jpeg_destroy_decompress(&codec);
  return status;
}
