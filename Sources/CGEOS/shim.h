// GEOS through its reentrant functions only.
#define GEOS_USE_ONLY_R_API
#include <geos_c.h>

// Swift imports no variadic C function type: these handlers turn GEOS messages into plain strings.
typedef void (*maillage_message_handler)(const char *message, void *userdata);
