#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <tiffio.h>
#if __has_include(<geotiff/geotiff.h>)
#include <geotiff/geotiff.h>
#include <geotiff/geokeys.h>
#include <geotiff/xtiffio.h>
#else
#include <geotiff.h>
#include <geokeys.h>
#include <xtiffio.h>
#endif

// Swift imports no variadic C function: what libtiff and libgeotiff say is kept as text, and fields are read by their type.

// The first error of a file.
typedef struct {
    char text[512];
} maillage_tiff_message;

static inline int maillage_tiff_on_error(TIFF *tiff, void *message, const char *module, const char *format, va_list arguments) {
    maillage_tiff_message *m = (maillage_tiff_message *)message;
    (void)tiff;
    (void)module;
    if (m->text[0] == 0) vsnprintf(m->text, sizeof m->text, format, arguments);
    return 1;
}

// Warnings are about tags that we do not read.
static inline int maillage_tiff_on_warning(TIFF *tiff, void *message, const char *module, const char *format, va_list arguments) {
    (void)tiff;
    (void)message;
    (void)module;
    (void)format;
    (void)arguments;
    return 1;
}

static inline void maillage_geokey_on_error(struct gtiff *keys, int level, const char *format, ...) {
    (void)keys;
    (void)level;
    (void)format;
}

// Opens for reading without mapping the file into memory: of a mapped file that is cut meanwhile, a read would end the program.
// The handlers belong to this file; `message` outlives it. No single allocation is larger than `largest` bytes.
static inline TIFF *maillage_tiff_open(const char *path, maillage_tiff_message *message, tmsize_t largest) {
    TIFFOpenOptions *options = TIFFOpenOptionsAlloc();
    if (!options) return NULL;
    TIFFOpenOptionsSetMaxSingleMemAlloc(options, largest);
    TIFFOpenOptionsSetErrorHandlerExtR(options, maillage_tiff_on_error, message);
    TIFFOpenOptionsSetWarningHandlerExtR(options, maillage_tiff_on_warning, message);
    TIFF *tiff = TIFFOpenExt(path, "rm", options);
    TIFFOpenOptionsFree(options);
    return tiff;
}

// 1 where the field stands in the file or has a default.
static inline int maillage_tiff_u16(TIFF *tiff, uint32_t tag, uint16_t *value) { return TIFFGetFieldDefaulted(tiff, tag, value); }
static inline int maillage_tiff_u32(TIFF *tiff, uint32_t tag, uint32_t *value) { return TIFFGetFieldDefaulted(tiff, tag, value); }

// A GeoTIFF tag of doubles, as libgeotiff registers them; the values stay the file's.
static inline int maillage_tiff_doubles(TIFF *tiff, uint32_t tag, uint16_t *count, double **values) {
    const TIFFField *field = TIFFFindField(tiff, tag, TIFF_ANY);
    if (!field || TIFFFieldDataType(field) != TIFF_DOUBLE || !TIFFFieldPassCount(field) || TIFFFieldReadCount(field) != TIFF_VARIABLE) return 0;
    return TIFFGetField(tiff, tag, count, values);
}

// A text tag that libtiff does not know, copied into `text` with an end.
static inline int maillage_tiff_text(TIFF *tiff, uint32_t tag, char *text, size_t capacity) {
    const TIFFField *field = TIFFFindField(tiff, tag, TIFF_ANY);
    if (!field || TIFFFieldDataType(field) != TIFF_ASCII) return 0;
    const char *found = NULL;
    size_t length = 0;
    if (TIFFFieldPassCount(field)) {
        if (TIFFFieldReadCount(field) == TIFF_VARIABLE2) {
            uint32_t count = 0;
            if (!TIFFGetField(tiff, tag, &count, &found) || !found) return 0;
            length = count;
        } else {
            uint16_t count = 0;
            if (!TIFFGetField(tiff, tag, &count, &found) || !found) return 0;
            length = count;
        }
    } else {
        if (!TIFFGetField(tiff, tag, &found) || !found) return 0;
        length = strlen(found);
    }
    if (length >= capacity) length = capacity - 1;
    memcpy(text, found, length);
    text[length] = 0;
    return 1;
}

static inline GTIF *maillage_geokeys(TIFF *tiff) { return GTIFNewEx(tiff, maillage_geokey_on_error, NULL); }

// A geokey of one number; 1 where it stands in the file.
static inline int maillage_geokey(GTIF *keys, int key, uint16_t *value) {
    return GTIFKeyGetSHORT(keys, (geokey_t)key, value, 0, 1);
}
