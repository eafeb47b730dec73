#include <moodycamel/concurrentqueue.h>
