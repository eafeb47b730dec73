#ifndef MOCK_RUSTY_RUSTY_HPP
#define MOCK_RUSTY_RUSTY_HPP
#include <functional>
#include <utility>
namespace rusty {
template <class T> class Option {
  T *Value;

public:
  Option();
  Option(Option &&) noexcept;
  Option &operator=(Option &&) noexcept;
  ~Option();
  bool is_some() const;
  bool is_none() const;
  explicit operator bool() const;
  T unwrap();
  T expect(const char *);
  T unwrap_or(T);
  const T &as_ref() const;
  T take();
};
template <class T, class E> class Result {
  T *Value;

public:
  Result(Result &&) noexcept;
  ~Result();
  bool is_ok() const;
  bool is_err() const;
  T unwrap();
  T expect(const char *);
  E unwrap_err();
};
template <class T> class RefCell;
template <class T> class Ref {
  const RefCell<T> *Cell;

public:
  Ref(Ref &&) noexcept;
  Ref &operator=(Ref &&) noexcept;
  ~Ref();
  const T &operator*() const;
  const T *operator->() const;
};
template <class T> class RefMut {
  const RefCell<T> *Cell;

public:
  RefMut(RefMut &&) noexcept;
  RefMut &operator=(RefMut &&) noexcept;
  ~RefMut();
  T &operator*() const;
  T *operator->() const;
};
template <class T> class RefCell {
  mutable T Value;
  mutable int State;

public:
  RefCell();
  explicit RefCell(T);
  RefCell(const RefCell &) = delete;
  RefCell(RefCell &&) noexcept;
  ~RefCell();
  static RefCell make(T);
  Ref<T> borrow() const;
  RefMut<T> borrow_mut() const;
  bool can_borrow() const;
  bool can_borrow_mut() const;
  T replace(T) const;
  void swap(const RefCell &) const;
  T take() const;
  T get() const;
};
template <class T> class Cell {
public:
  explicit Cell(T);
  T get() const;
  void set(T) const;
  T replace(T) const;
  T take() const;
};
template <class T> class Rc {
  T *Ptr;

public:
  Rc(const Rc &);
  Rc(Rc &&) noexcept;
  Rc &operator=(Rc &&) noexcept;
  ~Rc();
  static Rc make(T);
  Rc clone() const;
  const T &operator*() const;
  const T *operator->() const;
  std::size_t strong_count() const;
};
template <class T> class Arc {
  T *Ptr;

public:
  Arc(const Arc &);
  Arc(Arc &&) noexcept;
  Arc &operator=(Arc &&) noexcept;
  ~Arc();
  static Arc make(T);
  Arc clone() const;
  const T &operator*() const;
  const T *operator->() const;
  std::size_t strong_count() const;
};
namespace sync {
template <class T> class Weak {
  void *Block;

public:
  Weak();
  Weak(const Weak &);
  Weak(Weak &&) noexcept;
  Weak &operator=(Weak &&) noexcept;
  ~Weak();
  Option<Arc<T>> upgrade() const;
  bool expired() const;
  Weak clone() const;
};
template <class T> Weak<T> downgrade(const Arc<T> &);
namespace mpsc {
enum class RecvError { Disconnected };
enum class SendError { Disconnected };
template <class T> class Sender {
  void *Channel;

public:
  Sender(Sender &&) noexcept;
  ~Sender();
  Result<std::pair<int, int>, SendError> send(T);
  Result<std::pair<int, int>, SendError> try_send(T);
  Sender clone() const;
};
template <class T> class Receiver {
  void *Channel;

public:
  Receiver(Receiver &&) noexcept;
  ~Receiver();
  Result<T, RecvError> recv();
  Result<T, RecvError> try_recv();
  Option<T> recv_opt();
};
template <class T> std::pair<Sender<T>, Receiver<T>> channel();
} // namespace mpsc
} // namespace sync
template <class T> class PoisonError {};
template <class T> class MutexGuard {
  void *Mutex;

public:
  MutexGuard(MutexGuard &&) noexcept;
  ~MutexGuard();
  T &operator*();
  T *operator->();
};
template <class G> using LockResult = Result<G, PoisonError<G>>;
template <class T> class Mutex {
  mutable T Value;

public:
  explicit Mutex(T);
  ~Mutex();
  LockResult<MutexGuard<T>> lock() const;
  Option<MutexGuard<T>> try_lock() const;
};
template <class T> class RwLock {
  mutable T Value;

public:
  explicit RwLock(T);
  ~RwLock();
  MutexGuard<const T> read() const;
  MutexGuard<T> write() const;
};
namespace thread {
enum class JoinError { Panicked };
template <class T> class JoinHandle {
  void *State;

public:
  JoinHandle(JoinHandle &&) noexcept;
  ~JoinHandle();
  Result<T, JoinError> join();
  void detach();
  bool joinable() const;
};
template <class T> JoinHandle<T> start(void *State);
template <class F, class... A>
JoinHandle<std::invoke_result_t<std::decay_t<F>, std::decay_t<A>...>>
spawn(F &&Fn, A &&...Args) {
  return start<std::invoke_result_t<std::decay_t<F>, std::decay_t<A>...>>(
      new std::tuple<std::decay_t<F>, std::decay_t<A>...>(
          std::forward<F>(Fn), std::forward<A>(Args)...));
}
class Scope {
  void *State;

public:
  ~Scope();
  template <class F> void spawn(F &&Fn) {
    std::__opaque(new std::decay_t<F>(std::forward<F>(Fn)));
  }
};
Scope &currentScope();
template <class F> void scope(F &&Fn) { std::forward<F>(Fn)(currentScope()); }
} // namespace thread
} // namespace rusty
#endif
