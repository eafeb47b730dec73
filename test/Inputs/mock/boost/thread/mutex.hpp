#ifndef MOCK_BOOST_THREAD_MUTEX_HPP
#define MOCK_BOOST_THREAD_MUTEX_HPP
#include <utility>
namespace boost {
class mutex;
class shared_mutex;
template <class M> class lock_guard {
  M &Mutex;

public:
  explicit lock_guard(M &);
  lock_guard(const lock_guard &) = delete;
  ~lock_guard();
};
template <class M> class unique_lock {
  M *Mutex;

public:
  unique_lock() noexcept;
  explicit unique_lock(M &);
  unique_lock(unique_lock &&) noexcept;
  unique_lock &operator=(unique_lock &&) noexcept;
  ~unique_lock();
  void lock();
  bool try_lock();
  void unlock();
  M *release();
  bool owns_lock() const noexcept;
  explicit operator bool() const noexcept;
};
template <class M> class shared_lock {
  M *Mutex;

public:
  explicit shared_lock(M &);
  shared_lock(shared_lock &&) noexcept;
  ~shared_lock();
  void lock();
  void unlock();
  bool owns_lock() const noexcept;
};
class mutex {
public:
  using scoped_lock = unique_lock<mutex>;
  mutex();
  mutex(const mutex &) = delete;
  ~mutex();
  void lock();
  bool try_lock() noexcept;
  void unlock();
};
class recursive_mutex {
public:
  recursive_mutex();
  ~recursive_mutex();
  void lock();
  bool try_lock() noexcept;
  void unlock();
};
class shared_mutex {
public:
  shared_mutex();
  ~shared_mutex();
  void lock();
  void unlock();
  void lock_shared();
  void unlock_shared();
};
class condition_variable {
public:
  condition_variable();
  ~condition_variable();
  void notify_one() noexcept;
  void notify_all() noexcept;
  void wait(unique_lock<mutex> &);
  template <class P> void wait(unique_lock<mutex> &Lock, P Pred) {
    while (!Pred())
      wait(Lock);
  }
};
} // namespace boost
#endif
