// oracle: asan
// Mailer: a bound free function runs on a thread of its own.
#include <atomic>
#include <chrono>
#include <functional>
#include <iostream>
#include <string>
#include <thread>

using namespace std::chrono_literals;

struct Mail {
  std::string To, Body;
};

static std::atomic<std::size_t> Delivered{0};

void deliver(const Mail &M, int Retries) {
  for (int I = 0; I < Retries; ++I)
    std::this_thread::sleep_for(10ms);
  Delivered += M.To.size() + M.Body.size();
}

void deliverNow(const Mail &M) {
  std::thread T(std::bind(deliver, std::cref(M), 1));
  T.join();
}

void deliverLater(const std::string &To, const std::string &Body) {
  Mail M{To, Body};
  if (M.To.empty())
    return;
  auto Job = std::bind(deliver, M, 3);
  std::thread T(Job);
  T.detach();
}

int main() {
  Mail Hello{"ann@example.org", "hello"};
  deliverNow(Hello);
  std::size_t First = Delivered;
  deliverLater("", "nobody");
  deliverLater("a.very.long.address@example.org", "see you at the meeting");
  while (Delivered == First)
    std::this_thread::sleep_for(5ms);
  std::cout << First << ' ' << Delivered << '\n';
  return First == 20 ? 0 : 1;
}
