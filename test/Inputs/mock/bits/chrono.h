#ifndef MOCK_BITS_CHRONO
#define MOCK_BITS_CHRONO
#include <bits/move.h>
namespace std {
template <long N, long D = 1> struct ratio {};
using nano = ratio<1, 1000000000>;
using micro = ratio<1, 1000000>;
using milli = ratio<1, 1000>;
namespace chrono {
template <class R, class P = ratio<1>> class duration {
  R Count;

public:
  constexpr duration() = default;
  template <class S> constexpr explicit duration(const S &);
  template <class S, class Q> constexpr duration(const duration<S, Q> &);
  constexpr R count() const;
};
using nanoseconds = duration<long, nano>;
using microseconds = duration<long, micro>;
using milliseconds = duration<long, milli>;
using seconds = duration<long>;
using minutes = duration<long, ratio<60>>;
using hours = duration<long, ratio<3600>>;
template <class C, class D = nanoseconds> class time_point {
  D Since;

public:
  constexpr time_point();
  constexpr D time_since_epoch() const;
};
inline namespace _V2 {
struct steady_clock {
  using duration = nanoseconds;
  using time_point = chrono::time_point<steady_clock>;
  static time_point now() noexcept;
};
struct system_clock {
  using duration = nanoseconds;
  using time_point = chrono::time_point<system_clock>;
  static time_point now() noexcept;
};
using high_resolution_clock = system_clock;
} // namespace _V2
template <class C, class D, class R, class P>
time_point<C, D> operator+(const time_point<C, D> &, const duration<R, P> &);
template <class C, class D>
D operator-(const time_point<C, D> &, const time_point<C, D> &);
template <class C, class D>
bool operator<(const time_point<C, D> &, const time_point<C, D> &);
template <class To, class R, class P> To duration_cast(const duration<R, P> &);
} // namespace chrono
inline namespace literals {
inline namespace chrono_literals {
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wuser-defined-literals"
constexpr chrono::milliseconds operator""ms(unsigned long long);
constexpr chrono::seconds operator""s(unsigned long long);
#pragma clang diagnostic pop
} // namespace chrono_literals
} // namespace literals
namespace chrono {
using namespace literals::chrono_literals;
}
} // namespace std
#endif
