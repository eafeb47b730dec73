// oracle: timeout
// Bank: jobs on one thread share an account behind a mutex.
#include "task.h"
#include <iostream>
#include <mutex>
#include <vector>

class Account {
public:
  bb::Task deposit(long Cents, int Times) {
    for (int I = 0; I < Times; ++I) {
      std::lock_guard<std::mutex> Lock(M_);
      long Before = Cents_;
      co_await bb::Pause{}; /*BUG*/
      Cents_ = Before + Cents;
    }
  }

  bb::Task interest(long Percent) {
    std::unique_lock<std::mutex> Lock(M_);
    long Gain = Cents_ * Percent / 100;
    Lock.unlock();
    co_await bb::Pause{};
    Lock.lock();
    Cents_ += Gain;
  }

  long balance() {
    std::lock_guard<std::mutex> Lock(M_);
    return Cents_;
  }

private:
  std::mutex M_;
  long Cents_ = 0;
};

int main() {
  Account A;
  std::vector<bb::Task> Jobs;
  Jobs.push_back(A.deposit(100, 2));
  Jobs.push_back(A.deposit(50, 2));
  Jobs.push_back(A.interest(5));
  for (bool More = true; More;) {
    More = false;
    for (bb::Task &Job : Jobs)
      More |= Job.resume();
  }
  std::cout << A.balance() << '\n';
  return A.balance() == 300 ? 0 : 1;
}
