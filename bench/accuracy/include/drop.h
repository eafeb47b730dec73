// Ends the life of what is moved into drop().
#pragma once

namespace bb {
template <class T> void drop(T) {}
} // namespace bb
