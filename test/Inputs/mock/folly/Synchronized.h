#ifndef MOCK_FOLLY_SYNCHRONIZED_H
#define MOCK_FOLLY_SYNCHRONIZED_H
#include <chrono>
#include <shared_mutex>
namespace folly {
class SharedMutex {
public:
  void lock();
  bool try_lock();
  void unlock();
  void lock_shared();
  void unlock_shared();
};
template <class S, class P> class LockedPtr {
  S *Parent;

public:
  using CDataType =
      std::conditional_t<std::is_const<S>::value, const typename S::DataType,
                         typename S::DataType>;
  LockedPtr();
  LockedPtr(LockedPtr &&) noexcept;
  LockedPtr &operator=(LockedPtr &&) noexcept;
  ~LockedPtr();
  explicit operator bool() const;
  bool isNull() const;
  CDataType &operator*() const;
  CDataType *operator->() const;
  void unlock();
  LockedPtr scopedUnlock();
};
struct LockPolicyExclusive;
struct LockPolicyShared;
template <class T, class M = SharedMutex> class Synchronized {
  T Datum;
  mutable M Mutex;

public:
  using DataType = T;
  using LockedPtr = folly::LockedPtr<Synchronized, LockPolicyExclusive>;
  using WLockedPtr = LockedPtr;
  using RLockedPtr = folly::LockedPtr<const Synchronized, LockPolicyShared>;
  Synchronized();
  explicit Synchronized(T);
  ~Synchronized();
  LockedPtr lock();
  LockedPtr wlock();
  template <class Rep, class Period>
  LockedPtr wlock(const std::chrono::duration<Rep, Period> &);
  RLockedPtr rlock() const;
  LockedPtr ulock();
  LockedPtr tryLock();
  LockedPtr tryWLock();
  RLockedPtr tryRLock() const;
  LockedPtr operator->();
  template <class F> auto withLock(F &&Fn) { return Fn(*lock()); }
  template <class F> auto withWLock(F &&Fn) { return Fn(*wlock()); }
  template <class F> auto withRLock(F &&Fn) const {
    auto Guard = rlock();
    return Fn(*Guard);
  }
  T copy() const;
  T exchange(T &&);
  void swap(T &);
  T &unsafeGetUnlocked();
};
template <class A, class B> void acquireLocked(A &, B &);
} // namespace folly
#endif
