// oracle: timeout
// Warehouse: a picker waits for stock with one lock and holds a second one.
#include <condition_variable>
#include <iostream>
#include <mutex>
#include <thread>

class Warehouse {
public:
  void restock(int N) {
    {
      std::lock_guard<std::mutex> Report(ReportM_);
      Deliveries_ += N;
    }
    {
      std::lock_guard<std::mutex> Lock(StockM_);
      Stock_ += N;
    }
    Arrived_.notify_all();
  }

  bool pick(int N) {
    std::unique_lock<std::mutex> Lock(StockM_);
    while (Stock_ < N)
      Arrived_.wait(Lock);
    Stock_ -= N;
    Lock.unlock();
    std::lock_guard<std::mutex> Report(ReportM_);
    Picked_ += N;
    return Picked_ <= Deliveries_;
  }

private:
  std::mutex ReportM_, StockM_;
  std::condition_variable Arrived_;
  int Stock_ = 0, Deliveries_ = 0, Picked_ = 0;
};

int main() {
  Warehouse W;
  std::thread Truck([&W] {
    for (int I = 0; I < 3; ++I) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      W.restock(2);
    }
  });
  bool Good = W.pick(3) && W.pick(3);
  Truck.join();
  std::cout << Good << '\n';
  return Good ? 0 : 1;
}
