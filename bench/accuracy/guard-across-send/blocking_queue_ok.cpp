// oracle: timeout
// Print spooler on the project's own bounded queue.
#include <condition_variable>
#include <deque>
#include <iostream>
#include <mutex>
#include <string>
#include <thread>

template <class T> class BlockingQueue {
public:
  explicit BlockingQueue(std::size_t Limit) : Limit_(Limit) {}
  void push(T Item) {
    std::unique_lock<std::mutex> L(M_);
    NotFull_.wait(L, [&] { return Items_.size() < Limit_; });
    Items_.push_back(std::move(Item));
    NotEmpty_.notify_one();
  }
  T pop() {
    std::unique_lock<std::mutex> L(M_);
    NotEmpty_.wait(L, [&] { return !Items_.empty(); });
    T Item = std::move(Items_.front());
    Items_.pop_front();
    NotFull_.notify_one();
    return Item;
  }

private:
  std::mutex M_;
  std::condition_variable NotFull_, NotEmpty_;
  std::deque<T> Items_;
  std::size_t Limit_;
};

struct Spooler {
  std::mutex M;
  int Queued = 0, Printed = 0;
  BlockingQueue<std::string> Pages{2};
};

void print(Spooler &S, const std::string &Text) {
  S.Pages.push(Text);
  std::lock_guard Lock(S.M);
  ++S.Queued;
}

void work(Spooler &S, int Pages) {
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  {
    std::lock_guard Lock(S.M);
    S.Printed = 0;
  }
  for (int I = 0; I < Pages; ++I) {
    std::string Page = S.Pages.pop();
    std::lock_guard Lock(S.M);
    S.Printed += !Page.empty();
  }
}

int main() {
  Spooler S;
  std::thread Printer(work, std::ref(S), 20);
  for (int I = 0; I < 20; ++I)
    print(S, "page");
  Printer.join();
  std::cout << S.Queued << ' ' << S.Printed << '\n';
  return S.Printed == 20 ? 0 : 1;
}
