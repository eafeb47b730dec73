#ifndef MOCK_BITS_MOVE
#define MOCK_BITS_MOVE
#include <initializer_list>
#include <type_traits>
namespace std {
template <class T> constexpr remove_reference_t<T> &&move(T &&V) noexcept {
  return static_cast<remove_reference_t<T> &&>(V);
}
template <class T> constexpr T &&forward(remove_reference_t<T> &V) noexcept {
  return static_cast<T &&>(V);
}
template <class T> constexpr T &&forward(remove_reference_t<T> &&V) noexcept {
  return static_cast<T &&>(V);
}
template <class T> constexpr T *addressof(T &V) noexcept {
  return __builtin_addressof(V);
}
template <class T> const T *addressof(const T &&) = delete;
template <class T> constexpr T &&move_if_noexcept(T &V) noexcept;
template <class T> constexpr const T &as_const(T &V) noexcept { return V; }
template <class T> void as_const(const T &&) = delete;
template <class T> constexpr void swap(T &A, T &B) noexcept {
  T Tmp = std::move(A);
  A = std::move(B);
  B = std::move(Tmp);
}
template <class T, size_t N> constexpr void swap(T (&A)[N], T (&B)[N]) noexcept;
template <class T, class U = T> constexpr T exchange(T &Obj, U &&New) {
  T Old = std::move(Obj);
  Obj = std::forward<U>(New);
  return Old;
}
/// Stands for code in the compiled library.
void __opaque(const volatile void *);
void __opaque(void (*)());
template <class T> class allocator;
template <class T> struct hash;
template <class T = void> struct less;
template <class T = void> struct greater;
template <class T = void> struct equal_to;
struct in_place_t {
  explicit in_place_t() = default;
};
inline constexpr in_place_t in_place{};
template <class T> struct in_place_type_t {};
template <class T> inline constexpr in_place_type_t<T> in_place_type{};
template <size_t... I> struct index_sequence {};
struct piecewise_construct_t {};
inline constexpr piecewise_construct_t piecewise_construct{};
template <class T> struct tuple_size;
template <class T> struct tuple_size<const T> : tuple_size<T> {};
template <size_t I, class T> struct tuple_element;
template <size_t I, class T> struct tuple_element<I, const T> {
  using type = const typename tuple_element<I, T>::type;
};
template <size_t I, class T>
using tuple_element_t = typename tuple_element<I, T>::type;
template <class... T> class tuple;
} // namespace std
#endif
