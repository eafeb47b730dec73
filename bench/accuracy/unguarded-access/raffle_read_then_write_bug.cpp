// oracle: abort
// Raffle: a number is read under the lock and written under a second one.
#include <cassert>
#include <chrono>
#include <iostream>
#include <latch>
#include <mutex>
#include <set>
#include <thread>

class Raffle {
public:
  int next() const {
    std::lock_guard<std::mutex> Lock(M_);
    return Next_;
  }
  void setNext(int N) {
    std::lock_guard<std::mutex> Lock(M_);
    Next_ = N;
  }
  int draw(std::latch &Both) {
    Both.arrive_and_wait();
    int Ticket = next();
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    setNext(Ticket + 1); /*BUG*/
    return Ticket;
  }

private:
  mutable std::mutex M_;
  int Next_ = 1;
};

int main() {
  Raffle R;
  R.setNext(100);
  std::latch Both(2);
  int A = 0, B = 0;
  std::thread Ann([&] { A = R.draw(Both); });
  std::thread Bo([&] { B = R.draw(Both); });
  Ann.join();
  Bo.join();
  std::cout << R.next() << '\n' << std::flush;
  assert(A != B && "two people hold the same ticket");
  return std::set{A, B} == std::set{100, 101} ? 0 : 1;
}
