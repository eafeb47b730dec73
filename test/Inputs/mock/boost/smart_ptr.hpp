#ifndef MOCK_BOOST_SMART_PTR_HPP
#define MOCK_BOOST_SMART_PTR_HPP
#include <utility>
namespace boost {
template <class T> class weak_ptr;
template <class T> class shared_ptr {
  T *px;

public:
  using element_type = T;
  shared_ptr() noexcept;
  shared_ptr(std::nullptr_t) noexcept;
  template <class U> explicit shared_ptr(U *);
  template <class U> explicit shared_ptr(const weak_ptr<U> &);
  shared_ptr(const shared_ptr &) noexcept;
  shared_ptr(shared_ptr &&) noexcept;
  ~shared_ptr();
  shared_ptr &operator=(const shared_ptr &) noexcept;
  shared_ptr &operator=(shared_ptr &&) noexcept;
  void reset() noexcept;
  template <class U> void reset(U *);
  T &operator*() const noexcept;
  T *operator->() const noexcept;
  T *get() const noexcept;
  explicit operator bool() const noexcept;
  bool operator!() const noexcept;
  long use_count() const noexcept;
  void swap(shared_ptr &) noexcept;
};
template <class T, class U>
bool operator==(const shared_ptr<T> &, const shared_ptr<U> &) noexcept;
template <class T>
bool operator==(const shared_ptr<T> &, std::nullptr_t) noexcept;
template <class T>
bool operator!=(const shared_ptr<T> &, std::nullptr_t) noexcept;
template <class T> class weak_ptr {
  T *px;

public:
  weak_ptr() noexcept;
  weak_ptr(const weak_ptr &) noexcept;
  weak_ptr(weak_ptr &&) noexcept;
  template <class U> weak_ptr(const shared_ptr<U> &) noexcept;
  ~weak_ptr();
  weak_ptr &operator=(const weak_ptr &) noexcept;
  template <class U> weak_ptr &operator=(const shared_ptr<U> &) noexcept;
  shared_ptr<T> lock() const noexcept;
  long use_count() const noexcept;
  bool expired() const noexcept;
  void reset() noexcept;
};
template <class T, class... A> shared_ptr<T> make_shared(A &&...Args) {
  return shared_ptr<T>(new T(std::forward<A>(Args)...));
}
template <class T> class intrusive_ptr {
  T *px;

public:
  intrusive_ptr() noexcept;
  intrusive_ptr(T *, bool AddRef = true);
  intrusive_ptr(const intrusive_ptr &);
  ~intrusive_ptr();
  T &operator*() const noexcept;
  T *operator->() const noexcept;
  T *get() const noexcept;
  explicit operator bool() const noexcept;
};
} // namespace boost
#endif
