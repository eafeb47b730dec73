#ifndef MOCK_ABSL_SYNCHRONIZATION_MUTEX_H
#define MOCK_ABSL_SYNCHRONIZATION_MUTEX_H
namespace absl {
inline namespace lts_20220623 {
class Condition {
public:
  template <class T> Condition(bool (*)(T *), T *);
  explicit Condition(const bool *);
};
class __attribute__((lockable)) Mutex {
public:
  Mutex();
  ~Mutex();
  Mutex(const Mutex &) = delete;
  void Lock() __attribute__((exclusive_lock_function()));
  void Unlock() __attribute__((unlock_function()));
  bool TryLock() __attribute__((exclusive_trylock_function(true)));
  void AssertHeld() const __attribute__((assert_exclusive_lock()));
  void ReaderLock() __attribute__((shared_lock_function()));
  void ReaderUnlock() __attribute__((unlock_function()));
  void WriterLock() __attribute__((exclusive_lock_function()));
  void WriterUnlock() __attribute__((unlock_function()));
  void Await(const Condition &);
  void LockWhen(const Condition &) __attribute__((exclusive_lock_function()));
};
class __attribute__((scoped_lockable)) MutexLock {
  Mutex *const Mu;

public:
  explicit MutexLock(Mutex *M) __attribute__((exclusive_lock_function(M)));
  MutexLock(const MutexLock &) = delete;
  ~MutexLock() __attribute__((unlock_function()));
};
class __attribute__((scoped_lockable)) ReaderMutexLock {
  Mutex *const Mu;

public:
  explicit ReaderMutexLock(Mutex *M) __attribute__((shared_lock_function(M)));
  ~ReaderMutexLock() __attribute__((unlock_function()));
};
class __attribute__((scoped_lockable)) WriterMutexLock {
  Mutex *const Mu;

public:
  explicit WriterMutexLock(Mutex *M)
      __attribute__((exclusive_lock_function(M)));
  ~WriterMutexLock() __attribute__((unlock_function()));
};
class __attribute__((scoped_lockable)) MutexLockMaybe {
  Mutex *const Mu;

public:
  explicit MutexLockMaybe(Mutex *M) __attribute__((exclusive_lock_function(M)));
  ~MutexLockMaybe() __attribute__((unlock_function()));
};
class __attribute__((scoped_lockable)) ReleasableMutexLock {
  Mutex *Mu;

public:
  explicit ReleasableMutexLock(Mutex *M)
      __attribute__((exclusive_lock_function(M)));
  ~ReleasableMutexLock() __attribute__((unlock_function()));
  void Release() __attribute__((unlock_function()));
};
class CondVar {
public:
  CondVar();
  void Wait(Mutex *);
  void Signal();
  void SignalAll();
};
} // namespace lts_20220623
} // namespace absl
#endif
