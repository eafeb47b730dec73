#ifndef MOCK_BITS_ITERATORS
#define MOCK_BITS_ITERATORS
#include <bits/move.h>
namespace __gnu_cxx {
template <class P, class C> class __normal_iterator {
  P Current;

public:
  using value_type = std::remove_cv_t<std::remove_pointer_t<P>>;
  using reference = std::remove_pointer_t<P> &;
  using pointer = P;
  using difference_type = std::ptrdiff_t;
  constexpr __normal_iterator() noexcept : Current() {}
  template <class Q, class = std::enable_if_t<std::is_convertible<Q, P>::value>>
  constexpr __normal_iterator(const __normal_iterator<Q, C> &) noexcept;
  constexpr reference operator*() const noexcept;
  constexpr pointer operator->() const noexcept;
  constexpr reference operator[](difference_type) const noexcept;
  constexpr __normal_iterator &operator++() noexcept;
  constexpr __normal_iterator operator++(int) noexcept;
  constexpr __normal_iterator &operator--() noexcept;
  constexpr __normal_iterator &operator+=(difference_type) noexcept;
  constexpr __normal_iterator operator+(difference_type) const noexcept;
  constexpr __normal_iterator operator-(difference_type) const noexcept;
  constexpr const P &base() const noexcept;
};
template <class P, class Q, class C>
constexpr bool operator==(const __normal_iterator<P, C> &,
                          const __normal_iterator<Q, C> &) noexcept;
#if __cplusplus < 202002L
template <class P, class Q, class C>
constexpr bool operator!=(const __normal_iterator<P, C> &,
                          const __normal_iterator<Q, C> &) noexcept;
#endif
template <class P, class Q, class C>
constexpr bool operator<(const __normal_iterator<P, C> &,
                         const __normal_iterator<Q, C> &) noexcept;
template <class P, class Q, class C>
constexpr std::ptrdiff_t operator-(const __normal_iterator<P, C> &,
                                   const __normal_iterator<Q, C> &) noexcept;
} // namespace __gnu_cxx
namespace std {
template <class T, class C> class _Node_iterator {
  void *Node;

public:
  using value_type = remove_cv_t<T>;
  using reference = T &;
  using pointer = T *;
  using difference_type = ptrdiff_t;
  _Node_iterator() noexcept : Node() {}
  template <class U, class = enable_if_t<is_convertible<U *, T *>::value>>
  _Node_iterator(const _Node_iterator<U, C> &) noexcept;
  T &operator*() const noexcept;
  T *operator->() const noexcept;
  _Node_iterator &operator++() noexcept;
  _Node_iterator operator++(int) noexcept;
  _Node_iterator &operator--() noexcept;
};
template <class T, class U, class C>
bool operator==(const _Node_iterator<T, C> &,
                const _Node_iterator<U, C> &) noexcept;
#if __cplusplus < 202002L
template <class T, class U, class C>
bool operator!=(const _Node_iterator<T, C> &,
                const _Node_iterator<U, C> &) noexcept;
#endif
template <class C> auto begin(C &V) -> decltype(V.begin());
template <class C> auto begin(const C &V) -> decltype(V.begin());
template <class T, size_t N> constexpr T *begin(T (&)[N]) noexcept;
template <class C> auto end(C &V) -> decltype(V.end());
template <class C> auto end(const C &V) -> decltype(V.end());
template <class T, size_t N> constexpr T *end(T (&)[N]) noexcept;
template <class C> auto cbegin(const C &V) -> decltype(V.begin());
template <class C> auto cend(const C &V) -> decltype(V.end());
template <class C> auto size(const C &V) -> decltype(V.size());
template <class C> auto data(C &V) -> decltype(V.data());
template <class I> I next(I It, ptrdiff_t N = 1);
template <class I> I prev(I It, ptrdiff_t N = 1);
template <class I> void advance(I &It, ptrdiff_t N);
template <class I> ptrdiff_t distance(I First, I Last);
template <class I> class reverse_iterator {
  I Current;

public:
  auto operator*() const -> decltype(*Current);
  auto operator->() const { return Current.operator->(); }
  reverse_iterator &operator++();
  friend bool operator==(const reverse_iterator &, const reverse_iterator &);
#if __cplusplus < 202002L
  friend bool operator!=(const reverse_iterator &, const reverse_iterator &);
#endif
};
template <class C> class back_insert_iterator {
public:
  explicit back_insert_iterator(C &);
  template <class T> back_insert_iterator &operator=(T &&);
  back_insert_iterator &operator*();
  back_insert_iterator &operator++();
};
template <class C> back_insert_iterator<C> back_inserter(C &);
template <class I> class move_iterator {
  I Current;

public:
  auto operator*() const -> remove_reference_t<decltype(*Current)> &&;
  move_iterator &operator++();
};
template <class I> move_iterator<I> make_move_iterator(I);
} // namespace std
#endif
