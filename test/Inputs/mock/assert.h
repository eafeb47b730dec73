// No include guard: each inclusion follows the current NDEBUG.
#undef assert
#ifdef NDEBUG
#define assert(expr) (static_cast<void>(0))
#else
extern "C" void __assert_fail(const char *Assertion, const char *File,
                              unsigned Line, const char *Function) noexcept
    __attribute__((__noreturn__));
#define assert(expr)                                                           \
  (static_cast<bool>(expr) ? void(0)                                           \
                           : __assert_fail(#expr, __FILE__, __LINE__,          \
                                           __extension__ __PRETTY_FUNCTION__))
#endif
