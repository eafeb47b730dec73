#include <boost/thread/mutex.hpp>
#include <boost/thread/thread.hpp>
