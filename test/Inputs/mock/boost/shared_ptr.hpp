#include <boost/smart_ptr.hpp>
